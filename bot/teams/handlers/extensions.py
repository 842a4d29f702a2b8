"""The message extension: a dialog for a draft from the compose box, or for the message that it is asked on."""

from __future__ import annotations

import asyncio
from typing import Any, get_args

from bot.coaching.model import Draft
from bot.coaching.wording import Wording
from bot.desk.errors import Erased
from bot.desk.model import Job, Reading
from bot.rituals.model import Team
from bot.teams.cards.form import dialog, form, inserted, reading
from bot.teams.cards.parts import LARGEST, Card, notice, size
from bot.teams.cards.review import review_card
from bot.teams.edge import Edge
from bot.teams.handlers.pressed import Pressed
from bot.teams.text import of_html
from bot.teams.turn import Json, Turn

SOON = 1.5
"""Seconds that a dialog waits for a review; Teams itself gives up after five."""
READINGS: tuple[Reading, ...] = get_args(Reading)


async def opened(edge: Edge, turn: Turn) -> Json:
    """The dialog of ``reviewDraft`` (a form) and of ``reviewMessage`` (the review)."""
    wording = await edge.wording(turn)
    if turn.value.get("commandId") == "reviewMessage":
        return dialog(await _of_message(edge, turn, wording), wording)
    return dialog(form(wording), wording)


async def submitted(edge: Edge, turn: Turn) -> Json:
    """What a button in a dialog leads to: a review, another dialog, the reply in the compose box."""
    data = turn.value.get("data")
    given: dict[str, Any] = data if isinstance(data, dict) else {}
    wording = await edge.wording(turn)
    pressed = Pressed(edge, turn, given, "dialog")
    if given.get("action") == "review":
        return dialog(await _of_form(edge, turn, given, wording), wording)
    if given.get("action") == "insert":
        try:
            made = inserted(await pressed.reply())
            await pressed.used("fix")
            return made if size(made) <= LARGEST else dialog(await pressed.part(), wording)
        except Erased:
            return dialog(notice(wording.say("chat.erased")), wording)
    return dialog(await pressed.answer(), wording)


async def _of_message(edge: Edge, turn: Turn, wording: Wording) -> Card:
    payload = _object(turn.value, "messagePayload")
    sender, body = _object(payload, "from"), _object(payload, "body")
    if sender.get("application") and not sender.get("user"):
        return notice(wording.say("chat.other-app"))
    content = body.get("content")
    written = content if isinstance(content, str) else ""
    text = written if body.get("contentType") == "text" else of_html(written)
    draft = Draft(text=text)
    refusal = edge.desk.refusal(draft)
    if refusal:
        return notice(wording.say("chat.no-text" if refusal == "no-draft" else f"desk.refused.{refusal}"))
    return await reviewed(edge, turn, job_of(turn, draft), wording)


async def _of_form(edge: Edge, turn: Turn, given: dict[str, Any], wording: Wording) -> Card:
    def said(name: str) -> str:
        value = given.get(name)
        return value if isinstance(value, str) else ""

    draft = Draft(text=said("draft"), customer=said("customer"))
    refusal = edge.desk.refusal(draft)
    if refusal:
        wrong = wording.say(f"desk.refused.{refusal}")
        # What is far too long would not fit into the form again.
        kept = (draft.text, draft.customer) if refusal == "no-draft" else ("", "")
        return form(wording, wrong=wrong, draft=kept[0], customer=kept[1])
    reader = next((one for one in READINGS if one == said("reader")), "")
    job, number = job_of(turn, draft), said("ticket").strip()
    team = Team(platform="teams", workspace=turn.person.workspace)
    best = bool(number) and await edge.work.call(edge.rituals.about, team, job.id, number)
    told = {"reader": reader, "long_time": said("long_time") == "yes", "channel": said("channel"), "best": best}
    job = job.model_copy(update=told)
    return await reviewed(edge, turn, job, wording)


def job_of(turn: Turn, draft: Draft) -> Job:
    """A draft whose review is shown in a dialog."""
    address = {"at": "dialog", "locale": turn.locale}
    asked_in = "" if turn.scope == "personal" else turn.kept.id
    return Job(id=turn.job_id, person=turn.person, draft=draft, address=address, asked_in=asked_in)


async def reviewed(edge: Edge, turn: Turn, job: Job, wording: Wording) -> Card:
    """The first review, where it is made soon; a dialog that leads to it otherwise."""
    with edge.delivery.waiting.for_job(job.id) as waiting:
        taking = await edge.work.soon(edge.work.call(edge.take, job), SOON)
        if not taking.done():
            return reading(wording, job.id, "chat.late")
        try:
            shown = asyncio.wait_for(waiting, SOON) if taking.result() else edge.work.call(edge.desk.review, job.id)
            review = await shown
        except (TimeoutError, Erased):
            return reading(wording, job.id)
    if review is None:
        return notice(wording.say("chat.failed"))
    its_wording = edge.words.of(review.language)
    pending = edge.desk.deepens
    return review_card(review, job.draft.text, its_wording, job=job.id, place="dialog", pending=pending)


def _object(of: Json, name: str) -> Json:
    value = of.get(name)
    return value if isinstance(value, dict) else {}
