"""The dialogs: the form for a draft, and the wait for its review."""

from __future__ import annotations

from typing import Any, get_args

from bot.coaching.wording import Wording
from bot.desk.model import Reading
from bot.desk.setting import CHANNELS
from bot.teams.cards.parts import CONTENT_TYPE, Card, button, card, choice, field, line, notice, rich, run, toggle

READINGS: tuple[Reading, ...] = get_args(Reading)


def form(wording: Wording, *, wrong: str = "", draft: str = "", customer: str = "") -> Card:
    """The form for a draft: who reads it takes one tap. ``wrong`` says why what was given could not be taken."""

    def say(name: str) -> str:
        return wording.say(f"chat.form.{name}")

    readers: dict[str, str] = {reader: say(f"reader-{reader}") for reader in READINGS if reader}
    channels = {channel: say(f"channel-{channel}") for channel in CHANNELS}
    body = [
        *([rich(run(wrong, color="Attention"))] if wrong else []),
        field("draft", say("draft"), value=draft, needed=wording.say("desk.refused.no-draft")),
        field("customer", say("customer"), value=customer),
        choice("reader", say("reader"), readers, style="expanded"),
        toggle("long_time", say("long-time")),
        choice("channel", say("channel"), channels),
        line("ticket", say("ticket"), longest=100),
    ]
    return card(body, [button(say("submit"), "review", "dialog", inputs=True)])


def reading(wording: Wording, job: str, sentence: str = "chat.reading") -> Card:
    """The review takes longer than a dialog waits."""
    return notice(wording.say(sentence), [button(wording.say("teams.show"), "show", "dialog", job=job)])


def dialog(shown: Card, wording: Wording) -> dict[str, Any]:
    """A card as the dialog of a message extension."""
    attachment = {"contentType": CONTENT_TYPE, "content": shown}
    info = {"title": wording.say("teams.title"), "width": "medium", "height": "large", "card": attachment}
    return {"task": {"type": "continue", "value": info}}


def inserted(text: str) -> dict[str, Any]:
    """A reply as a card in the compose box."""
    shown = card([rich(*_lines(text))])
    attachment = {"contentType": CONTENT_TYPE, "content": shown}
    return {"composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": [attachment]}}


def _lines(text: str) -> list[Card]:
    """The text in runs, none of which is too long."""
    return [run(text[at : at + 2_000]) for at in range(0, len(text), 2_000)] or [run("")]
