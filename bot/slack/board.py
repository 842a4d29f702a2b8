"""Daily prompts in Slack. A post is sent without the client's own retries, which could send it twice."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.coaching.errors import BadSetting
from bot.coaching.ports import Shelf
from bot.desk.model import Person
from bot.rituals.errors import Postponed, Refused, Unsure
from bot.rituals.evidence.figures import tell
from bot.rituals.model import Key, Report, Schedule, Told
from bot.rituals.posting import LoopBoard
from bot.rituals.saying import say_day
from bot.slack.blocks.insight import insight_blocks
from bot.slack.blocks.limits import context
from bot.slack.blocks.wow import prompt_blocks
from bot.slack.clients import Clients, hasty
from bot.slack.languages import Languages
from bot.slack.text import escape

LONGEST_WAIT = 5
"""Seconds that are waited at most where Slack limits the rate."""
EVENT = "heartware_prompt"
PAGES = 3
PAGE = 200
"""Messages of a channel that are looked through for a prompt, in pages."""
REFUSALS = {
    "not_in_channel": "not-in-channel",
    "channel_not_found": "not-in-channel",
    "is_archived": "no-channel",
    "restricted_action": "not-allowed",
    "restricted_action_read_only_channel": "not-allowed",
    "messages_tab_disabled": "not-allowed",
    "account_inactive": "token",
    "invalid_auth": "token",
    "token_revoked": "token",
    "token_expired": "token",
    "not_authed": "token",
}
"""What Slack says, and the sentence ``wow.refused.<name>`` for it."""
BROKEN = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
"""Slack broke down in the middle, and may have posted or not."""


class SlackBoard(LoopBoard):
    """The Board port. Called in worker threads; Slack is spoken to in the event loop ``loop``."""

    platform = "slack"

    def __init__(self, shelf: Shelf, clients: Clients, languages: Languages, loop: asyncio.AbstractEventLoop) -> None:
        self._shelf = shelf
        self._clients = clients
        self._languages = languages
        super().__init__(loop)

    async def _post(self, schedule: Schedule, told: Told) -> None:
        blocks, text = prompt_blocks(told, self._shelf.wording(schedule.language))
        message: dict[str, Any] = {
            "channel": told.key.recipient or schedule.channel,
            "text": text,
            "blocks": blocks,
            "metadata": {"event_type": EVENT, "event_payload": _payload(told.key)},
            "unfurl_links": False,
        }
        await self.send(_somebody(schedule), message)

    async def _report(self, lead: Person, report: Report, currency: str) -> None:
        try:
            wording = await self._languages.of(lead, await self._clients.of(lead))
        except BadSetting:
            raise Refused("token") from None
        told = tell(report, currency, wording)
        blocks = [*insight_blocks(told, wording), context(escape(wording.say("insight.monthly")))]
        await self.send(lead, {"channel": lead.id, "text": escape(told.title), "blocks": blocks})

    async def send(self, somebody: Person, message: dict[str, Any]) -> None:
        """Post a message in somebody's workspace. Raises Refused, Postponed, Unsure."""
        while True:
            try:
                client = hasty(await self._clients.of(somebody))
                await client.chat_postMessage(**message)
            except BadSetting:
                raise Refused("token") from None
            except SlackApiError as error:
                wait = _seconds_to_wait(error)
                if not wait:
                    raise _refusal(error) from None
                await asyncio.sleep(wait)
            except aiohttp.ClientConnectorError:
                raise Postponed("Slack cannot be reached.") from None
            except (aiohttp.ClientError, TimeoutError) as error:
                raise Unsure(f"The connection broke ({type(error).__name__}).") from None
            else:
                return

    async def _find(self, schedule: Schedule, key: Key) -> bool:
        if key.recipient:
            raise Unsure("Direct messages are not read.")
        cursor = ""
        try:
            client = await self._clients.of(_somebody(schedule))
            for _ in range(PAGES):
                page = await client.conversations_history(
                    channel=schedule.channel, limit=PAGE, include_all_metadata=True, cursor=cursor
                )
                if any(_is(message, key) for message in page["messages"]):
                    return True
                cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
                if not cursor:
                    return False
        except (SlackApiError, BadSetting, aiohttp.ClientError, TimeoutError) as error:
            raise Unsure(f"The channel cannot be read ({type(error).__name__}).") from None
        raise Unsure("Too much was written in the channel since.")

    async def _tell(self, schedule: Schedule, sentence: str, values: dict[str, object]) -> None:
        lead = Person(platform="slack", workspace=schedule.team.workspace, id=schedule.lead)
        client = await self._clients.of(lead)
        wording = await self._languages.of(lead, client)
        shown = {name: say_day(v, wording) if isinstance(v, date) else v for name, v in values.items()}
        text = f"<#{schedule.channel}> {escape(wording.say(sentence, **shown))}"
        await client.chat_postMessage(channel=lead.id, text=text)


def _somebody(schedule: Schedule) -> Person:
    return Person(platform="slack", workspace=schedule.team.workspace, id="")


def _payload(key: Key) -> dict[str, str]:
    return {"schedule": key.schedule, "recipient": key.recipient, "day": key.day.isoformat()}


def _is(message: dict[str, Any], key: Key) -> bool:
    metadata = message.get("metadata") or {}
    return metadata.get("event_type") == EVENT and metadata.get("event_payload") == _payload(key)


def _seconds_to_wait(error: SlackApiError) -> float:
    """What Slack asks to wait; 0 where it does not, or asks for too long."""
    if getattr(error.response, "status_code", 0) != 429:
        return 0
    seconds = float(error.response.headers.get("Retry-After", 1))
    return seconds if seconds <= LONGEST_WAIT else 0


def _refusal(error: SlackApiError) -> Exception:
    if getattr(error.response, "status_code", 0) == 429:
        return Postponed("Slack limits the rate.")
    data = getattr(error.response, "data", None)
    said = data.get("error", "") if isinstance(data, dict) else ""
    if not said or said in BROKEN:
        return Unsure("Slack broke down.")
    return Refused(REFUSALS.get(said, "other"))
