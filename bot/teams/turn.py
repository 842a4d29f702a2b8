"""What one activity says: who, where, what. Read with care, for whatever is not as it should be."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.coaching.errors import BadInput
from bot.desk.conversations import Conversation, Scope
from bot.desk.model import Person
from bot.rituals.calendar import zone_of

Json = dict[str, Any]
SCOPES: Mapping[str, Scope] = {"personal": "personal", "groupChat": "group", "channel": "channel"}


class Unreadable(Exception):
    """An activity that lacks what every activity has."""


@dataclass(frozen=True)
class Turn:
    """One activity. ``conversation`` may name a thread; ``value`` is an object, empty where there is none.

    ``zone`` is the time zone that its sender's Teams tells, ``called`` their name.
    """

    type: str
    name: str
    action: str
    id: str
    person: Person
    user: str
    bot: str
    conversation: str
    scope: Scope
    service: str
    team: str
    locale: str
    zone: str
    called: str
    text: str
    reply_to: str
    value: Json
    mentioned: tuple[str, ...]
    members_added: tuple[str, ...]
    members_removed: tuple[str, ...]
    event: str

    @property
    def job_id(self) -> str:
        """An id for a job that is the same for every delivery of the same activity."""
        named = "/".join([self.person.workspace, self.conversation, self.id])
        return f"teams-{hashlib.sha256(named.encode()).hexdigest()[:40]}"

    @property
    def kept(self) -> Conversation:
        """What is kept of where this happened; of a thread, its channel."""
        personal = self.scope == "personal"
        return Conversation(
            platform="teams",
            workspace=self.person.workspace,
            id=self.conversation.split(";")[0],
            scope=self.scope,
            service=self.service,
            person=self.person.id if personal else "",
            user=self.user if personal else "",
            team=self.team,
            locale=self.locale,
        )

    @property
    def address(self) -> dict[str, str]:
        """Where an answer to this goes, seen by its author alone."""
        return {
            "at": "chat" if self.scope == "personal" else "targeted",
            "conversation": self.conversation,
            "service": self.service,
            "user": self.user,
            "locale": self.locale,
        }


def tenants(activity: Json) -> set[str]:
    """The organisations that an activity names, in small letters."""
    data, conversation = _object(activity, "channelData"), _object(activity, "conversation")
    named = (_text(_object(data, "tenant"), "id"), _text(conversation, "tenantId"))
    return {name.lower() for name in named if name}


def read_turn(activity: Json) -> Turn:
    """What an activity says. Raises Unreadable."""
    sender, recipient = _object(activity, "from"), _object(activity, "recipient")
    conversation, data = _object(activity, "conversation"), _object(activity, "channelData")
    type_, user, where, service = (
        _text(activity, "type"), _text(sender, "id"), _text(conversation, "id"), _text(activity, "serviceUrl"),
    )  # fmt: skip
    named = sorted(tenants(activity))
    if not (type_ and user and where and service and len(named) == 1):
        raise Unreadable
    return Turn(
        type=type_,
        name=_text(activity, "name"),
        action=_text(activity, "action"),
        id=_text(activity, "id") or uuid.uuid4().hex,
        person=Person(platform="teams", workspace=named[0], id=_text(sender, "aadObjectId") or user),
        user=user,
        bot=_text(recipient, "id"),
        conversation=where,
        scope=_scope(_text(conversation, "conversationType"), where),
        service=service,
        team=_text(_object(data, "team"), "id"),
        locale=_text(activity, "locale"),
        zone=_zone(activity),
        called=_text(sender, "name"),
        text=_text(activity, "text"),
        reply_to=_text(activity, "replyToId"),
        value=_value(activity.get("value")),
        mentioned=_mentioned(activity, _text(recipient, "id")),
        members_added=_ids(activity, "membersAdded"),
        members_removed=_ids(activity, "membersRemoved"),
        event=_text(data, "eventType"),
    )


def _scope(named: str, where: str) -> Scope:
    """Who reads along. Where that is not said, as if many did."""
    return SCOPES.get(named, "personal" if where.startswith("a:") else "group")


def _mentioned(activity: Json, bot: str) -> tuple[str, ...]:
    """What Teams calls those who are mentioned, without the bot."""
    ids = (_text(_object(one, "mentioned"), "id") for one in _entities(activity, "mention"))
    return tuple(id for id in ids if id and id != bot)


def _entities(activity: Json, type_: str) -> list[Json]:
    given = activity.get("entities")
    entities = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    return [one for one in entities if one.get("type") == type_]


def _zone(activity: Json) -> str:
    """What Teams tells of the sender's clock; empty where it tells nothing that we know."""
    told = next((_text(one, "timezone") for one in _entities(activity, "clientInfo")), "")
    try:
        return zone_of(told or _text(activity, "localTimezone")).key
    except BadInput:
        return ""


def _value(value: object) -> Json:
    """What an activity carries; some clients write it as a text."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return {}
    return value if isinstance(value, dict) else {}


def _object(of: Json, name: str) -> Json:
    value = of.get(name)
    return value if isinstance(value, dict) else {}


def _text(of: Json, name: str) -> str:
    value = of.get(name)
    return value if isinstance(value, str) else ""


def _ids(of: Json, name: str) -> tuple[str, ...]:
    listed = of.get(name)
    members = listed if isinstance(listed, list) else []
    return tuple(_text(member, "id") for member in members if isinstance(member, dict))
