"""``/coach``: a draft, a question, help, or the form."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.coaching.model import Draft
from bot.coaching.wording import Wording
from bot.desk.commands import Ask, Help, OpenForm, read_command
from bot.desk.model import Job
from bot.slack.blocks.form import form
from bot.slack.blocks.help import answer_blocks, help_blocks
from bot.slack.clients import hasty
from bot.slack.edge import Edge, job_id, person_of
from bot.slack.text import escape, plain


def register(app: AsyncApp, edge: Edge) -> None:
    """Listen to ``/coach``."""

    @app.command("/coach")
    async def coach(
        ack: AsyncAck, command: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        asked = read_command(plain(command.get("text") or ""), edge.languages.every())
        person = person_of(context)
        if isinstance(asked, OpenForm):
            wording = await edge.languages.of(person, client)
            await ack(await _opened(client, command["trigger_id"], wording))
        elif isinstance(asked, Help):
            wording = await edge.languages.of(person, client)
            await ack(text=wording.say("slack.help"), blocks=help_blocks(wording))
        elif isinstance(asked, Ask):
            await ack()
            wording = await edge.languages.of(person, client)
            failed = escape(wording.say("chat.failed"))
            edge.work.spawn(_answered(edge, respond, asked.question), otherwise=lambda: respond(failed))
        else:
            draft = Draft(text=asked.text)
            refusal = edge.desk.refusal(draft)
            if refusal:
                wording = await edge.languages.of(person, client)
                await ack(escape(wording.say(f"desk.refused.{refusal}")))
                return
            address = {"at": "response", "url": command["response_url"]}
            id = job_id(context, command["trigger_id"])
            await edge.work.call(edge.take, Job(id=id, person=person, draft=draft, address=address))
            await ack()


async def _opened(client: AsyncWebClient, trigger: str, wording: Wording) -> str:
    """Open the form; what to say where Slack did not."""
    try:
        await hasty(client).views_open(trigger_id=trigger, view=form(wording))
    except SlackApiError:
        return escape(wording.say("slack.form-late"))
    return ""


async def _answered(edge: Edge, respond: AsyncRespond, question: str) -> None:
    answer = await edge.work.call(edge.coach.answer, question)
    blocks = answer_blocks(answer, edge.shelf.wording(answer.language))
    await respond(text=escape(answer.text), blocks=blocks, response_type="ephemeral")
