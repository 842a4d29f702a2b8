"""Daily prompts in Teams. A post is sent without the client's own retries, which could send it twice."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date

import httpx
from microsoft_teams.api.activities.message.message import MessageActivityInput

from bot.desk.conversations import Conversation, Conversations
from bot.desk.desk import Desk
from bot.desk.model import Person
from bot.desk.work import Work
from bot.rituals.errors import Postponed, Refused, Unsure
from bot.rituals.evidence.figures import tell
from bot.rituals.model import Key, Report, Schedule, Told
from bot.rituals.posting import LoopBoard
from bot.rituals.saying import say_day
from bot.teams.cards.insight import insight_card
from bot.teams.cards.parts import notice
from bot.teams.cards.wow import prompt_card
from bot.teams.channels import Channels
from bot.teams.connector import Connector, address_of
from bot.teams.delivery import wording_of
from bot.teams.messages import unasked_message
from bot.teams.patience import once
from bot.teams.wording import Words

LONGEST_WAIT = 5
"""Seconds that are waited at most where Teams limits the rate."""
REFUSALS = {401: "token", 403: "not-allowed", 404: "not-in-channel", 405: "not-allowed", 410: "no-channel"}
"""What the Connector says, and the sentence ``wow.refused.<name>`` for it."""


class TeamsBoard(LoopBoard):
    """The Board port. Called in worker threads; Teams is spoken to in the event loop ``loop``."""

    platform = "teams"

    def __init__(
        self,
        desk: Desk,
        words: Words,
        connector: Connector,
        conversations: Conversations,
        channels: Channels,
        work: Work,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self._desk = desk
        self._words = words
        self._connector = connector
        self._conversations = conversations
        self._channels = channels
        self._work = work
        super().__init__(loop)

    async def _find(self, schedule: Schedule, key: Key) -> bool:
        """Teams lets a bot read no channel without rights over whole teams."""
        raise Unsure("Channels are not read.")

    async def _post(self, schedule: Schedule, told: Told) -> None:
        place = await self._place(schedule, told.key)
        if place is None:
            raise Refused("not-in-channel")
        wording = self._words.of(schedule.language)
        await self.send(place, unasked_message(prompt_card(told, wording), told.prompt.text))

    async def _report(self, lead: Person, report: Report, currency: str) -> None:
        alone = await self._work.call(self._conversations.of, lead)
        if alone is None:
            raise Refused("not-in-channel")
        wording = await self._work.call(wording_of, self._desk, self._words, lead, alone.locale)
        told = tell(report, currency, wording)
        await self.send(alone, unasked_message(insight_card(told, wording), told.title))

    async def send(self, place: Conversation, message: MessageActivityInput) -> None:
        """Post a message, once. Raises Refused, Postponed, Unsure."""
        while True:
            try:
                with once():
                    await self._connector.post(place, message)
            except httpx.HTTPStatusError as error:
                wait = _seconds_to_wait(error)
                if not wait:
                    raise _refusal(error) from None
                await asyncio.sleep(wait)
            except httpx.ConnectError:
                raise Postponed("Teams cannot be reached.") from None
            except httpx.HTTPError as error:
                raise Unsure(f"The connection broke ({type(error).__name__}).") from None
            else:
                return

    async def _place(self, schedule: Schedule, key: Key) -> Conversation | None:
        workspace = schedule.team.workspace
        if key.recipient:
            person = Person(platform="teams", workspace=workspace, id=key.recipient)
            return await self._work.call(self._conversations.of, person)
        return await self._work.call(self._conversations.get, "teams", workspace, schedule.channel)

    async def _tell(self, schedule: Schedule, sentence: str, values: Mapping[str, object]) -> None:
        lead = Person(platform="teams", workspace=schedule.team.workspace, id=schedule.lead)
        alone = await self._work.call(self._conversations.of, lead)
        if alone is None:
            raise Refused("not-in-channel")
        wording = await self._work.call(wording_of, self._desk, self._words, lead, alone.locale)
        shown = {name: say_day(v, wording) if isinstance(v, date) else v for name, v in values.items()}
        where = await self._channels.name(schedule.team, schedule.channel, wording)
        said = f"{where}: {wording.say(sentence, **shown)}"
        await self._connector.show(address_of(alone), unasked_message(notice(said), said))


def _seconds_to_wait(error: httpx.HTTPStatusError) -> float:
    """What Teams asks to wait; 0 where it does not, or asks for too long."""
    if error.response.status_code not in (412, 429):
        return 0
    told = error.response.headers.get("Retry-After", "")
    seconds = float(told) if told.isdigit() and float(told) else 1.0
    return seconds if seconds <= LONGEST_WAIT else 0


def _refusal(error: httpx.HTTPStatusError) -> Exception:
    status = error.response.status_code
    if status in (412, 429):
        return Postponed("Teams limits the rate.")
    if status >= 500:
        return Unsure("Teams broke down.")
    return Refused(REFUSALS.get(status, "other"))
