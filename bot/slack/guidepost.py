"""The path in Slack: steps and sentences by direct message."""

from __future__ import annotations

from bot.coaching.errors import BadSetting
from bot.coaching.ports import Shelf
from bot.coaching.wording import Wording
from bot.desk.model import Person
from bot.rituals.errors import Refused
from bot.rituals.path.model import Told, Walk
from bot.slack.blocks.limits import section
from bot.slack.blocks.path import invitation_blocks, step_blocks
from bot.slack.board import SlackBoard
from bot.slack.clients import Clients
from bot.slack.languages import Languages
from bot.slack.text import escape

_WHO = "\ue000"


class SlackGuidepost:
    """The Guidepost port; what it sends goes the board's way."""

    def __init__(self, board: SlackBoard, shelf: Shelf, clients: Clients, languages: Languages) -> None:
        self._board = board
        self._shelf = shelf
        self._clients = clients
        self._languages = languages

    def step(self, walk: Walk, told: Told) -> None:
        """Show a step. Raises Refused, Postponed, Unsure."""
        blocks, text = step_blocks(told, self._shelf.wording(walk.language))
        message = {"channel": walk.person.id, "text": text, "blocks": blocks, "unfurl_links": False}
        self._board.run(self._board.send(walk.person, message))

    def tell(self, person: Person, sentence: str, **values: object) -> None:
        """Say a sentence of the wording in the person's language. Raises Refused, Postponed, Unsure."""
        self._board.run(self._tell(person, sentence, values))

    async def _tell(self, person: Person, sentence: str, values: dict[str, object]) -> None:
        try:
            wording = await self._languages.of(person, await self._clients.of(person))
        except BadSetting:
            raise Refused("token") from None
        text = said(wording, sentence, values)
        blocks = [section(text)]
        if sentence == "path.invited":
            blocks = invitation_blocks(text, str(values["who"]), wording)
        await self._board.send(person, {"channel": person.id, "text": text, "blocks": blocks, "unfurl_links": False})


def said(wording: Wording, sentence: str, values: dict[str, object]) -> str:
    """The sentence, escaped; ``who`` is a user id and becomes a mention."""
    text = escape(wording.say(sentence, **{**values, "who": _WHO}))
    return text.replace(_WHO, f"<@{values.get('who', '')}>")
