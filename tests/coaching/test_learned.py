"""Findings from the learned heads: sure ones only, on sentences that no rule speaks of."""

from __future__ import annotations

from bot.coaching.learned import KINDS, learned
from bot.coaching.rules import Hit
from bot.coaching.text import Reading
from bot.coaching.weighing import SURE, UNWEIGHED, Weighed
from bot.content.knowledge import Knowledge
from bot.content.places import KNOWLEDGE, WORDING
from bot.content.wording import read_wording

PRINCIPLES = Knowledge(KNOWLEDGE).principles("en")
ENGLISH = read_wording(WORDING / "en.toml")
READING = Reading("Thanks for waiting. Your matter was p\u200brocessed.")


def marks(*robotic: float) -> Weighed:
    odds = {"robotic": robotic, "harm": tuple(5.0 for _ in robotic)}
    quiet: dict[str, tuple[float, ...]] = {harm: tuple(-9.0 for _ in robotic) for harm in SURE if harm != "robotic"}
    return UNWEIGHED._replace(marks=odds | quiet)


def test_a_sentence_that_surely_does_harm_is_quoted_as_it_stands() -> None:
    [found] = learned(READING, marks(-9.0, 9.0), [], PRINCIPLES, ENGLISH)
    assert found.quote == "Your matter was p\u200brocessed."
    assert READING.text[found.start : found.end] == found.quote
    assert found.criterion == KINDS["robotic"].criterion
    assert "Your matter was" in found.why


def test_an_unsure_head_says_nothing() -> None:
    assert not list(learned(READING, marks(0.5, 0.5), [], PRINCIPLES, ENGLISH))


def test_without_vectors_there_is_nothing_to_say() -> None:
    assert not list(learned(READING, UNWEIGHED, [], PRINCIPLES, ENGLISH))


def test_a_sentence_that_a_rule_speaks_of_is_left_to_the_rule() -> None:
    rule = Knowledge(KNOWLEDGE).rules("en")[0]
    hit = Hit(rule, 20, 30, "Your matter", None)
    assert not list(learned(READING, marks(-9.0, 9.0), [hit], PRINCIPLES, ENGLISH))


def test_every_harm_has_a_principle_and_words_in_every_language() -> None:
    for harm, kind in KINDS.items():
        assert kind.principle in PRINCIPLES
        assert f"criterion.{kind.criterion}" in ENGLISH.sentences
        assert f"learned.{harm}-why" in ENGLISH.sentences
