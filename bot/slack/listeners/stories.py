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
from bot.rituals.book import book, book_html
from bot.rituals.book_pdf import book_pdf
from bot.rituals.model import Story, Team
from bot.slack.blocks.form import modal
from bot.slack.blocks.limits import Block, section
from bot.slack.blocks.story import Filled, filled, story_blocks, story_form, thanks
from bot.slack.clients import hasty
from bot.slack.edge import Edge, known_language, person_of
from bot.slack.text import escape


def register(app: AsyncApp, edge: Edge) -> None:
    """Listen to the form and its buttons."""

    @app.action("wow_share")
    async def share(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        await ack()
        wording = await edge.languages.of(person_of(context), client)
        channel = (body.get("channel") or {}).get("id", "")
        view = form(edge, wording, value=body["actions"][0]["value"], channel=channel)
        await hasty(client).views_open(trigger_id=body["trigger_id"], view=view)

    @app.view("wow_story")
    async def told(ack: AsyncAck, view: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        person = person_of(context)
        wording = await edge.languages.of(person, client)
        given, channel = filled(view["state"]), view["private_metadata"]
        story = await _told(edge, person, given, wording, client)
        posted = await _posted(edge, client, channel, story, wording) if "channel" in given.uses else None
        await ack(response_action="update", view=thanks(story, wording, posted=posted))

    @app.action("wow_take_back")
    async def back(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        await ack()
        person = person_of(context)
        wording = await edge.languages.of(person, client)
        team = Team(platform="slack", workspace=person.workspace)
        gone = await edge.work.call(edge.rituals.teller.take_back, team, person.id, body["actions"][0]["value"])
        text = wording.say("story.taken-back" if gone else "story.taken-back-not")
        view = modal(wording.say("story.title"), wording, [section(escape(text))])
        await client.views_update(view_id=body["view"]["id"], view=view)


def form(edge: Edge, wording: Wording, *, value: str, channel: str) -> Block:
    """The form for a story. Direct messages are no channel to post it in."""
    values = edge.rituals.prompter.values(known_language(wording))
    return story_form(wording, values, value=value, channel="" if channel.startswith("D") else channel)


async def _told(edge: Edge, person: Person, given: Filled, wording: Wording, client: AsyncWebClient) -> Story:
    name = ""
    if "name" in given.uses:
        user = (await hasty(client).users_info(user=person.id))["user"]
        name = user.get("real_name") or user.get("name") or ""
    return await edge.work.call(
        edge.rituals.teller.tell,
        Team(platform="slack", workspace=person.workspace),
        person.id,
        given.text,
        whom=given.whom,
        value=given.value,
        language=known_language(wording),
        name=name,
        in_book="book" in given.uses,
    )


async def _posted(edge: Edge, client: AsyncWebClient, channel: str, story: Story, wording: Wording) -> bool:
    title = edge.rituals.prompter.values(story.language)[story.value]
    try:
        await hasty(client).chat_postMessage(
            channel=channel, text=escape(story.text), blocks=story_blocks(story, title, wording), unfurl_links=False
        )
    except SlackApiError:
        return False
    return True


async def send_book(edge: Edge, person: Person, period: str, wording: Wording, client: AsyncWebClient) -> str:
    """Send the culture book of a period to a lead; what to say where there is none."""
    teller = edge.rituals.teller
    days = teller.period(period)
    if days is None:
        return wording.say("story.period")
    stories = await edge.work.call(teller.told, Team(platform="slack", workspace=person.workspace), *days)
    if not stories:
        return wording.say("story.book-empty")
    titles = edge.rituals.prompter.values(known_language(wording))
    made = book(stories, titles, *days, wording, day=edge.rituals.today())
    name = f"culture-book-{days[0]}-{days[1]}"
    pdf = await edge.work.call(book_pdf, made, wording)
    said = escape(wording.say("story.book-here", count=len(stories)))
    posted = await client.chat_postMessage(channel=person.id, text=said)
    files: list[dict[str, Any]] = [
        {"content": book_html(made, wording), "filename": f"{name}.html"},
        {"content": pdf, "filename": f"{name}.pdf"},
    ]
    await client.files_upload_v2(channel=posted["channel"], file_uploads=files)
    return wording.say("slack.in-messages")
