"""Who is a lead: those whom HEARTWARE_LEADS lists, by themselves or by user group; where it is empty, admins."""

from __future__ import annotations

import logging
import time

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk.model import Person
from bot.slack.clients import hasty

log = logging.getLogger(__name__)

REMEMBERED = 300.0
"""Seconds that the members of a user group are remembered."""


class Leads:
    """``listed`` are ids of people (U…, W…) and of user groups (S…)."""

    def __init__(self, listed: tuple[str, ...]) -> None:
        self._people = frozenset(id for id in listed if not id.startswith("S"))
        self._groups = [id for id in listed if id.startswith("S")]
        self._members: dict[tuple[str, str], tuple[float, frozenset[str]]] = {}

    async def has(self, person: Person, client: AsyncWebClient) -> bool:
        """Whether this person leads. Where Slack does not say, nobody does."""
        if person.id in self._people:
            return True
        try:
            if self._groups:
                return any([person.id in await self._of(group, person, client) for group in self._groups])
            return not self._people and await _is_admin(person, client)
        except SlackApiError as error:
            log.warning("leads unknown error=%s", error.response.get("error"))
            return False

    async def _of(self, group: str, person: Person, client: AsyncWebClient) -> frozenset[str]:
        known = self._members.get((person.workspace, group))
        if known is None or known[0] < time.monotonic() - REMEMBERED:
            answer = await hasty(client).usergroups_users_list(usergroup=group)
            known = (time.monotonic(), frozenset(answer["users"]))
            self._members[person.workspace, group] = known
        return known[1]


async def _is_admin(person: Person, client: AsyncWebClient) -> bool:
    user = (await hasty(client).users_info(user=person.id))["user"]
    return bool(user.get("is_admin") or user.get("is_owner"))
