"""The one WOW or educational touch: only where the question is answered or owned, and the moment bears it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from typing import Literal, NamedTuple

from bot.coaching.lexicon import Lexicon
from bot.coaching.model import CatalogueTouch, Cited, Finding, Principle, Touch
from bot.coaching.situation import Situation
from bot.coaching.text import words

UNSOLVED = frozenset({"no-answer", "no-alternative", "no-next-step", "interrogation"})
"""Findings that say that the customer's question is still open."""
STEM = 5
"""Letters that tell a word, without its ending."""

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
    findings: Collection[Finding],
    near: Mapping[str, float],
    draft: str,
    lexicon: Lexicon | None = None,
) -> Choice:
    """The touch that fits the situation best, or none.

    ``findings``: what must be mended comes first. ``near``: how near each touch is to the conversation
    (0 to 1, by touch id; may be empty). A touch whose line the draft already says, or addresses the customer otherwise
    than the draft does, is left out.
    """
    if situation.barred:
        return Choice(None, situation.barred[0])
    if not situation.solved or any(finding.criterion in UNSOLVED for finding in findings):
        return Choice(None, "not-solved")
    if any(finding.effect == "destroys" for finding in findings):
        return Choice(None, "mend-first")
    if situation.feelings:
        return Choice(None, "feeling-first")
    formal = lexicon is not None and lexicon.is_formal(draft)
    suited = [
        touch for touch in catalogue if not _said(touch.line, draft) and not (formal and _familiar(touch, lexicon))
    ]
    fitting = ranked(suited, situation, near, draft)
    if not fitting:
        return Choice(None, "none-fits")
    return Choice(offer(fitting[0], principles), None)


def ranked(
    catalogue: Collection[CatalogueTouch], situation: Situation, near: Mapping[str, float], seed: str
) -> Sequence[CatalogueTouch]:
    """The touches made for what is going on, the most fitting first; ``seed`` varies the choice between equals."""

    def rank(touch: CatalogueTouch) -> tuple[float, str]:
        shared = len(situation.cues.intersection(touch.cues))
        # A touch made for many situations says less about this one.
        return (-(shared / (2 + len(touch.cues)) + near.get(touch.id, 0.0)), _shuffled(seed, touch.id))

    fitting = [touch for touch in catalogue if situation.cues.intersection(touch.cues)]
    return sorted(fitting, key=rank)


def _said(line: str, draft: str) -> bool:
    """Whether the draft already says about what the line says: most of its long words, whatever their endings."""
    said, there = _stems(line), _stems(draft)
    return bool(said) and len(said & there) >= max(2, len(said) / 2)


def _stems(text: str) -> set[str]:
    return {word[:STEM] for word in words(text) if len(word) >= STEM}


def _familiar(touch: CatalogueTouch, lexicon: Lexicon | None) -> bool:
    return lexicon is not None and not lexicon.informal.isdisjoint(words(touch.line))


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
