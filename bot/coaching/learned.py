"""Findings that no rule has words for: sentences that the learned heads are sure do harm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.coaching.model import Finding, Level, Principle
from bot.coaching.rules import Hit
from bot.coaching.text import Reading
from bot.coaching.touch import cite
from bot.coaching.weighing import Harm, Weighed, harmful
from bot.coaching.wording import Wording


class Kind(NamedTuple):
    """What a harm is called in a finding, and the principle that it breaks."""

    criterion: str
    principle: str
    severity: Level


KINDS: Mapping[Harm, Kind] = {
    "blame": Kind("polite-blame", "teach-without-blame", "must"),
    "dismiss": Kind("minimising", "wild-empathy", "must"),
    "robotic": Kind("robotic", "personal-connection", "may"),
    "demand": Kind("command", "customers-point-of-view", "must"),
    "promise": Kind("unauthorised-promise", "freedom-within-boundaries", "must"),
}


def learned(
    reading: Reading, weighed: Weighed, hits: Sequence[Hit], principles: Mapping[str, Principle], wording: Wording
) -> Iterator[Finding]:
    """A finding for each sentence that surely does harm and that none of the hits speaks of, the surest first."""
    if not weighed.marks:
        return
    for found in sorted(harmful(reading.sentences, weighed.marks), key=lambda one: -one.confidence):
        start, end = reading.original(found.start, found.end)
        if any(hit.start is not None and hit.end is not None and hit.start < end and start < hit.end for hit in hits):
            continue
        kind = KINDS[found.harm]
        principle = principles[kind.principle]
        quote = reading.text[start:end]
        yield Finding(
            rule=f"learned-{found.harm}",
            criterion=kind.criterion,
            severity=kind.severity,
            quote=quote,
            start=start,
            end=end,
            why=wording.say(f"learned.{found.harm}-why", quote=" ".join(quote.split())),
            suggestion=wording.say(f"learned.{found.harm}-suggestion"),
            principle=cite(principle),
            category=principle.category,
            effect="destroys",
        )
