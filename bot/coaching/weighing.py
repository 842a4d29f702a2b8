"""The numbers of a review: tone, empathy and overall, 0 to 1, and the sentences that do harm in words no rule knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import exp, prod
from typing import Literal, NamedTuple

from bot.coaching.model import Scores
from bot.coaching.rules import Hit
from bot.coaching.text import Sentence
from bot.coaching.tone import Marks, Scale, chance

Harm = Literal["blame", "dismiss", "robotic", "demand", "promise"]
SURE: Mapping[Harm, float] = {"blame": 0.9, "dismiss": 0.97, "robotic": 0.75, "demand": 0.9, "promise": 0.8}
"""How sure a head must be of a harm before it is said: few good replies may be flagged (see the data card)."""
CARING = ("react", "understand", "ask", "acknowledge")
"""Being moved, seeing how it is for the other, wanting to know more (what peers in support rate), and hearing them."""

MIDDLING = 0.7
"""The mark of words of which nothing is known but that no rule found fault with."""
COST = {1: 0.10, 2: 0.20, 3: 0.32}
"""What a hit takes off a mark, by its weight."""
UNHEARD = 0.7
"""What is left of empathy where a rule misses the acknowledgement."""


class Weighed(NamedTuple):
    """What the learned heads see in a draft. Without vectors there are no marks.

    ``feeling`` says whether the heads see one in the customer's message, ``answers`` whether there is such a message.
    """

    marks: Marks
    scales: Mapping[str, Scale]
    feeling: bool = False
    answers: bool = False


UNWEIGHED = Weighed({}, {})


class Harmful(NamedTuple):
    """A sentence that does harm: where it stands in the folded text, what harm, and how sure that is."""

    start: int
    end: int
    harm: Harm
    confidence: float


def features(marks: Marks, hits: Sequence[Hit], *, answers: bool = False) -> dict[str, float]:
    """A reply as the scales read it, no feature growing with length alone; ``answers``: it is known to be a reply."""
    found: dict[str, float] = {}
    for name, odds in marks.items():
        chances = [chance(one) for one in odds]
        found[f"mean {name}"] = sum(chances) / len(chances)
        found[f"most {name}"] = max(chances)
        found[f"least {name}"] = min(chances)
        found[f"odds {name}"] = sum(odds) / len(odds)
    # Common requests are read by how polite they are, replies to customers by how warm: politeness is not care.
    request = 0.0 if answers else chance(found["odds request"])
    found["odds of tone"] = request * found["odds polite"] + (1.0 - request) * found["odds tone"]
    quoted = [hit for hit in hits if hit.start is not None]
    found["hits that destroy"] = sum(hit.rule.weight for hit in quoted if hit.rule.effect == "destroys")
    found["hits"] = sum(hit.rule.weight for hit in quoted)
    found["missing"] = sum(hit.rule.weight for hit in hits if hit.start is None)
    return found


def weigh(hits: Sequence[Hit], weighed: Weighed, *, feeling: bool) -> Scores:
    """Tone, empathy and overall; ``feeling``: the signs show one in the customer's message."""
    left = prod(1.0 - COST[hit.rule.weight] for hit in hits)
    words_left = prod(1.0 - COST[hit.rule.weight] for hit in hits if hit.start is not None)
    asked = feeling or weighed.feeling
    if not weighed.marks:
        tone = MIDDLING * words_left
        empathy = tone * (UNHEARD if _unheard(hits) else 1.0)
        overall = (tone + left) / 2
    else:
        seen = features(weighed.marks, hits, answers=weighed.answers)
        tone = weighed.scales["tone"].score(seen)
        empathy = caring(weighed.marks) * words_left * (UNHEARD if _unheard(hits) else 1.0)
        overall = weighed.scales["overall"].score(seen)
    return Scores(overall=round(overall, 4), tone=round(tone, 4), empathy=round(empathy, 4) if asked else None)


def _unheard(hits: Sequence[Hit]) -> bool:
    return any(hit.rule.criterion == "no-acknowledgement" for hit in hits)


def caring(marks: Marks) -> float:
    """How much a reply cares, 0 to 1. One sentence is enough to be moved or to ask; a second kind adds to the first."""
    kinds = (1.0 - prod(1.0 - chance(odds) for odds in marks[name]) for name in CARING)
    return 1.0 - exp(-sum(kinds))


def harmful(sentences: Sequence[Sentence], marks: Marks, *, sure: Mapping[Harm, float] = SURE) -> Iterator[Harmful]:
    """The sentences that clearly do harm, with the surest harm of each; ``marks`` is what the heads say of them."""
    for at, sentence in enumerate(sentences):
        if marks["harm"][at] < 0.0:
            continue
        over = {harm: value for harm, least in sure.items() if (value := chance(marks[harm][at])) >= least}
        if over:
            worst = max(over, key=lambda harm: over[harm])
            yield Harmful(sentence.start, sentence.end, worst, round(over[worst], 4))
