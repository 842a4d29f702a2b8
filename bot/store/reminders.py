"""The Reminders port over a database: of which cards somebody was reminded, by the date that passed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine, and_, select

from bot.coaching.model import Care
from bot.rituals.model import Team
from bot.store.database import put
from bot.store.tables import reminders


class SqlReminders:
    """Reminders in the table ``reminders``."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def first(self, team: Team, cards: Sequence[Care]) -> list[Care]:
        """Those of which nobody of this team was reminded yet since their review was due; from now on they were."""
        of_team = and_(reminders.c.platform == team.platform, reminders.c.workspace == team.workspace)
        with self._engine.begin() as connection:
            known = {
                tuple(row) for row in connection.execute(select(reminders.c.card, reminders.c.review_by).where(of_team))
            }
            new = [card for card in cards if (card.card, card.review_by) not in known]
            return [card for card in new if put(connection, reminders, {**team.model_dump(), **_key(card)})]


def _key(card: Care) -> dict[str, object]:
    return card.model_dump(include={"card", "review_by"})
