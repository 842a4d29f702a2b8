"""What a text states, and what a rewrite of it may not add or lose."""

import pytest

from bot.coaching.facts import compare, facts
from bot.coaching.lexicon import Lexicon
from bot.content.knowledge import Knowledge
from bot.content.places import KNOWLEDGE


@pytest.fixture(scope="module")
def english() -> Lexicon:
    return Knowledge(KNOWLEDGE).lexicon("en")


@pytest.mark.parametrize(
    ("before", "after", "lost", "added"),
    [
        ("Your order 4471 left today.", "Your order left today.", ("4471",), ()),
        ("You get it back.", "You get € 25,00 back.", (), ("€25,00",)),
        ("Write to Anna about it.", "Write to us about it.", ("anna",), ()),
        ("See https://a.example/x?y=1 for it.", "See it there.", ("https://a.example/x?y=1",), ()),
        ("Mail help@shop.example now.", "Mail us now.", ("help@shop.example",), ()),
        ("We look at it.", "We look at it tomorrow.", (), ("tomorrow",)),
        ("We look at it.", "We refund it.", (), ("refund",)),
        ("It takes two days.", "It takes days.", ("two",), ()),
        ('The page says "Out of stock".', "The page says so.", ("Out of stock",), ()),
        ("Ask <@U123> about it.", "Ask them about it.", ("<@u123>",), ()),
    ],
)
def test_a_fact_lost_or_added_is_seen(
    english: Lexicon, before: str, after: str, lost: tuple[str, ...], added: tuple[str, ...]
) -> None:
    difference = compare(before, after, english)
    assert difference.lost == lost
    assert difference.added == added


def test_other_words_for_the_same_facts_are_no_difference(english: Lexicon) -> None:
    before = "You entered the wrong code for order 4471, Anna."
    after = "The code for order 4471 did not match, Anna."
    assert not compare(before, after, english)


def test_the_first_word_of_a_sentence_is_not_a_name(english: Lexicon) -> None:
    assert not any(fact.kind == "name" for fact in facts("Please wait. Thanks. I've seen it, and I'm on it.", english))


def test_the_name_after_a_greeting_is_a_name(english: Lexicon) -> None:
    assert [fact.words for fact in facts("Hi Sanne, thanks.", english) if fact.kind == "name"] == ["sanne"]
