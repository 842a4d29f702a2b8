"""The LeadReports port over a database: who sends a report rests on the key of the table, not on this process."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Engine, and_, update

from bot.rituals.daily.prompting import LEASE
from bot.rituals.model import State, Team
from bot.store.database import put
from bot.store.tables import lead_reports


class SqlLeadReports:
    """Reports in the table ``lead_reports``."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def claim(self, team: Team, lead: str, month: str, now: datetime) -> bool:
        """Whether this process is the one that sends it: nobody did so far, or who began did not come to send it."""
        row = {**team.model_dump(), "person": lead, "month": month, "state": "claimed", "taken": now}
        begun = and_(lead_reports.c.state == "claimed", lead_reports.c.taken < now - LEASE)
        with self._engine.begin() as connection:
            if put(connection, lead_reports, row):
                return True
            again = update(lead_reports).where(_is(team, lead, month), begun).values(taken=now)
            return bool(connection.execute(again).rowcount)

    def mark(self, team: Team, lead: str, month: str, state: State, now: datetime) -> None:
        """Note what became of it."""
        marked = update(lead_reports).where(_is(team, lead, month)).values(state=state, taken=now)
        with self._engine.begin() as connection:
            connection.execute(marked)


def _is(team: Team, lead: str, month: str) -> ColumnElement[bool]:
    own = {**team.model_dump(), "person": lead, "month": month}
    return and_(*(lead_reports.c[name] == value for name, value in own.items()))
