"""What is copied from a card of its own: a reply that is too long for one, in parts; the line of a touch."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from bot.coaching.mend import apply
from bot.coaching.model import Edit, Rewrite, Touch
from bot.coaching.wording import Wording
from bot.teams.cards.parts import LARGEST, Card, Place, button, card, field, rich, row, run, sentence, several, size
from bot.teams.text import shortened

ROOM = 20_000
"""Bytes of a part, as it is written in the card."""
CHANGE = 60
"""Characters that a change is shown with on each side."""
SHORTEST = 1_000
"""Characters that fit in any case: a sign takes twelve bytes at most."""


def part_card(reply: str, number: int, wording: Wording, *, job: str, place: Place, picked: str = "") -> Card:
    """One part of a reply, the first being 0, with the way to the others and back to the review.

    ``picked`` goes with the buttons: the changes that the reply was made with, where these are not all.
    """
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
        button(wording.say(said), "parts", place, job=job, part=str(to), picked=picked)
        for to, said in turns
        if 0 <= to < len(parts)
    ]
    return card(body, [*turned, button(wording.say("teams.to-review"), "show", place, job=job)])


def choosing_card(
    rewrite: Rewrite, draft: str, taken: Sequence[int], wording: Wording, *, job: str, place: Place
) -> Card:
    """The reply with only those changes that are ``taken``, by their numbers, and the way to take others."""
    options = {str(number): _change(edit, draft) for number, edit in enumerate(rewrite.edits)}
    picked = ",".join(map(str, taken))
    reply = chosen(rewrite, draft, taken)
    body = [
        several("changes", wording.say("chat.changes"), options, value=picked),
        row(button(wording.say("teams.take"), "choose", place, inputs=True, job=job)),
        field("reply", wording.say("teams.reply"), value=reply),
    ]
    insert = [button(wording.say("teams.insert"), "insert", place, inputs=True, job=job)] if place == "dialog" else []
    made = card(body, [*insert, button(wording.say("teams.to-review"), "show", place, job=job)])
    if size(made) > LARGEST:
        body[-1] = row(button(wording.say("teams.parts"), "parts", place, job=job, part="0", picked=picked))
    return made


def chosen(rewrite: Rewrite, draft: str, taken: Sequence[int]) -> str:
    """The draft with only some of the edits."""
    whole = len(taken) == len(rewrite.edits)
    return rewrite.text if whole else apply(draft, [rewrite.edits[number] for number in taken])


def numbers(text: str, rewrite: Rewrite) -> list[int]:
    """The numbers of edits that a text lists; what is none is left out."""
    listed = {int(part) for part in text.split(",") if part.isdecimal() and len(part) < 4}
    return sorted(listed & set(range(len(rewrite.edits))))


def _change(edit: Edit, draft: str) -> str:
    gone, comes = (" ".join(text.split()) or "–" for text in (draft[edit.start : edit.end], edit.text))
    return shortened(f"{shortened(gone, CHANGE)} → {comes}", 2 * CHANGE)


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
