"""``/wow``: what the words after it ask for, and how each answer is drawn."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.coaching.wording import Wording
from bot.rituals.asked import Answer, Budgeted, Form, Helped, Listed, Previewed, Said, Sent, Tell
from bot.rituals.commands import FOR_LEADS, read_command
from bot.rituals.evidence.figures import tell
from bot.rituals.gifts.giving import Logged
from bot.slack.blocks.gifts import budget_blocks, logged_blocks
from bot.slack.blocks.insight import insight_blocks
from bot.slack.blocks.limits import section
from bot.slack.blocks.wow import list_blocks, preview_blocks, schedule_form
from bot.slack.edge import Edge, known_language
from bot.slack.listeners import stories
from bot.slack.listeners.request import Request, on_button
from bot.slack.text import escape, plain

_CHANNEL = re.compile(r"<#([A-Z0-9]+)(?:\|[^>]*)?>")


def register(app: AsyncApp, edge: Edge) -> None:
    """Listen to ``/wow`` and to the buttons below its answers."""

    @app.command("/wow")
    async def wow(ack: AsyncAck, command: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        await ack()
        request = Request(edge, command, context, client, channel=command["channel_id"])
        edge.work.spawn(_answer(request, command.get("text") or ""), otherwise=request.failed, late=request.late)

    async def change(request: Request, id: str) -> None:
        asked = await request.asked(leads=True)
        await _draw(request, await request.call(asked.change, id), await request.wording())

    async def pause(request: Request, id: str) -> None:
        asked = await request.asked(leads=True)
        await _draw(request, await request.call(asked.paused, id, True), await request.wording())

    async def resume(request: Request, id: str) -> None:
        asked = await request.asked(leads=True)
        await _draw(request, await request.call(asked.paused, id, False), await request.wording())

    async def join(request: Request, id: str) -> None:
        asked = await request.asked(zone=True)
        await request.say((await request.call(asked.join, id)).text)

    async def stop(request: Request, id: str) -> None:
        await request.say((await request.call((await request.asked()).stop, id)).text)

    async def undo(request: Request, id: str) -> None:
        await request.say((await request.call((await request.asked()).undo, id)).text)

    for handle in (change, pause, resume, join, stop, undo):
        on_button(app, edge, f"wow_{handle.__name__}", handle)


async def _answer(request: Request, text: str) -> None:
    if request.outside:
        await request.refused()
        return
    wording = await request.wording()
    command = read_command(plain(_CHANNEL.sub("", text)), request.edge.languages.every())
    named = _CHANNEL.search(text)
    channel = named.group(1) if named else request.channel
    leading = command is not None and (command.verb in FOR_LEADS or command.verb == "gift")
    asked = await request.asked(leads=leading, zone=command is not None and command.verb == "schedule")
    made = await request.call(asked.done, command, "" if channel.startswith("D") else channel)
    await _draw(request, made, wording)


async def _draw(request: Request, made: Answer, wording: Wording) -> None:
    giver = request.edge.rituals.giver
    title = wording.say("wow.title")
    if isinstance(made, Said):
        await request.say(made.text)
    elif isinstance(made, Helped):
        await request.show(wording.say("wow.help"), [section(wording.say("wow.help"))])
    elif isinstance(made, Form):
        await request.open(schedule_form(wording, made.schedule, url=request.url))
    elif isinstance(made, Tell):
        await request.open(stories.form(request.edge, wording, value=made.value, channel=request.channel))
    elif isinstance(made, Listed):
        await request.show(wording.say("wow.form.list-title"), list_blocks(made.planned, wording))
    elif isinstance(made, Previewed):
        await request.show(title, preview_blocks(made.coming, request.edge.shelf.wording(made.language)))
    elif isinstance(made, Budgeted):
        advice = giver.advice(known_language(wording))
        await request.show(wording.say("gift.how"), budget_blocks(made.month, giver.budget, advice, wording))
    elif isinstance(made, Logged):
        await request.show(title, logged_blocks(made, giver.budget, wording))
    elif isinstance(made, Sent):
        await _sent(request, made, wording)
    else:
        told = tell(made, giver.budget.currency, wording)
        await request.show(wording.say("insight.short"), insight_blocks(told, wording))


async def _sent(request: Request, made: Sent, wording: Wording) -> None:
    """Files go to the direct messages."""
    posted = await request.client.chat_postMessage(channel=request.person.id, text=escape(made.text))
    files = [{"content": file.content, "filename": file.name} for file in made.files]
    await request.client.files_upload_v2(channel=posted["channel"], file_uploads=files)
    await request.say(wording.say("slack.in-messages"))
