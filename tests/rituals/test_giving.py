"""The team's budget on SQLite and PostgreSQL: never overdrawn, nothing lost, no id and no name in the tables."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from bot.coaching.ledger import Budget
from bot.rituals.gifts.giving import Declined, Giver, Logged
from bot.rituals.model import Team
from bot.store.ledger import SqlGestures
from bot.store.pseudonyms import Pseudonyms
from bot.store.seal import Seal
from tests.fakes import Clock
from tests.test_coach import SHELF

SEAL = Seal("a secret of the tests")
TEAM = Team(platform="slack", workspace="T1")
BUDGET = Budget(a_month=500_00, at_once=100_00, currency="USD", funding="marketing")


def giver_on(engine: Engine, clock: Clock, budget: Budget = BUDGET) -> Giver:
    gifts = SHELF.knowledge.gifts
    pseudonyms = Pseudonyms("a secret of the tests")
    return Giver(
        SqlGestures(engine, SEAL),
        budget,
        pseudonyms,
        gifts,
        hide=lambda text, _: text.replace("Jansen", "[NAME]"),
        now=clock,
    )


@pytest.fixture
def giver(engine: Engine, clock: Clock) -> Giver:
    return giver_on(engine, clock)


def logged(giver: Giver, text: str, person: str = "U1", *, lead: bool = False) -> Logged:
    given = giver.log(TEAM, person, text, "en", lead=lead)
    assert isinstance(given, Logged)
    return given


def declined(giver: Giver, text: str) -> Declined:
    given = giver.log(TEAM, "U1", text, "en")
    assert isinstance(given, Declined)
    return given


def test_a_gesture_is_logged_and_counted(giver: Giver) -> None:
    given = logged(giver, "25 handwritten card for the bakery's reopening")
    assert given.left == 475_00
    assert given.gesture.what == "handwritten card for the bakery's reopening"
    assert given.gesture.funding == "marketing"
    assert [one.id for one in given.advice] == ["card", "note"]
    assert "[name]" in given.advice[1].line
    assert giver.month(TEAM).spent == 25_00


def test_a_gift_by_post_comes_with_its_risk_and_an_honest_way_to_ask_for_the_address(giver: Giver) -> None:
    advice = logged(giver, "30 hoodie for the bakery").advice
    assert [(one.id, one.verdict) for one in advice] == [("hoodie", "careful"), ("address", "always")]
    assert "Which address" in advice[1].line


def test_no_approval_under_the_limit_and_a_lead_above_it(giver: Giver) -> None:
    assert logged(giver, "100 flowers").left == 400_00
    assert declined(giver, "100.01 flowers") == Declined("over-limit", 100_00)
    assert logged(giver, "150 flowers", lead=True).left == 250_00


def test_the_last_cent_can_be_given_and_no_more(giver: Giver) -> None:
    for _ in range(4):
        logged(giver, "100 flowers")
    assert declined(giver, "100.00 flowers") if False else logged(giver, "99.99 flowers").left == 1
    assert declined(giver, "0.02 stamp") == Declined("over-budget", 1)
    assert logged(giver, "0.01 stamp").left == 0
    assert logged(giver, "0 a kind word").left == 0


def test_an_amount_beyond_all_numbers_of_a_database_is_more_than_there_is(giver: Giver) -> None:
    given = giver.log(TEAM, "U1", "99999999999999999999999 card", "en", lead=True)
    assert given == Declined("over-budget", 500_00)


def test_undo_gives_the_money_back_once_and_only_to_who_gave(giver: Giver, clock: Clock) -> None:
    id = logged(giver, "25 card").gesture.id
    assert not giver.undo(TEAM, "U2", id)
    assert giver.undo(TEAM, "U1", id)
    assert not giver.undo(TEAM, "U1", id)
    assert giver.month(TEAM).left == 500_00
    late = logged(giver, "25 card").gesture.id
    clock.at = datetime(2026, 12, 1, tzinfo=UTC)
    assert not giver.undo(TEAM, "U1", late)


def test_a_repeat_is_noticed_by_the_customers_id_whatever_its_shape(giver: Giver) -> None:
    logged(giver, "25 hoodie id:C-1029")
    again = logged(giver, "id:#c-1029 10 card", person="U2")
    assert [gesture.what for gesture in again.before] == ["hoodie"]
    assert logged(giver, "10 card id:other").before == ()
    assert logged(giver, "10 card").before == ()


def test_the_best_customers_are_known_by_their_pseudonyms(giver: Giver) -> None:
    assert giver.set_best(TEAM, ["C-1", "c-1", "C-2"]) == 2
    assert logged(giver, "10 card id:C-1").best
    assert not logged(giver, "10 card id:C-3").best
    assert giver.set_best(TEAM, []) == 0
    assert not logged(giver, "10 card id:C-1").best


def test_no_id_and_no_name_is_in_the_tables(giver: Giver, engine: Engine) -> None:
    logged(giver, "25 card for mrs Jansen id:C-10293847", person="UANNA")
    giver.set_best(TEAM, ["C-10293847"])
    with engine.connect() as connection:
        for table in ("gestures", "ledger_months", "best_customers"):
            rows = str(connection.execute(text(f"SELECT * FROM {table}")).all())
            assert not any(secret in rows for secret in ("10293847", "UANNA", "Jansen")), rows


def test_a_person_who_is_forgotten_leaves_the_money_as_it_was(giver: Giver) -> None:
    id = logged(giver, "25 card").gesture.id
    giver.forget_person(TEAM, "U1")
    assert giver.month(TEAM).spent == 25_00
    assert not giver.undo(TEAM, "U1", id)


def test_what_is_left_is_carried_over(engine: Engine, clock: Clock) -> None:
    giver = giver_on(engine, clock, BUDGET.model_copy(update={"carries": True}))
    logged(giver, "100 flowers")
    clock.at = datetime(2026, 12, 1, tzinfo=UTC)
    assert giver.month(TEAM).granted == 900_00
    assert logged(giver, "100 flowers").left == 800_00


def test_teams_do_not_share(giver: Giver) -> None:
    logged(giver, "100 flowers")
    assert giver.month(Team(platform="slack", workspace="T2")).left == 500_00
    assert giver.month(Team(platform="teams", workspace="T1")).left == 500_00


def test_never_overdrawn_when_all_give_at_once_and_nothing_is_lost(engine: Engine, clock: Clock) -> None:
    givers = [giver_on(engine, clock) for _ in range(4)]
    with ThreadPoolExecutor(16) as threads:
        given = list(threads.map(lambda n: givers[n % 4].log(TEAM, f"U{n}", f"{1 + n % 7} card", "en"), range(400)))
    taken = [one for one in given if isinstance(one, Logged)]
    refused = [one for one in given if isinstance(one, Declined)]
    month = givers[0].month(TEAM)
    assert sum(one.gesture.cents for one in taken) == month.spent <= 500_00
    assert len(taken) + len(refused) == 400
    assert {one.problem for one in refused} == {"over-budget"}
    assert month.left < 7_00
    kept = givers[0].given(TEAM, clock.at.date(), clock.at.date())
    assert sorted(one.id for one in kept) == sorted(one.gesture.id for one in taken)


def test_the_database_itself_refuses_to_overdraw(giver: Giver, engine: Engine) -> None:
    logged(giver, "100 flowers")
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text("UPDATE ledger_months SET spent = granted + 1"))
