"""``/wow``: what the words after it ask for."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.coaching.wording import Wording
from bot.rituals.commands import FOR_LEADS, Command, read_command
from bot.rituals.figures import tell
from bot.slack.blocks.insight import insight_blocks
from bot.slack.blocks.limits import section
from bot.slack.edge import Edge
from bot.slack.listeners import gifts, stories
from bot.slack.listeners.request import Request
from bot.slack.listeners.schedules import Schedules
from bot.slack.text import plain

_CHANNEL = re.compile(r"<#([A-Z0-9]+)(?:\|[^>]*)?>")


def register(app: AsyncApp, edge: Edge) -> None:
    """Listen to ``/wow``."""

    @app.command("/wow")
    async def wow(ack: AsyncAck, command: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        await ack()
        asked = Request(edge, command, context, client, channel=command["channel_id"])
        edge.work.spawn(_answer(asked, command.get("text") or ""), otherwise=asked.failed)


async def _answer(asked: Request, text: str) -> None:
    wording = await asked.wording()
    command = read_command(plain(_CHANNEL.sub("", text)), asked.edge.languages.every())
    if asked.outside:
        await asked.say(wording.say("slack.outsider"))
    elif command is None:
        await asked.say(wording.say("wow.unknown"))
    elif command.verb in FOR_LEADS and not await asked.leads():
        await asked.say(wording.say("wow.only-leads"))
    else:
        named = _CHANNEL.search(text)
        await _do(asked, command, named.group(1) if named else asked.channel, wording)


async def _do(asked: Request, command: Command, channel: str, wording: Wording) -> None:
    if command.verb == "help":
        await asked.show(wording.say("wow.help"), [section(wording.say("wow.help"))])
    elif command.verb == "gift":
        await gifts.given(asked, command.rest, wording)
    elif command.verb == "insight":
        report = await asked.call(asked.edge.rituals.reporter.report, asked.team)
        told = tell(report, asked.edge.rituals.giver.budget.currency, wording)
        await asked.show(wording.say("insight.short"), insight_blocks(told, wording))
    elif command.verb == "share":
        await asked.open(stories.form(asked.edge, wording, value="", channel=channel))
    elif command.verb == "book":
        await asked.say(await stories.send_book(asked.edge, asked.person, command.rest, wording, asked.client))
    else:
        await Schedules(asked).do(command.verb, channel)
