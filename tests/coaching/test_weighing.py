"""Numbers of a review: what the judge says, what hits cost, when empathy is asked."""

from __future__ import annotations

import pytest

from bot.coaching.judged import UNJUDGED, Judged
from bot.coaching.model import Effect
from bot.coaching.rules import Advice, Hit
from bot.coaching.weighing import caring, chance, odds, weigh

WHOLE = {"score": 0.7, "polite": 0.9, "request": 0.0, "reacts": 0.1, "understands": 0.1, "explores": 0.1}
CARE = ("acknowledge", "react", "understand", "share", "ask")


def judged(*, tone: tuple[float, ...] = (0.6,), acknowledge: float = 0.1, **whole: float) -> Judged:
    sentences = {"tone": tone, **{mark: [0.1] * len(tone) for mark in CARE}, "acknowledge": [acknowledge] * len(tone)}
    return Judged(words=[(0, 2)], faults={"any": [0.1]}, sentences=sentences, whole=WHOLE | whole)


def hit(*, weight: int = 2, missing: bool = False, effect: Effect = "destroys", criterion: str = "blame") -> Hit:
    advice = Advice(
        id="r", criterion=criterion, principle="p", severity="must", effect=effect, weight=weight, why="w",
        suggestion="s",
    )  # fmt: skip
    return Hit(advice, None, None, "", None) if missing else Hit(advice, 0, 1, "x", None)


def test_hits_lower_the_tone_and_the_whole() -> None:
    clean = weigh([], judged(), feeling=True, answers=True)
    marked = weigh([hit(weight=3)], judged(), feeling=True, answers=True)
    assert marked.overall < clean.overall
    assert marked.tone < clean.tone


def test_a_worse_hit_costs_more() -> None:
    light, heavy = (weigh([hit(weight=w)], judged(), feeling=False, answers=True) for w in (1, 3))
    assert heavy.overall < light.overall


def test_what_is_missing_costs_nothing_in_tone() -> None:
    missing = weigh([hit(missing=True)], judged(), feeling=False, answers=True)
    assert missing.tone == weigh([], judged(), feeling=False, answers=True).tone
    assert missing.overall < weigh([], judged(), feeling=False, answers=True).overall


def test_empathy_is_null_where_no_feeling_asks_for_it() -> None:
    assert weigh([], judged(), feeling=False, answers=True).empathy is None
    assert weigh([], UNJUDGED, feeling=False, answers=True).empathy is None


def test_a_missing_acknowledgement_lowers_empathy() -> None:
    missing = hit(missing=True, criterion="no-acknowledgement")
    unheard, heard = (weigh(h, judged(), feeling=True, answers=True).empathy for h in ([missing], []))
    assert unheard is not None
    assert heard is not None
    assert unheard < heard


def test_an_acknowledgement_in_one_sentence_of_many_is_enough_to_care() -> None:
    assert caring(judged(acknowledge=0.9)) > caring(judged(acknowledge=0.1))
    assert caring(judged(reacts=0.9)) > caring(judged())


def test_a_request_is_weighed_by_politeness_and_a_reply_by_warmth() -> None:
    rude, polite = (judged(request=1.0, polite=p) for p in (0.1, 0.9))
    assert weigh([], rude, feeling=False, answers=False).tone < weigh([], polite, feeling=False, answers=False).tone
    assert weigh([], rude, feeling=False, answers=True).tone == weigh([], polite, feeling=False, answers=True).tone


def test_the_tone_does_not_grow_with_length_alone() -> None:
    once, thrice = (weigh([], judged(tone=(0.6,) * n), feeling=False, answers=True).tone for n in (1, 3))
    assert once == thrice


def test_without_a_judge_the_hits_decide() -> None:
    assert weigh([], UNJUDGED, feeling=True, answers=True).tone == pytest.approx(0.7)
    assert weigh([hit()], UNJUDGED, feeling=True, answers=True).tone < 0.7


@pytest.mark.parametrize("value", [0.0, 0.2, 0.5, 1.0])
def test_odds_and_chances_are_each_other_s_inverse(value: float) -> None:
    assert chance(odds(value)) == pytest.approx(value, abs=1e-5)
