"""What the judge finds is quoted from the draft, and where it disagrees with a rule nothing is said."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.coaching.judged import UNJUDGED, Judged, faults
from bot.coaching.learned import (
    ABSENT,
    ABSENT_TOO,
    BAD,
    BESIDE,
    GENERAL,
    SURELY_BAD,
    SUSPECT,
    believed,
    learned,
    surest,
)
from bot.coaching.model import LANGUAGES, Language
from bot.coaching.rules import Advice, Hit
from bot.coaching.text import Reading
from bot.content.knowledge import Knowledge
from bot.content.places import KNOWLEDGE, WORDING
from bot.content.wording import read_wording

ADVICE = Knowledge(KNOWLEDGE).advice("en")
LONG = "I have had a look at your order and at our depot people say that a van is on its way to you today."
READING = Reading(f"Thanks for waiting. You forg\u200bot the form again. {LONG}")
QUIET = dict.fromkeys(("no-answer", "no-next-step", "no-alternative", "no-cause", "no-acknowledgement"), 0.0)


def judged(sure: Mapping[str, float], *, bad: float = 0.99, hurts: float = 0.0, **missing: float) -> Judged:
    """A judgement in which these words are at fault, as blame."""
    text = READING.folded.text
    words = []
    at = 0
    for word in text.split():
        at = text.index(word, at)
        words.append((at, at + len(word)))
        at += len(word)
    any_of = [sure.get(text[a:b].strip("."), 0.01) for a, b in words]
    names = {name.replace("_", "-"): value for name, value in missing.items()}
    return Judged(
        words=words,
        faults={"blame": any_of, "hedging": [0.0] * len(words), "any": any_of},
        sentences={"hurt": [hurts] * len(READING.sentences)},
        whole={"bad": bad, **QUIET, **names},
    )


def found(seen: Judged, hits: list[Hit], *, feeling: bool = False) -> list[Hit]:
    return list(learned(READING, seen, hits, ADVICE, answers=True, feeling=feeling))


def test_words_that_are_surely_at_fault_are_quoted_as_they_stand() -> None:
    [hit] = found(judged({"You": 0.9, "forgot": 0.95, "the": 0.6, "form": 0.7}), [])
    assert hit.quote == "You forg\u200bot the form"
    assert READING.text[hit.start : hit.end] == hit.quote
    assert hit.rule.criterion == "blame"


def test_a_fault_bridges_one_unsure_word_but_does_not_cross_a_sentence() -> None:
    [fault] = faults(judged({"waiting": 0.7, "You": 0.9, "the": 0.9}), READING, 0.8)
    assert READING.folded.text[fault.start : fault.end] == "You forgot the"


def test_in_a_reply_that_is_not_bad_as_a_whole_nothing_is_said() -> None:
    assert found(judged({"forgot": 0.99}, bad=BAD - 0.01, no_answer=0.99), []) == []


def test_an_unsure_judge_says_nothing() -> None:
    assert found(judged({"forgot": SUSPECT - 0.01}, bad=BAD), []) == []


def test_of_a_reply_that_is_surely_bad_the_worst_place_is_named() -> None:
    [hit] = found(judged({"forgot": SUSPECT - 0.1}, bad=SURELY_BAD), [])
    assert hit.quote == "forg\u200bot"
    [hit] = found(judged({"forgot": 0.1}, bad=SURELY_BAD, no_answer=0.2), [])
    assert hit.rule.criterion == "no-answer"


def test_a_second_place_is_named_only_where_the_judge_is_nearly_certain() -> None:
    sure = {"forgot": 0.95, "waiting": BESIDE - 0.01}
    assert [hit.quote for hit in found(judged(sure), [])] == ["forg\u200bot"]
    assert len(found(judged({**sure, "waiting": BESIDE}), [])) == 2


def test_of_what_is_missing_less_is_said_beside_words() -> None:
    words = {"forgot": 0.95}
    assert [hit.rule.criterion for hit in found(judged(words, no_answer=ABSENT_TOO - 0.01), [])] == ["blame"]
    assert len(found(judged(words, no_answer=ABSENT_TOO), [])) == 2


def test_where_no_kind_stands_out_none_is_named_and_in_a_less_bad_reply_nothing_is_said() -> None:
    kinds = ("blame", "hedging", "effort", "policy-wall", "sarcasm")

    def seen(bad: float) -> Judged:
        sure = judged({"forgot": 0.95, "waiting": 0.94}, bad=bad)
        return sure._replace(faults={**dict.fromkeys(kinds, sure.faults["any"]), "any": sure.faults["any"]})

    [hit] = found(seen(GENERAL), [])
    assert (hit.quote, hit.rule.criterion) == ("forg\u200bot", "cold-tone")
    assert found(seen(GENERAL - 0.01), []) == []


def test_the_surest_place_is_known_in_a_bad_reply_alone() -> None:
    sure = {"forgot": 0.95, "waiting": 0.9}
    place = surest(judged(sure), READING)
    assert place
    assert READING.text[slice(*place)] == "forg\u200bot"
    assert surest(judged(sure, bad=BAD - 0.01), READING) is None
    assert surest(UNJUDGED, READING) is None


def test_without_a_judge_there_is_nothing_to_say() -> None:
    assert found(UNJUDGED, []) == []


def test_words_that_a_rule_speaks_of_are_left_to_the_rule() -> None:
    hit = Hit(ADVICE["polite-blame"], 20, 30, "You forgot", None)
    assert found(judged({"forgot": 0.95, "You": 0.9}), [hit]) == []


def test_what_is_missing_is_named_once_and_only_where_there_is_a_message() -> None:
    seen = judged({}, no_answer=ABSENT)
    [hit] = found(seen, [])
    assert (hit.rule.criterion, hit.start) == ("no-answer", None)
    assert found(seen, [Hit(ADVICE["no-answer"], None, None, "", None)]) == []
    assert list(learned(READING, seen, [], ADVICE, answers=False, feeling=False)) == []


def test_an_acknowledgement_is_missed_only_where_a_feeling_was_shown() -> None:
    seen = judged({}, bad=BAD, no_acknowledgement=0.99)
    assert found(seen, []) == []
    assert found(seen, [], feeling=True)


def test_a_rule_that_the_judge_does_not_believe_is_silent() -> None:
    soft = Hit(ADVICE["hedging"], 20, 30, "", None)
    assert believed([soft], judged({"forgot": 0.05}, bad=0.1), READING) == []
    assert believed([soft], judged({"forgot": 0.4}, bad=0.1), READING) == [soft]
    assert believed([soft], UNJUDGED, READING) == [soft]


def test_in_a_bad_reply_a_rule_is_believed_more_easily() -> None:
    soft = Hit(ADVICE["hedging"], 20, 30, "", None)
    assert believed([soft], judged({"forgot": 0.05}, bad=BAD), READING) == [soft]


def test_a_rule_is_believed_where_the_sentence_hurts_by_itself_or_the_rule_weighs_most() -> None:
    soft, heavy = (Hit(ADVICE[name], 20, 30, "", None) for name in ("hedging", "blame"))
    assert believed([soft], judged({"forgot": 0.05}, bad=0.1, hurts=0.5), READING) == [soft]
    assert believed([heavy], judged({"forgot": 0.05}, bad=0.1), READING) == [heavy]


def test_a_sentence_that_surely_hurts_makes_the_whole_bad() -> None:
    assert found(judged({"forgot": 0.2}, bad=0.1, hurts=0.99), [])


def test_what_must_not_go_out_stands_whatever_the_judge_says() -> None:
    held = Hit(ADVICE["unauthorised-promise"].model_copy(update={"hold": True}), 20, 30, "", None)
    assert believed([held], judged({"forgot": 0.001, "You": 0.001}, bad=0.0), READING) == [held]


def test_in_a_short_draft_the_rules_are_believed_as_they_are() -> None:
    short = Reading("You forgot the form again.")
    assert believed([Hit(ADVICE["hedging"], 0, 10, "", None)], judged({}, bad=0.0), short)


def test_so_are_they_in_one_that_is_longer_than_the_judge_knows() -> None:
    long = Reading(f"You forgot the form again. {'It comes today. ' * 70}")
    assert believed([Hit(ADVICE["hedging"], 0, 10, "", None)], judged({}, bad=0.0), long)


def test_what_a_rule_misses_and_the_judge_sees_is_not_missed() -> None:
    hit = Hit(ADVICE["no-answer"], None, None, "", None)
    assert believed([hit], judged({}, no_answer=0.01), READING) == []
    assert believed([hit], judged({}, no_answer=0.2), READING) == [hit]
    assert believed([hit], judged({}, bad=0.1, no_answer=0.2), READING) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_criterion_has_its_advice_and_a_principle_in_every_language(language: Language) -> None:
    knowledge = Knowledge(KNOWLEDGE)
    wording = read_wording(WORDING / f"{language}.toml")
    advice: Mapping[str, Advice] = knowledge.advice(language)
    assert list(advice) == list(ADVICE)
    for criterion, one in advice.items():
        assert one.principle in knowledge.principles(language)
        assert f"criterion.{criterion}" in wording.sentences
        assert ("{quote}" in one.why) != criterion.startswith("no-")
