"""Which prompt comes, and when."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from bot.coaching.model import LANGUAGES
from bot.coaching.rituals import (
    RESTS,
    WORKING_WEEK,
    DailyPrompt,
    Due,
    Plan,
    Posted,
    choose,
    due,
    next_after,
    occurrence,
)
from bot.content.knowledge import Knowledge
from bot.content.places import KNOWLEDGE

CATALOGUE = Knowledge(KNOWLEDGE).daily_prompts("en")
HELSINKI = ZoneInfo("Europe/Helsinki")
NINE = Plan(at=time(9))


def never(day: date) -> bool:
    return False


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def given(days: int, *, whose: str = "team", weekdays: tuple[int, ...] = WORKING_WEEK) -> list[DailyPrompt]:
    """The prompts of so many posting days, from 1 January 2026 on."""
    day, before, chosen = date(2026, 1, 1), list[Posted](), list[DailyPrompt]()
    while len(chosen) < days:
        if day.weekday() in weekdays:
            chosen.append(choose(CATALOGUE, before, day, whose))
            before.append(Posted(day, chosen[-1].id))
        day += timedelta(days=1)
    return chosen


# --- which ---


def test_no_prompt_comes_twice_within_60_working_days() -> None:
    ids = [prompt.id for prompt in given(2 * 261)]
    for number, id in enumerate(ids):
        assert id not in ids[number + 1 : number + 1 + RESTS]


def test_the_values_take_turns() -> None:
    values = [prompt.value for prompt in given(66)]
    assert len(set(values)) == 11
    assert all(len(set(values[start : start + 11])) == 11 for start in range(0, 66, 11))


def test_prompts_of_a_season_come_in_their_months_only_and_do_come() -> None:
    chosen, day = [], date(2026, 1, 1)
    for prompt in given(261):
        while day.weekday() > 4:
            day += timedelta(days=1)
        if prompt.months:
            assert day.month in prompt.months
            chosen.append(prompt.id)
        day += timedelta(days=1)
    assert len(chosen) >= 4


def test_with_prompts_on_every_day_the_one_that_rested_longest_comes_again() -> None:
    ids = [prompt.id for prompt in given(200, weekdays=tuple(range(7)))]
    for number, id in enumerate(ids):
        assert id not in ids[number + 1 : number + 60]


def test_two_teams_do_not_walk_in_step_and_each_would_walk_the_same_way_again() -> None:
    assert given(11) == given(11)
    assert given(11) != given(11, whose="another team")


def test_the_catalogue_is_complete_in_every_language() -> None:
    shipped = Knowledge(KNOWLEDGE)
    for language in LANGUAGES:
        prompts = shipped.daily_prompts(language)
        assert len(prompts) >= 66
        assert {prompt.whom for prompt in prompts.values()} == {"customer", "colleague"}
        assert all(len(prompt.text) <= 160 and prompt.rows for prompt in prompts.values())
        assert set(shipped.principles(language)) >= {prompt.value for prompt in prompts.values()}


# --- when ---


@pytest.mark.parametrize(("zone", "clock", "day", "moment"), [
    ("Europe/Amsterdam", time(2, 30), date(2026, 3, 29), "2026-03-29T01:30"),  # skipped: 03:30 by the clock
    ("Europe/Amsterdam", time(2, 30), date(2026, 10, 25), "2026-10-25T00:30"),  # twice: the first
    ("America/New_York", time(9), date(2026, 11, 2), "2026-11-02T14:00"),
    ("Asia/Kathmandu", time(9), date(2026, 6, 1), "2026-06-01T03:15"),
    ("Pacific/Kiritimati", time(9), date(2026, 6, 2), "2026-06-01T19:00"),
])  # fmt: skip
def test_a_clock_time_becomes_a_moment_also_where_the_clocks_change(
    zone: str, clock: time, day: date, moment: str
) -> None:
    assert occurrence(Plan(at=clock), ZoneInfo(zone), day) == at(moment)


def test_nine_stays_nine_across_a_year_of_clock_changes() -> None:
    moment, seen = at("2026-01-01T00:00"), []
    for _ in range(261):
        found = next_after(NINE, HELSINKI, moment, never)
        assert found
        moment = found
        seen.append(moment.astimezone(HELSINKI))
    assert {local.time() for local in seen} == {time(9)}
    assert len({local.date() for local in seen}) == 261


@pytest.mark.parametrize(("plan", "first"), [
    (Plan(at=time(9)), date(2026, 11, 23)),
    (Plan(at=time(9), days=(5,)), date(2026, 11, 28)),
    (Plan(at=time(9), start=date(2027, 2, 6)), date(2027, 2, 8)),
    (Plan(at=time(9), closed=(date(2026, 11, 20), date(2026, 11, 24))), date(2026, 11, 25)),
    (Plan(at=time(9), skipped=frozenset({date(2026, 11, 23)})), date(2026, 11, 24)),
    (Plan(at=time(9), paused=True), None),
])  # fmt: skip
def test_the_next_prompt_keeps_to_the_plan(plan: Plan, first: date | None) -> None:
    found = next_after(plan, HELSINKI, at("2026-11-21T12:00"), never)
    assert (found and found.astimezone(HELSINKI).date()) == first


def test_holidays_are_left_out() -> None:
    found = next_after(NINE, HELSINKI, at("2026-11-21T12:00"), lambda day: day < date(2026, 12, 1))
    assert found == at("2026-12-01T07:00")
    assert next_after(NINE, HELSINKI, at("2026-11-21T12:00"), lambda day: True) is None


def test_a_plan_without_days_is_refused() -> None:
    with pytest.raises(ValidationError):
        Plan(at=time(9), days=())
    with pytest.raises(ValidationError):
        Plan(at=time(9), days=(7,))


MONDAY = "2026-11-23T07:00"


@pytest.mark.parametrize(("now", "expected"), [
    ("2026-11-23T06:59", None),
    ("2026-11-23T07:00", ("2026-11-23", False)),
    ("2026-11-23T07:04", ("2026-11-23", False)),
    ("2026-11-23T07:06", ("2026-11-23", True)),
    ("2026-11-23T20:00", ("2026-11-23", True)),
    ("2026-11-24T06:00", None),  # its day is over, and today's time has not come
    ("2026-11-26T08:00", ("2026-11-26", True)),  # after three days: today's alone
    ("2026-11-28T08:00", None),  # a Saturday
])  # fmt: skip
def test_after_downtime_one_prompt_comes_at_most(now: str, expected: tuple[str, bool] | None) -> None:
    found = due(NINE, HELSINKI, at(MONDAY), at(now), never)
    assert (found and (found.day.isoformat(), found.late)) == expected


def test_late_prompts_are_skipped_where_the_plan_says_so() -> None:
    plan = NINE.model_copy(update={"late": "skip"})
    assert due(plan, HELSINKI, at(MONDAY), at("2026-11-23T07:04"), never)
    assert due(plan, HELSINKI, at(MONDAY), at("2026-11-23T07:06"), never) is None


def test_a_prompt_just_before_midnight_is_not_lost_by_a_few_seconds() -> None:
    plan = Plan(at=time(23, 59))
    since = at("2026-11-23T21:59")
    assert due(plan, HELSINKI, since, at("2026-11-23T22:00:05"), never) == Due(date(2026, 11, 23), since, late=False)
