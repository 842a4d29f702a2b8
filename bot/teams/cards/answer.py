"""Below an answer: what it rests on, to open, and the way to say that it is wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from bot.coaching.model import Answer, Passage
from bot.coaching.wording import Wording
from bot.rituals.keeping import LONGEST_REMARK
from bot.teams.cards.parts import (
    LARGEST,
    Card,
    button,
    card,
    choice,
    field,
    notice,
    opener,
    rich,
    size,
    small,
    titled,
    toggle,
)

MOST_CITED = 8
"""Passages that one answer's buttons carry."""


def answer_card(answer: Answer, wording: Wording) -> Card | None:
    """The buttons below an answer; None where it rests on nothing."""
    if not answer.citations:
        return None
    ids = json.dumps([cited.passage for cited in answer.citations[:MOST_CITED]])
    buttons = (("answer.open", "answer_open"), ("keeping.button", "answer_wrong"))
    title = small(wording.say("answer.sources"))
    return card([title], [opener(wording.say(said), name, ids=ids) for said, name in buttons])


def ids_of(data: Mapping[str, Any]) -> list[str]:
    """The passages that a button carries; none where it is not ours."""
    try:
        read = json.loads(str(data.get("ids")))
    except ValueError:
        return []
    return [id for id in read if isinstance(id, str)][:MOST_CITED] if isinstance(read, list) else []


def passages_card(passages: Sequence[Passage], wording: Wording) -> Card:
    """The passages that an answer rests on, whole, as many as a card holds."""
    body: list[Card] = []
    for passage in passages:
        caveat = [small(passage.source.caveat)] if passage.source.caveat else []
        # A paraphrase is our own words and stands in no quotation marks.
        lines = [rich(part, spacing="Small") for part in passage.text.split("\n") if part.strip()]
        shown = titled(passage.heading or passage.source.title, *lines, small(str(passage.source)), *caveat)
        if size(card([*body, shown])) > LARGEST:
            break
        body.append(shown)
    return card(body) if body else notice(wording.say("keeping.gone"))


class Filled(NamedTuple):
    """What somebody says is wrong, and whether with their name."""

    passage: str
    remark: str
    named: bool


def wrong_form(passages: Sequence[Passage], wording: Wording) -> Card:
    """The form that tells the owner of a passage that it is wrong."""
    if not passages:
        return notice(wording.say("keeping.gone"))
    which = {passage.id: passage.heading or passage.source.title for passage in passages}
    body = [
        choice("which", wording.say("keeping.which"), which, style="expanded", value=passages[0].id),
        field("remark", wording.say("keeping.remark"), longest=LONGEST_REMARK),
        toggle("named", wording.say("keeping.name-yes")),
        small(wording.say("keeping.name-hint")),
    ]
    return card(body, [button(wording.say("keeping.send"), "answer_said", "dialog", inputs=True)])


def wrong_filled(given: Mapping[str, Any]) -> Filled:
    """What the form holds."""

    def said(name: str) -> str:
        value = given.get(name)
        return value if isinstance(value, str) else ""

    return Filled(said("which"), said("remark"), said("named") == "yes")
