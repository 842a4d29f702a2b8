"""Work beside the acknowledgement: blocking calls in threads of their own, and tasks that are waited for at the end."""

from __future__ import annotations

import asyncio
import functools
import logging
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)

THREADS = 32
"""Calls of the desk at a time; asyncio's own pool has too few, since some of them wait for a language model."""

LATE = 5.0
"""Seconds of silence after which somebody who pressed or wrote something is told that it takes longer."""


def in_loop(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, T], seconds: float) -> T:
    """What a coroutine gives in a loop that runs in another thread. Raises TimeoutError, and then it is cancelled."""
    future = asyncio.run_coroutine_threadsafe(work, loop)
    try:
        return future.result(seconds)
    except TimeoutError:
        future.cancel()
        raise


class Work:
    """What an edge began and does not wait for. Its framework keeps no hold of such tasks; this does."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="desk")
        self._tasks: set[asyncio.Task[Any]] = set()

    async def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a blocking function gives, called in a thread."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, functools.partial(function, *args, **kwargs))

    def spawn(
        self,
        work: Coroutine[Any, Any, None],
        otherwise: Callable[[], Awaitable[object]],
        *,
        late: Callable[[], Awaitable[object]] | None = None,
    ) -> None:
        """Do it in the background, and ``otherwise`` where it fails; say that it is ``late`` where it takes long."""
        self._begun(_seen_to(work if late is None else self._watched(work, late), otherwise))

    async def soon(self, work: Coroutine[Any, Any, T], seconds: float) -> asyncio.Task[T]:
        """The work, once it is done or so many seconds have passed; then it goes on, whoever waits for it or not."""
        task = self._begun(work)
        await asyncio.wait({task}, timeout=seconds)
        return task

    async def _watched(self, work: Coroutine[Any, Any, None], late: Callable[[], Awaitable[object]]) -> None:
        task = await self.soon(work, LATE)
        if not task.done():
            await _seen_to(late(), nothing)
        await task

    def _begun(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def drain(self, seconds: float) -> None:
        """Wait for what is under way, for at most so long."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)

    def close(self) -> None:
        """Let the threads go; nothing can be called any more."""
        self._threads.shutdown(wait=False, cancel_futures=True)


async def nothing() -> None:
    """Where not even that can be said, there is nobody to tell."""


async def _seen_to(work: Awaitable[object], otherwise: Callable[[], Awaitable[object]]) -> None:
    """The text of an error may hold a draft, so only its kind is logged."""
    try:
        await work
    except Exception as error:
        log.exception("background work failed error=%s", type(error).__name__, exc_info=False)
        try:
            await otherwise()
        except Exception as second:
            log.exception("nor could that be said error=%s", type(second).__name__, exc_info=False)
