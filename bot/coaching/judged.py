"""What the learned judge sees in a draft, and the words that it finds fault with."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.coaching.text import Reading

Chances = Mapping[str, float]
NOTHING: Chances = {}
NONE: Mapping[str, Sequence[float]] = {}


class Judged(NamedTuple):
    """Chances between 0 and 1. Positions are those of the folded text. Without a judge everything is empty.

    ``words``: where each token of the agent's own stands, in order. ``faults``: for each criterion, and as ``any``, the
    chance that a token is part of such words. ``sentences``: for each mark the chance of each sentence in turn.
    ``whole``: what the reply as a whole is. ``customer``: the feelings in the customer's message.
    """

    words: Sequence[tuple[int, int]] = ()
    faults: Mapping[str, Sequence[float]] = NONE
    sentences: Mapping[str, Sequence[float]] = NONE
    whole: Chances = NOTHING
    customer: Chances = NOTHING


UNJUDGED = Judged()


class Fault(NamedTuple):
    """Words at fault: where they stand in the folded text, how sure that is, and by which criterion.

    ``share``: how much of all that speaks for some criterion speaks for this one, 0 to 1.
    """

    start: int
    end: int
    criterion: str
    chance: float
    share: float


REACH = 0.5
"""How sure a word beside the surest one must be, as a share of it, to belong to the same fault."""
GAP = 1
"""Tokens that may be less sure within a fault."""


def faults(judged: Judged, reading: Reading, least: float) -> Iterator[Fault]:
    """The faults of which some word is at least this sure, in the order of the draft; none crosses a sentence."""
    for sentence in reading.sentences:
        first = bisect_left(judged.words, sentence.start, key=lambda word: word[0])
        inside = range(first, bisect_right(judged.words, sentence.end, lo=first, key=lambda word: word[1]))
        for fault in _within(judged, inside, least):
            words = reading.folded.text[fault.start : fault.end]
            yield fault._replace(end=fault.start + len(words.rstrip(",;:")))


def _within(judged: Judged, inside: range, least: float) -> Iterator[Fault]:
    sure = judged.faults.get("any", ())
    if not inside or max(sure[at] for at in inside) < least:
        return
    peak = max(inside, key=lambda at: sure[at])
    first = _stretch(sure, inside, peak, -1)
    last = _stretch(sure, inside, peak, 1)
    span = range(first, last + 1)
    kinds = {name: sum(values[at] for at in span) for name, values in judged.faults.items() if name != "any"}
    criterion = max(kinds, key=lambda name: kinds[name])
    share = kinds[criterion] / (sum(kinds.values()) or 1.0)
    yield Fault(judged.words[first][0], judged.words[last][1], criterion, sure[peak], share)


def _stretch(sure: Sequence[float], inside: range, peak: int, step: int) -> int:
    """The last token in one direction that still belongs to the fault."""
    edge = at = peak
    while at + step in inside and abs(at + step - edge) <= GAP + 1:
        at += step
        if sure[at] >= REACH * sure[peak]:
            edge = at
    return edge
