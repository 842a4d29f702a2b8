"""What the deliveries of all edges have in common: called in worker threads, they speak in the event loop."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Coroutine
from typing import Any

from bot.coaching.model import Answer, Review
from bot.desk.model import Job
from bot.desk.work import in_loop

log = logging.getLogger(__name__)

PATIENCE = 120
"""Seconds that an answer may take, with the waits that a platform's rate limits ask for."""


class LoopDelivery(ABC):
    """The Delivery port over coroutines that an edge gives; ``loop`` is the one that its platform is spoken to in."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def first(self, job: Job, review: Review, *, last: bool) -> None:
        """Show the local review."""
        self._run(self._first(job, review, last=last))

    def deeper(self, job: Job, review: Review) -> None:
        """Show the deeper review in the place of the first; nothing where that is gone, since its reader went on."""
        self._run(self._deeper(job, review))

    def working(self, wish: Job, of: Job, review: Review) -> None:
        """Say that the wish is being worked on, where its answer will stand; ``review`` stands there now."""
        self._run(self._working(wish, of, review))

    def again(self, wish: Job, of: Job, review: Review) -> None:
        """Show what the review of the draft ``of`` became by a wish."""
        self._run(self._again(wish, of, review))

    def growing(self, job: Job, text: str) -> None:
        """Show what there is of an answer, where the platform can; whatever goes wrong, the answer still comes."""
        try:
            self._run(self._growing(job, text))
        except Exception as error:
            log.info("answer not shown as it grows error=%s", type(error).__name__)

    def answered(self, job: Job, answer: Answer) -> None:
        """Show the answer to a question."""
        self._run(self._answered(job, answer))

    def failed(self, job: Job, sentence: str = "chat.failed") -> None:
        """Say why there is no answer."""
        self._run(self._failed(job, sentence))

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        in_loop(self._loop, work, PATIENCE)

    @abstractmethod
    async def _first(self, job: Job, review: Review, *, last: bool) -> None: ...

    @abstractmethod
    async def _deeper(self, job: Job, review: Review) -> None: ...

    @abstractmethod
    async def _working(self, wish: Job, of: Job, review: Review) -> None: ...

    @abstractmethod
    async def _again(self, wish: Job, of: Job, review: Review) -> None: ...

    @abstractmethod
    async def _growing(self, job: Job, text: str) -> None: ...

    @abstractmethod
    async def _answered(self, job: Job, answer: Answer) -> None: ...

    @abstractmethod
    async def _failed(self, job: Job, sentence: str) -> None: ...
