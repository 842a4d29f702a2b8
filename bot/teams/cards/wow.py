"""The daily prompt, the form that plans it, and the list of what is planned."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any, get_args

from bot.coaching.model import LANGUAGES
from bot.coaching.rituals import Late
from bot.coaching.wording import Wording
from bot.rituals.asked import Listed, Previewed, language_of
from bot.rituals.forms import PlanForm
from bot.rituals.model import Schedule, Told
from bot.rituals.saying import say_clock, say_moment, say_plan
from bot.teams.cards.parts import (
    Card,
    button,
    card,
    choice,
    clock,
    container,
    day,
    line,
    opener,
    rich,
    row,
    run,
    sentence,
    several,
    small,
    titled,
)

MOST_LISTED = 25
"""Schedules in one card."""
LATES: tuple[Late, ...] = get_args(Late)


def prompt_card(told: Told, wording: Wording) -> Card:
    """The prompt as a channel or a person gets it."""
    stop = [button(wording.say("wow.stop"), "wow_stop", "chat", id=told.key.schedule)] if told.each else []
    share = opener(wording.say("story.share"), "wow_tell", value=told.prompt.value)
    return card(_prompt(told, wording), [share, *stop])


def preview_card(previewed: Previewed, wording: Wording) -> Card:
    """The next prompt, for one person to see."""
    if previewed.coming is None:
        return card([sentence(wording.say("wow.next-none"))])
    when = wording.say("wow.next", when=say_moment(previewed.coming.at, wording))
    return card([rich(when), container(*_prompt(previewed.coming.told, wording), separator=True)])


def _prompt(told: Told, wording: Wording) -> list[Card]:
    whom = wording.say(f"wow.for-{told.prompt.whom}")
    late = [small(wording.say("wow.late"))] if told.late else []
    return [
        rich(run(f"✨ {wording.say('wow.title')}", bold=True), run(f" · {whom}")),
        rich(run(told.prompt.text, bold=True, size="Medium")),
        small(f"{told.value} · {told.prompt.source.short}"),
        *late,
    ]


def invitation_card(schedule: Schedule, wording: Wording) -> Card:
    """Asks a channel who wants the prompts by direct message."""
    text = wording.say("wow.each-invitation", at=say_clock(schedule.plan.at, wording))
    return card([rich(text)], [button(wording.say("wow.take-part"), "wow_join", "chat", id=schedule.id)])


def list_card(listed: Listed, names: Mapping[str, str], wording: Wording, *, above: str = "") -> Card:
    """All schedules of a team, each with its buttons; ``names`` are those of the channels."""
    body = [sentence(above)] if above else []
    body.append(rich(run(wording.say("wow.form.list-title"), bold=True, size="Medium")))
    for schedule, coming in listed.planned[:MOST_LISTED]:
        lines = [rich(say_plan(schedule, wording))]
        if coming:
            when = wording.say("wow.next", when=say_moment(coming.at, wording))
            lines.append(small(f"{when} {coming.told.value}"))
        turn = "resume" if schedule.plan.paused else "pause"
        buttons = row(
            opener(wording.say("wow.form.change"), "wow_change", id=schedule.id),
            button(wording.say(f"wow.form.{turn}"), f"wow_{turn}", "chat", id=schedule.id),
        )
        body.append(titled(names[schedule.channel], *lines, buttons))
    return card(body)


def to_plan_card(schedule: Schedule, wording: Wording, *, known: bool) -> Card:
    """Leads to the form."""
    plan = [rich(say_plan(schedule, wording))] if known else []
    opens = opener(wording.say("wow.form.change" if known else "wow.form.submit"), "wow_plan")
    return card([rich(run(wording.say("wow.form.title"), bold=True)), *plan], [opens])


def plan_form(schedule: Schedule, wording: Wording, *, wrong: str = "") -> Card:
    """The form that plans a daily prompt, as this schedule has it. ``wrong`` says why it could not be taken."""

    def say(name: str) -> str:
        return wording.say(f"wow.form.{name}")

    plan = schedule.plan
    days = {str(number): wording.say(f"wow.day.{number}") for number in range(7)}
    first, last = plan.closed or (None, None)
    body = [
        *([rich(run(wrong, color="Attention"))] if wrong else []),
        clock("at", say("time"), plan.at),
        several("days", say("days"), days, value=",".join(str(number) for number in plan.days)),
        line("zone", say("zone"), value=schedule.zone),
        choice(
            "how",
            say("how"),
            {how: say(f"how-{how}") for how in ("channel", "each")},
            style="expanded",
            value="each" if schedule.each else "channel",
        ),
        choice(
            "language",
            say("language"),
            {code: wording.say(f"home.language-{code}") for code in LANGUAGES},
            value=schedule.language,
        ),
        line("country", say("country"), value=plan.country),
        day("start", say("start"), plan.start),
        day("closed_from", say("closed-from"), first),
        day("closed_to", say("closed-to"), last),
        choice("late", say("late"), {late: say(f"late-{late}") for late in LATES}, style="expanded", value=plan.late),
    ]
    return card(body, [button(say("submit"), "wow_planned", "dialog", inputs=True, channel=schedule.channel)])


def planned(given: Mapping[str, Any], wording: Wording) -> PlanForm:
    """What the form holds. What no form of ours holds counts as not given."""

    def said(name: str) -> str:
        value = given.get(name)
        return value.strip() if isinstance(value, str) else ""

    days = [part for part in said("days").split(",") if part in "0123456" and part]
    return PlanForm(
        channel=said("channel"),
        at=_time(said("at")),
        days=tuple(sorted({int(part) for part in days})),
        zone=said("zone"),
        each=said("how") == "each",
        language=next((code for code in LANGUAGES if code == said("language")), language_of(wording)),
        country=said("country").upper(),
        start=_date(said("start")),
        closed=(_date(said("closed_from")), _date(said("closed_to"))),
        late=next((late for late in LATES if late == said("late")), "post"),
    )


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        return time(9)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
