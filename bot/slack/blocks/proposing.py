"""The forms in which somebody proposes a rule or a touch for the team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from bot.coaching.model import LANGUAGES, Cost, TouchKind
from bot.coaching.wording import Wording
from bot.packs.phrases import LONGEST as LONGEST_PHRASE
from bot.packs.phrases import MOST
from bot.packs.proposing import LONGEST
from bot.slack.blocks.form import TITLE, field, modal
from bot.slack.blocks.limits import Block, actions, button, label, option, section
from bot.slack.text import escape


def choose_form(wording: Wording) -> Block:
    """Asks what is to be proposed."""
    buttons = [button(_say(wording, f"choose-{kind}"), f"propose_{kind}", kind) for kind in ("rule", "touch")]
    return modal(_say(wording, "title"), wording, [section(escape(_say(wording, "which"))), actions(*buttons)])


def rule_form(principles: Mapping[str, str], wording: Wording) -> Block:
    """The form for a rule. ``principles`` are titles by id."""
    phrases = _text(MOST * LONGEST_PHRASE, several=True)
    phrases["placeholder"] = label(_say(wording, "phrases-hint"), 150)
    blocks = [
        field("phrases", _say(wording, "phrases"), phrases),
        field("why", _say(wording, "why"), _text()),
        field("instead", _say(wording, "instead"), _text()),
        *_shared(principles, wording),
    ]
    return _form("rule", blocks, wording)


def touch_form(principles: Mapping[str, str], wording: Wording) -> Block:
    """The form for a touch."""
    kinds = [option(wording.say(f"review.touch-{kind}"), kind) for kind in get_args(TouchKind)]
    costs = [option(wording.say(f"review.cost-{cost}"), cost) for cost in get_args(Cost)]
    blocks = [
        field("idea", _say(wording, "idea"), _text()),
        field("line", _say(wording, "line"), _text(several=True)),
        field("example", _say(wording, "example"), _text(several=True)),
        field("why", _say(wording, "touch-why"), _text()),
        field("touch", _say(wording, "touch"), _chosen("radio_buttons", kinds, kinds[0])),
        field("cost", _say(wording, "cost"), _chosen("radio_buttons", costs, costs[0])),
        *_shared(principles, wording),
    ]
    return _form("touch", blocks, wording)


def filled(state: Block) -> dict[str, str]:
    """What a form holds, by field, from the ``state`` of a submitted view."""
    values = {name: next(iter(block.values())) for name, block in state["values"].items()}
    return {name: _value(given) for name, given in values.items()}


def _value(given: Mapping[str, Any]) -> str:
    chosen = given.get("selected_option") or {}
    return str(chosen.get("value") or given.get("value") or "")


def _shared(principles: Mapping[str, str], wording: Wording) -> list[Block]:
    titles = [option(title, id) for id, title in principles.items()][:100]
    languages = [option(wording.say(f"home.language-{code}"), code) for code in LANGUAGES]
    own = next(language for language in languages if language["value"] == wording.language)
    return [
        field("principle", _say(wording, "principle"), {"type": "static_select", "options": titles}),
        field("language", _say(wording, "language"), _chosen("static_select", languages, own)),
    ]


def _form(kind: str, blocks: Sequence[Block], wording: Wording) -> Block:
    submit = label(_say(wording, "submit"), TITLE)
    return modal(_say(wording, "title"), wording, list(blocks), callback_id=f"propose_{kind}", submit=submit)


def _chosen(kind: str, options: list[Block], initial: Block) -> Block:
    return {"type": kind, "options": options, "initial_option": initial}


def _text(longest: int = LONGEST, *, several: bool = False) -> Block:
    return {"type": "plain_text_input", "multiline": several, "max_length": min(longest, 3000)}


def _say(wording: Wording, name: str) -> str:
    return wording.say(f"packs.form.{name}")
