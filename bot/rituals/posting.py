"""What the boards of all edges have in common: called in worker threads, they post in the event loop."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Coroutine
from typing import Any, ClassVar, TypeVar

from bot.desk.model import Person, Platform
from bot.desk.work import in_loop
from bot.rituals.errors import Unsure
from bot.rituals.model import Key, Report, Schedule, Team, Told

T = TypeVar("T")
log = logging.getLogger(__name__)

PATIENCE = 15
"""Seconds after which nobody knows whether a post arrived."""


class LoopBoard(ABC):
    """The Board port over coroutines that an edge gives; ``loop`` is the one that its platform is spoken to in."""

    platform: ClassVar[Platform]

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def post(self, schedule: Schedule, told: Told) -> None:
        """Post a prompt. Raises Refused and Postponed where it certainly was not, Unsure where nobody knows."""
        self.run(self._post(schedule, told))

    def find(self, schedule: Schedule, key: Key) -> bool:
        """Whether this prompt was posted. Raises Unsure where the bot may not look."""
        return self.run(self._find(schedule, key))

    def report(self, team: Team, lead: str, report: Report, currency: str) -> None:
        """Send a lead the figures of a month. Raises Refused, Postponed and Unsure as ``post`` does."""
        self.run(self._report(Person(platform=self.platform, workspace=team.workspace, id=lead), report, currency))

    def tell_lead(self, schedule: Schedule, sentence: str, **values: object) -> bool:
        """Say something to the lead of a schedule; False where they cannot be told, because they left or otherwise."""
        try:
            self.run(self._tell(schedule, sentence, values))
        except Exception as error:
            log.info("schedule=%s lead not told error=%s", schedule.id, type(error).__name__)
            return False
        return True

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """What a coroutine of the platform's loop gives, in a worker thread. Raises Unsure after too long."""
        try:
            return in_loop(self._loop, work, PATIENCE)
        except TimeoutError:
            raise Unsure("There was no answer in time.") from None

    @abstractmethod
    async def _post(self, schedule: Schedule, told: Told) -> None: ...

    @abstractmethod
    async def _find(self, schedule: Schedule, key: Key) -> bool: ...

    @abstractmethod
    async def _report(self, lead: Person, report: Report, currency: str) -> None: ...

    @abstractmethod
    async def _tell(self, schedule: Schedule, sentence: str, values: dict[str, object]) -> None: ...
