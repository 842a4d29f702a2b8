"""The StoryShelf port over a database: stories are written only sealed."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from sqlalchemy import ColumnElement, Engine, and_, delete, insert, select

from bot.desk.errors import Erased
from bot.rituals.model import Story, Team
from bot.store.seal import Seal
from bot.store.tables import stories


class SqlStories:
    """Stories in the table ``stories``."""

    def __init__(self, engine: Engine, seal: Seal) -> None:
        self._engine = engine
        self._seal = seal

    def add(self, team: Team, story: Story, by: str) -> None:
        """Keep a story."""
        row = {**team.model_dump(), "id": story.id, "day": story.day, "by": by}
        with self._engine.begin() as connection:
            connection.execute(insert(stories).values(**row, sealed=self._seal.close(story.model_dump_json())))

    def remove(self, team: Team, id: str, by: str) -> bool:
        """Forget a story; False where this person told none of that id."""
        own = and_(_of(team), stories.c.id == id, stories.c.by == by)
        with self._engine.begin() as connection:
            return bool(connection.execute(delete(stories).where(own)).rowcount)

    def told(self, team: Team, since: date, until: date) -> list[Story]:
        """The stories of these days, the oldest first; those that can no longer be unsealed are left out."""
        return self._told(and_(_of(team), stories.c.day.between(since, until)))

    def of(self, team: Team, by: str) -> list[Story]:
        """All stories that a person told, the oldest first."""
        return self._told(and_(_of(team), stories.c.by == by))

    def _told(self, which: ColumnElement[bool]) -> list[Story]:
        query = select(stories.c.sealed).where(which).order_by(stories.c.day, stories.c.id)
        found = []
        with self._engine.connect() as connection:
            for sealed in connection.execute(query).scalars():
                with suppress(Erased):
                    found.append(Story.model_validate_json(self._seal.open(sealed)))
        return found

    def forget(self, team: Team) -> None:
        """Forget all stories of a team."""
        with self._engine.begin() as connection:
            connection.execute(delete(stories).where(_of(team)))

    def forget_person(self, team: Team, by: str) -> None:
        """Forget all stories of a person."""
        with self._engine.begin() as connection:
            connection.execute(delete(stories).where(_of(team), stories.c.by == by))


def _of(team: Team) -> ColumnElement[bool]:
    return and_(stories.c.platform == team.platform, stories.c.workspace == team.workspace)
