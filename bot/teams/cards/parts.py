"""The few shapes that every card is made of, and what Teams takes at most.

Texts are runs of rich text, which shows every sign as it is: nothing that people wrote can format, link or mention.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, time
from typing import Any, Literal

from bot.teams.text import shortened

Card = dict[str, Any]
Place = Literal["chat", "dialog"]
"""Where a card is: in a message, or in the dialog of a message extension. They hear of a button in different ways."""

CONTENT_TYPE = "application/vnd.microsoft.card.adaptive"
LARGEST = 27_000
"""Bytes of a card as JSON; Teams refuses what is over 28 KB with the message around it."""
PARAGRAPH = 2_000


def card(body: list[Card], actions: list[Card] | None = None) -> Card:
    """A whole card."""
    return {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.5",
        "msteams": {"width": "full"},
        "body": body,
        **({"actions": actions} if actions else {}),
    }


def size(made: Card) -> int:
    """Bytes of a card as it is sent, in the longest way that it can be written."""
    return len(json.dumps(made))


def run(text: str, *, bold: bool = False, **style: Any) -> Card:
    """A run of text as it is."""
    weight = {"weight": "Bolder"} if bold else {}
    return {"type": "TextRun", "text": shortened(text, PARAGRAPH), **weight, **style}


def rich(*runs: Card | str, **more: Any) -> Card:
    """A paragraph."""
    inlines = [run(part) if isinstance(part, str) else part for part in runs]
    return {"type": "RichTextBlock", "inlines": inlines, **more}


def sentence(text: str, **more: Any) -> Card:
    """A paragraph of our own; what stands between backticks is something to type."""
    parts = ((part, at % 2 == 1) for at, part in enumerate(text.split("`")) if part)
    return rich(*(run(part, fontType="Monospace") if typed else part for part, typed in parts), **more)


def titled(title: str, *items: Card) -> Card:
    """Things under a title."""
    return container(rich(run(title, bold=True)), *items, separator=True)


def small(text: str) -> Card:
    """A small grey paragraph."""
    return rich(run(text, isSubtle=True, size="Small"), spacing="Small")


def container(*items: Card, style: str = "", **more: Any) -> Card:
    """Things that belong together; ``style`` gives them a background."""
    return {"type": "Container", "items": list(items), **({"style": style} if style else {}), **more}


def field(name: str, label: str, *, value: str = "", longest: int = 0, needed: str = "") -> Card:
    """A field of several lines; ``needed`` is what to say where it stays empty."""
    return {
        "type": "Input.Text",
        "id": name,
        "label": label,
        "isMultiline": True,
        **({"value": value} if value else {}),
        **({"maxLength": longest} if longest else {}),
        **({"isRequired": True, "errorMessage": needed} if needed else {}),
    }


def choice(name: str, label: str, options: Mapping[str, str], *, style: str = "compact", value: str = "") -> Card:
    """One of several; ``options`` has the words by their values."""
    return {
        "type": "Input.ChoiceSet",
        "id": name,
        "label": label,
        "style": style,
        "choices": [{"title": title, "value": value} for value, title in options.items()],
        **({"value": value} if value else {}),
    }


def several(name: str, label: str, options: Mapping[str, str], *, value: str = "") -> Card:
    """Any of several; the values are parted by commas."""
    return {**choice(name, label, options, style="expanded", value=value), "isMultiSelect": True}


def line(name: str, label: str, *, value: str = "", longest: int = 60) -> Card:
    """A field of one line."""
    return {
        "type": "Input.Text",
        "id": name,
        "label": label,
        "maxLength": longest,
        **({"value": value} if value else {}),
    }


def clock(name: str, label: str, at: time) -> Card:
    """A time of the day."""
    return {"type": "Input.Time", "id": name, "label": label, "value": at.strftime("%H:%M")}


def day(name: str, label: str, value: date | None) -> Card:
    """A date."""
    given = {"value": value.isoformat()} if value else {}
    return {"type": "Input.Date", "id": name, "label": label, **given}


def somebody(name: str, label: str) -> Card:
    """Somebody of the organisation, whom Teams helps to find; the value is their object id."""
    people = {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}
    return {"type": "Input.ChoiceSet", "id": name, "label": label, "choices": [], "choices.data": people}


def toggle(name: str, title: str, *, on: bool = False) -> Card:
    """Yes or no."""
    value = "yes" if on else "no"
    return {"type": "Input.Toggle", "id": name, "title": title, "valueOn": "yes", "valueOff": "no", "value": value}


def button(title: str, action: str, place: Place, *, inputs: bool = False, **data: str) -> Card:
    """A button; ``data`` holds ids only, never a draft. ``inputs``: what stands in the card's fields goes with it."""
    carried = {"action": action, **data}
    fields = {} if inputs else {"associatedInputs": "none"}
    if place == "chat":
        return {"type": "Action.Execute", "title": title, "verb": action, "data": carried, **fields}
    return {"type": "Action.Submit", "title": title, "data": carried, **fields}


def opener(title: str, opens: str, **data: str) -> Card:
    """A button of a message that opens a dialog; what stands in the dialog is asked for when it is pressed."""
    carried = {"msteams": {"type": "task/fetch"}, "action": opens, **data}
    return {"type": "Action.Submit", "title": title, "data": carried, "associatedInputs": "none"}


def row(*actions: Card) -> Card:
    """Buttons within a card; at most six."""
    return {"type": "ActionSet", "actions": list(actions)}


def folded(title: str, body: list[Card], actions: list[Card]) -> Card:
    """A button that shows more."""
    inner = {"type": "AdaptiveCard", "body": body, "actions": actions}
    return {"type": "Action.ShowCard", "title": title, "card": inner}


def notice(text: str, actions: list[Card] | None = None) -> Card:
    """A card that says one thing."""
    return card([sentence(text)], actions)
