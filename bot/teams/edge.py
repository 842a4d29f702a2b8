"""What every handler works with."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from microsoft_teams.api.activities.message.message import MessageActivityInput

from bot.coach import Coach
from bot.coaching.model import LANGUAGES, Draft
from bot.coaching.ports import Shelf
from bot.coaching.wording import Wording
from bot.desk.conversations import Conversations
from bot.desk.desk import Desk
from bot.desk.model import Job
from bot.desk.work import Work
from bot.teams.connector import Connector, Gone, address_of
from bot.teams.delivery import Waiting, wording_of
from bot.teams.messages import text_message
from bot.teams.turn import Turn

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Edge:
    """``take`` keeps a job durably and sees to its answer; False for a duplicate. ``waiting``: for a first review."""

    coach: Coach
    desk: Desk
    shelf: Shelf
    take: Callable[[Job], bool]
    connector: Connector
    conversations: Conversations
    work: Work
    waiting: Waiting

    async def wording(self, turn: Turn) -> Wording:
        """The bot's sentences in the language of who asks."""
        return await self.work.call(wording_of, self.desk, self.shelf, turn.person, turn.locale)

    def every(self) -> list[Wording]:
        """The sentences in all languages, for what people may type."""
        return [self.shelf.wording(language) for language in LANGUAGES]

    def in_background(self, turn: Turn, work: Coroutine[Any, Any, None]) -> None:
        """Do it while Teams has its answer already; where it fails, say so to who asked."""
        self.work.spawn(work, otherwise=lambda: self.tell(turn, "chat.failed"))

    async def first_time(self, turn: Turn) -> bool:
        """Whether this was not delivered before: its id is kept where every replica sees it, its text is not."""
        job = Job(id=turn.job_id, person=turn.person, draft=Draft(text=""), address=turn.address)
        new = await self.work.call(self.desk.take, job)
        await self.work.call(self.desk.erase, job.id)
        return new

    async def say(self, turn: Turn, message: MessageActivityInput) -> None:
        """Answer where somebody wrote, for their eyes alone; in their chat with the bot where that cannot be."""
        try:
            await self.connector.show(turn.address, message)
        except Gone:
            if turn.scope == "personal":
                raise
            kept = await self.work.call(self.conversations.of, turn.person)
            alone = address_of(kept) if kept else await self.connector.alone(turn.person, turn.address)
            message.recipient = None
            await self.connector.show(alone, message)

    async def tell(self, turn: Turn, sentence: str) -> None:
        """Answer with a sentence of the wording."""
        await self.say(turn, text_message((await self.wording(turn)).say(sentence)))

    async def remember(self, turn: Turn) -> None:
        """Keep where this happened, to be able to write there."""
        await self.work.call(self.conversations.put, turn.kept)
