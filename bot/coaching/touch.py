"""The one WOW or educational touch: only where the question is answered or owned, and the moment bears it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from bot.coaching.judged import UNJUDGED, Judged
from bot.coaching.lexicon import Lexicon
from bot.coaching.model import CatalogueTouch, Cited, Finding, Principle, Touch
from bot.coaching.situation import Situation
from bot.coaching.text import words

UNSOLVED = frozenset({"no-answer", "no-alternative", "no-next-step", "interrogation"})
"""Findings that say that the customer's question is still open."""
STEM = 5
"""Letters that tell a word, without its ending."""

HARDLY_WELCOME, WELCOME, UNWELCOME = 0.2, 0.6, 0.5
"""How welcome a touch must be, by the judge, where signs show that the question is solved, and where none does; and
from where on it is plainly not. Chosen on drafts that the judge had not learnt from (see the data card)."""

Reason = Literal["mend-first", "not-solved", "feeling-first", "not-now", "none-fits"]


class Choice(NamedTuple):
    """A touch, or why there is none: a sentence of the knowledge, or the key of one of the bot's own sentences."""

    touch: Touch | None
    because: str | Reason | None


def withheld(situation: Situation, findings: Collection[Finding], judged: Judged = UNJUDGED) -> str | Reason | None:
    """Why there may be no touch now, whichever it were: a sentence of the knowledge or a reason; None where one may be.

    ``findings``: what must be mended comes first. ``judged`` says how welcome a touch would be.
    """
    if situation.barred:
        return situation.barred[0]
    welcome = judged.whole.get("wanted")
    solved = situation.solved or (welcome is not None and welcome >= WELCOME)
    if not solved or any(finding.criterion in UNSOLVED for finding in findings):
        return "not-solved"
    if any(finding.effect == "destroys" for finding in findings):
        return "mend-first"
    if situation.feelings and (welcome is None or welcome < WELCOME):
        return "feeling-first"
    hardly = welcome is not None and welcome < HARDLY_WELCOME
    return "not-now" if hardly or judged.whole.get("none", 0.0) >= UNWELCOME else None


def suited(catalogue: Iterable[CatalogueTouch], draft: str, lexicon: Lexicon | None) -> list[CatalogueTouch]:
    """The touches whose line the draft does not say already, each in the form of address that the draft uses."""
    formal = lexicon is not None and lexicon.is_formal(draft)
    spoken = (_politely(touch) if formal else touch for touch in catalogue)
    return [t for t in spoken if not _said(t.line, draft) and not (formal and _familiar(t, lexicon))]


def _politely(touch: CatalogueTouch) -> CatalogueTouch:
    return touch.model_copy(update={"line": touch.line_formal}) if touch.line_formal else touch


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
