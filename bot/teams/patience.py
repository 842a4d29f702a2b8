"""Patience with the Bot Connector: what it asks to send again is sent again, with growing pauses."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import httpx
from microsoft_teams.common.http.client import MiddlewareContext, MiddlewareNext

AGAIN = frozenset({412, 429, 502, 504})
"""What Microsoft says to try again after: a conflict of edits, a rate limit, a gateway in trouble."""
ATTEMPTS = 4
PAUSE = 0.5
"""Seconds before the second attempt; each further pause is about twice as long."""
LONGEST = 20.0
"""Seconds that one pause takes at most, whatever Retry-After says."""


_ONCE = ContextVar("once", default=False)


@contextmanager
def once() -> Iterator[None]:
    """What is asked meanwhile is sent once: after a broken gateway nobody knows whether it arrived."""
    token = _ONCE.set(True)
    try:
        yield
    finally:
        _ONCE.reset(token)


class Patience:
    """Middleware of the SDK's HTTP client."""

    async def send(self, context: MiddlewareContext, next: MiddlewareNext) -> httpx.Response:
        """The answer; raises httpx.HTTPStatusError once there is no point in another attempt."""
        for attempt in range(0 if _ONCE.get() else ATTEMPTS - 1):
            try:
                return await next()
            except httpx.ConnectError:
                wait = None
            except httpx.HTTPStatusError as error:
                if error.response.status_code not in AGAIN:
                    raise
                wait = error.response.headers.get("Retry-After")
            await asyncio.sleep(pause(attempt, wait))
        return await next()


def pause(attempt: int, wait: str | None) -> float:
    """Seconds to wait: as the server says, else by the number of the attempt; never the same for two of us."""
    jitter: float = random.uniform(0.75, 1.25)  # noqa: S311
    told = float(wait) if wait and wait.isdigit() else 0.0
    own: float = PAUSE * 2**attempt * jitter
    return min(max(told, own), LONGEST)
