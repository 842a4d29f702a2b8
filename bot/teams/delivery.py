"""Answers in Teams: shown where the agent asked, for their eyes alone, and in their chat where that place is gone.

An address says where: ``at`` is ``chat`` (with the bot alone), ``targeted`` (a message that one person of several sees)
or ``dialog``. Messages change in place. A dialog is answered by whoever waits for it, see ``Waiting``; nothing changes
it from outside, so there the deeper review is a message in the chat, which says that it is one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from microsoft_teams.api.activities.message.message import MessageActivityInput
from microsoft_teams.apps import HttpStream

from bot.coaching.model import LANGUAGES, Answer, Review
from bot.coaching.wording import Wording
from bot.desk.conversations import Conversations
from bot.desk.delivering import LoopDelivery
from bot.desk.desk import Desk
from bot.desk.model import Job, Person
from bot.desk.work import Work
from bot.teams.cards.review import review_card
from bot.teams.connector import Connector, Gone, address_of
from bot.teams.messages import answer_message, card_message, markdown, text_message
from bot.teams.wording import Words

log = logging.getLogger(__name__)


class Waiting:
    """Who waits for a review, in this event loop."""

    def __init__(self) -> None:
        self._waiting: dict[str, asyncio.Future[Review | None]] = {}

    @contextmanager
    def for_job(self, job_id: str) -> Iterator[asyncio.Future[Review | None]]:
        """Something to wait for: the review once it is made, None where it could not be."""
        future = self._waiting[job_id] = asyncio.get_running_loop().create_future()
        try:
            yield future
        finally:
            self._waiting.pop(job_id, None)

    def tell(self, job_id: str, made: Review | None) -> None:
        """Tell who waits, if anybody does."""
        future = self._waiting.get(job_id)
        if future and not future.done():
            future.set_result(made)


class TeamsDelivery(LoopDelivery):
    """The Delivery port in Teams."""

    def __init__(
        self,
        desk: Desk,
        words: Words,
        connector: Connector,
        conversations: Conversations,
        work: Work,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        super().__init__(loop)
        self._desk = desk
        self._words = words
        self._connector = connector
        self._conversations = conversations
        self._work = work
        self.waiting = Waiting()
        self._streams: dict[str, HttpStream] = {}
        self._grown: dict[str, str] = {}

    async def _first(self, job: Job, review: Review, *, last: bool) -> None:
        if job.address["at"] == "dialog":
            self.waiting.tell(job.id, review)
            return
        wording = self._words.of(review.language)
        await self._shown(job, self._message(job, review, wording, "" if last else "chat.deepening"))

    async def _deeper(self, job: Job, review: Review) -> None:
        wording = self._words.of(review.language)
        try:
            if job.address["at"] == "dialog":
                await self._followed(job, self._message(job, review, wording, "chat.deeper"))
            else:
                await self._connector.show(job.address, self._message(job, review, wording, ""))
        except Gone:
            log.info("deeper review not shown: its place is gone")

    async def _working(self, wish: Job, of: Job, review: Review) -> None:
        """Nothing: a wish in words is answered by a message of its own."""

    async def _again(self, wish: Job, of: Job, review: Review) -> None:
        self.waiting.tell(wish.id, review)
        if wish.address["at"] != "dialog":
            await self._shown(wish, self._message(of, review, self._words.of(review.language), ""))

    def begin(self, job_id: str, address: Mapping[str, str], text: str) -> None:
        """Show at once that a question is being looked up; its answer takes this place."""
        stream = self._streams[job_id] = self._connector.stream(address)
        stream.update(text)

    async def _growing(self, job: Job, text: str) -> None:
        """Show what there is of an answer so far; Teams only takes words that go on from those before."""
        stream, before, shown = self._streams.get(job.id), self._grown.get(job.id, ""), markdown(text)
        if stream and shown.startswith(before) and shown != before:
            stream.emit(shown[len(before) :])
            self._grown[job.id] = shown

    async def _answered(self, job: Job, answer: Answer) -> None:
        await self._ended(job, answer_message(answer, self._words.of(answer.language)))

    async def _ended(self, job: Job, message: MessageActivityInput) -> None:
        """Show it as the end of what was begun, where something was."""
        stream, grown, whole = self._streams.pop(job.id, None), self._grown.pop(job.id, ""), message.text or ""
        if stream:
            if whole.startswith(grown):
                message.text = whole[len(grown) :]
            else:
                stream.clear_text()
            stream.emit(message)
        if stream is None or await stream.close() is None:
            message.text = whole
            await self._shown(job, message)

    async def _failed(self, job: Job, sentence: str) -> None:
        wording = await self._work.call(wording_of, self._desk, self._words, job.person, job.address.get("locale", ""))
        if job.address["at"] == "dialog":
            self.waiting.tell(job.id, None)
        else:
            await self._ended(job, text_message(wording.say(sentence)))

    def _message(self, job: Job, review: Review, wording: Wording, above: str) -> MessageActivityInput:
        line = wording.say(above) if above else ""
        card = review_card(review, job.draft.text, wording, job=job.id, place="chat", above=line)
        return card_message(card, review.headline)

    async def _shown(self, job: Job, message: MessageActivityInput) -> None:
        """Show it, if need be to the person alone, and remember where a deeper review is to follow."""
        try:
            address = await self._connector.show(job.address, message)
        except Gone:
            alone = await self._alone(job.person) or await self._connector.alone(job.person, job.address)
            message.recipient, message.id = None, None
            address = await self._connector.show(alone, message)
        await self._remember(job, address)

    async def _followed(self, job: Job, message: MessageActivityInput) -> None:
        """Show it in the chat of somebody who has one with the bot."""
        alone = await self._alone(job.person)
        if alone:
            await self._remember(job, await self._connector.show(alone, message))

    async def _alone(self, person: Person) -> Mapping[str, str] | None:
        conversation = await self._work.call(self._conversations.of, person)
        return address_of(conversation) if conversation else None

    async def _remember(self, job: Job, address: Mapping[str, str]) -> None:
        if address != job.address:
            await self._work.call(self._desk.answer_at, job.id, address)


def wording_of(desk: Desk, words: Words, person: Person, locale: str) -> Wording:
    """The bot's sentences in somebody's language: their own choice, else that of their Teams, else English."""
    told = locale[:2].lower()
    spoken = told if told in LANGUAGES else "en"
    return words.of(desk.preferences(person).language or spoken)
