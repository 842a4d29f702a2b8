"""What each part of a running process says of itself, for ``/readyz``: empty where it is well, else what is wrong."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotInTime

log = logging.getLogger(__name__)
Check = Callable[[], str]
"""What is wrong with a part, in one sentence without an address or a secret; empty where it is well."""

PATIENCE = 2.0
"""Seconds that a part has to answer."""
REMEMBERED = 15.0
"""Seconds for which the answer of a part that work can do without is believed."""


class Readiness:
    """Asks the parts, each in a thread of its own, so that one which hangs holds up nothing but its own answer.

    Without a ``needed`` part no work is taken; without the ``useful`` ones Heartware does less, and says so.
    """

    def __init__(self, needed: Mapping[str, Check], useful: Mapping[str, Check]) -> None:
        self._needed = needed
        self._useful = useful
        self._threads = ThreadPoolExecutor(len(needed) + len(useful), thread_name_prefix="ready")
        self._asked: dict[str, Future[str]] = {}
        self._known: dict[str, tuple[float, str]] = {}
        self._wrong: Mapping[str, str] = {}

    def ready(self) -> bool:
        """Whether work can be taken."""
        return not any(self._now(self._needed).values())

    def parts(self) -> dict[str, str]:
        """What is wrong with each part."""
        stale = {name: check for name, check in self._useful.items() if not self._fresh(name)}
        said = self._now({**self._needed, **stale})
        at = time.monotonic()
        self._known |= {name: (at, said[name]) for name in stale}
        parts = {name: said[name] if name in said else self._known[name][1] for name in (*self._needed, *self._useful)}
        self._note(parts)
        return parts

    def _note(self, parts: Mapping[str, str]) -> None:
        """Log what is wrong since this look, and what is well again."""
        for name, wrong in parts.items():
            if wrong and not self._wrong.get(name):
                log.warning("part=%s is not well: %s", name, wrong)
            elif self._wrong.get(name) and not wrong:
                log.info("part=%s is well again", name)
        self._wrong = parts

    def figures(self) -> dict[str, float]:
        """1 for each part that is well, else 0."""
        return {name: float(not wrong) for name, wrong in self.parts().items()}

    def _fresh(self, name: str) -> bool:
        return name in self._known and time.monotonic() - self._known[name][0] < REMEMBERED

    def _now(self, checks: Mapping[str, Check]) -> dict[str, str]:
        for name, check in checks.items():
            # One that still hangs from the last time is not asked a second time.
            if name not in self._asked or self._asked[name].done():
                self._asked[name] = self._threads.submit(check)
        end = time.monotonic() + PATIENCE
        return {name: _answer(self._asked[name], end - time.monotonic()) for name in checks}


def _answer(asked: Future[str], seconds: float) -> str:
    try:
        return asked.result(max(0.0, seconds))
    except NotInTime:
        return "It does not answer."
    except Exception as error:  # the kind only: its text may hold an address with a password
        return f"It fails ({type(error).__name__})."
