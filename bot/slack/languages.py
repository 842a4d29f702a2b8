"""In which language Heartware speaks to somebody: their own choice, else the language of their Slack."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict

import aiohttp
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.coaching.model import LANGUAGES
from bot.coaching.ports import Shelf
from bot.coaching.wording import Wording
from bot.desk.desk import Desk
from bot.desk.model import Person
from bot.desk.work import Work
from bot.slack.clients import hasty

log = logging.getLogger(__name__)

REMEMBERED = 10_000
PATIENCE = 1.0
"""Seconds: a person waits for this answer."""


class Languages:
    """Asks Slack once for each person. Where Slack does not say, English.

    Nobody is left without an answer because the database does not say what they chose: then it is what was last known.
    """

    def __init__(self, desk: Desk, shelf: Shelf, work: Work) -> None:
        self._desk = desk
        self._shelf = shelf
        self._work = work
        self._locales: OrderedDict[Person, str] = OrderedDict()
        self._chosen: OrderedDict[Person, str] = OrderedDict()

    async def of(self, person: Person, client: AsyncWebClient) -> Wording:
        """The bot's sentences in this person's language."""
        try:
            asked = self._work.call(self._desk.preferences, person)
            _remember(self._chosen, person, (await asyncio.wait_for(asked, PATIENCE)).language)
        except Exception as error:  # whatever the database raises
            log.warning("language unknown error=%s", type(error).__name__)
        return self._shelf.wording(self._chosen.get(person) or await self._of_slack(person, client))

    def known(self, person: Person) -> Wording:
        """The same without waiting for anything, as far as it is known."""
        return self._shelf.wording(self._chosen.get(person) or self._locales.get(person, "en"))

    def every(self) -> list[Wording]:
        """The sentences in all languages, for what people may type."""
        return [self._shelf.wording(language) for language in LANGUAGES]

    async def _of_slack(self, person: Person, client: AsyncWebClient) -> str:
        if person not in self._locales:
            try:
                asked = hasty(client).users_info(user=person.id, include_locale=True)
                answer = await asyncio.wait_for(asked, PATIENCE)
            except (SlackClientError, aiohttp.ClientError, TimeoutError) as error:
                log.info("locale unknown error=%s", type(error).__name__)
                return "en"
            _remember(self._locales, person, str(answer["user"].get("locale", "en"))[:2])
        return self._locales[person]


def _remember(known: OrderedDict[Person, str], person: Person, language: str) -> None:
    known[person] = language
    if len(known) > REMEMBERED:
        known.popitem(last=False)
