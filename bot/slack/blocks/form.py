"""The modals: the form for a draft, the wait, the reason why a review was of no use."""

from __future__ import annotations

from typing import Any, NamedTuple, get_args

from bot.coaching.wording import Wording
from bot.desk.model import Reading
from bot.desk.setting import CHANNELS
from bot.slack.blocks.limits import INPUT, Block, context, label, option, section
from bot.slack.text import escape

TITLE = 24


class Filled(NamedTuple):
    """What an agent wrote in the form."""

    draft: str
    customer: str
    channel: str
    reader: Reading
    long_time: bool
    ticket: str


def modal(title: str, wording: Wording, blocks: list[Block], **more: Any) -> Block:
    """A modal with a close button."""
    close = label(wording.say("slack.close"), TITLE)
    return {"type": "modal", "title": label(title, TITLE), "close": close, "blocks": blocks, **more}


def form(wording: Wording) -> Block:
    """The form for a draft: who reads it takes one tap."""

    def say(name: str) -> str:
        return wording.say(f"chat.form.{name}")

    readers = [option(say(f"reader-{reader}"), reader) for reader in get_args(Reading) if reader]
    channels = [option(say(f"channel-{channel}"), channel) for channel in CHANNELS]
    blocks = [
        field("draft", say("draft"), _text()),
        field("customer", say("customer"), _text(), optional=True),
        field("reader", say("reader"), {"type": "radio_buttons", "options": readers}, optional=True),
        field(
            "long_time",
            say("about"),
            {"type": "checkboxes", "options": [option(say("long-time"), "yes")]},
            optional=True,
        ),
        field("channel", say("channel"), {"type": "static_select", "options": channels}, optional=True),
        field("ticket", say("ticket"), {"type": "plain_text_input", "max_length": 100}, optional=True),
    ]
    return modal(say("title"), wording, blocks, callback_id="review_form", submit=label(say("submit"), TITLE))


def filled(state: Block) -> Filled:
    """What the form holds, from the ``state`` of a submitted view."""
    values = {name: next(iter(block.values())) for name, block in state["values"].items()}
    return Filled(
        draft=values["draft"].get("value") or "",
        customer=values["customer"].get("value") or "",
        channel=(values["channel"].get("selected_option") or {}).get("value", ""),
        reader=(values["reader"].get("selected_option") or {}).get("value", ""),
        long_time=bool(values["long_time"].get("selected_options")),
        ticket=(values.get("ticket", {}).get("value") or "").strip(),
    )


def notice(text: str, wording: Wording) -> Block:
    """A modal that says one thing, such as that the draft is being read."""
    return modal(wording.say("slack.review-title"), wording, [section(escape(text))])


def review_modal(blocks: list[Block], wording: Wording) -> Block:
    """A review in a modal."""
    return modal(wording.say("slack.review-title"), wording, blocks)


def why(job: str, wording: Wording) -> Block:
    """Asks why a review was of no use."""
    blocks = [
        field("why", wording.say("slack.why.text"), _text(500), optional=True),
        context(escape(wording.say("chat.thanks"))),
    ]
    return modal(
        wording.say("slack.why.title"),
        wording,
        blocks,
        callback_id="why",
        private_metadata=job,
        submit=label(wording.say("slack.why.submit"), TITLE),
    )


def _text(longest: int = INPUT) -> Block:
    return {"type": "plain_text_input", "multiline": True, "max_length": longest}


def field(name: str, text: str, element: Block, *, optional: bool = False) -> Block:
    """A field of a form, whose value is found by ``name``."""
    return {
        "type": "input",
        "block_id": name,
        "optional": optional,
        "label": label(text),
        "element": {**element, "action_id": name},
    }
