"""Speaking to people through the Bot Connector: new messages, changed ones, those for one person's eyes alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import httpx
from microsoft_teams.api import Account, ConversationAccount
from microsoft_teams.api.activities.message.message import MessageActivityInput
from microsoft_teams.api.clients.conversation.params import CreateConversationParams
from microsoft_teams.api.models.conversation import ConversationReference
from microsoft_teams.apps import App, HttpStream

from bot.desk.conversations import Conversation
from bot.desk.model import Person
from bot.teams.messages import targeted
from bot.teams.turn import Turn

UNNAMED = "DO_NOT_USE_PLACEHOLDER_ID"
"""What the SDK says where the Connector gave a message no id."""
GONE = frozenset({400, 403, 404, 405, 409, 410, 501})
"""What the Connector answers of a place where nothing can be shown (any more)."""


class Gone(Exception):
    """The place to answer at is no more, or never was one."""


class Member(NamedTuple):
    """Somebody: what Teams calls them, what the directory does, and their name."""

    user: str
    person: str
    name: str


class Connector:
    """An address has ``conversation``, ``service``, ``user``, maybe ``activity``, and ``at``.

    ``at`` is ``chat`` (with the bot alone), ``targeted`` (for one person's eyes) or ``all``.
    """

    def __init__(self, app: App) -> None:
        self._app = app

    async def show(self, address: Mapping[str, str], message: MessageActivityInput) -> Mapping[str, str]:
        """Show it, in the place of ``activity`` where there is one; the address from now on. Raises Gone."""
        if address["at"] == "targeted":
            message = targeted(message, address["user"])
        if "activity" in address:
            message = message.with_id(address["activity"])
        try:
            sent = await self._app.send(address["conversation"], message, service_url=address["service"])
        except httpx.HTTPStatusError as error:
            raise _gone(error) from None
        return address if "activity" in address or sent.id == UNNAMED else {**address, "activity": sent.id}

    async def post(self, conversation: Conversation, message: MessageActivityInput) -> None:
        """Post it for all who read along. Raises httpx.HTTPError."""
        await self._app.send(conversation.id, message, service_url=conversation.service)

    async def channels(self, conversation: Conversation) -> dict[str, str]:
        """The names of the channels of its team, by id. Raises httpx.HTTPError."""
        api = self._app.api.from_service_url(conversation.service)
        found = await api.teams.get_conversations(conversation.team)
        return {one.id: one.name for one in found if one.id and one.name}

    async def member(self, conversation: str, service: str, id: str) -> Member:
        """Somebody who belongs to a conversation, by either of their ids. Raises httpx.HTTPError."""
        api = self._app.api.from_service_url(service)
        found = await api.conversations.get_member_by_id(conversation, id)
        return Member(found.id, found.aad_object_id or "", found.name or "")

    async def alone(self, person: Person, address: Mapping[str, str]) -> Mapping[str, str]:
        """The address of the conversation with this person alone, begun where there is none yet. Raises Gone."""
        api = self._app.api.from_service_url(address["service"])
        asked = CreateConversationParams(
            members=[Account(id=address["user"])],
            tenant_id=person.workspace,
            channel_data={"tenant": {"id": person.workspace}},
        )
        try:
            begun = await api.conversations.create(asked.model_copy(update={"bot": Account(id=self._app.id or "")}))
        except httpx.HTTPStatusError as error:
            raise _gone(error) from None
        rest = {name: value for name, value in address.items() if name != "activity"}
        return {**rest, "at": "chat", "conversation": begun.id}

    async def begun(self, person: Person, turn: Turn) -> Conversation:
        """The conversation with the ``user`` of a turn alone, begun where there is none yet. Raises Gone."""
        alone = await self.alone(person, turn.address)
        return Conversation(
            platform="teams",
            workspace=person.workspace,
            id=alone["conversation"],
            scope="personal",
            service=turn.service,
            person=person.id,
            user=turn.user,
            locale=turn.locale,
        )

    def stream(self, address: Mapping[str, str]) -> HttpStream:
        """A message that is shown while it is made; only in a conversation with one person."""
        return HttpStream(
            self._app.api,
            ConversationReference(
                bot=Account(id=self._app.id or ""),
                conversation=ConversationAccount(id=address["conversation"]),
                channel_id="msteams",
                service_url=address["service"],
            ),
        )


def address_of(conversation: Conversation) -> dict[str, str]:
    """Where to write to a person alone."""
    return {
        "at": "chat",
        "conversation": conversation.id,
        "service": conversation.service,
        "user": conversation.user,
        "locale": conversation.locale,
    }


def _gone(error: httpx.HTTPStatusError) -> Exception:
    return Gone() if error.response.status_code in GONE else error
