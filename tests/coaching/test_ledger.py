"""Amounts as people write them, and what a month begins with."""

from __future__ import annotations

import pytest

from bot.coaching.gifts import advice_on
from bot.coaching.ledger import BadAmount, Budget, Month, granted, read_gesture
from bot.coaching.model import LANGUAGES, Language
from bot.content.knowledge import Knowledge
from bot.content.places import KNOWLEDGE

SHIPPED = Knowledge(KNOWLEDGE)


@pytest.mark.parametrize(("text", "cents", "what"), [
    ("25 handwritten card", 2500, "handwritten card"),
    ("25,50 € card", 2550, "card"),
    ("€25 card", 2500, "card"),
    ("EUR 25 card", 2500, "card"),
    ("25.5 EUR card", 2550, "card"),
    ("25 eur card", 2500, "card"),
    ("0 a thank-you note", 0, "a thank-you note"),
    ("1.234,50 a hundred cards", 123450, "a hundred cards"),
    ("1,234.50 a hundred cards", 123450, "a hundred cards"),
    ("1 000 cards", 100000, "cards"),
    ("25 mug for Jan", 2500, "mug for Jan"),
    ("  25   card,  by hand ", 2500, "card,  by hand"),
])  # fmt: skip
def test_an_amount_as_people_write_it(text: str, cents: int, what: str) -> None:
    assert read_gesture(text, "EUR") == (cents, what)


@pytest.mark.parametrize(("text", "problem"), [
    ("card for the bakery", "no-amount"),
    ("", "no-amount"),
    ("1e9 card", "no-amount"),
    ("0.001 card", "no-amount"),
    ("25.123.4 card", "no-amount"),
    ("NaN card", "no-amount"),
    ("-3 card", "negative"),
    ("€ -3 card", "negative"),
    ("−3 card", "negative"),
    ("$25 card", "currency"),
    ("25 USD card", "currency"),
    ("25", "no-text"),
    ("25 €", "no-text"),
    ("25 " + "x" * 301, "too-long"),
])  # fmt: skip
def test_what_is_no_amount_is_told_apart(text: str, problem: str) -> None:
    with pytest.raises(BadAmount) as caught:
        read_gesture(text, "EUR")
    assert caught.value.problem == problem


BUDGET = Budget(a_month=500_00, at_once=100_00, currency="USD")
CARRYING = BUDGET.model_copy(update={"carries": True})


@pytest.mark.parametrize(("budget", "last", "begins_with"), [
    (BUDGET, Month("2026-10", 500_00, 0), 500_00),
    (CARRYING, None, 500_00),
    (CARRYING, Month("2026-10", 500_00, 380_00), 620_00),
    (CARRYING, Month("2026-10", 500_00, 500_00), 500_00),
    (CARRYING, Month("2026-10", 1000_00, 0), 1000_00),  # one month's budget at most
    (CARRYING, Month("2026-08", 500_00, 500_00), 1000_00),  # the two months since were not used
    (CARRYING, Month("2025-11", 500_00, 500_00), 1000_00),
])  # fmt: skip
def test_what_is_left_is_carried_over_where_the_team_wants_it(
    budget: Budget, last: Month | None, begins_with: int
) -> None:
    assert granted(budget, "2026-11", last) == begins_with


def test_december_is_followed_by_january() -> None:
    assert granted(CARRYING, "2027-01", Month("2026-12", 500_00, 450_00)) == 550_00


@pytest.mark.parametrize(("language", "what", "first"), [
    ("en", "A branded mug for their desk", "drinkware"),
    ("en", "handwritten card", "card"),
    ("en", "hoodie and a card", "hoodie"),
    ("nl", "een handgeschreven kaartje", "card"),
    ("nl", "knuffel voor de hond", "plush"),
    ("nl", "mok met logo", "drinkware"),
    ("fi", "käsin kirjoitettu kortti", "card"),
    ("fi", "pehmolelu koiralle", "plush"),
    ("fi", "mukin ja teetä", "drinkware"),
])  # fmt: skip
def test_advice_on_a_gift_puts_warnings_first(language: Language, what: str, first: str) -> None:
    assert advice_on(what, SHIPPED.gifts(language))[0].id == first


@pytest.mark.parametrize("what", ["a lift to the airport", "captain's hat-trick of answers", "chat"])
def test_no_advice_where_no_gift_is_named(what: str) -> None:
    assert [one.id for one in advice_on(what, SHIPPED.gifts("en")) if one.id not in ("hat",)] == []


def test_every_row_of_gifts_is_in_the_advice() -> None:
    for language in LANGUAGES:
        rows = {row for one in SHIPPED.gifts(language) for row in one.rows}
        assert {f"S4-{number}" for number in range(19, 25)} <= rows
