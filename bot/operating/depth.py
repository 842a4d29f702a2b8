"""How deep the queue is: jobs that wait for the end of their answer, in all processes that share the database."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import get_args

from bot.desk.model import Kind
from bot.store.jobs import Waiting

REMEMBERED = 5.0
"""Seconds for which a look is believed, so that scrapes cost the database next to nothing."""


class Depth:
    """``waiting`` looks into the database, and ``now`` is the clock. Raises whatever the look raises."""

    def __init__(self, waiting: Callable[[], Mapping[str, Waiting]], *, now: Callable[[], datetime]) -> None:
        self._waiting = waiting
        self._now = now
        self._lock = threading.Lock()
        self._known: tuple[float, Mapping[str, Waiting]] | None = None

    def counts(self) -> dict[str, float]:
        """How many jobs wait, by kind; 0 where none does."""
        return _none() | {kind: float(one.number) for kind, one in self._looked().items()}

    def ages(self) -> dict[str, float]:
        """For how many seconds the oldest of them has waited, by kind; 0 where none does."""
        now = self._now()
        ages = {kind: (now - one.since).total_seconds() for kind, one in self._looked().items()}
        return _none() | {kind: max(0.0, age) for kind, age in ages.items()}

    def _looked(self) -> Mapping[str, Waiting]:
        with self._lock:
            if self._known is None or time.monotonic() - self._known[0] > REMEMBERED:
                self._known = (time.monotonic(), self._waiting())
            return self._known[1]


def _none() -> dict[str, float]:
    return dict.fromkeys(get_args(Kind), 0.0)
