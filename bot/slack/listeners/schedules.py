"""The form that plans a daily prompt, submitted by a lead."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.coaching.wording import Wording
from bot.rituals.forms import PlanForm, Wrong
from bot.rituals.model import Schedule
from bot.rituals.saying import say_plan
from bot.slack.blocks.limits import Block
from bot.slack.blocks.wow import filled, invitation_blocks, notice
from bot.slack.clients import hasty
from bot.slack.edge import Edge
from bot.slack.listeners.request import Request
from bot.slack.text import escape

NOT_THERE = frozenset({"channel_not_found", "not_in_channel", "is_archived", "user_not_in_channel"})


def register(app: AsyncApp, edge: Edge) -> None:
    """Listen to the form."""

    @app.view("wow_schedule")
    async def planned(ack: AsyncAck, view: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        request = Request(edge, {"response_url": view["private_metadata"]}, context, client, channel="")
        await ack(**await _plan(request, filled(view["state"])))


async def _plan(request: Request, form: PlanForm) -> dict[str, Any]:
    """Keep what the form says; how the submission is answered."""
    wording = await request.wording()
    asked = await request.asked(leads=True)
    wanted = await request.call(asked.wanted, form)
    if isinstance(wanted, Wrong):
        return _errors(wanted.field, wording.say(f"wow.wrong.{wanted.problem}"))
    if not isinstance(wanted, Schedule):
        return _shown(notice(escape(wanted.text), wording))
    try:
        await _announce(request, wanted, wording, invite=await request.call(asked.invites, wanted))
    except SlackApiError as error:
        if error.response["error"] in NOT_THERE:
            return _errors("channel", wording.say("wow.wrong.channel"))
        raise
    saved = await request.call(asked.save, wanted)
    return _shown(notice(escape(saved.text), wording))


async def _announce(request: Request, schedule: Schedule, wording: Wording, *, invite: bool) -> None:
    """Say it in the channel: the invitation to all, or to the lead alone that it is planned; so it is known that
    the bot may write there."""
    client, channel = hasty(request.client), schedule.channel
    if invite:
        blocks, text = invitation_blocks(schedule, request.edge.shelf.wording(schedule.language))
        await client.chat_postMessage(channel=channel, text=text, blocks=blocks)
    else:
        said = escape(f"{wording.say('wow.form.title')}: {say_plan(schedule, wording)}")
        await client.chat_postEphemeral(channel=channel, user=request.person.id, text=said)


def _errors(field: str, text: str) -> dict[str, Any]:
    return {"response_action": "errors", "errors": {field: text}}


def _shown(view: Block) -> dict[str, Any]:
    return {"response_action": "update", "view": view}
