"""What a lead does with schedules, and what somebody does who wants the prompts, or no longer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from bot.coaching import rituals
from bot.coaching.rituals import Plan
from bot.rituals.calendar import off
from bot.rituals.daily.prompting import Prompter
from bot.rituals.model import EVERYBODY, Key, Schedule, State, Team, Told, Turn
from bot.rituals.ports import Schedules


class Next(NamedTuple):
    """The next prompt of a schedule: when, by the clock of its time zone, and which."""

    at: datetime
    told: Told


class Planner:
    """Changes schedules. ``now`` is the clock, in UTC."""

    def __init__(self, schedules: Schedules, prompter: Prompter, *, now: Callable[[], datetime]) -> None:
        self._schedules = schedules
        self._prompter = prompter
        self._now = now

    def save(self, schedule: Schedule) -> None:
        """Keep a schedule; its next prompt comes by the new plan. Raises BadInput for an unknown country."""
        kept = self._schedules.turns(schedule.id)
        if schedule.each:
            recipients = {turn.recipient: turn.zone for turn in kept if turn.recipient != EVERYBODY}
        else:
            recipients = {EVERYBODY: schedule.zone}
        turns = [Turn(schedule.id, who, zone, self._at(schedule.plan, zone)) for who, zone in recipients.items()]
        self._schedules.save(schedule, turns)

    def get(self, id: str) -> Schedule | None:
        """The schedule."""
        return self._schedules.get(id)

    def of(self, team: Team) -> list[Schedule]:
        """The schedules of a team."""
        return self._schedules.of(team)

    def pause(self, schedule: Schedule, paused: bool = True) -> Schedule:
        """No prompts until it is resumed."""
        return self._changed(schedule, paused=paused)

    def skip_tomorrow(self, schedule: Schedule) -> tuple[date, bool]:
        """Leave out tomorrow; which day that is by the schedule's clock, and whether a prompt would have come."""
        day = self._today(schedule) + timedelta(days=1)
        would = schedule.plan.holds(day, off(schedule.plan.country))
        if would:
            past = {skipped for skipped in schedule.plan.skipped if skipped < self._today(schedule)}
            self._changed(schedule, skipped=schedule.plan.skipped - past | {day})
        return day, would

    def remove(self, schedule: Schedule) -> None:
        """Forget a schedule."""
        self._schedules.remove(schedule.id)

    def post_now(self, schedule: Schedule) -> State | None:
        """Post today's prompt at once; what became of it, or None where today had one."""
        return self._prompter.post_now(schedule)

    def next(self, schedule: Schedule) -> Next | None:
        """The next prompt; None where none is to come."""
        at = self._at(schedule.plan, schedule.zone)
        if at is None:
            return None
        local = at.astimezone(ZoneInfo(schedule.zone))
        prompt = self._prompter.prompt(schedule, local.date())
        return Next(local, self._prompter.told(schedule, Key(schedule.id, EVERYBODY, local.date()), prompt))

    def join(self, schedule: Schedule, person: str, zone: str) -> None:
        """Give somebody the prompts of a schedule by direct message, at their own time."""
        self._schedules.join(Turn(schedule.id, person, zone, self._at(schedule.plan, zone)))

    def leave(self, id: str, person: str) -> None:
        """Give them no longer. Nothing is kept of it."""
        self._schedules.leave(id, person)

    def export(self, team: Team, person: str) -> dict[str, Any]:
        """The prompts that somebody planned, and those that they get by direct message, as JSON."""
        every = self._schedules.of(team)
        planned = [one.model_dump(mode="json", exclude={"team", "lead"}) for one in every if one.lead == person]
        got = [
            {"channel": one.channel, "zone": turn.zone}
            for one in every
            for turn in self._schedules.turns(one.id)
            if turn.recipient == person
        ]
        return {"prompts_planned": planned, "prompts_by_message": got}

    def forget_person(self, team: Team, person: str) -> None:
        """Somebody gets no prompts any more."""
        for schedule in self._schedules.of(team):
            self._schedules.leave(schedule.id, person)

    def forget(self, team: Team) -> None:
        """Forget all schedules of a team."""
        self._schedules.forget(team)

    def _changed(self, schedule: Schedule, **changes: object) -> Schedule:
        changed = schedule.model_copy(update={"plan": schedule.plan.model_copy(update=changes)})
        self.save(changed)
        return changed

    def _at(self, plan: Plan, zone: str) -> datetime | None:
        return rituals.next_after(plan, ZoneInfo(zone), self._now(), off(plan.country))

    def _today(self, schedule: Schedule) -> date:
        return self._now().astimezone(ZoneInfo(schedule.zone)).date()
