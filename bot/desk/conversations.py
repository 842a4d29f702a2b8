"""Where the bot may write to people unasked: what is kept of a conversation, and forgotten when the bot is removed."""

from __future__ import annotations

from typing import Literal, Protocol

from bot.coaching.model import Value
from bot.desk.model import Person, Platform

Scope = Literal["personal", "group", "channel"]


class Conversation(Value):
    """One conversation that the bot belongs to.

    ``person`` is whose it is, where it is between one person and the bot; ``user`` is what the platform calls that
    person there. ``service`` is the address that the platform takes messages for it at; ``locale`` as it was last told.
    """

    platform: Platform
    workspace: str
    id: str
    scope: Scope
    service: str
    person: str = ""
    user: str = ""
    team: str = ""
    locale: str = ""


class Conversations(Protocol):
    """Where they are kept, sealed."""

    def put(self, conversation: Conversation) -> None:
        """Keep it; what was kept of it before is replaced."""
        ...

    def welcomed(self, conversation: Conversation) -> bool:
        """Whether it was greeted before; from now on it was. The conversation must be kept."""
        ...

    def get(self, platform: Platform, workspace: str, id: str) -> Conversation | None:
        """The conversation; None where the bot does not belong to it."""
        ...

    def of(self, person: Person) -> Conversation | None:
        """The conversation between this person and the bot."""
        ...

    def forget(self, platform: Platform, workspace: str, id: str, team: str = "") -> None:
        """Forget a conversation, and all of its team where one is named."""
        ...
