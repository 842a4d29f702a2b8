"""Dialogs that a button of a message opens: plan a daily prompt, tell a WOW."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

from bot.coaching.wording import Wording
from bot.desk.conversations import Conversation
from bot.rituals.asked import Form, Said
from bot.rituals.commands import Command
from bot.rituals.forms import Wrong
from bot.rituals.model import Schedule, Story
from bot.teams.cards.answer import ids_of, passages_card, wrong_filled, wrong_form
from bot.teams.cards.form import dialog
from bot.teams.cards.parts import Card, notice
from bot.teams.cards.story import story_card, story_form, thanks_card, told
from bot.teams.cards.wow import invitation_card, plan_form, planned
from bot.teams.connector import Gone
from bot.teams.edge import Edge
from bot.teams.handlers import path, rules
from bot.teams.handlers.pressed import Pressed
from bot.teams.messages import unasked_message
from bot.teams.turn import Json, Turn

RULES = frozenset({"rules_decline", "propose_rule", "propose_touch"})
RULES_FILLED = frozenset({"rules_declined", "proposed_rule", "proposed_touch"})
PATH = frozenset({"path_begin", "path_question", "path_draft", "path_reflect"})
FILLED = frozenset({"path_begun", "path_practised", "path_noted"})


async def opened(edge: Edge, turn: Turn) -> Json:
    """``task/fetch``: the form that the button leads to."""
    wording, data = await edge.wording(turn), _data(turn)
    return dialog(await _form(edge, turn, data, wording), wording)


async def submitted(edge: Edge, turn: Turn) -> Json:
    """``task/submit``: what was filled in is kept, or why not."""
    wording, data = await edge.wording(turn), _data(turn)
    action = data.get("action")
    if isinstance(action, str) and action in RULES_FILLED:
        card = await rules.submitted(edge, turn, data)
    elif isinstance(action, str) and action in FILLED:
        card = await path.submitted(edge, turn, data)
    elif action == "wow_planned":
        card = await _planned(edge, turn, data, wording)
    elif action == "wow_told":
        card = await _told(edge, turn, data, wording)
    elif action == "answer_said":
        card = await _wrong(edge, turn, data, wording)
    elif action == "wow_take_back":
        said = await edge.work.call(edge.asked(turn, wording).take_back, _text(data, "id"))
        card = notice(said.text)
    else:
        # A review that a dialog of the path ended in has the buttons of every review.
        card = await Pressed(edge, turn, data, "dialog").answer()
    return dialog(card, wording)


async def _form(edge: Edge, turn: Turn, data: Json, wording: Wording) -> Card:
    asked, action = edge.asked(turn, wording), data.get("action")
    if isinstance(action, str) and action in RULES:
        return await rules.opened(edge, turn, data)
    if isinstance(action, str) and action in PATH:
        return await path.opened(edge, turn, data)
    if action == "wow_tell":
        channel = turn.scope != "personal"
        return story_form(wording, asked.values(), value=_text(data, "value"), channel=channel)
    if action in ("answer_open", "answer_wrong"):
        passages = await edge.work.call(edge.rituals.keeper.cited, ids_of(data))
        return passages_card(passages, wording) if action == "answer_open" else wrong_form(passages, wording)
    if action not in ("wow_plan", "wow_change"):
        return notice(wording.say("teams.old-button"))
    if action == "wow_change":
        made = await edge.work.call(asked.change, _text(data, "id"))
    else:
        made = await edge.work.call(asked.done, Command("schedule"), turn.kept.id)
    return plan_form(made.schedule, wording) if isinstance(made, Form) else notice(_said(made))


async def _planned(edge: Edge, turn: Turn, data: Json, wording: Wording) -> Card:
    asked, form = edge.asked(turn, wording), planned(data, wording)
    schedule = await edge.work.call(asked.wanted, form)
    if isinstance(schedule, Said):
        return notice(schedule.text)
    kept = await edge.work.call(edge.conversations.get, "teams", turn.person.workspace, form.channel)
    if isinstance(schedule, Wrong):
        return await _again(edge, turn, schedule.problem, form.channel, wording)
    if kept is None or kept.scope == "personal":
        return notice(wording.say("wow.wrong.channel"))
    if await edge.work.call(asked.invites, schedule) and not await _invited(edge, schedule, kept):
        return notice(wording.say("wow.wrong.channel"))
    return notice((await edge.work.call(asked.save, schedule)).text)


async def _again(edge: Edge, turn: Turn, problem: str, channel: str, wording: Wording) -> Card:
    """The form as it was, with what is wrong; Teams keeps no fields, so what is planned stands in them."""
    made = await edge.work.call(edge.asked(turn, wording).done, Command("schedule"), channel)
    wrong = wording.say(f"wow.wrong.{problem}")
    return plan_form(made.schedule, wording, wrong=wrong) if isinstance(made, Form) else notice(wrong)


async def _invited(edge: Edge, schedule: Schedule, channel: Conversation) -> bool:
    wording = edge.words.of(schedule.language)
    message = unasked_message(invitation_card(schedule, wording), wording.say("wow.title"))
    try:
        await edge.connector.post(channel, message)
    except httpx.HTTPStatusError:
        return False
    return True


async def _told(edge: Edge, turn: Turn, data: Json, wording: Wording) -> Card:
    asked = edge.asked(turn, wording)
    values = asked.values()
    form = told(data, values)
    if not form.text:
        return story_form(wording, values, value=form.value, channel=turn.scope != "personal", wrong=_what(wording))
    if not await edge.new(turn):
        return notice(wording.say("story.thanks"))
    story = await edge.work.call(asked.tell, form, turn.called)
    posted = None
    if "channel" in form.uses and turn.scope != "personal":
        posted = await _posted(edge, turn, story, values)
    return thanks_card(story, wording, posted=posted)


async def _posted(edge: Edge, turn: Turn, story: Story, values: Mapping[str, str]) -> bool:
    """Where it was told: under the prompt."""
    card = story_card(story, values[story.value], edge.words.of(story.language))
    try:
        await edge.connector.show({**turn.address, "at": "all"}, unasked_message(card, story.text))
    except (Gone, httpx.HTTPError):
        return False
    return True


async def _wrong(edge: Edge, turn: Turn, data: Json, wording: Wording) -> Card:
    """Pass on that an answer is wrong."""
    said, language = wrong_filled(data), edge.language(wording)
    wrong = edge.rituals.keeper.wrong
    passed = await edge.work.call(wrong, turn.person, said.passage, said.remark, language, named=said.named)
    return notice(wording.say(f"keeping.{passed}"))


def _what(wording: Wording) -> str:
    return wording.say("story.what")


def _said(made: object) -> str:
    return made.text if isinstance(made, Said) else ""


def _data(turn: Turn) -> dict[str, Any]:
    data = turn.value.get("data")
    return data if isinstance(data, dict) else {}


def _text(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    return value if isinstance(value, str) else ""
