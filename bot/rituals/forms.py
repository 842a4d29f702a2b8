"""What people fill in: the plan of a daily prompt, and a story. The same fields on every platform."""

from __future__ import annotations

from datetime import date, time
from typing import NamedTuple

from bot.coaching.errors import BadInput
from bot.coaching.model import Language
from bot.coaching.rituals import Late, Plan, Whom
from bot.rituals.calendar import off, zone_of
from bot.rituals.model import Schedule, Team

WHOM: tuple[Whom, ...] = ("customer", "colleague")
USES = ("channel", "book", "prompt", "name")
"""What a story may be used for: posted where it was told, kept for the book, drawn on for prompts, told with a name."""


class PlanForm(NamedTuple):
    """What a lead wrote in the form of a daily prompt, before it is understood."""

    channel: str
    at: time
    days: tuple[int, ...]
    zone: str
    each: bool
    language: Language
    country: str
    start: date | None
    closed: tuple[date | None, date | None]
    late: Late


class StoryForm(NamedTuple):
    """What somebody told, and the uses that they agreed to."""

    whom: Whom
    text: str
    value: str
    uses: frozenset[str]


class Wrong(NamedTuple):
    """A field that cannot be taken as it is; ``wow.wrong.<problem>`` says why."""

    field: str
    problem: str


def wrong_in(form: PlanForm) -> Wrong | None:
    """The first field that cannot be taken, or None."""
    first, last = form.closed
    if not form.days:
        return Wrong("days", "days")
    try:
        zone_of(form.zone)
    except BadInput:
        return Wrong("zone", "zone")
    try:
        off(form.country)
    except BadInput:
        return Wrong("country", "country")
    if (first is None) != (last is None) or (first and last and last < first):
        return Wrong("closed_to", "dates")
    return None


def schedule_of(form: PlanForm, team: Team, lead: str, known: Schedule | None) -> Schedule:
    """The schedule that a form in which nothing is wrong asks for; of the one ``known`` its pauses are kept."""
    first, last = form.closed
    plan = Plan(
        at=form.at,
        days=form.days,
        country=form.country,
        start=form.start,
        closed=(first, last) if first and last else None,
        late=form.late,
    )
    if known:
        plan = plan.model_copy(update={"paused": known.plan.paused, "skipped": known.plan.skipped})
    return Schedule(
        team=team,
        channel=form.channel,
        lead=lead,
        language=form.language,
        zone=zone_of(form.zone).key,
        each=form.each,
        plan=plan,
    )
