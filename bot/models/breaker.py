"""A circuit breaker: a model that is down is not waited for by one review after another."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from bot.coaching.errors import ModelUnavailable

FAILURES = 3
"""Failures in a row after which nobody waits any more."""
PAUSE = 20.0
"""Seconds until one call tries again; after each further failure twice as long."""
LONGEST_PAUSE = 300.0


class Breaker:
    """Counts the failures of one service. ``now`` is a clock that never goes back.

    Closed, every call goes through. Open, none does. When the pause is over one call goes through alone, and its end
    closes the breaker or opens it for longer.
    """

    def __init__(self, *, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._failures = 0
        self._pause = PAUSE
        self._tries_at: float | None = None
        """When the next call may try; None while closed."""

    @property
    def open(self) -> bool:
        """Whether calls are turned away."""
        return self._tries_at is not None

    def enter(self) -> bool:
        """Before a call; whether this is the one that tries. Raises ModelUnavailable at once while nobody may call."""
        with self._lock:
            if self._tries_at is None:
                return False
            if self._now() < self._tries_at:
                raise ModelUnavailable("The model failed several times in a row and is left alone for a while.")
            # Should this call never end, another may try after the pause.
            self._tries_at = self._now() + self._pause
            return True

    def succeeded(self) -> None:
        """The service answered."""
        with self._lock:
            self._failures, self._pause, self._tries_at = 0, PAUSE, None

    def failed(self, *, tried: bool) -> None:
        """The service did not answer. ``tried``: what ``enter`` said."""
        with self._lock:
            if tried:
                self._pause = min(2 * self._pause, LONGEST_PAUSE)
            elif self._tries_at is not None:
                return  # begun before the breaker opened: known by now
            self._failures += 1
            if tried or self._failures >= FAILURES:
                self._tries_at = self._now() + self._pause
