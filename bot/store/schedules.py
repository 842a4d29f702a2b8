"""The Schedules port over a database. What must happen once rests on the keys of the tables, not on this process."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, Table, and_, delete, func, select, update

from bot.coaching.rituals import Plan, Posted
from bot.rituals.model import Key, Post, Schedule, State, Team, Turn
from bot.store.database import locked, put
from bot.store.tables import prompt_posts, prompt_texts, prompt_turns, schedules

BEGUN: tuple[State, ...] = ("claimed", "posting")
GIVEN: tuple[State, ...] = ("claimed", "posting", "posted", "unsure")
"""Posts whose prompt counts as used."""


class SqlSchedules:
    """Schedules in the tables ``schedules``, ``prompt_turns`` and ``prompt_posts``."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def save(self, schedule: Schedule, turns: Sequence[Turn]) -> None:
        """Keep a schedule in the place of its channel's one, and who gets its prompts: nobody but these."""
        row = {
            "id": schedule.id,
            **_team(schedule.team),
            **schedule.model_dump(include={"channel", "lead", "language", "zone", "each"}),
            "plan": schedule.plan.model_dump(mode="json"),
        }
        with locked(self._engine) as connection:
            put(connection, schedules, row, replace=[name for name in row if name != "id"])
            connection.execute(delete(prompt_turns).where(prompt_turns.c.schedule == schedule.id))
            for turn in turns:
                _put_turn(connection, turn)

    def get(self, id: str) -> Schedule | None:
        """The schedule."""
        with self._engine.connect() as connection:
            row = connection.execute(select(schedules).where(schedules.c.id == id)).one_or_none()
        return _schedule(row) if row else None

    def of(self, team: Team) -> list[Schedule]:
        """The schedules of a team, by channel."""
        query = select(schedules).where(_of(schedules, team)).order_by(schedules.c.channel)
        with self._engine.connect() as connection:
            return [_schedule(row) for row in connection.execute(query)]

    def remove(self, id: str) -> None:
        """Forget a schedule, its turns and what was posted."""
        with self._engine.begin() as connection:
            _remove(connection, [id])

    def turns(self, id: str) -> list[Turn]:
        """Who gets the prompts of a schedule."""
        query = select(prompt_turns).where(prompt_turns.c.schedule == id).order_by(prompt_turns.c.recipient)
        with self._engine.connect() as connection:
            return [_turn(row) for row in connection.execute(query)]

    def join(self, turn: Turn) -> None:
        """Give somebody the prompts of a schedule."""
        with self._engine.begin() as connection:
            _put_turn(connection, turn)

    def leave(self, id: str, recipient: str) -> None:
        """Give them no longer, and forget all that was kept of it."""
        with self._engine.begin() as connection:
            for table in (prompt_turns, prompt_posts):
                connection.execute(delete(table).where(table.c.schedule == id, table.c.recipient == recipient))

    def due(self, now: datetime, most: int) -> list[Turn]:
        """Turns whose time has come, the oldest first."""
        query = select(prompt_turns).where(prompt_turns.c.at <= now).order_by(prompt_turns.c.at).limit(most)
        with self._engine.connect() as connection:
            return [_turn(row) for row in connection.execute(query)]

    def claim(self, turn: Turn, then: datetime | None, post: Post | None, now: datetime) -> bool:
        """Move a turn on to ``then`` and note the post; False, and nothing, where another process did it already."""
        own = and_(prompt_turns.c.schedule == turn.schedule, prompt_turns.c.recipient == turn.recipient)
        moved = update(prompt_turns).where(own, prompt_turns.c.at == turn.at).values(at=then)
        with self._engine.begin() as connection:
            if not connection.execute(moved).rowcount:
                return False
            return post is None or _put_post(connection, post, now)

    def note(self, post: Post, now: datetime) -> bool:
        """Note a post outside the plan; False where the day has one already that counts."""
        key = post.key
        with locked(self._engine) as connection:
            # Who asks for a prompt by hand knows what became of the one before it.
            open_again = prompt_posts.c.state.in_(("unsure", "refused", "missed"))
            connection.execute(delete(prompt_posts).where(_is(key), open_again))
            return _put_post(connection, post, now)

    def mark(self, key: Key, state: State, now: datetime) -> None:
        """Note what became of a post."""
        with self._engine.begin() as connection:
            connection.execute(update(prompt_posts).where(_is(key)).values(state=state, taken=now))

    def take_over(self, before: datetime, now: datetime) -> list[Post]:
        """Posts that were begun before then and not ended, each given to one process alone."""
        left = and_(prompt_posts.c.state.in_(BEGUN), prompt_posts.c.taken < before)
        with self._engine.begin() as connection:
            taken = update(prompt_posts).where(left).values(taken=now).returning(*prompt_posts.c)
            return [_post(row) for row in connection.execute(taken)]

    def state(self, key: Key) -> State | None:
        """What became of a post; None where there is none."""
        with self._engine.connect() as connection:
            found: State | None = connection.execute(select(prompt_posts.c.state).where(_is(key))).scalar()
        return found

    def history(self, id: str, since: date) -> list[Posted]:
        """The prompts of a schedule since a day, one for each day."""
        given = and_(prompt_posts.c.schedule == id, prompt_posts.c.day >= since, prompt_posts.c.state.in_(GIVEN))
        query = select(prompt_posts.c.day, func.min(prompt_posts.c.prompt)).where(given).group_by(prompt_posts.c.day)
        with self._engine.connect() as connection:
            return [Posted(day, prompt) for day, prompt in connection.execute(query)]

    def forget(self, team: Team) -> None:
        """Forget everything of a team."""
        with self._engine.begin() as connection:
            ids = connection.execute(select(schedules.c.id).where(_of(schedules, team))).scalars()
            _remove(connection, list(ids))


def _remove(connection: Connection, ids: list[str]) -> None:
    connection.execute(delete(prompt_posts).where(prompt_posts.c.schedule.in_(ids)))
    connection.execute(delete(prompt_turns).where(prompt_turns.c.schedule.in_(ids)))
    connection.execute(delete(prompt_texts).where(prompt_texts.c.schedule.in_(ids)))
    connection.execute(delete(schedules).where(schedules.c.id.in_(ids)))


def _put_turn(connection: Connection, turn: Turn) -> None:
    put(connection, prompt_turns, turn._asdict(), replace=("zone", "at"))


def _put_post(connection: Connection, post: Post, now: datetime) -> bool:
    rest = {"prompt": post.prompt, "state": post.state, "late": post.late, "taken": now}
    return put(connection, prompt_posts, {**post.key._asdict(), **rest})


def _team(team: Team) -> dict[str, str]:
    return {"platform": team.platform, "workspace": team.workspace}


def _of(table: Table, team: Team) -> ColumnElement[bool]:
    return and_(table.c.platform == team.platform, table.c.workspace == team.workspace)


def _is(key: Key) -> ColumnElement[bool]:
    return and_(*(prompt_posts.c[name] == value for name, value in key._asdict().items()))


def _schedule(row: Row[Any]) -> Schedule:
    values = dict(row._mapping)
    team = Team(platform=values.pop("platform"), workspace=values.pop("workspace"))
    plan = Plan.model_validate(values.pop("plan"))
    return Schedule(team=team, plan=plan, **{name: value for name, value in values.items() if name != "id"})


def _turn(row: Row[Any]) -> Turn:
    return Turn(row.schedule, row.recipient, row.zone, row.at)


def _post(row: Row[Any]) -> Post:
    return Post(Key(row.schedule, row.recipient, row.day), row.prompt, row.state, row.late)
