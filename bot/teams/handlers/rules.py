"""``wow rules``: leads see and change which rules hold, and decide what anybody may ``propose``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args

from bot.coaching.model import LANGUAGES, Cost, Language, TouchKind
from bot.coaching.wording import Wording
from bot.packs.asked import Answer, Asked, Every, Said, Tried
from bot.packs.commands import Command, What, read_rules
from bot.packs.errors import Declined
from bot.packs.model import Place
from bot.teams.cards.parts import Card, notice
from bot.teams.cards.rules import (
    choose_card,
    decline_form,
    every_card,
    lines_card,
    propose_form,
    rules_card,
)
from bot.teams.edge import Edge
from bot.teams.handlers import wow
from bot.teams.messages import unasked_message
from bot.teams.turn import Turn

LONGEST = 5
"""Words of the longest command."""
KINDS: tuple[TouchKind, ...] = get_args(TouchKind)
COSTS: tuple[Cost, ...] = get_args(Cost)


def read(text: str, wordings: list[Wording]) -> Command | None:
    """What is asked of the rules, or None: a draft may well begin with "Wow, rules …"."""
    rest = wow.after(text)
    short = len(rest.split()) <= LONGEST and not re.search(r"[.!?,;]", rest)
    return read_rules(rest, wordings) if short else None


async def answer(edge: Edge, turn: Turn, command: Command) -> None:
    """Answer ``wow rules …``, for its author alone."""
    wording = await edge.wording(turn)
    made = await edge.work.call(_asked(edge, turn, wording).done, command)
    await edge.say(turn, unasked_message(_card(made, wording), wording.say("packs.title")))


async def propose(edge: Edge, turn: Turn, what: What) -> None:
    """Lead to the forms."""
    wording = await edge.wording(turn)
    await edge.say(turn, unasked_message(choose_card(wording), wording.say("packs.form.title")))


async def pressed(edge: Edge, turn: Turn, action: str, data: Mapping[str, Any]) -> Card:
    """A button under a rule of the team's own: what became of it, above all the others."""
    wording, id = await edge.wording(turn), _text(data, "id")
    asked, call = _asked(edge, turn, wording), edge.work.call
    if action == "rules_try":
        return _card(await call(asked.tried, id), wording)
    if action == "rules_approve_must":
        made = await call(asked.approved, id, "must")
    elif action == "rules_approve_may":
        made = await call(asked.approved, id, "may")
    else:
        made = await call(asked.kept if action == "rules_keep" else asked.removed, id)
    seen = await call(asked.overview)
    return notice(seen.text) if isinstance(seen, Said) else rules_card(seen, wording, above=made.text)


async def opened(edge: Edge, turn: Turn, data: Mapping[str, Any]) -> Card:
    """The dialog that a button leads to."""
    wording, action = await edge.wording(turn), _text(data, "action")
    if action == "rules_decline":
        leads = edge.leads.has(turn.person)
        return decline_form(_text(data, "id"), wording) if leads else notice(wording.say("wow.only-leads"))
    return propose_form(action.removeprefix("propose_"), _principles(edge, wording), wording)


async def submitted(edge: Edge, turn: Turn, data: Mapping[str, Any]) -> Card:
    """What a form leads to."""
    wording, action = await edge.wording(turn), _text(data, "action")
    if action == "rules_declined":
        asked = _asked(edge, turn, wording)
        return notice((await edge.work.call(asked.declined, _text(data, "id"), _text(data, "reason"))).text)
    kind = action.removeprefix("proposed_")
    try:
        await edge.work.call(_kept, edge, turn, kind, data)
    except Declined as declined:
        wrong = wording.say(f"packs.declined.{declined.problem}", **declined.values)
        if not declined.field:
            return notice(wrong)
        label = "touch-why" if (kind, declined.field) == ("touch", "why") else declined.field
        wrong = f"{wording.say(f'packs.form.{label}')} {wrong}"
        return propose_form(kind, _principles(edge, wording), wording, wrong=wrong, given=data)
    return notice(wording.say("packs.proposed"))


def _asked(edge: Edge, turn: Turn, wording: Wording) -> Asked:
    channel = "" if turn.scope == "personal" else turn.kept.id
    here = Place(platform="teams", workspace=turn.person.workspace, channel=channel)
    rituals, leads = edge.rituals, edge.leads.has(turn.person)
    return Asked(rituals.proposer, turn.person.id, here, wording, leads=leads, today=rituals.today())


def _card(made: Answer, wording: Wording) -> Card:
    if isinstance(made, Said):
        return notice(made.text)
    if isinstance(made, Every):
        return every_card(made, wording)
    if isinstance(made, Tried):
        return lines_card(made.lines)
    return rules_card(made, wording)


def _principles(edge: Edge, wording: Wording) -> dict[str, str]:
    principles = edge.shelf.reader(edge.language(wording)).principles
    return {id: principle.title for id, principle in principles.items()}


def _kept(edge: Edge, turn: Turn, kind: str, data: Mapping[str, Any]) -> None:
    place = Place(platform="teams", workspace=turn.person.workspace)
    fields = {name: value for name, value in data.items() if isinstance(value, str)}
    language: Language = next((code for code in LANGUAGES if code == fields.get("language")), "en")
    proposer = edge.rituals.proposer
    if kind == "rule":
        proposer.propose_rule(place, turn.person.id, language, fields)
        return
    touch = next((one for one in KINDS if one == fields.get("touch")), KINDS[0])
    cost = next((one for one in COSTS if one == fields.get("cost")), COSTS[0])
    proposer.propose_touch(place, turn.person.id, language, fields, touch=touch, cost=cost)


def _text(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    return value if isinstance(value, str) else ""
