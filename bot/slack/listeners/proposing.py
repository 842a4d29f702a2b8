"""``/coach propose``: a rule or a touch for the team, in a form; a lead decides."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.coaching.model import LANGUAGES, Cost, TouchKind
from bot.coaching.wording import Wording
from bot.desk.model import Person
from bot.packs.commands import What, read_propose
from bot.packs.errors import Declined
from bot.packs.model import Place
from bot.slack.blocks.form import modal
from bot.slack.blocks.limits import Block, section
from bot.slack.blocks.proposing import choose_form, filled, rule_form, touch_form
from bot.slack.clients import hasty
from bot.slack.edge import Edge, is_outsider, known_language, person_of
from bot.slack.listeners.request import Request
from bot.slack.text import escape, plain

KINDS: dict[str, TouchKind] = {"wow": "wow", "educational": "educational"}
COSTS: dict[str, Cost] = {"free": "free", "small": "small", "budget": "budget"}


def register(app: AsyncApp, edge: Edge) -> None:
    """Listen to the command, the choice and the two forms. Before the listener that takes all of ``/coach``."""

    async def proposes(command: dict[str, Any]) -> bool:
        return _asked(edge, command) is not None

    @app.command("/coach", matchers=[proposes])
    async def propose(
        ack: AsyncAck, command: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        await ack()
        asked = Request(edge, command, context, client, channel=command["channel_id"])
        wording, what = await asked.wording(), _asked(edge, command)
        if asked.outside:
            await asked.say(wording.say("slack.outsider"))
        else:
            await asked.open(_form(edge, what or "choose", wording))

    for kind in ("rule", "touch"):
        _listen(app, edge, kind)


def _listen(app: AsyncApp, edge: Edge, kind: What) -> None:
    @app.action(f"propose_{kind}")
    async def chosen(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        await ack()
        wording = await edge.languages.of(person_of(context), client)
        await hasty(client).views_update(view_id=body["view"]["id"], view=_form(edge, kind, wording))

    @app.view(f"propose_{kind}")
    async def proposed(ack: AsyncAck, view: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        person = person_of(context)
        wording = await edge.languages.of(person, client)
        if is_outsider(context):
            await ack(response_action="update", view=_notice(wording.say("slack.outsider"), wording))
            return
        try:
            await edge.work.call(_kept, edge, kind, person, filled(view["state"]))
        except Declined as declined:
            said = wording.say(f"packs.declined.{declined.problem}", **declined.values)
            if declined.field:
                await ack(response_action="errors", errors={declined.field: said})
            else:
                await ack(response_action="update", view=_notice(said, wording))
            return
        await ack(response_action="update", view=_notice(wording.say("packs.proposed"), wording))


def _asked(edge: Edge, command: dict[str, Any]) -> What | None:
    return read_propose(plain(command.get("text") or ""), edge.languages.every())


def _form(edge: Edge, what: What, wording: Wording) -> Block:
    if what == "choose":
        return choose_form(wording)
    principles = edge.shelf.reader(known_language(wording)).principles
    form = rule_form if what == "rule" else touch_form
    return form({id: principle.title for id, principle in principles.items()}, wording)


def _kept(edge: Edge, kind: What, person: Person, fields: dict[str, str]) -> None:
    place = Place(platform="slack", workspace=person.workspace)
    language = next(code for code in LANGUAGES if code == fields["language"])
    proposer = edge.rituals.proposer
    if kind == "rule":
        proposer.propose_rule(place, person.id, language, fields)
    else:
        touch, cost = KINDS[fields["touch"]], COSTS[fields["cost"]]
        proposer.propose_touch(place, person.id, language, fields, touch=touch, cost=cost)


def _notice(text: str, wording: Wording) -> Block:
    return modal(wording.say("packs.form.title"), wording, [section(escape(text))])
