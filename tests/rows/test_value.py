"""Rows V1 of the source documents (customer VALUE) that ask for a review criterion; one test a row."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.build import Parts
from bot.coaching.model import Review
from tests.rows.seen import criteria, praised, principles

Ask = Callable[..., Review]


def test_V1_02_the_verdict_and_every_why_speak_of_the_customer_not_of_the_service(review: Ask) -> None:
    said = review("Unfortunately, the jacket is no longer available.", "Can I still get the green jacket?")
    assert "customer" in said.findings[0].why
    good = review("The green jacket is sold out, but I found one in Bath and had it put aside for you.")
    assert good.verdict == "send"
    assert good.strengths


@pytest.mark.parametrize(
    ("language", "draft", "better"),
    [
        (
            "en",
            "Our system requires a new application form.",
            "For you that means one signature, and I've filled in the rest.",
        ),
        (
            "nl",
            "Ons systeem accepteert geen tweede adres.",
            "Dat betekent dat je pakket gewoon op beide adressen komt.",
        ),
        (
            "fi",
            "Järjestelmämme ei salli osoitteen muuttamista.",
            "Sinulle tämä tarkoittaa, että paketti tulee uuteen osoitteeseen perjantaina.",
        ),
    ],
)
def test_V1_03_what_our_system_requires_is_turned_to_the_customers_side(
    review: Ask, language: str, draft: str, better: str
) -> None:
    said = review(draft, language=language)
    assert "policy-wall" in criteria(said)
    assert "customers-point-of-view" in principles(said)
    assert "policy-wall" not in criteria(review(better, language=language))


def test_V1_08_both_the_feeling_and_the_use_are_asked_for(review: Ask) -> None:
    upset = "I am really upset, my parcel never came. Where is it?"
    use_alone = review("It is at the depot. It arrives on Tuesday.", upset)
    feeling_alone = review("We are so sorry, thank you for your patience.", upset)
    both = review("I'm sorry, you sat at home for it all day. It is at the depot and comes on Tuesday.", upset)
    assert "no-acknowledgement" in criteria(use_alone)
    assert "no-answer" in criteria(feeling_alone)
    assert not {"no-acknowledgement", "no-answer"} & criteria(both)


def test_V1_18_each_touch_says_what_the_customer_gets_and_what_it_costs_us(parts: Parts, review: Ask) -> None:
    said = review("Your first order left this morning and reaches you on Tuesday.", "When does my first order arrive?")
    assert said.touch is not None
    assert said.touch.why
    assert said.touch.cost in ("free", "small", "budget")
    for touch in parts.shelf.catalogue("en").values():
        assert touch.why
        assert touch.cost in ("free", "small", "budget")


@pytest.mark.parametrize(
    ("language", "draft", "near_miss"),
    [
        (
            "en",
            "I'm sorry it went like this, Anna. What would it take for you to trust us again?",
            "Would you like to order something else?",
        ),
        (
            "nl",
            "Het spijt me dat het zo liep. Zou u na deze week opnieuw voor ons kiezen?",
            "Wilt u nog iets bestellen?",
        ),
        ("fi", "Olen pahoillani, että näin kävi. Tilaisitko meiltä nyt uudelleen?", "Haluatko tilata jotain muuta?"),
    ],
)
def test_V1_19_asking_whether_they_would_order_again_right_now_is_praised(
    review: Ask, language: str, draft: str, near_miss: str
) -> None:
    assert "right-now-test" in praised(review(draft, language=language))
    assert "right-now-test" not in praised(review(near_miss, language=language))


def test_V1_20_each_deficit_comes_with_its_repair(review: Ask) -> None:
    deficits = [
        review("Your claim is under review.", "Is my claim approved?"),
        review("Unfortunately, the jacket is no longer available."),
        review("Thank you for your message. Kind regards.", "Where is my parcel?"),
    ]
    for said in deficits:
        assert any(finding.effect == "misses" for finding in said.findings)
        assert all(finding.suggestion for finding in said.findings)
