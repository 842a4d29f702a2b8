"""The numbers of a review: tone, empathy and overall, 0 to 1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, log, prod

from bot.coaching.judged import Judged
from bot.coaching.model import Scores
from bot.coaching.rules import Hit

MIDDLING = 0.7
"""The mark of words of which nothing is known but that no rule found fault with."""
COST = {1: 0.10, 2: 0.20, 3: 0.32}
"""What a hit takes off a mark, by its weight."""
UNHEARD = 0.85
"""What is left of empathy where the acknowledgement is missing."""
OVERALL: Mapping[str, float] = {
    "score": 0.8, "tone": 1.0, "polite": 0.7, "caring": 0.3, "destroys": -0.4, "misses": -0.2,
}  # fmt: skip
"""What the judge's log-odds and the weight of the hits count for in the overall mark. Warmth and politeness count so
that it orders common talk as well, where the judge's own score has seen little (see the data card)."""
STEEPNESS = 0.4
"""Sets the overall mark to how often such a reply is a good one."""
CARING = {"reacts": 1.0, "understands": 1.0, "explores": 1.0}
"""What each kind of care counts for in a whole reply: being moved, seeing how it is, wanting to know more."""
CARING_SENTENCES = {"acknowledge": 0.2, "react": 0.4, "understand": 0.4, "share": 0.2, "ask": 0.4}
"""The same, as single sentences show it. Chosen on peers' replies that the judge had not learnt from."""


def weigh(hits: Sequence[Hit], judged: Judged, *, feeling: bool, answers: bool) -> Scores:
    """The numbers of a draft; empathy is null unless there is a ``feeling`` to answer.

    ``answers``: the draft answers a known message, and so is no request of its own.
    """
    kept = prod(1.0 - COST[hit.rule.weight] for hit in hits if hit.start is not None)
    unheard = any(hit.rule.criterion == "no-acknowledgement" for hit in hits)
    if not judged.whole:
        tone = empathy = MIDDLING * kept
        overall = (tone + prod(1.0 - COST[hit.rule.weight] for hit in hits)) / 2
    else:
        tone = _tone(judged, hits, answers=answers)
        empathy = caring(judged)
        features = {
            "score": odds(judged.whole["score"]),
            "tone": _warmth(judged),
            "polite": odds(judged.whole["polite"]),
            "caring": odds(empathy),
            "destroys": sum(hit.rule.weight for hit in hits if hit.rule.effect == "destroys"),
            "misses": sum(hit.rule.weight for hit in hits if hit.rule.effect == "misses"),
        }
        overall = chance(STEEPNESS * sum(weight * features[name] for name, weight in OVERALL.items()))
    empathy *= UNHEARD if unheard else 1.0
    return Scores(overall=round(overall, 4), tone=round(tone, 4), empathy=round(empathy, 4) if feeling else None)


def _tone(judged: Judged, hits: Sequence[Hit], *, answers: bool) -> float:
    """How warm a reply sounds, or how polite a request: politeness is not care, but it is what a request has."""
    request = 0.0 if answers else judged.whole["request"]
    mixed = request * odds(judged.whole["polite"]) + (1 - request) * _warmth(judged)
    return chance(mixed - 0.2 * sum(hit.rule.weight for hit in hits if hit.start is not None))


def _warmth(judged: Judged) -> float:
    """The mean log-odds that a sentence sounds warm, so that length does not count."""
    return sum(map(odds, judged.sentences["tone"])) / len(judged.sentences["tone"])


def caring(judged: Judged) -> float:
    """How much a reply cares, 0 to 1. One sentence is enough to show it."""
    whole = sum(weight * judged.whole[name] for name, weight in CARING.items())
    shown = (weight * (1.0 - prod(1.0 - one for one in judged.sentences[n])) for n, weight in CARING_SENTENCES.items())
    return 1.0 - exp(-(whole + sum(shown)) / 2)


def odds(chance: float) -> float:
    """A chance as log-odds."""
    within = min(max(chance, 1e-6), 1 - 1e-6)
    return log(within / (1 - within))


def chance(odds: float) -> float:
    """Log-odds as a chance."""
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, odds))))
