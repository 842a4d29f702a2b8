"""Whether the passages that were found answer a question: weighed from several signs, not from one likeness."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import permutations
from typing import NamedTuple

from bot.coaching.asking import Held, Questions, Words, held
from bot.coaching.model import Found, Passage
from bot.coaching.ports import Nearby

KNOWN = 0.5
"""From here on the passage answers the question."""
MAYBE = 0.2
"""From here on it may: a language model that is set is asked, and otherwise the passage is the nearest thing known."""

# Two logistic regressions on the development questions (``tests/evals``, split dev), both kinds weighed equally.
_BASE, _LIKENESS, _NAMES, _NUMBERS, _NEAREST, _NEAR = -5.4, 3.5, 3.5, 3.7, -6.7, -3.3
_NO_WORD, _ONLY_NAMES, _OURS = -2.0, -1.5, -1.8
"""Where the passage has no word of what is asked: at all, about a name that it does have; where it is not ours."""
PRYING = 0.7
"""From here on the question is one that is never answered."""
SURELY_PRYING = 0.9
"""From here on it is one even where a passage holds all that it asks for."""
_PRY_BASE, _PRY_NEAREST, _PRY_NEAR, _PRY_LIKENESS, _PRY_ELSEWHERE = -1.2, 7.7, 5.6, -2.95, -5.05
# What the order of the passages is corrected by.
_ORDER_WORDS, _ORDER_MISSING, _ORDER_FACT, _ORDER_CONTEXT, _ORDER_NUMBER = 0.3, 0.5, 0.08, 0.2, 0.06
_ORDER_SAME = 0.15
_ORDER_OURS = 0.15
_SAME = 0.95
"""From here on a passage is about the same as the question."""
_USUAL = Nearby((0.3, 0.25), (0.15, 0.1), (0.15, 0.1))
"""How near most questions are to the examples; for where it cannot be measured."""


class Match(NamedTuple):
    """A passage, what it holds of the question, and how sure it is that it answers, 0 to 1."""

    passage: Passage
    held: Held
    sure: float


def weigh(
    asked: Words,
    found: Sequence[Found],
    how: Questions,
    question: str,
    nearby: Nearby | None,
    *,
    context: Words | None = None,
    told: str = "",
) -> list[Match]:
    """The passages that may answer, best first. Touches are ideas, not facts: they answer nothing.

    ``nearby`` is how near the question is to examples of what is not answered; ``context`` are the words of what was
    asked before, which a passage should hold too, and ``told`` is the id of the passage that answered it.
    """
    nearby = nearby or _USUAL
    counting, ours = how.counting.search(question), how.own.search(question)
    placed: list[tuple[float, Match]] = []
    for hit in found:
        if hit.passage.kind == "touch":
            continue
        text = text_of(hit.passage)
        # Words cannot be compared across languages; names and numbers can.
        holds = held(asked, text, how)
        if hit.passage.language != how.id:
            holds = holds._replace(words=0.5, missing=())
        place = hit.score + _ORDER_WORDS * holds.words + _ORDER_FACT * (hit.passage.kind == "fact")
        place -= _ORDER_MISSING * ((not holds.names) + (not holds.numbers))
        if counting and any(char.isdigit() for char in hit.passage.text):
            place += _ORDER_NUMBER
        if context:
            before = held(context, text, how)
            place += _ORDER_SAME * (hit.passage.id == told)
            place += _ORDER_CONTEXT * before.words - _ORDER_MISSING * (not before.names)
        # Who asks about somebody of the documents does not pry, nor who asks for just what one of them tells.
        told_of = bool(asked.subject) and holds.words == 1 and hit.score >= _SAME
        trust = 1.0 if (asked.names and holds.names) or told_of else 1 - prying(hit.score, nearby)
        sure = _weight(hit.score, asked, holds, nearby.elsewhere)
        if ours and not how.own.search(hit.passage.heading):
            sure += _OURS
            place -= _ORDER_OURS
        placed.append((place, Match(hit.passage, holds, min(trust, _squashed(sure)))))
    placed.sort(key=lambda pair: -pair[0])
    return [match for _, match in placed]


def together(asked: Words, matches: Sequence[Match], how: Questions) -> list[Match]:
    """The one or two passages to answer with.

    A second only where it holds what the first lacks, or is about the same so much that either may be meant.
    """
    if not matches:
        return []
    first, *rest = matches
    if not first.held.names:
        for one, other in permutations(matches, 2):
            both = held(asked, f"{text_of(one.passage)} {text_of(other.passage)}", how)
            if both.names and both.numbers and both.words > 0:
                lift = _NAMES + (_NUMBERS if not (one.held.numbers or other.held.numbers) else 0.0)
                return [one._replace(sure=_squashed(_logit(one.sure) + lift)), other]
        return [first]
    second = rest[0] if rest else None
    if second and second.sure >= KNOWN and second.held == first.held and _as_much(asked, first, second, how):
        return [first, second]
    lacking = set(first.held.missing)
    for other in rest:
        if lacking - set(other.held.missing) and other.sure >= KNOWN and other.held.names and other.held.words >= 0.5:
            return [first, other]
    return [first]


def _as_much(asked: Words, first: Match, second: Match, how: Questions) -> bool:
    """Whether both are fact cards whose headings are on the same of the words asked for."""
    kinds = {first.passage.kind, second.passage.kind}
    one, other = (held(asked, match.passage.heading, how) for match in (first, second))
    return kinds == {"fact"} and bool(asked.subject) and one.words > 0 and one.missing == other.missing


def text_of(passage: Passage) -> str:
    """All that a passage is compared by: its own words and who says them."""
    return f"{passage.heading}. {passage.text} {passage.source.title} {passage.source.author}"


def prying(likeness: float, nearby: Nearby) -> float:
    """How likely a question is one that is never answered, 0 to 1; ``likeness`` is that of the best passage."""
    weight = _PRY_BASE + _PRY_LIKENESS * likeness + _PRY_ELSEWHERE * nearby.elsewhere[0]
    weight += _PRY_NEAREST * max(nearby.secret[0], nearby.person[0])
    weight += _PRY_NEAR * max(nearby.secret[1], nearby.person[1])
    return _squashed(weight)


def _weight(likeness: float, asked: Words, holds: Held, elsewhere: tuple[float, float]) -> float:
    nearest, near = elsewhere
    weight = _BASE + _LIKENESS * likeness + _NAMES * holds.names + _NUMBERS * holds.numbers
    weight += _NEAREST * nearest + _NEAR * near
    if asked.subject and holds.words == 0:
        weight += _NO_WORD + (_ONLY_NAMES if asked.names and holds.names else 0.0)
    return weight


def _squashed(weight: float) -> float:
    return 1 / (1 + math.exp(-weight))


def _logit(share: float) -> float:
    share = min(max(share, 1e-6), 1 - 1e-6)
    return math.log(share / (1 - share))
