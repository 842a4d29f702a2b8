"""``/coach``: a draft, a question, help, or the form."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.coaching.model import Draft
from bot.coaching.wording import Wording
from bot.desk.commands import Ask, Help, OpenForm, Review, read_command
from bot.desk.following import as_question, follow_up
from bot.desk.model import Job
from bot.slack.blocks.form import form
from bot.slack.blocks.help import help_blocks
from bot.slack.clients import hasty
from bot.slack.edge import Edge, job_id, person_of
from bot.slack.text import escape, plain


def register(app: AsyncApp, edge: Edge) -> None:
    """Listen to ``/coach``."""

    @app.command("/coach")
    async def coach(ack: AsyncAck, command: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        asked = read_command(plain(command.get("text") or ""), edge.languages.every())
        person = person_of(context)
        if isinstance(asked, OpenForm):
            wording = await edge.languages.of(person, client)
            await ack(await _opened(client, command["trigger_id"], wording))
        elif isinstance(asked, Help):
            wording = await edge.languages.of(person, client)
            await ack(text=wording.say("slack.help"), blocks=help_blocks(wording))
        else:
            job = Job(
                id=job_id(context, command["trigger_id"]),
                person=person,
                draft=Draft(text=asked.text if isinstance(asked, Review) else ""),
                address={"at": "response", "url": command["response_url"]},
                thread=command["channel_id"],
                asked_in=command["channel_id"],
            )
            taken = as_question(job, asked.question) if isinstance(asked, Ask) else await _draft_or_wish(edge, job)
            refusal = edge.desk.refusal(taken.draft) if taken is job else None
            if refusal:
                wording = await edge.languages.of(person, client)
                await ack(escape(wording.say(f"desk.refused.{refusal}")))
                return
            await edge.work.call(edge.take, taken)
            await ack()


async def _draft_or_wish(edge: Edge, job: Job) -> Job:
    """The job itself, or as a wish for the latest draft that was reviewed by the command here."""
    before = await edge.work.call(edge.desk.in_thread, job.person, job.thread)
    return follow_up(job, [other for other in before if other.draft.text], edge.languages.every()) or job


async def _opened(client: AsyncWebClient, trigger: str, wording: Wording) -> str:
    """Open the form; what to say where Slack did not."""
    try:
        await hasty(client).views_open(trigger_id=trigger, view=form(wording))
    except SlackApiError:
        return escape(wording.say("slack.form-late"))
    return ""
