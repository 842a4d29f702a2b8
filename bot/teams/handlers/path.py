"""The path in Teams: begun, walked, written down and finished; all of it for one person's eyes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

from bot.coaching.errors import BadInput
from bot.coaching.model import Draft
from bot.coaching.wording import Wording
from bot.rituals.calendar import off
from bot.rituals.path.commands import Command
from bot.rituals.path.model import Told
from bot.rituals.path.walking import USUAL
from bot.rituals.saying import say_clock, say_moment
from bot.teams.cards.parts import Card, notice
from bot.teams.cards.path import (
    answer_card,
    begin_form,
    begun,
    note_form,
    notes_card,
    practice_form,
    state_card,
    step_card,
)
from bot.teams.connector import Gone
from bot.teams.edge import Edge
from bot.teams.handlers.extensions import job_of, reviewed
from bot.teams.messages import unasked_message
from bot.teams.turn import Turn


async def answer(edge: Edge, turn: Turn, command: Command) -> None:
    """Answer a command, for its author alone."""
    wording = await edge.wording(turn)
    path, call = edge.rituals.path, edge.work.call
    if command.verb == "invite":
        card = notice(await _invited(edge, turn, wording))
    elif command.verb == "notes":
        card = notes_card(await call(path.notes, turn.person), wording)
    else:
        if command.verb == "pause":
            await call(path.pause, turn.person)
        elif command.verb == "resume":
            await call(path.resume, turn.person)
        card = await _state(edge, turn, wording)
    await edge.say(turn, unasked_message(card, wording.say("path.title")))


async def pressed(edge: Edge, turn: Turn, action: str) -> Card:
    """A button under a step, or under how the path stands: the card that takes its place."""
    wording = await edge.wording(turn)
    path, call = edge.rituals.path, edge.work.call
    if action == "path_show":
        told = await _step(edge, turn, "")
        return step_card(told, edge.words.of(told.step.language)) if told else notice(wording.say("path.none"))
    if action == "path_notes":
        return notes_card(await call(path.notes, turn.person), wording)
    if action == "path_pause":
        walk = await call(path.pause, turn.person)
        said = wording.say("path.paused" if walk else "path.none")
    elif action == "path_resume":
        walk = await call(path.resume, turn.person)
        at = path.next_at(walk) if walk else None
        said = wording.say("path.resumed", when=say_moment(at, wording)) if at else wording.say("path.resumed-all")
    else:
        walk = await call(path.finish, turn.person)
        said = wording.say("path.finished" if walk else "path.none")
        said += f" {wording.say('path.faded')}" if walk and walk.fades else ""
    return await _state(edge, turn, wording, above=said)


async def opened(edge: Edge, turn: Turn, data: Mapping[str, Any]) -> Card:
    """The dialog that a button leads to."""
    wording, action = await edge.wording(turn), data.get("action")
    if action == "path_begin":
        return begin_form(wording, at=USUAL)
    if action == "path_reflect":
        return note_form(_week(data), wording)
    told = await _step(edge, turn, _text(data, "id"))
    if told is None:
        return notice(wording.say("path.none"))
    its = edge.words.of(told.step.language)
    return practice_form(told, its) if action == "path_draft" else answer_card(told, its)


async def submitted(edge: Edge, turn: Turn, data: Mapping[str, Any]) -> Card:
    """What a form leads to."""
    wording, action = await edge.wording(turn), data.get("action")
    if action == "path_begun":
        return await _begun(edge, turn, data, wording)
    if action == "path_noted":
        await edge.work.call(edge.rituals.path.write, turn.person, _week(data), _text(data, "note"))
        return notice(wording.say("path.kept"))
    return await _practised(edge, turn, data, wording)


async def _begun(edge: Edge, turn: Turn, data: Mapping[str, Any], wording: Wording) -> Card:
    chosen = begun(data)
    try:
        off(chosen.country)
    except BadInput:
        return begin_form(wording, at=chosen.at or USUAL, wrong=wording.say("path.form.wrong-country"))
    at = chosen.at or USUAL
    await edge.once(turn, lambda: _start(edge, turn, chosen._replace(at=at)._asdict(), wording))
    return notice(wording.say("path.started", at=say_clock(at, wording)))


async def _start(edge: Edge, turn: Turn, chosen: dict[str, Any], wording: Wording) -> None:
    """Whoever begins is written to in their chat with the bot, which is begun where there is none."""
    await edge.chat_with(turn)
    start = edge.rituals.path.start
    await edge.work.call(start, turn.person, language=edge.language(wording), zone=turn.zone or "UTC", **chosen)


async def _practised(edge: Edge, turn: Turn, data: Mapping[str, Any], wording: Wording) -> Card:
    told = await _step(edge, turn, _text(data, "id"))
    if told is None:
        return notice(wording.say("path.none"))
    draft = Draft(text=_text(data, "draft"), customer=told.step.customer)
    refusal = edge.desk.refusal(draft)
    if refusal:
        return practice_form(told, edge.words.of(told.step.language), wrong=wording.say(f"desk.refused.{refusal}"))
    return await reviewed(edge, turn, job_of(turn, draft).model_copy(update={"practice": True}), wording)


async def _state(edge: Edge, turn: Turn, wording: Wording, *, above: str = "") -> Card:
    path = edge.rituals.path
    walk = await edge.work.call(path.of, turn.person)
    of = path.guide.length(walk.language if walk else edge.language(wording))
    return state_card(walk, of, path.next_at(walk) if walk else None, wording, above=above)


async def _step(edge: Edge, turn: Turn, id: str) -> Told | None:
    walk = await edge.work.call(edge.rituals.path.of, turn.person)
    return edge.rituals.path.step(walk, id) if walk else None


async def _invited(edge: Edge, turn: Turn, wording: Wording) -> str:
    """A lead mentions whom to invite; they are written to in their chat with the bot."""
    if not edge.leads.has(turn.person):
        return wording.say("wow.only-leads")
    if not turn.mentioned:
        return wording.say("teams.invite-whom")
    try:
        person = await edge.known(turn, turn.mentioned[0])
    except (Gone, httpx.HTTPError):
        return wording.say("path.invite-failed")
    invited = await edge.work.call(edge.rituals.path.invite, turn.person, person)
    return wording.say("path.invite-sent" if invited else "path.invite-failed")


def _week(data: Mapping[str, Any]) -> int:
    week = _text(data, "week")
    return int(week) if week in ("1", "2", "3", "4") else 0


def _text(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    return value if isinstance(value, str) else ""
