"""Numbers of a review: what the scales read, what hits cost, when empathy is asked, which sentences do harm."""

from __future__ import annotations

import base64
import json

import pytest
from pydantic import ValidationError

from bot.coaching.model import Effect
from bot.coaching.rules import Example, Hit, Rule
from bot.coaching.text import Reading
from bot.coaching.tone import BUCKETS, Head, Heads, Scale, chance, places
from bot.coaching.weighing import UNWEIGHED, Weighed, caring, features, harmful, weigh

NAMES = ("tone", "polite", "request", "harm", "react", "understand", "ask", "acknowledge", "robotic", "blame")
SCALES = {
    "tone": Scale(weights={"odds of tone": 1.0, "hits": -0.5}, bias=0.0),
    "overall": Scale(weights={"mean tone": 4.0, "hits": -0.5, "missing": -0.5}, bias=-2.0),
}


def marks(**odds: tuple[float, ...]) -> dict[str, tuple[float, ...]]:
    length = len(next(iter(odds.values())))
    return {name: odds.get(name, (-3.0,) * length) for name in NAMES}


def hit(*, weight: int = 2, missing: bool = False, effect: Effect = "destroys", criterion: str = "blame") -> Hit:
    rule = Rule(
        id="r", language="en", criterion=criterion, principle="p", severity="must", effect=effect, weight=weight,
        find=("x",), why="w", suggestion="s", fires=(Example(draft="x"),), quiet=(Example(draft="y"),),
    )  # fmt: skip
    return Hit(rule, None, None, "", None) if missing else Hit(rule, 0, 1, "x", None)


def head(weights: tuple[float, ...] = (1.0, 0.0), words: bytes = bytes(BUCKETS)) -> Head:
    return Head(weights=weights, bias=0.0, words=words, step=0.1)


def heads(**own: Head) -> Heads:
    asking = {"words": head(()), "both": head()}
    return Heads(embedder="e", centres={"en": (0.5, 0.0), "any": (0.0, 0.0)}, heads=own, asking=asking, scales=SCALES)


def test_a_head_reads_the_vector_less_its_language_s_centre() -> None:
    assert heads(tone=head()).read(["Hi"], [(1.5, 9.0)], "en") == {"tone": [1.0]}
    assert heads(tone=head()).read(["Hi"], [(1.5, 9.0)], "sv") == {"tone": [1.5]}


def test_a_head_reads_words_too() -> None:
    table = bytearray(BUCKETS)
    table[places("sorry")[0]] = 100
    odds = heads(tone=head((), bytes(table))).read(["Sorry", "Fine"], [(0.0, 0.0)] * 2, "en")["tone"]
    assert odds[0] > odds[1] == 0.0


def test_weights_come_back_from_json_as_they_were() -> None:
    before = heads(tone=head(words=bytes(range(256)) * (BUCKETS // 256)))
    assert Heads.model_validate_json(before.model_dump_json()) == before
    assert (
        base64.urlsafe_b64decode(json.loads(before.heads["tone"].model_dump_json())["words"])
        == before.heads["tone"].words
    )


def test_weights_of_another_length_are_refused() -> None:
    with pytest.raises(ValidationError):
        head(words=b"short")
    with pytest.raises(ValidationError):
        heads(tone=head((1.0,)))


def test_no_feature_grows_with_length_alone() -> None:
    once, thrice = features(marks(tone=(1.0,)), ()), features(marks(tone=(1.0,) * 3), ())
    assert once == pytest.approx(thrice)


def test_hits_lower_every_mark() -> None:
    seen = Weighed(marks(tone=(1.0,), react=(1.0,)), SCALES)
    clean, faulty = weigh((), seen, feeling=True), weigh([hit()], seen, feeling=True)
    assert clean.empathy is not None
    assert faulty.empathy is not None
    assert faulty.overall < clean.overall
    assert faulty.tone < clean.tone
    assert faulty.empathy < clean.empathy


def test_what_is_missing_lowers_the_overall_mark_but_not_the_tone() -> None:
    seen = Weighed(marks(tone=(1.0,)), SCALES)
    clean, lacking = weigh((), seen, feeling=False), weigh([hit(missing=True)], seen, feeling=False)
    assert lacking.tone == clean.tone
    assert lacking.overall < clean.overall


def test_empathy_is_null_unless_somebody_feels() -> None:
    seen = marks(tone=(1.0,))
    assert weigh((), Weighed(seen, SCALES), feeling=False).empathy is None
    assert weigh((), Weighed(seen, SCALES), feeling=True).empathy is not None
    assert weigh((), Weighed(seen, SCALES, feeling=True), feeling=False).empathy is not None


def test_without_vectors_the_rules_alone_decide() -> None:
    clean, faulty = weigh((), UNWEIGHED, feeling=True), weigh([hit(weight=3)], UNWEIGHED, feeling=True)
    assert faulty.overall < clean.overall
    assert faulty.tone < clean.tone


def test_one_caring_sentence_is_enough_and_another_kind_adds() -> None:
    cold, moved = caring(marks(react=(-3.0, -3.0))), caring(marks(react=(-3.0, 3.0)))
    assert cold < moved < caring(marks(react=(-3.0, 3.0), ask=(3.0, -3.0))) < 1.0


def test_requests_are_read_by_politeness_and_replies_by_warmth() -> None:
    request = features(marks(request=(9.0,), polite=(2.0,), tone=(-2.0,)), ())
    reply = features(marks(request=(-9.0,), polite=(2.0,), tone=(-2.0,)), ())
    answer = features(marks(request=(9.0,), polite=(2.0,), tone=(-2.0,)), (), answers=True)
    assert request["odds of tone"] == pytest.approx(2.0, abs=0.01)
    assert answer["odds of tone"] == -2.0
    assert reply["odds of tone"] == pytest.approx(-2.0, abs=0.01)


def test_only_clear_harm_is_told_with_its_place() -> None:
    sentences = Reading("Hi Ann. Your request is being processed.").sentences
    sure = {"robotic": 0.75, "blame": 0.9}
    seen = marks(harm=(-1.0, 1.0), robotic=(3.0, 3.0), blame=(3.0, 2.0))
    assert [one[:3] for one in harmful(sentences, seen, sure=sure)] == [(8, 40, "robotic")]  # type: ignore[arg-type]
    assert not list(harmful(sentences, marks(harm=(1.0, 1.0)), sure=sure))  # type: ignore[arg-type]


def test_chance_stands_any_odds() -> None:
    assert 0.0 < chance(-1e9) < chance(0.0) == 0.5 < chance(1e9) <= 1.0
