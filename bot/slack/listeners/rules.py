"""``/wow rules``: leads see and change which rules hold, and decide what colleagues proposed."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.coaching.model import Level
from bot.coaching.wording import Wording
from bot.packs.commands import Choose, Command, Rules, read_rules
from bot.packs.errors import Declined
from bot.packs.model import Place
from bot.packs.proposing import said
from bot.packs.saying import say_choice, say_trial
from bot.rituals.saying import say_short
from bot.slack.blocks.rules import all_blocks, decline_form, lines_blocks, rules_blocks
from bot.slack.edge import Edge
from bot.slack.listeners.request import Request, on_button
from bot.slack.text import plain


def register(app: AsyncApp, edge: Edge) -> None:
    """Listen to the command, the buttons and the reason. Before the listener that takes all of ``/wow``."""

    def read(command: dict[str, Any]) -> Command | None:
        return read_rules(plain(command.get("text") or ""), edge.languages.every())

    async def asks(command: dict[str, Any]) -> bool:
        return read(command) is not None

    @app.command("/wow", matchers=[asks])
    async def rules(ack: AsyncAck, command: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        await ack()
        asked = Request(edge, command, context, client, channel=command["channel_id"])
        edge.work.spawn(_answer(asked, read(command)), otherwise=asked.failed)

    on_button(app, edge, "rules_try", tried)
    on_button(app, edge, "rules_approve_may", lambda asked, id: approved(asked, id, "may"))
    on_button(app, edge, "rules_approve_must", lambda asked, id: approved(asked, id, "must"))
    on_button(app, edge, "rules_decline", ask_why)
    on_button(app, edge, "rules_keep", kept)
    on_button(app, edge, "rules_remove", removed)

    @app.view("rules_decline")
    async def declined(ack: AsyncAck, view: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        await ack()
        id, _, url = view["private_metadata"].partition("|")
        asked = Request(edge, {"response_url": url}, context, client, channel="")
        reason = next(iter(view["state"]["values"]["reason"].values())).get("value") or ""
        edge.work.spawn(_declined(asked, id, reason), otherwise=asked.failed)


async def _answer(asked: Request, command: Command | None) -> None:
    wording = await asked.wording()
    if not await _may(asked, wording):
        return
    packs, place = asked.edge.rituals.proposer.packs, _place(asked)
    if isinstance(command, Choose):
        await _chosen(asked, command, wording)
    elif isinstance(command, Rules) and command.every:
        lines = await asked.call(packs.lines, place)
        await asked.show(wording.say("packs.title"), all_blocks(lines, wording))
    elif isinstance(command, Rules):
        whole, here = await asked.call(packs.lines, place), await asked.call(packs.lines, _here(asked))
        own = await asked.call(asked.edge.rituals.proposer.own, place)
        blocks = rules_blocks(whole, here, own, wording, today=asked.edge.rituals.today())
        await asked.show(wording.say("packs.title"), blocks)
    else:
        await asked.say(wording.say("packs.declined.choice"))


async def _chosen(asked: Request, command: Choose, wording: Wording) -> None:
    place = _here(asked) if command.here else _place(asked)
    try:
        held = await asked.call(asked.edge.rituals.proposer.packs.choose, place, command.rule, command.choice)
    except Declined as declined:
        await asked.say(wording.say(f"packs.declined.{declined.problem}", **declined.values))
        return
    name = "packs.set-here" if command.here else "packs.set"
    text = wording.say(name, rule=command.rule, choice=say_choice(command.choice, wording))
    if held and command.choice in ("off", "may"):
        text = f"{text} {wording.say('packs.held', count=held)}"
    await asked.say(text)


async def tried(asked: Request, id: str) -> None:
    """What a rule would have flagged."""
    wording = await asked.wording()
    if await _may(asked, wording):
        found = await asked.call(asked.edge.rituals.proposer.get, _place(asked), id)
        if found is None:
            await asked.say(wording.say("packs.gone"))
            return
        trial = await asked.call(asked.edge.rituals.proposer.try_rule, found)
        lines = say_trial(found, trial, wording)
        await asked.show(lines[0], lines_blocks(lines))


async def approved(asked: Request, id: str, severity: Level) -> None:
    """It holds from now on."""
    wording = await asked.wording()
    if await _may(asked, wording):
        done = await asked.call(asked.edge.rituals.proposer.approve, _place(asked), id, asked.person.id, severity)
        if done is None or done.review_by is None:
            await asked.say(wording.say("packs.gone"))
            return
        day = f"{say_short(done.review_by, wording)} {done.review_by.year}"
        await asked.say(wording.say("packs.approved", what=said(done), day=day))


async def ask_why(asked: Request, id: str) -> None:
    """Ask for the reason of a no."""
    wording = await asked.wording()
    if await _may(asked, wording):
        await asked.open(decline_form(id, asked.url, wording))


async def _declined(asked: Request, id: str, reason: str) -> None:
    wording = await asked.wording()
    if await _may(asked, wording):
        done = await asked.call(asked.edge.rituals.proposer.decline, _place(asked), id, asked.person.id, reason)
        await asked.say(wording.say("packs.was-declined", what=said(done)) if done else wording.say("packs.gone"))


async def kept(asked: Request, id: str) -> None:
    """Another half year."""
    wording = await asked.wording()
    if await _may(asked, wording):
        until = await asked.call(asked.edge.rituals.proposer.keep, _place(asked), id, asked.person.id)
        day = f"{say_short(until, wording)} {until.year}" if until else ""
        await asked.say(wording.say("packs.kept", day=day) if until else wording.say("packs.gone"))


async def removed(asked: Request, id: str) -> None:
    """It holds no longer."""
    wording = await asked.wording()
    if await _may(asked, wording):
        gone = await asked.call(asked.edge.rituals.proposer.remove, _place(asked), id)
        await asked.say(wording.say("packs.removed" if gone else "packs.gone"))


async def _may(asked: Request, wording: Wording) -> bool:
    """Whether a lead asks; else say that only leads may."""
    if asked.outside or not await asked.leads():
        await asked.say(wording.say("slack.outsider" if asked.outside else "wow.only-leads"))
        return False
    return True


def _place(asked: Request) -> Place:
    return Place(platform="slack", workspace=asked.person.workspace)


def _here(asked: Request) -> Place:
    return Place(platform="slack", workspace=asked.person.workspace, channel=asked.channel)
