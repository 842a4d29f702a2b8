"""What agents submit: the form with a draft, a reason, a text to share."""

from __future__ import annotations

import json
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.coaching.model import Draft
from bot.desk.model import Job
from bot.rituals.model import Team
from bot.slack.blocks.copying import shared_text
from bot.slack.blocks.form import filled, notice
from bot.slack.blocks.limits import section
from bot.slack.edge import Edge, job_id, person_of
from bot.slack.text import escape


def register(app: AsyncApp, edge: Edge) -> None:
    """Listen to submitted modals."""

    @app.view("review_form")
    async def submitted(ack: AsyncAck, view: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        person = person_of(context)
        wording = await edge.languages.of(person, client)
        form = filled(view["state"])
        draft = Draft(text=form.draft, customer=form.customer)
        refusal = edge.desk.refusal(draft)
        if refusal:
            await ack(response_action="errors", errors={"draft": wording.say(f"desk.refused.{refusal}")})
            return
        team = Team(platform="slack", workspace=person.workspace)
        id = job_id(context, view["id"])
        best = bool(form.ticket) and await edge.work.call(edge.rituals.about, team, id, form.ticket)
        job = Job(
            id=id,
            person=person,
            draft=draft,
            reader=form.reader,
            long_time=form.long_time,
            best=best,
            channel=form.channel,
            address={"at": "view", "view": view["id"]},
        )
        await edge.work.call(edge.take, job)
        await ack(response_action="update", view=notice(wording.say("chat.reading"), wording))

    @app.view("why")
    async def why(ack: AsyncAck, view: dict[str, Any], context: AsyncBoltContext) -> None:
        said = next(iter(view["state"]["values"]["why"].values())).get("value") or ""
        await edge.work.call(edge.desk.useful, person_of(context), view["private_metadata"], False, said)
        await ack()

    @app.view("copy_out")
    async def shared(ack: AsyncAck, view: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        person = person_of(context)
        wording = await edge.languages.of(person, client)
        lead = wording.say("slack.copy-out.shared", who=f"<@{person.id}>")
        text = escape(shared_text(view["state"]))
        hook = edge.clients.hook(json.loads(view["private_metadata"])["share"])
        answer = await hook.send(
            text=lead, blocks=[section(lead), section(text)], response_type="in_channel", replace_original=False
        )
        if answer.status_code == 200:
            await ack()
        else:
            await ack(response_action="update", view=notice(wording.say("chat.failed"), wording))
