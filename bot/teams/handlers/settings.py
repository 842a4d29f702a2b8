"""The settings of one person: shown when they are asked for, and again after each choice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from bot.coaching.model import LANGUAGES, Language
from bot.coaching.wording import Wording
from bot.desk.saying import say_rule
from bot.rituals.model import Team
from bot.teams.cards.parts import Card
from bot.teams.cards.settings import settings_card, touches_card
from bot.teams.edge import Edge
from bot.teams.handlers import files
from bot.teams.messages import unasked_message
from bot.teams.turn import Turn

ACTIONS = frozenset({"settings", "show_again", "language", "quiet", "touches", "export", "delete"})


def asks(text: str, wordings: Iterable[Wording]) -> bool:
    """Whether the whole text asks for the settings."""
    said = text.strip().lower()
    phrases = (wording.say("desk.command.settings").split("|") for wording in wordings)
    return any(said == phrase.strip() for listed in phrases for phrase in listed)


async def answer(edge: Edge, turn: Turn) -> None:
    """Show them, for their eyes alone."""
    wording = await edge.wording(turn)
    card = await _card(edge, turn, wording)
    await edge.say(turn, unasked_message(card, wording.say("home.settings")))


async def pressed(edge: Edge, turn: Turn, action: str, data: Mapping[str, Any]) -> Card:
    """A button of the settings: the settings as they are then."""
    call, desk, person = edge.work.call, edge.desk, turn.person
    given = {name: value for name, value in data.items() if isinstance(value, str)}
    told = ""
    if action == "touches":
        return await _touches(edge, turn, given.get("page", ""))
    if action == "show_again":
        await call(desk.unsilence, person, given.get("rule", ""))
    elif action == "language":
        chosen: Language | Literal[""] = next((known for known in LANGUAGES if known == given.get("language")), "")
        await call(desk.prefer, person, language=chosen)
    elif action == "quiet":
        await call(desk.prefer, person, quiet=given.get("to") == "on")
    elif action == "export":
        edge.in_background(turn, _export(edge, turn))
        told = "teams.in-chat"
    elif action == "delete":
        await call(edge.rituals.forget_person, Team(platform="teams", workspace=person.workspace), person.id)
        await call(desk.delete, person)
        told = "home.deleted"
    wording = await edge.wording(turn)
    return await _card(edge, turn, wording, told=wording.say(told) if told else "")


async def _card(edge: Edge, turn: Turn, wording: Wording, *, told: str = "") -> Card:
    preferences = await edge.work.call(edge.desk.preferences, turn.person)
    week = await edge.work.call(edge.desk.week, turn.person)
    silenced = {rule: say_rule(rule, edge.shelf, wording) for rule in preferences.silenced}
    return settings_card(preferences, week, silenced, wording, told=told)


async def _touches(edge: Edge, turn: Turn, page: str) -> Card:
    wording = await edge.wording(turn)
    catalogue = list(edge.shelf.catalogue(edge.language(wording)).values())
    return touches_card(catalogue, int(page) if page.isdecimal() and len(page) < 4 else 0, wording)


async def _export(edge: Edge, turn: Turn) -> None:
    wording = await edge.wording(turn)
    await files.offer(edge, turn, await files.own_data(edge, turn, wording), files.OWN_DATA, wording)
