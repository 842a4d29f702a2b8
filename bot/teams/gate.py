"""Who may send: only the Bot Framework, by a token that it signed for this bot and this service."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor

from jwt import PyJWKClientConnectionError
from microsoft_teams.apps.auth import TokenValidator

log = logging.getLogger(__name__)

THREADS = 4
"""Tokens looked at together. In threads, for the SDK fetches Microsoft's keys without letting go of the event loop."""
LONGEST = 20_000
"""Characters of the longest token that is read."""


class Gate:
    """There is no way past it: no setting, and no variable of the SDK's, lets anybody in without a token."""

    def __init__(self, validator: TokenValidator) -> None:
        self._validator = validator
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="gate")

    async def refusal(self, authorization: str, service: object) -> int | None:
        """The status to refuse with, or None. ``service`` is the address that the activity wants answers at."""
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token or len(token) > LONGEST:
            return 401
        try:
            await asyncio.get_running_loop().run_in_executor(self._threads, self._check, token, service)
        except PyJWKClientConnectionError:
            log.warning("Microsoft's keys cannot be read")
            return 503  # it sends again
        except Exception as error:  # whatever is wrong with a token, it is refused
            log.info("refused token error=%s", type(error).__name__)
            return 401
        return None

    def close(self) -> None:
        """Let the threads go."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _check(self, token: str, service: object) -> None:
        """Raises where the token is not right."""
        asyncio.run(self._validator.validate_token(token, service if isinstance(service, str) else None))
