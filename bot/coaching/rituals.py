"""The daily WOW prompt: which one, and when. Rows D3-40 (one WOW a day) and D3-24…33 (ten values, in rotation).

Nothing here reads a clock or a calendar: the moment and the public holidays are given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from pydantic import field_validator

from bot.coaching.model import Language, Source, Value

RESTS = 60
"""Working days within which no prompt comes twice."""
PUNCTUAL = timedelta(minutes=5)
"""A prompt that is later than this says so."""
FARTHEST = 800
"""Days that are looked through for the next prompt; a plan that has none within two years has none."""
WORKING_WEEK = (0, 1, 2, 3, 4)
"""Monday is 0."""

Whom = Literal["customer", "colleague"]
Late = Literal["post", "skip"]
Off = Callable[[date], bool]
"""Whether a day is a public holiday."""


class DailyPrompt(Value):
    """One prompt of the catalogue, in one language. ``months`` are those that it belongs to; empty: any."""

    id: str
    language: Language
    value: str
    whom: Whom
    text: str
    source: Source
    rows: tuple[str, ...]
    months: tuple[int, ...] = ()


class Plan(Value):
    """When prompts come. ``days`` are weekdays, Monday 0; ``closed`` is a first and a last day without prompts.

    ``country`` is whose public holidays are left out (ISO 3166, with a subdivision after a dash), empty: none.
    ``late`` says what becomes of a prompt whose time passed while nothing ran: posted on the same day, or skipped.
    """

    at: time
    days: tuple[int, ...] = WORKING_WEEK
    country: str = ""
    start: date | None = None
    closed: tuple[date, date] | None = None
    skipped: frozenset[date] = frozenset()
    paused: bool = False
    late: Late = "post"

    @field_validator("days")
    @classmethod
    def _some_days(cls, days: tuple[int, ...]) -> tuple[int, ...]:
        if not days or not set(days) <= set(range(7)):
            raise ValueError("must be weekdays, 0 to 6, at least one")
        return tuple(sorted(set(days)))

    def holds(self, day: date, off: Off) -> bool:
        """Whether a prompt comes on this day."""
        return (
            not self.paused
            and day.weekday() in self.days
            and (self.start is None or day >= self.start)
            and not (self.closed and self.closed[0] <= day <= self.closed[1])
            and day not in self.skipped
            and not off(day)
        )


class Posted(NamedTuple):
    """A prompt that came on a day."""

    day: date
    prompt: str


class Due(NamedTuple):
    """A prompt whose time has come. ``late``: noticeably after its time."""

    day: date
    at: datetime
    late: bool


def occurrence(plan: Plan, zone: ZoneInfo, day: date) -> datetime:
    """The moment of this day's prompt, in UTC.

    A time that the clocks skip in spring is taken an hour later by the clock; of one that comes twice in autumn, the
    first.
    """
    return datetime.combine(day, plan.at, tzinfo=zone).astimezone(UTC)


def next_after(plan: Plan, zone: ZoneInfo, moment: datetime, off: Off) -> datetime | None:
    """The first prompt's moment after this one; None where none is to come."""
    day = moment.astimezone(zone).date()
    if plan.start:
        day = max(day, plan.start)
    for ahead in range(FARTHEST):
        next_day = day + timedelta(days=ahead)
        if plan.holds(next_day, off) and (at := occurrence(plan, zone, next_day)) > moment:
            return at
    return None


def due(plan: Plan, zone: ZoneInfo, since: datetime, now: datetime, off: Off) -> Due | None:
    """The prompt to give now, where one fell due at ``since`` or later: today's, or none.

    However long nothing ran, it is one at most, and none of a day that is over, but for the minutes around midnight.
    """
    today = now.astimezone(zone).date()
    for day in (today, today - timedelta(days=1)):
        at = occurrence(plan, zone, day)
        late = now - at > PUNCTUAL
        if plan.holds(day, off) and since <= at <= now and not (late and (plan.late == "skip" or day != today)):
            return Due(day, at, late)
    return None


def choose(
    prompts: Mapping[str, DailyPrompt],
    before: Iterable[Posted],
    day: date,
    whose: str,
    near: Mapping[str, float] = MappingProxyType({}),
) -> DailyPrompt:
    """The prompt of a day: of the value that rested longest, one of the season first, then the one that is nearest to
    what the team told lately (``near``), else the one that rested longest.

    ``before`` are the prompts of earlier days. None of the last 60 working days comes again, as long as there is
    another. The same for everybody who asks with the same history; ``whose`` (an id) only decides where two rest alike,
    so that two teams do not walk in step. ``prompts`` are not empty.
    """
    last = {posted.prompt: posted.day for posted in sorted(before) if posted.day < day}
    practised: dict[str, date] = {}
    for id, when in last.items():
        if id in prompts:
            value = prompts[id].value
            practised[value] = max(practised.get(value, date.min), when)

    def rested(prompt: DailyPrompt) -> tuple[date, int, bool, float, date, int]:
        return (
            practised.get(prompt.value, date.min),
            _shuffled(prompt.value, whose),
            not prompt.months,
            -near.get(prompt.id, 0.0),
            last.get(prompt.id, date.min),
            _shuffled(prompt.id, whose),
        )

    fitting = [p for p in prompts.values() if not p.months or day.month in p.months]
    since = _working_days_before(day, RESTS)
    fresh = [p for p in fitting if last.get(p.id, date.min) < since]
    return min(fresh, key=rested) if fresh else min(fitting, key=lambda prompt: last[prompt.id])


def _working_days_before(day: date, count: int) -> date:
    """The day that lies so many working days back."""
    weeks, rest = divmod(count, len(WORKING_WEEK))
    day -= timedelta(weeks=weeks)
    while rest:
        day -= timedelta(days=1)
        rest -= day.weekday() in WORKING_WEEK
    return day


def _shuffled(id: str, whose: str) -> int:
    """A place in an order that is the same in every process: FNV-1a."""
    number = 0xCBF29CE484222325
    for byte in f"{whose}/{id}".encode():
        number = (number ^ byte) * 0x100000001B3 % 2**64
    return number
