"""The path in Teams: steps and sentences in the chat with somebody alone."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

import httpx

from bot.coaching.wording import Wording
from bot.desk.conversations import Conversation, Conversations
from bot.desk.desk import Desk
from bot.desk.model import Person
from bot.desk.work import Work
from bot.rituals.errors import Refused
from bot.rituals.path.model import Told, Walk
from bot.teams.board import TeamsBoard
from bot.teams.cards.parts import Card, notice
from bot.teams.cards.path import invitation_card, step_card
from bot.teams.connector import Connector
from bot.teams.delivery import wording_of
from bot.teams.messages import unasked_message
from bot.teams.wording import Words

log = logging.getLogger(__name__)


class TeamsGuidepost:
    """The Guidepost port; what it sends goes the board's way."""

    def __init__(
        self,
        board: TeamsBoard,
        desk: Desk,
        words: Words,
        connector: Connector,
        conversations: Conversations,
        work: Work,
    ) -> None:
        self._board = board
        self._desk = desk
        self._words = words
        self._connector = connector
        self._conversations = conversations
        self._work = work

    def step(self, walk: Walk, told: Told) -> None:
        """Show a step. Raises Refused, Postponed, Unsure."""
        self._board.run(self._step(walk, told))

    def tell(self, person: Person, sentence: str, **values: object) -> None:
        """Say a sentence of the wording in the person's language. Raises Refused, Postponed, Unsure."""
        self._board.run(self._tell(person, sentence, values))

    def send(self, person: Person, made: Callable[[Wording], Card]) -> None:
        """Show a card that is made in the person's language. Raises Refused, Postponed, Unsure."""
        self._board.run(self._send(person, made))

    async def _send(self, person: Person, made: Callable[[Wording], Card]) -> None:
        alone = await self._alone(person)
        wording = await self._work.call(wording_of, self._desk, self._words, person, alone.locale)
        await self._board.send(alone, unasked_message(made(wording), wording.say("teams.title")))

    async def _step(self, walk: Walk, told: Told) -> None:
        message = unasked_message(step_card(told, self._words.of(walk.language)), told.step.title)
        await self._board.send(await self._alone(walk.person), message)

    async def _tell(self, person: Person, sentence: str, values: Mapping[str, object]) -> None:
        alone = await self._alone(person)
        wording = await self._work.call(wording_of, self._desk, self._words, person, alone.locale)
        who = str(values.get("who") or "")
        named = await self._name(person.model_copy(update={"id": who}), wording) if who else ""
        text = wording.say(sentence, **{**values, "who": named})
        card = invitation_card(text, who, wording) if sentence == "path.invited" else notice(text)
        await self._board.send(alone, unasked_message(card, text))

    async def _alone(self, person: Person) -> Conversation:
        kept = await self._work.call(self._conversations.of, person)
        if kept is None:
            raise Refused("not-in-channel")
        return kept

    async def _name(self, person: Person, wording: Wording) -> str:
        """What somebody who has a chat with the bot is called."""
        kept = await self._work.call(self._conversations.of, person)
        try:
            name = (await self._connector.member(kept.id, kept.service, kept.user)).name if kept else ""
        except httpx.HTTPError as error:
            log.info("somebody not named error=%s", type(error).__name__)
            name = ""
        return name or wording.say("teams.a-colleague")
