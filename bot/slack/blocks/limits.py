"""What Slack takes at most, and the few shapes that every block is made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.slack.text import shortened

Block = dict[str, Any]

SECTION = 3000
CONTEXT = 2000
INPUT = 3000
BUTTON = 75
OPTION = 75
RICH_TEXT = 3500
"""Slack names no limit for rich text; this much of a diff is also what a person still reads."""


def section(text: str, **more: Any) -> Block:
    """Mrkdwn; what people wrote must have been escaped."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": shortened(text, SECTION)}, **more}


def context(text: str) -> Block:
    """Small grey mrkdwn."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": shortened(text, CONTEXT)}]}


def divider() -> Block:
    """A line."""
    return {"type": "divider"}


def label(text: str, longest: int = BUTTON) -> Block:
    """Plain text, where Slack takes no mrkdwn."""
    return {"type": "plain_text", "text": shortened(text, longest), "emoji": True}


def button(text: str, action: str, value: str, **more: Any) -> Block:
    """A button; ``value`` holds ids only, never a draft."""
    return {"type": "button", "text": label(text), "action_id": action, "value": value, **more}


def actions(*elements: Block, block_id: str = "") -> Block:
    """A row of buttons."""
    return {"type": "actions", "elements": list(elements), **({"block_id": block_id} if block_id else {})}


def option(text: str, value: str, description: str = "") -> Block:
    """A choice in a menu or a list."""
    made: Block = {"text": label(text, OPTION), "value": value}
    return {**made, "description": label(description, OPTION)} if description else made


def pieces(text: str, longest: int) -> Iterator[str]:
    """The text in pieces of at most this many characters, cut between words where that can be."""
    while len(text) > longest:
        at = max(text.rfind("\n", longest // 2, longest), text.rfind(" ", longest // 2, longest)) + 1 or longest
        yield text[:at]
        text = text[at:]
    yield text
