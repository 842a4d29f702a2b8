"""The clock of a machine that is put forward or back while Heartware runs."""

from __future__ import annotations

import time
from collections.abc import Callable

JUMP = 60.0
"""Seconds at once that are no mere correction; Slack's signatures are good for five minutes."""


class Jumps:
    """Holds the clock on the ``wall`` against one that goes on ``steady``, each time that it is asked."""

    def __init__(self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = time.monotonic) -> None:
        self._wall = wall
        self._steady = steady
        self._last: tuple[float, float] | None = None
        self._seen: list[tuple[float, float]] = []

    def by(self, within: float) -> float:
        """By how many seconds the clock was put forward in so many seconds before now; less than 0 where back."""
        wall, steady = self._wall(), self._steady()
        before = self._last or (wall, steady)
        self._last = (wall, steady)
        jump = (wall - before[0]) - (steady - before[1])
        if abs(jump) > JUMP:
            self._seen.append((steady, jump))
        self._seen = [(at, by) for at, by in self._seen if steady - at < within]
        return sum(by for _, by in self._seen)
