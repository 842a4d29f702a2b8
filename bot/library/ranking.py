"""From scored passages to the few that are shown. The weights were set on the development questions."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.coaching.model import Found, Passage

_WHOLE = 0.4  # the share of a passage's whole text in its nearness; the rest is its best piece's
_WORDS = 0.3  # what the share of the question's words weighs within a language
_MOST_WORDS, _NAMED = 0.5, 0.5  # from which share on it weighs everywhere, and how much
_STEEP, _MIDDLE = 20.0, 0.075  # at _MIDDLE, questions the knowledge answers part best from those it does not


class Candidate(NamedTuple):
    """A passage and how well it fits the question; more is better."""

    passage: Passage
    score: float


def nearness_of(whole: float, pieces: Sequence[float]) -> float:
    """The nearness of a passage, from that of its whole text and of its pieces."""
    return _WHOLE * whole + (1 - _WHOLE) * max(pieces) if pieces else whole


def weigh_words(candidates: Sequence[Candidate], words: Mapping[str, float]) -> list[Candidate]:
    """The candidates with the share of the question that stands in them literally (0 to 1, by id) weighed in.

    Words change the order within a language: its best place keeps its score, whoever takes it. Otherwise every
    passage in the question's own language would rise above all others again. Only where most of the question stands
    in a passage, as with a name or a number, does the passage rise as such.
    """
    by_language: defaultdict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        by_language[candidate.passage.language].append(candidate)
    weighed: list[Candidate] = []
    for group in by_language.values():
        places = sorted((c.score for c in group), reverse=True)
        order = sorted(group, key=lambda c: -(c.score + _WORDS * words.get(c.passage.id, 0.0)))
        for candidate, place in zip(order, places, strict=True):
            named = max(0.0, words.get(candidate.passage.id, 0.0) - _MOST_WORDS)
            weighed.append(Candidate(candidate.passage, place + _NAMED * named))
    return weighed


def best(candidates: Iterable[Candidate], *, k: int) -> list[Found]:
    """The k best, best first; of a card that stands here in several languages only one. Scores are cut to 0 to 1."""
    ranked = sorted(candidates, key=lambda c: (-c.score, c.passage.id))
    shown: dict[str, Candidate] = {}
    for candidate in ranked:
        shown.setdefault(candidate.passage.card or candidate.passage.id, candidate)
    return [Found(passage=c.passage, score=min(1.0, max(0.0, c.score))) for c in list(shown.values())[: max(0, k)]]


def sureness(nearness: float) -> float:
    """A nearness, which may be negative, as a score between 0 and 1."""
    return 1 / (1 + math.exp(-_STEEP * (nearness - _MIDDLE)))
