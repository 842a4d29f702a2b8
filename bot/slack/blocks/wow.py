"""The daily prompt, the form that plans it, and the list of what is planned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from bot.coaching.model import LANGUAGES
from bot.coaching.wording import Wording
from bot.rituals.daily.planning import Next
from bot.rituals.forms import PlanForm
from bot.rituals.model import Schedule, Told
from bot.rituals.saying import say_clock, say_moment, say_plan
from bot.slack.blocks.form import TITLE, field, modal
from bot.slack.blocks.limits import Block, actions, button, context, divider, option, section
from bot.slack.text import escape

MOST_LISTED = 12
"""Schedules in one message: Slack takes 50 blocks."""


def prompt_blocks(told: Told, wording: Wording) -> tuple[list[Block], str]:
    """The prompt, and the line for a notification."""
    return [*_prompt(told, wording), actions(*_buttons(told, wording))], escape(told.prompt.text)


def preview_blocks(planned: Next | None, wording: Wording) -> list[Block]:
    """The next prompt, for one person to see."""
    if planned is None:
        return [section(escape(wording.say("wow.next-none")))]
    when = wording.say("wow.next", when=say_moment(planned.at, wording))
    return [section(escape(when)), divider(), *_prompt(planned.told, wording)]


def _prompt(told: Told, wording: Wording) -> list[Block]:
    title, whom = wording.say("wow.title"), wording.say(f"wow.for-{told.prompt.whom}")
    late = [context(escape(wording.say("wow.late")))] if told.late else []
    return [
        context(f":sparkles: *{escape(title)}* · {escape(whom)}"),
        section(f"*{escape(told.prompt.text)}*"),
        context(escape(f"{told.value} · {told.prompt.source.short}")),
        *late,
    ]


def _buttons(told: Told, wording: Wording) -> list[Block]:
    stop = [button(wording.say("wow.stop"), "wow_stop", told.key.schedule)] if told.each else []
    return [button(wording.say("story.share"), "wow_share", told.prompt.value), *stop]


def invitation_blocks(schedule: Schedule, wording: Wording) -> tuple[list[Block], str]:
    """Asks a channel who wants the prompts by direct message."""
    text = escape(wording.say("wow.each-invitation", at=say_clock(schedule.plan.at, wording)))
    return [section(text), actions(button(wording.say("wow.take-part"), "wow_join", schedule.id))], text


def list_blocks(planned: Sequence[tuple[Schedule, Next | None]], wording: Wording) -> list[Block]:
    """All schedules of a team, each with its buttons."""
    blocks = [section(f"*{escape(wording.say('wow.form.list-title'))}*")]
    for schedule, coming in planned[:MOST_LISTED]:
        lines = [f"<#{schedule.channel}> {escape(say_plan(schedule, wording))}"]
        if coming:
            lines.append(escape(f"{wording.say('wow.next', when=say_moment(coming.at, wording))} {coming.told.value}"))
        turn = "resume" if schedule.plan.paused else "pause"
        blocks += [
            section("\n".join(lines)),
            actions(
                button(wording.say("wow.form.change"), "wow_change", schedule.id),
                button(wording.say(f"wow.form.{turn}"), f"wow_{turn}", schedule.id),
            ),
        ]
    return blocks


def schedule_form(wording: Wording, schedule: Schedule, *, url: str) -> Block:
    """The form that plans a daily prompt, as this schedule has it. ``url`` is where its sender is answered."""

    def say(name: str) -> str:
        return wording.say(f"wow.form.{name}")

    plan = schedule.plan
    days = [option(wording.say(f"wow.day.{day}"), str(day)) for day in range(7)]
    hows = [option(say(f"how-{how}"), how) for how in ("channel", "each")]
    lates = [option(say(f"late-{late}"), late) for late in ("post", "skip")]
    languages = [option(wording.say(f"home.language-{code}"), code) for code in LANGUAGES]
    first, last = plan.closed or (None, None)
    blocks = [
        field("channel", say("channel"), _channels(schedule.channel)),
        field("at", say("time"), {"type": "timepicker", "initial_time": plan.at.strftime("%H:%M")}),
        field("days", say("days"), _chosen("checkboxes", days, [days[day] for day in plan.days])),
        field("zone", say("zone"), _line(schedule.zone)),
        field("how", say("how"), _chosen("radio_buttons", hows, hows[schedule.each])),
        field("language", say("language"), _chosen("static_select", languages, _named(languages, schedule.language))),
        field("country", say("country"), _line(plan.country), optional=True),
        field("start", say("start"), _date(plan.start), optional=True),
        field("closed_from", say("closed-from"), _date(first), optional=True),
        field("closed_to", say("closed-to"), _date(last), optional=True),
        field("late", say("late"), _chosen("radio_buttons", lates, _named(lates, plan.late))),
    ]
    return modal(
        say("title"),
        wording,
        blocks,
        callback_id="wow_schedule",
        private_metadata=url,
        submit={"type": "plain_text", "text": say("submit")[:TITLE]},
    )


def filled(state: Block) -> PlanForm:
    """What the form holds, from the ``state`` of a submitted view."""
    values: dict[str, dict[str, Any]] = {name: next(iter(block.values())) for name, block in state["values"].items()}

    def day(name: str) -> date | None:
        chosen = values[name].get("selected_date")
        return date.fromisoformat(chosen) if chosen else None

    def chosen(name: str) -> Any:
        return values[name]["selected_option"]["value"]

    return PlanForm(
        channel=values["channel"]["selected_conversation"],
        at=time.fromisoformat(values["at"]["selected_time"]),
        days=tuple(int(option["value"]) for option in values["days"]["selected_options"]),
        zone=values["zone"].get("value") or "",
        each=chosen("how") == "each",
        language=chosen("language"),
        country=(values["country"].get("value") or "").strip().upper(),
        start=day("start"),
        closed=(day("closed_from"), day("closed_to")),
        late=chosen("late"),
    )


def notice(text: str, wording: Wording) -> Block:
    """A modal that says one thing."""
    return modal(wording.say("wow.form.title"), wording, [section(text)])


def _channels(initial: str) -> Block:
    return {
        "type": "conversations_select",
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
        **({"initial_conversation": initial} if initial else {}),
    }


def _chosen(kind: str, options: list[Block], initial: Block | list[Block]) -> Block:
    name = "initial_options" if isinstance(initial, list) else "initial_option"
    return {"type": kind, "options": options, name: initial}


def _named(options: list[Block], value: str) -> Block:
    return next(choice for choice in options if choice["value"] == value)


def _line(initial: str) -> Block:
    return {"type": "plain_text_input", "max_length": 60, **({"initial_value": initial} if initial else {})}


def _date(initial: date | None) -> Block:
    return {"type": "datepicker", **({"initial_date": initial.isoformat()} if initial else {})}
