"""Days, moments and plans in words, the same on every platform."""

from __future__ import annotations

from datetime import date, datetime, time

from bot.coaching.rituals import WORKING_WEEK
from bot.coaching.wording import Wording
from bot.rituals.model import Schedule


def say_clock(at: time | datetime, wording: Wording) -> str:
    """``09:00``."""
    return wording.say("wow.date.clock", hour=f"{at.hour:02}", minute=f"{at.minute:02}")


def say_day(day: date, wording: Wording) -> str:
    """``Monday 23 November``, as it stands in a sentence."""
    weekday, month = wording.say(f"wow.weekday.{day.weekday()}"), wording.say(f"wow.month.{day.month}")
    return wording.say("wow.date.long", weekday=weekday, day=day.day, month=month)


def say_short(day: date, wording: Wording) -> str:
    """``23 November``."""
    return wording.say("wow.date.short", day=day.day, month=wording.say(f"wow.month.{day.month}"))


def say_moment(at: datetime, wording: Wording) -> str:
    """``Monday 23 November at 09:00``."""
    return wording.say("wow.date.moment", date=say_day(at.date(), wording), at=say_clock(at, wording))


def say_plan(schedule: Schedule, wording: Wording) -> str:
    """A schedule's plan in one line."""
    plan = schedule.plan
    if plan.days == WORKING_WEEK:
        days = wording.say("wow.every-working-day")
    elif len(plan.days) == 7:
        days = wording.say("wow.every-day")
    else:
        days = wording.listed([wording.say(f"wow.day.{day}") for day in plan.days])
    at = say_clock(plan.at, wording)
    if schedule.each:
        said = [wording.say("wow.when-each", days=days, at=at)]
    else:
        said = [wording.say("wow.when", days=days, at=at, zone=schedule.zone)]
    if plan.country:
        said.append(wording.say("wow.without-holidays", country=plan.country))
    if plan.start:
        said.append(wording.say("wow.from", day=say_short(plan.start, wording)))
    if plan.closed:
        first, last = (say_short(day, wording) for day in plan.closed)
        said.append(wording.say("wow.closed", first=first, last=last))
    if plan.paused:
        said.append(wording.say("wow.is-paused"))
    return ", ".join(said)


WHOLE = frozenset("JPY KRW ISK VND CLP PYG UGX XAF XOF XPF".split())
"""Currencies that know no cents."""


def say_money(cents: int, currency: str, wording: Wording) -> str:
    """``12.50 USD``, ``1200 JPY``."""
    if currency in WHOLE and cents % 100 == 0:
        return f"{cents // 100} {currency}"
    return f"{cents // 100}{wording.say('wow.date.decimal')}{cents % 100:02} {currency}"
