"""The passages of an answer, to open, and "this answer is wrong", for those who keep them."""

from __future__ import annotations

import json
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.blocks.answer import passages_modal, wrong_filled, wrong_form
from bot.slack.blocks.form import modal
from bot.slack.blocks.limits import section
from bot.slack.edge import Edge, known_language
from bot.slack.listeners.request import Request, on_button
from bot.slack.text import escape


def register(app: AsyncApp, edge: Edge) -> None:
    """Listen to the buttons of answers and to the form."""
    on_button(app, edge, "answer_open", opened)
    on_button(app, edge, "answer_wrong", asked)

    @app.view("answer_wrong")
    async def wrong(ack: AsyncAck, view: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        request = Request(edge, {}, context, client, channel="")
        wording, said = await request.wording(), wrong_filled(view)
        passed = await request.call(
            edge.rituals.keeper.wrong,
            request.person,
            said.passage,
            said.remark,
            known_language(wording),
            named=said.named,
        )
        told = section(escape(wording.say(f"keeping.{passed}")))
        await ack(response_action="update", view=modal(wording.say("keeping.title"), wording, [told]))


async def opened(request: Request, ids: str) -> None:
    """The passages, whole."""
    passages = await request.call(request.edge.rituals.keeper.cited, json.loads(ids))
    await request.open(passages_modal(passages, await request.wording()))


async def asked(request: Request, ids: str) -> None:
    """The form in which somebody says what is wrong."""
    passages = await request.call(request.edge.rituals.keeper.cited, json.loads(ids))
    await request.open(wrong_form(passages, await request.wording()))
