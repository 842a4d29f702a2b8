"""What a lead may know: shares and costs of five people or more, and a link only where there is one."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from bot.coaching.insight import ENOUGH, Count, Figures, Insight, Ticket, insight, link

OCTOBER = date(2026, 10, 1)
MONTH = Figures(
    all=Count(6, 40),
    ready=10,
    criteria={"jargon": Count(5, 16), "shouting": Count(5, 8), "sarcasm": Count(4, 30)},
    answers=Count(5, 8),
    useful=6,
    fixes=Count(5, 20),
    touches=Count(4, 9),
)


def shown(now: Figures = MONTH, earlier: Mapping[date, Figures] | None = None, costs: Sequence[int] = ()) -> Insight:
    found = insight(OCTOBER, now, earlier or {}, costs)
    assert found
    return found


def test_figures_of_five_people_are_shown() -> None:
    found = shown(MONTH._replace(all=Count(5, 40)), costs=[2500, 500, 0])
    assert (found.ready, found.useful, found.fixes) == (0.25, 0.75, 0.5)
    assert (found.gestures, found.cents_each) == (3, 1000)


@pytest.mark.parametrize("people", range(5))
def test_figures_of_fewer_are_not(people: int) -> None:
    assert insight(OCTOBER, MONTH._replace(all=Count(people, 40)), {}, []) is None


def test_no_figure_within_them_is_of_fewer_than_five_either() -> None:
    found = shown()
    assert dict(found.shares) == {"jargon": 0.4, "shouting": 0.2}
    assert found.touches is None
    assert shown(MONTH._replace(answers=Count(4, 8))).useful is None


def test_the_trend_is_of_the_teams_own_past_and_leaves_out_months_of_fewer() -> None:
    past = {
        date(2026, 8, 1): MONTH._replace(ready=4),
        date(2026, 9, 1): MONTH._replace(ready=8),
        date(2026, 7, 1): MONTH._replace(all=Count(4, 40)),
    }
    found = shown(earlier=past)
    assert found.trend == ((date(2026, 8, 1), 0.1), (date(2026, 9, 1), 0.2), (OCTOBER, 0.25))
    assert shown().trend == ((OCTOBER, 0.25),)


def test_what_no_wording_mends_is_for_others_to_change() -> None:
    criteria = {"policy-wall": Count(5, 12), "effort": Count(5, 3), "jargon": Count(6, 30)}
    found = shown(MONTH._replace(criteria=criteria, obstructed=Count(6, 15)))
    assert found.obstacles == (("policy-wall", 0.8), ("effort", 0.2))
    assert (found.step, found.about) == ("hand-up", "policy-wall")


def test_the_next_step_is_the_plainest_that_the_figures_bear() -> None:
    assert (shown().step, shown().about) == ("practise", "jargon")
    assert shown(MONTH._replace(useful=1)).step == "ask-why"
    assert shown(MONTH._replace(criteria={"jargon": Count(6, 7)})).step == "go-on"


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
