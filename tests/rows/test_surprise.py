"""Rows S4 of the source documents (surprise and delight) that ask for a review criterion; one test a row."""

from __future__ import annotations

from collections.abc import Callable

from bot.coaching.model import Review
from tests.rows.seen import criteria, praised, principles

Ask = Callable[..., Review]


def test_S4_12_care_does_not_sell(review: Ask) -> None:
    customer = "The mixer broke after a week."
    selling = review("You can take out our extended warranty for only €4.99 a month.", customer)
    caring = review("I've sent you a new mixer this morning, it's with you on Friday.", customer)
    assert "upsell" in criteria(selling)
    assert "no-selling-in-complaint" in principles(selling)
    assert selling.touch is None
    assert "upsell" not in criteria(caring)


def test_S4_16_turning_a_negative_into_a_positive_is_praised(review: Ask) -> None:
    better = {
        "en": "To make up for the wait, I have sent it by express.",
        "fi": "Hyvitykseksi lähetin sen pikatoimituksella.",
    }
    for language, draft in better.items():
        assert "negative-into-positive" in praised(review(draft, language=language))
    assert "negative-into-positive" not in praised(review("I have sent it by express."))
