"""The path in Slack: begun, walked, written down and finished; all of it for one person's eyes."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.coaching.errors import BadInput
from bot.coaching.model import Draft
from bot.coaching.wording import Wording
from bot.desk.model import Job, Person
from bot.rituals.calendar import off
from bot.rituals.path.commands import Command, read
from bot.rituals.path.model import Told, Walk
from bot.rituals.path.walking import USUAL
from bot.rituals.saying import say_clock, say_moment
from bot.slack.blocks.form import notice
from bot.slack.blocks.limits import Block, section
from bot.slack.blocks.path import (
    answer_modal,
    begin_form,
    begun,
    note_form,
    notes_blocks,
    practice_form,
    said_modal,
    state_blocks,
    step_blocks,
)
from bot.slack.edge import Edge, job_id, known_language, person_of
from bot.slack.listeners.request import Request, on_button
from bot.slack.text import escape, plain

_SOMEBODY = re.compile(r"@([UW][A-Z0-9]{2,})\b")


def register(app: AsyncApp, edge: Edge) -> None:
    """Listen to the command, the buttons and forms. Before the listener that takes all of ``/coach``."""

    async def asks(command: dict[str, Any]) -> bool:
        return _asked(edge, command.get("text") or "") is not None

    @app.command("/coach", matchers=[asks])
    async def path(ack: AsyncAck, command: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        await ack()
        request = Request(edge, command, context, client, channel=command["channel_id"])
        edge.work.spawn(_shown(request, command.get("text") or ""), otherwise=request.failed, late=request.late)

    for name, handle in (
        ("path_begin", begin),
        ("path_show", show),
        ("path_pause", pause),
        ("path_resume", resume),
        ("path_finish", finish),
        ("path_notes", notes),
        ("path_question", answer),
        ("path_draft", practise),
        ("path_reflect", reflect),
        ("path_fit", reflect),
    ):
        on_button(app, edge, name, handle)

    @app.view("path_begin")
    async def began(ack: AsyncAck, view: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        request = Request(edge, {}, context, client, channel="")
        wording, chosen = await request.wording(), begun(view["state"])
        try:
            off(chosen.country)
        except BadInput:
            await ack(response_action="errors", errors={"country": wording.say("path.form.wrong-country")})
            return
        started = wording.say("path.started", at=say_clock(chosen.at, wording))
        await ack(response_action="update", view=said_modal(started, wording))

        async def start() -> None:
            zone = await request.zone() or "UTC"
            language = known_language(wording)
            await request.call(
                edge.rituals.path.start, request.person, language=language, zone=zone, **chosen._asdict()
            )

        edge.work.spawn(start(), otherwise=request.failed, late=request.late)

    @app.view("path_practise")
    async def practised(ack: AsyncAck, view: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        person = person_of(context)
        wording = await edge.languages.of(person, client)
        told = await _step(edge, person, view["private_metadata"])
        text = next(iter(view["state"]["values"]["draft"].values())).get("value") or ""
        draft = Draft(text=text, customer=told.step.customer if told else "")
        refusal = edge.desk.refusal(draft)
        if refusal:
            await ack(response_action="errors", errors={"draft": wording.say(f"desk.refused.{refusal}")})
            return
        address = {"at": "view", "view": view["id"]}
        await edge.work.call(
            edge.take, Job(id=job_id(context, view["id"]), person=person, draft=draft, address=address, practice=True)
        )
        await ack(response_action="update", view=notice(wording.say("chat.reading"), wording))

    @app.view("path_note")
    async def noted(ack: AsyncAck, view: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        person = person_of(context)
        text = next(iter(view["state"]["values"]["note"].values())).get("value") or ""
        await edge.work.call(edge.rituals.path.write, person, int(view["private_metadata"]), text)
        wording = await edge.languages.of(person, client)
        await ack(response_action="update", view=said_modal(wording.say("path.kept"), wording))


def _asked(edge: Edge, text: str) -> Command | None:
    return read(plain(text), edge.languages.every())


async def _shown(request: Request, text: str) -> None:
    asked = _asked(request.edge, text)
    if request.outside or asked is None:
        await request.say((await request.wording()).say("slack.outsider"))
    else:
        await request.show(*await answered(request.edge, request.person, asked, text, request.client))


async def answered(
    edge: Edge, person: Person, command: Command, text: str, client: AsyncWebClient
) -> tuple[str, list[Block]]:
    """What somebody asked of their path, done and said. ``text`` is as Slack sent it, with whom a lead invites."""
    wording = await edge.languages.of(person, client)
    path, call = edge.rituals.path, edge.work.call
    if command.verb == "pause":
        await call(path.pause, person)
    elif command.verb == "resume":
        await call(path.resume, person)
    elif command.verb == "notes":
        return wording.say("path.notes-title"), notes_blocks(await call(path.notes, person), wording)
    elif command.verb == "invite":
        said = escape(await _invited(edge, person, text, client, wording))
        return said, [section(said)]
    walk = await call(path.of, person)
    return wording.say("path.title"), _state(edge, walk, wording)


async def begin(request: Request, lead: str) -> None:
    """Open the form that begins the path; of an invitation it says who may be told."""
    await request.open(begin_form(await request.wording(), at=USUAL, lead="" if lead == "me" else lead))


async def show(request: Request, _: str) -> None:
    """The last step once more."""
    walk = await request.call(request.edge.rituals.path.of, request.person)
    told = request.edge.rituals.path.step(walk) if walk else None
    if walk is None or told is None:
        await request.say((await request.wording()).say("path.none"))
        return
    blocks, text = step_blocks(told, request.edge.shelf.wording(walk.language))
    await request.show(text, blocks)


async def pause(request: Request, _: str) -> None:
    """No steps for now."""
    walk = await request.call(request.edge.rituals.path.pause, request.person)
    await request.say((await request.wording()).say("path.paused" if walk else "path.none"))


async def resume(request: Request, _: str) -> None:
    """Go on."""
    path, wording = request.edge.rituals.path, await request.wording()
    walk = await request.call(path.resume, request.person)
    at = path.next_at(walk) if walk else None
    if walk is None:
        await request.say(wording.say("path.none"))
    elif at is None:
        await request.say(wording.say("path.resumed-all"))
    else:
        await request.say(wording.say("path.resumed", when=say_moment(at, wording)))


async def finish(request: Request, _: str) -> None:
    """The end of the path."""
    wording = await request.wording()
    walk = await request.call(request.edge.rituals.path.finish, request.person)
    if walk is None:
        await request.say(wording.say("path.none"))
        return
    said = [wording.say("path.finished"), *([wording.say("path.faded")] if walk.fades else [])]
    await request.say(" ".join(said))


async def notes(request: Request, _: str) -> None:
    """What they wrote for themselves."""
    wording = await request.wording()
    kept = await request.call(request.edge.rituals.path.notes, request.person)
    await request.show(wording.say("path.notes-title"), notes_blocks(kept, wording))


async def answer(request: Request, id: str) -> None:
    """What can be said to a step's question."""
    told = await _step(request.edge, request.person, id)
    wording = await request.wording()
    view = answer_modal(told, request.edge.shelf.wording(told.step.language)) if told else None
    await request.open(view or said_modal(wording.say("path.none"), wording))


async def practise(request: Request, id: str) -> None:
    """The form for a reply to a step's customer."""
    told = await _step(request.edge, request.person, id)
    wording = await request.wording()
    view = practice_form(told, request.edge.shelf.wording(told.step.language)) if told else None
    await request.open(view or said_modal(wording.say("path.none"), wording))


async def reflect(request: Request, week: str) -> None:
    """The form for a reflection."""
    await request.open(note_form(int(week), await request.wording()))


def _state(edge: Edge, walk: Walk | None, wording: Wording) -> list[Block]:
    path = edge.rituals.path
    of = path.guide.length(walk.language if walk else known_language(wording))
    return state_blocks(walk, of, path.next_at(walk) if walk else None, wording)


async def _step(edge: Edge, person: Person, id: str) -> Told | None:
    walk = await edge.work.call(edge.rituals.path.of, person)
    return edge.rituals.path.step(walk, id) if walk else None


async def _invited(edge: Edge, lead: Person, text: str, client: AsyncWebClient, wording: Wording) -> str:
    if not await edge.leads.has(lead, client):
        return wording.say("wow.only-leads")
    named = _SOMEBODY.search(text)
    if named is None:
        return wording.say("path.invite-whom")
    person = lead.model_copy(update={"id": named.group(1)})
    invited = await edge.work.call(edge.rituals.path.invite, lead, person)
    return wording.say("path.invite-sent" if invited else "path.invite-failed")
