"""What every handler works with."""

from __future__ import annotations

import asyncio
import functools
import logging
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from typing import Any

from microsoft_teams.api.activities.message.message import MessageActivityInput

from bot.coaching.model import Language
from bot.coaching.ports import Shelf
from bot.coaching.wording import Wording
from bot.desk.conversations import Conversations
from bot.desk.desk import Desk
from bot.desk.following import NOTHING
from bot.desk.model import Job, Person
from bot.desk.work import Work
from bot.rituals.asked import Asked, language_of
from bot.rituals.together import Rituals
from bot.teams.channels import Channels
from bot.teams.connector import Connector, Gone, address_of
from bot.teams.delivery import TeamsDelivery, wording_of
from bot.teams.leads import Leads
from bot.teams.messages import text_message
from bot.teams.turn import Turn
from bot.teams.wording import Words

log = logging.getLogger(__name__)

PATIENCE = 1.0
"""Seconds: a person waits for this answer."""


@dataclass(frozen=True)
class Edge:
    """``take`` keeps a job durably and sees to its answer; False for a duplicate."""

    desk: Desk
    shelf: Shelf
    words: Words
    take: Callable[[Job], bool]
    connector: Connector
    conversations: Conversations
    work: Work
    delivery: TeamsDelivery
    rituals: Rituals
    leads: Leads
    channels: Channels

    async def wording(self, turn: Turn) -> Wording:
        """The bot's sentences in the language of who asks; as Teams has it where the database does not say."""
        asked = self.work.call(wording_of, self.desk, self.words, turn.person, turn.locale)
        try:
            return await asyncio.wait_for(asked, PATIENCE)
        except Exception as error:  # whatever the database raises
            log.warning("language unknown error=%s", type(error).__name__)
            return self.words.of(turn.locale[:2] or "en")

    def asked(self, turn: Turn, wording: Wording) -> Asked:
        """What is asked of the rituals."""
        return Asked(self.rituals, turn.person, wording, leads=self.leads.has(turn.person), zone=turn.zone)

    def language(self, wording: Wording) -> Language:
        """The language of these sentences, for what the knowledge has by language."""
        return language_of(wording)

    def in_background(self, turn: Turn, work: Coroutine[Any, Any, None]) -> None:
        """Do it while Teams has its answer already; where it fails, say so to who asked."""
        failed, late = (functools.partial(self.tell, turn, f"chat.{what}") for what in ("failed", "late"))
        self.work.spawn(work, otherwise=failed, late=late)

    async def once(self, turn: Turn, answer: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Answer in the background what was not delivered before."""
        if await self.new(turn):
            self.in_background(turn, answer())

    async def new(self, turn: Turn) -> bool:
        """Whether this was not delivered before: its id is kept where every replica sees it, its text is not."""
        return await self.work.call(self._first_time, turn)

    def _first_time(self, turn: Turn) -> bool:
        new = self.desk.take(Job(id=turn.job_id, person=turn.person, draft=NOTHING, address=turn.address))
        self.desk.erase(turn.job_id)
        return new

    async def say(self, turn: Turn, message: MessageActivityInput) -> None:
        """Answer where somebody wrote, for their eyes alone; in their chat with the bot where that cannot be."""
        try:
            await self.connector.show(turn.address, message)
        except Gone:
            if turn.scope == "personal":
                raise
            message.recipient = None
            await self.connector.show(await self.alone(turn), message)

    async def alone(self, turn: Turn) -> Mapping[str, str]:
        """The address of the chat with who asks; begun where there is none. Raises Gone."""
        kept = await self.work.call(self.conversations.of, turn.person)
        return address_of(kept) if kept else await self.connector.alone(turn.person, turn.address)

    async def chat_with(self, turn: Turn) -> None:
        """Keep the chat with who asks, begun where there is none. Raises Gone."""
        if await self.work.call(self.conversations.of, turn.person) is None:
            await self.work.call(self.conversations.put, await self.connector.begun(turn.person, turn))

    async def known(self, turn: Turn, user: str) -> Person:
        """Somebody whom Teams calls ``user`` where this happened; their chat with the bot is kept from now on.

        Raises Gone, httpx.HTTPError.
        """
        member = await self.connector.member(turn.conversation.split(";")[0], turn.service, user)
        person = turn.person.model_copy(update={"id": member.person or user})
        if await self.work.call(self.conversations.of, person) is None:
            begun = await self.connector.begun(person, replace(turn, user=user, locale=""))
            await self.work.call(self.conversations.put, begun)
        return person

    async def tell(self, turn: Turn, sentence: str) -> None:
        """Answer with a sentence of the wording."""
        await self.say(turn, text_message((await self.wording(turn)).say(sentence)))

    async def remember(self, turn: Turn) -> None:
        """Keep where this happened, to be able to write there."""
        await self.work.call(self.conversations.put, turn.kept)
