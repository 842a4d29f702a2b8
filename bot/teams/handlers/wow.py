"""``wow …`` and what hangs on it: plan the daily prompt, take part, log a gesture, see the figures, make the book."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from microsoft_teams.api.activities.message.message import MessageActivityInput

from bot.coaching.wording import Wording
from bot.rituals.asked import Answer, Asked, Budgeted, Form, Helped, Listed, Previewed, Said, Sent, Tell
from bot.rituals.commands import Command, read_command
from bot.rituals.evidence.figures import tell
from bot.rituals.gifts.giving import Logged
from bot.rituals.model import Report, Team
from bot.teams.cards.gifts import budget_card, logged_card
from bot.teams.cards.insight import insight_card
from bot.teams.cards.parts import Card, notice
from bot.teams.cards.story import to_tell_card
from bot.teams.cards.wow import list_card, preview_card, to_plan_card
from bot.teams.edge import Edge
from bot.teams.handlers import files
from bot.teams.messages import markdown_message, unasked_message
from bot.teams.turn import Turn

_WOW = re.compile(r"/?wow\b[ :,]*(.*)", re.IGNORECASE)
WITH_REST = frozenset({"gift", "book", "insight"})
"""Commands that something may follow; after all others it is a sentence that begins with "wow"."""
LONGEST_TYPO = 2
"""Words after "wow" that are taken for a command that does not exist, and not for a draft."""


class OfTeam(NamedTuple):
    """Something asked of the rituals; None where there is no such command."""

    command: Command | None


def read(text: str, wordings: Iterable[Wording]) -> OfTeam | None:
    """What is asked of the rituals, or None: a draft may well begin with "Wow"."""
    if not _WOW.fullmatch(text):
        return None
    rest = after(text)
    command = read_command(rest, wordings)
    if command and (not command.rest or command.verb in WITH_REST):
        return OfTeam(command)
    return OfTeam(None) if len(rest.split()) <= LONGEST_TYPO and not re.search(r"[.!?]", rest) else None


def after(text: str) -> str:
    """What follows after "wow", where that is how a text begins."""
    found = _WOW.fullmatch(text)
    return found.group(1).strip() if found else ""


async def answer(edge: Edge, turn: Turn, command: Command | None) -> None:
    """Answer a command, for its author alone."""
    wording = await edge.wording(turn)
    channel = "" if turn.scope == "personal" else turn.kept.id
    made = await edge.work.call(edge.asked(turn, wording).done, command, channel)
    if isinstance(made, Sent):
        await files.offer(edge, turn, made, _typed(command), wording)
    else:
        await edge.say(turn, await _message(edge, turn, made, wording))


def _typed(command: Command | None) -> str:
    """The command as it can be read again."""
    return f"{command.verb} {command.rest}".strip() if command else ""


async def _message(edge: Edge, turn: Turn, made: Answer, wording: Wording) -> MessageActivityInput:
    if isinstance(made, Helped):
        return markdown_message(f"{wording.say('wow.help')}\n\n{wording.say('teams.wow-where')}")
    return unasked_message(await _card(edge, turn, made, wording), wording.say("wow.title"))


async def _card(edge: Edge, turn: Turn, made: Answer, wording: Wording) -> Card:
    budget = edge.rituals.giver.budget
    if isinstance(made, Said):
        return notice(made.text)
    if isinstance(made, Form):
        if not made.schedule.channel:
            return notice(wording.say("teams.wow-where"))
        known = await edge.work.call(edge.rituals.planner.get, made.schedule.id)
        return to_plan_card(made.schedule, wording, known=known is not None)
    if isinstance(made, Tell):
        return to_tell_card(wording)
    if isinstance(made, Listed):
        return await _list(edge, turn, made, wording)
    if isinstance(made, Previewed):
        return preview_card(made, edge.words.of(made.language))
    if isinstance(made, Budgeted):
        return budget_card(made.month, budget, edge.rituals.giver.advice(edge.language(wording)), wording)
    if isinstance(made, Logged):
        return logged_card(made, budget, wording)
    assert isinstance(made, Report)
    return insight_card(tell(made, budget.currency, wording), wording)


async def _list(edge: Edge, turn: Turn, listed: Listed, wording: Wording, above: str = "") -> Card:
    team = Team(platform="teams", workspace=turn.person.workspace)
    channels = [schedule.channel for schedule, _ in listed.planned]
    names = {channel: await edge.channels.name(team, channel, wording) for channel in channels}
    return list_card(listed, names, wording, above=above)


async def pressed(edge: Edge, turn: Turn, action: str, data: Mapping[str, Any]) -> Card | str:
    """A button under a card: the card that takes its place, or a sentence where the card stays for all."""
    wording = await edge.wording(turn)
    asked = edge.asked(turn, wording)
    given = data.get("id")
    id = given if isinstance(given, str) else ""
    if action in ("wow_pause", "wow_resume"):
        made = await edge.work.call(asked.paused, id, action == "wow_pause")
        listed = await edge.work.call(asked.done, Command("list"), "")
        if isinstance(made, Said) and isinstance(listed, Listed):
            return await _list(edge, turn, listed, wording, made.text)
    elif action == "wow_join":
        return (await _joined(edge, turn, asked, id)).text
    elif action == "wow_stop":
        made = await edge.work.call(asked.stop, id)
    elif action == "wow_undo":
        made = await edge.work.call(asked.undo, id)
    else:
        return notice(wording.say("teams.old-button"))
    return await _card(edge, turn, made, wording)


async def _joined(edge: Edge, turn: Turn, asked: Asked, id: str) -> Said:
    """Somebody who takes part is written to in their chat with the bot, which is begun where there is none."""
    await edge.chat_with(turn)
    return await edge.work.call(asked.join, id)
