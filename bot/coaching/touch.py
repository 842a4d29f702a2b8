"""The one WOW or educational touch: only where the question is answered or owned, and the moment bears it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from typing import Literal, NamedTuple

from bot.coaching.model import CatalogueTouch, Cited, Principle, Touch
from bot.coaching.situation import Situation

Reason = Literal["mend-first", "not-solved", "feeling-first", "none-fits"]


class Choice(NamedTuple):
    """A touch, or why there is none: a sentence of the knowledge, or the key of one of the bot's own sentences."""

    touch: Touch | None
    because: str | Reason | None


def choose(
    catalogue: Collection[CatalogueTouch],
    principles: Mapping[str, Principle],
    situation: Situation,
    *,
    hurts: bool,
    near: Mapping[str, float],
    seed: str,
) -> Choice:
    """The touch that fits the situation best, or none.

    ``hurts``: the draft still has words that destroy value. ``near``: how near each touch is to the conversation
    (0 to 1, by touch id; may be empty). ``seed`` varies the choice between equals, the same for the same draft.
    """
    if situation.barred:
        return Choice(None, situation.barred[0])
    if not situation.solved:
        return Choice(None, "not-solved")
    if hurts:
        return Choice(None, "mend-first")
    if situation.feelings:
        return Choice(None, "feeling-first")
    fitting = ranked(catalogue, situation, near, seed)
    if not fitting:
        return Choice(None, "none-fits")
    return Choice(offer(fitting[0], principles), None)


def ranked(
    catalogue: Collection[CatalogueTouch], situation: Situation, near: Mapping[str, float], seed: str
) -> Sequence[CatalogueTouch]:
    """The touches made for what is going on, the most fitting first."""

    def rank(touch: CatalogueTouch) -> tuple[float, str]:
        shared = len(situation.cues.intersection(touch.cues))
        # A touch made for many situations says less about this one.
        return (-(shared / (2 + len(touch.cues)) + near.get(touch.id, 0.0)), _shuffled(seed, touch.id))

    fitting = [touch for touch in catalogue if situation.cues.intersection(touch.cues)]
    return sorted(fitting, key=rank)


def _shuffled(seed: str, id: str) -> str:
    return hashlib.sha256(f"{seed}\0{id}".encode("utf-8", "replace")).hexdigest()


def offer(touch: CatalogueTouch, principles: Mapping[str, Principle]) -> Touch:
    """The touch as a review offers it."""
    principle = principles[touch.principle]
    return Touch(
        kind=touch.kind,
        idea=touch.idea,
        why=touch.why,
        line=touch.line,
        cost=touch.cost,
        principle=cite(principle),
        source=touch.source,
    )


def cite(principle: Principle) -> Cited:
    """The principle as findings and touches name it."""
    return Cited(id=principle.id, title=principle.title, source=principle.source)
