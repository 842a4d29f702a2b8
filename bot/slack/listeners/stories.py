"""Stories: told in a form, posted where that was agreed to, taken back, made into a book."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.coaching.wording import Wording
from bot.desk.model import Person
from bot.rituals.model import Story
from bot.slack.blocks.form import modal
from bot.slack.blocks.limits import Block, section
from bot.slack.blocks.story import filled, story_blocks, story_form, thanks
from bot.slack.clients import hasty
from bot.slack.edge import Edge, known_language
from bot.slack.listeners.request import Request, on_button
from bot.slack.text import escape


def register(app: AsyncApp, edge: Edge) -> None:
    """Listen to the form and its buttons."""

    async def share(request: Request, value: str) -> None:
        wording = await request.wording()
        await request.open(form(edge, wording, value=value, channel=request.channel))

    on_button(app, edge, "wow_share", share)

    @app.view("wow_story")
    async def told(ack: AsyncAck, view: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        request = Request(edge, {}, context, client, channel="")
        wording = await request.wording()
        given, channel = filled(view["state"]), view["private_metadata"]
        name = await _name(edge, request.person, client) if "name" in given.uses else ""
        story = await request.call((await request.asked()).tell, given, name)
        posted = await _posted(edge, client, channel, story, wording) if "channel" in given.uses else None
        await ack(response_action="update", view=thanks(story, wording, posted=posted))

    @app.action("wow_take_back")
    async def back(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        await ack()
        request = Request(edge, body, context, client, channel="")
        said = await request.call((await request.asked()).take_back, body["actions"][0]["value"])
        wording = await request.wording()
        view = modal(wording.say("story.title"), wording, [section(escape(said.text))])
        await client.views_update(view_id=body["view"]["id"], view=view)


def form(edge: Edge, wording: Wording, *, value: str, channel: str) -> Block:
    """The form for a story. Direct messages are no channel to post it in."""
    values = edge.rituals.prompter.values(known_language(wording))
    return story_form(wording, values, value=value, channel="" if channel.startswith("D") else channel)


async def _name(edge: Edge, person: Person, client: AsyncWebClient) -> str:
    user = (await hasty(client).users_info(user=person.id))["user"]
    return user.get("real_name") or user.get("name") or ""


async def _posted(edge: Edge, client: AsyncWebClient, channel: str, story: Story, wording: Wording) -> bool:
    title = edge.rituals.prompter.values(story.language)[story.value]
    try:
        await hasty(client).chat_postMessage(
            channel=channel, text=escape(story.text), blocks=story_blocks(story, title, wording), unfurl_links=False
        )
    except SlackApiError:
        return False
    return True
