"""Retention: figures, gestures and notes are erased once they are old; drafts much sooner, by their own store."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import Engine, Table, delete, select

from bot.store.tables import metadata, reviews_asked, stories, tickets

log = logging.getLogger(__name__)

EVERY = 3_600.0
"""Seconds between two looks."""
UNTIL_TAKEN_BACK = (stories,)
"""What is kept by the consent of who told it, until they take it back."""


class Retention:
    """Erases what is older than so many days, in every table that has days. ``today`` is the clock."""

    def __init__(self, engine: Engine, days: int, *, today: Callable[[], date]) -> None:
        self._engine = engine
        self._days = days
        self._today = today

    def tidy(self) -> None:
        """Erase what is old now; of several processes that do it at once, each finds less."""
        before = self._today() - timedelta(days=self._days)
        erased = 0
        with self._engine.begin() as connection:
            for table in dated():
                erased += connection.execute(delete(table).where(table.c.day < before)).rowcount
            known = select(reviews_asked.c.job)
            erased += connection.execute(delete(tickets).where(tickets.c.job.not_in(known))).rowcount
        if erased:
            log.info("retention erased=%d", erased)


def dated() -> list[Table]:
    """The tables whose rows grow old."""
    return [table for table in metadata.sorted_tables if "day" in table.columns and table not in UNTIL_TAKEN_BACK]
