"""The shortcuts: "Review this reply" on a message, and the form from anywhere."""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.coaching.model import Draft
from bot.coaching.wording import Wording
from bot.desk.model import Job, Person
from bot.slack.blocks.form import form, notice
from bot.slack.clients import hasty
from bot.slack.edge import Edge, is_outsider, job_id, person_of
from bot.slack.text import escape, plain

log = logging.getLogger(__name__)


def register(app: AsyncApp, edge: Edge) -> None:
    """Listen to both shortcuts."""

    @app.shortcut({"type": "message_action", "callback_id": "review_message"})
    async def review_message(
        ack: AsyncAck, shortcut: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        person = person_of(context)
        wording = await edge.languages.of(person, client)
        message = shortcut["message"]
        draft = Draft(text=plain(message.get("text") or ""))
        problem = "slack.outsider" if is_outsider(context, shortcut) else _problem(edge, message, draft)
        view = notice(wording.say(problem or "chat.reading"), wording)
        opened = await _opened(client, shortcut["trigger_id"], view)
        if not problem:
            address = {"at": "view", "view": opened} if opened else {"at": "dm"}
            id = job_id(context, shortcut["trigger_id"])
            asked_in = (shortcut.get("channel") or {}).get("id", "")
            job = Job(id=id, person=person, draft=draft, address=address, asked_in=asked_in)
            await edge.work.call(edge.take, job)
        elif not opened:
            await _tell(client, person, wording, problem)
        await ack()

    @app.shortcut({"type": "shortcut", "callback_id": "review_draft"})
    async def review_draft(
        ack: AsyncAck, shortcut: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        person = person_of(context)
        wording = await edge.languages.of(person, client)
        if not await _opened(client, shortcut["trigger_id"], form(wording)):
            await _tell(client, person, wording, "slack.form-late")
        await ack()


def _problem(edge: Edge, message: dict[str, Any], draft: Draft) -> str:
    """Why this message is not reviewed, as the name of a sentence."""
    if message.get("bot_id"):
        return "chat.other-app"
    refusal = edge.desk.refusal(draft)
    if refusal == "no-draft":
        return "chat.no-text"
    return f"desk.refused.{refusal}" if refusal else ""


async def _opened(client: AsyncWebClient, trigger: str, view: dict[str, Any]) -> str:
    """Open a modal; its id, or nothing where Slack did not open it in time."""
    try:
        answer = await hasty(client).views_open(trigger_id=trigger, view=view)
    except SlackApiError as error:
        log.info("no modal error=%s", error.response.get("error"))
        return ""
    return str(answer["view"]["id"])


async def _tell(client: AsyncWebClient, person: Person, wording: Wording, sentence: str) -> None:
    await client.chat_postMessage(channel=person.id, text=escape(wording.say(sentence)))
