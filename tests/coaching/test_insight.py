"""What a lead may know: shares and costs of five people or more, and a link only where there is one."""

from __future__ import annotations

import random

import pytest

from bot.coaching.insight import ENOUGH, Figures, Ticket, insight, link

NONE = Figures(0, 0, 0, {}, 0, 0, 0)
MONTH = Figures(people=6, reviews=40, ready=10, criteria={"jargon": 16, "tone": 8}, useful=6, not_useful=2, fixes=20)


def test_figures_of_five_people_are_shown() -> None:
    shown = insight(MONTH._replace(people=5), MONTH, [2500, 500, 0])
    assert shown
    assert shown.shares == (("jargon", 0.4), ("tone", 0.2))
    assert (shown.ready, shown.ready_before, shown.useful, shown.fixes) == (0.25, 0.25, 0.75, 0.5)
    assert (shown.gestures, shown.cents_each) == (3, 1000)


@pytest.mark.parametrize("people", range(5))
def test_figures_of_fewer_are_not(people: int) -> None:
    assert insight(MONTH._replace(people=people), MONTH, []) is None
    shown = insight(MONTH, MONTH._replace(people=people), [])
    assert shown
    assert shown.ready_before is None


def test_without_gestures_or_answers_nothing_is_divided() -> None:
    shown = insight(MONTH._replace(useful=0, not_useful=0), NONE, [])
    assert shown
    assert (shown.useful, shown.cents_each) == (None, 0)


def tickets(n: int, ready: float, other: float, *, seed: int = 1) -> list[Ticket]:
    dice = random.Random(seed)
    return [
        Ticket(side == 0, csat=dice.gauss((ready, other)[side], 0.5), reopened=dice.random() < 0.2, repurchased=None)
        for side in (0, 1)
        for _ in range(n)
    ]


def test_a_clear_difference_is_told_with_its_interval() -> None:
    found = link(tickets(60, 4.6, 4.0), "csat")
    assert found
    assert found.found
    assert 0 < found.low < found.difference < found.high
    assert (found.n_ready, found.n_other) == (60, 60)


def test_no_difference_is_no_evidence_and_neither_are_few_tickets() -> None:
    same = link(tickets(200, 4.0, 4.0, seed=2), "csat")
    few = link(tickets(ENOUGH - 1, 4.9, 1.0), "csat")
    assert same
    assert few
    assert not same.found
    assert not few.found
    assert link(tickets(60, 4.0, 4.0), "repurchased") is None
    assert link([], "csat") is None


def test_where_nothing_is_there_a_link_is_found_in_one_of_twenty_at_most() -> None:
    found = [link(tickets(100, 4.0, 4.0, seed=seed), "csat") for seed in range(200)]
    assert sum(one.found for one in found if one) <= 20
