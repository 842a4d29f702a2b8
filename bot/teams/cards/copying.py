"""What is copied from a card of its own: a reply that is too long for one, in parts; the line of a touch."""

from __future__ import annotations

import json
from collections.abc import Iterator

from bot.coaching.model import Touch
from bot.coaching.wording import Wording
from bot.teams.cards.parts import Card, Place, button, card, field, rich, run, sentence

ROOM = 20_000
"""Bytes of a part, as it is written in the card."""
SHORTEST = 1_000
"""Characters that fit in any case: a sign takes twelve bytes at most."""


def part_card(reply: str, number: int, wording: Wording, *, job: str, place: Place) -> Card:
    """One part of a reply, the first being 0, with the way to the others and back to the review."""
    parts = list(pieces(reply))
    number = min(max(number, 0), len(parts) - 1)
    title = wording.say("teams.part", number=number + 1, count=len(parts))
    body = [
        sentence(wording.say("teams.in-parts", count=len(parts))),
        rich(run(title, bold=True)),
        field("part", wording.say("teams.reply"), value=parts[number]),
    ]
    turns = [(number - 1, "chat.back"), (number + 1, "chat.on")]
    turned = [
        button(wording.say(said), "parts", place, job=job, part=str(to)) for to, said in turns if 0 <= to < len(parts)
    ]
    return card(body, [*turned, button(wording.say("teams.to-review"), "show", place, job=job)])


def line_card(touch: Touch, wording: Wording, *, job: str, place: Place) -> Card:
    """The line of a touch, to copy."""
    body = [rich(run(touch.idea, bold=True)), field("line", wording.say("teams.line"), value=touch.line)]
    return card(body, [button(wording.say("teams.to-review"), "show", place, job=job)])


def pieces(text: str) -> Iterator[str]:
    """The text in pieces that each fit into a card, cut between words where that can be; together they are the text."""
    while len(json.dumps(text)) > ROOM:
        longest = SHORTEST
        while len(json.dumps(text[: longest * 5 // 4])) <= ROOM:
            longest = longest * 5 // 4
        at = max(text.rfind("\n", longest // 2, longest), text.rfind(" ", longest // 2, longest)) + 1 or longest
        yield text[:at]
        text = text[at:]
    yield text
