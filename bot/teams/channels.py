"""The names of channels, as the lead of a schedule knows them."""

from __future__ import annotations

import logging
import time

import httpx

from bot.coaching.wording import Wording
from bot.desk.conversations import Conversation, Conversations
from bot.desk.work import Work
from bot.rituals.model import Team
from bot.teams.connector import Connector

log = logging.getLogger(__name__)

REMEMBERED = 300.0
"""Seconds that the channels of a team are remembered."""


class Channels:
    """Asks Teams once in a while. A group chat has no name; a channel's may be unknown."""

    def __init__(self, connector: Connector, conversations: Conversations, work: Work) -> None:
        self._connector = connector
        self._conversations = conversations
        self._work = work
        self._named: dict[tuple[str, str], tuple[float, dict[str, str]]] = {}

    async def name(self, team: Team, channel: str, wording: Wording) -> str:
        """What a channel is called, or at least what it is."""
        kept = await self._work.call(self._conversations.get, "teams", team.workspace, channel)
        if kept is None:
            return wording.say("teams.a-channel")
        if kept.scope != "channel":
            return wording.say("teams.a-group")
        names = await self._of(kept, channel)
        # Teams gives the general channel of a team, whose id is the team's own, no name.
        return names.get(channel) or wording.say("teams.general" if channel == kept.team else "teams.a-channel")

    async def _of(self, kept: Conversation, channel: str) -> dict[str, str]:
        known = self._named.get((kept.workspace, kept.team))
        if known is None or channel not in known[1] or known[0] < time.monotonic() - REMEMBERED:
            try:
                names = await self._connector.channels(kept)
            except httpx.HTTPError as error:
                log.info("channels not named error=%s", type(error).__name__)
                return {}
            known = self._named[kept.workspace, kept.team] = (time.monotonic(), names)
        return known[1]
