"""Buttons of cards in chats, and the thumbs that Teams itself shows below a message."""

from __future__ import annotations

import json
from typing import Any

from bot.teams.cards.parts import CONTENT_TYPE, Card
from bot.teams.edge import Edge
from bot.teams.handlers import path, rules, settings, wow
from bot.teams.handlers.pressed import Pressed
from bot.teams.turn import Json, Turn

RULES = frozenset({"rules_try", "rules_approve_may", "rules_approve_must", "rules_keep", "rules_remove"})
PATH = frozenset({"path_show", "path_notes", "path_pause", "path_resume", "path_finish"})


async def pressed(edge: Edge, turn: Turn) -> Json:
    """A button of a card: the card that takes its place, or a sentence where the card stays as it is."""
    action = turn.value.get("action")
    named: dict[str, Any] = action if isinstance(action, dict) else {}
    data = named.get("data")
    carried = {"action": named.get("verb"), **(data if isinstance(data, dict) else {})}
    shown = await _shown(edge, turn, carried)
    if isinstance(shown, str):
        return {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": shown}
    return {"statusCode": 200, "type": CONTENT_TYPE, "value": shown}


async def _shown(edge: Edge, turn: Turn, carried: dict[str, Any]) -> Card | str:
    name = carried.get("action")
    if isinstance(name, str) and name.startswith("wow_"):
        return await wow.pressed(edge, turn, name, carried)
    if isinstance(name, str) and name in PATH:
        return await path.pressed(edge, turn, name)
    if isinstance(name, str) and name in RULES:
        return await rules.pressed(edge, turn, name, carried)
    if isinstance(name, str) and name in settings.ACTIONS:
        return await settings.pressed(edge, turn, name, carried)
    return await Pressed(edge, turn, carried, "chat").answer()


async def feedback(edge: Edge, turn: Turn) -> None:
    """Useful or not, and why; of a review that is still kept, else of the message itself."""
    said = turn.value.get("actionValue")
    value: dict[str, Any] = said if isinstance(said, dict) else {}
    if turn.value.get("actionName") != "feedback" or value.get("reaction") not in ("like", "dislike"):
        return
    jobs = await edge.work.call(edge.desk.jobs, turn.person)
    about = next((job.id for job in jobs if job.address.get("activity") == turn.reply_to), f"teams-{turn.reply_to}")
    useful = value["reaction"] == "like"
    await edge.work.call(edge.desk.useful, turn.person, about, useful, reason(value.get("feedback")))


def reason(given: object) -> str:
    """Why: Teams writes it as JSON in a text, some clients as a plain text."""
    if not isinstance(given, str):
        return ""
    try:
        read = json.loads(given)
    except ValueError:
        return given
    if isinstance(read, dict):
        said = read.get("feedbackText")
        return said if isinstance(said, str) else ""
    return given
