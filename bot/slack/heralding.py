"""What is told in private about a team's own rules: to who proposed one, and to who has one in their care."""

from __future__ import annotations

import logging
from typing import Any

from bot.coaching.ports import Shelf
from bot.coaching.wording import Wording
from bot.desk.model import Person
from bot.packs.model import Place, Proposal
from bot.packs.proposing import said
from bot.slack.blocks.limits import section
from bot.slack.blocks.rules import reminder_blocks
from bot.slack.board import SlackBoard
from bot.slack.clients import Clients
from bot.slack.languages import Languages
from bot.slack.text import escape

log = logging.getLogger(__name__)


class SlackHerald:
    """The Herald port; what it sends goes the board's way."""

    def __init__(self, board: SlackBoard, shelf: Shelf, clients: Clients, languages: Languages) -> None:
        self._board = board
        self._shelf = shelf
        self._clients = clients
        self._languages = languages

    def tell(self, place: Place, person: str, sentence: str, **values: object) -> None:
        """Say a sentence of the wording; where they left, only the log has it."""
        self._sent(_somebody(place, person), sentence, values, None)

    def remind(self, place: Place, proposal: Proposal) -> None:
        """Ask the owner whether something of the team's own still holds."""
        self._sent(_somebody(place, proposal.owner), "packs.remind", {"what": said(proposal)}, proposal)

    def _sent(self, person: Person, sentence: str, values: dict[str, Any], asked: Proposal | None) -> None:
        try:
            self._board.run(self._send(person, sentence, values, asked))
        except Exception as error:  # whoever is to be told may have left; the decision stands
            log.warning("%s not told error=%s", sentence, type(error).__name__)

    async def _send(self, person: Person, sentence: str, values: dict[str, Any], asked: Proposal | None) -> None:
        wording: Wording = await self._languages.of(person, await self._clients.of(person))
        text = escape(wording.say(sentence, **values))
        blocks = reminder_blocks(asked, text, wording) if asked else [section(text)]
        await self._board.send(person, {"channel": person.id, "text": text, "blocks": blocks, "unfurl_links": False})


def _somebody(place: Place, person: str) -> Person:
    return Person(platform="slack", workspace=place.workspace, id=person)
