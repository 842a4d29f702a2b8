"""The path in Slack: a step, how far somebody is, and the modals for beginning, practising and writing for oneself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, NamedTuple

from bot.coaching.wording import Wording
from bot.rituals.path.model import FIT, LONGEST_NOTE, Note, Told, Walk
from bot.rituals.path.saying import say_easing, say_note, say_place, say_private, say_state
from bot.slack.blocks.form import TITLE, field, modal
from bot.slack.blocks.limits import INPUT, Block, actions, button, context, divider, label, option, section
from bot.slack.text import escape

MOST_NOTES = 40


def step_blocks(told: Told, wording: Wording) -> tuple[list[Block], str]:
    """A step, and the line for a notification."""
    step = told.step
    blocks = [
        context(f":seedling: {escape(say_place(told, wording))}"),
        section(f"*{escape(step.title)}*\n{escape(step.reading)}"),
        context(escape(str(step.source))),
        *([context(escape(step.caveat))] if step.caveat else []),
        divider(),
        *_exercise(told, wording),
        *_card(told, wording),
        section(f"*{escape(wording.say('path.today', today=step.today))}*"),
        *([context(escape(say_easing(told, wording)))] if told.eases else []),
        actions(*_buttons(told, wording)),
    ]
    return blocks, escape(step.title)


def _exercise(told: Told, wording: Wording) -> list[Block]:
    step = told.step
    if step.exercise == "question":
        return [section(f"*{escape(wording.say('path.question'))}*\n{escape(step.ask)}")]
    quoted = "\n".join(f"> {line}" for line in escape(step.customer).splitlines())
    return [section(f"*{escape(wording.say('path.customer'))}*\n{quoted}\n{escape(step.ask)}")]


def _card(told: Told, wording: Wording) -> list[Block]:
    if told.card is None:
        return []
    title = escape(wording.say("path.card", value=told.value))
    text = f":bookmark: *{title}*\n_{escape(told.card.means)}_\n{escape(told.card.story)}"
    return [section(text), context(escape(str(told.card.source)))]


def _buttons(told: Told, wording: Wording) -> list[Block]:
    id = told.step.id
    draft = told.step.exercise == "draft"
    made = [button(wording.say("path.practise" if draft else "path.answer"), f"path_{told.step.exercise}", id)]
    if told.reflects:
        made.append(button(wording.say("path.reflect"), "path_reflect", str(told.reflects)))
    if told.last:
        made.append(button(wording.say("path.fit"), "path_fit", str(FIT)))
        made.append(button(wording.say("path.finish"), "path_finish", id, style="primary"))
    else:
        made.append(button(wording.say("path.pause"), "path_pause", id))
    return made


def state_blocks(walk: Walk | None, of: int, next_at: datetime | None, wording: Wording) -> list[Block]:
    """How somebody's path stands, and what they can do."""
    made = []
    if walk and walk.given:
        made.append(button(wording.say("path.show"), "path_show", "last"))
    if walk is None or walk.finished:
        made.append(button(wording.say("path.again" if walk else "path.begin"), "path_begin", "me", style="primary"))
    elif walk.state == "paused":
        made.append(button(wording.say("path.resume"), "path_resume", "me", style="primary"))
    else:
        made.append(button(wording.say("path.pause"), "path_pause", "me"))
    if walk and not walk.finished:
        made.append(button(wording.say("path.again"), "path_begin", "me"))
    if walk:
        made.append(button(wording.say("path.notes-title"), "path_notes", "me"))
    text = escape(say_state(walk, of, next_at, wording))
    return [section(f"*{escape(wording.say('path.title'))}*\n{text}"), actions(*made)]


def invitation_blocks(text: str, lead: str, wording: Wording) -> list[Block]:
    """A lead's suggestion to begin; ``text`` is escaped."""
    return [section(text), actions(button(wording.say("path.begin"), "path_begin", lead, style="primary"))]


class Begun(NamedTuple):
    """What somebody chose for their path."""

    at: time
    country: str
    lead: str
    fades: bool


def begin_form(wording: Wording, *, at: time, lead: str = "") -> Block:
    """The form that begins the path. ``lead`` is whom an invitation came from."""

    def say(name: str) -> str:
        return wording.say(f"path.form.{name}")

    fades = [option(say("fades-yes"), "yes")]
    # The lead is not chosen beforehand: that somebody hears of it is for the person to say.
    blocks = [
        section(escape(wording.say("path.intro"))),
        field("at", say("at"), {"type": "timepicker", "initial_time": at.strftime("%H:%M")}),
        field("country", say("country"), {"type": "plain_text_input", "max_length": 10}, optional=True),
        field("lead", say("lead"), {"type": "users_select"}, optional=True),
        context(escape(say("lead-hint")) + (f" (<@{lead}>)" if lead else "")),
        field("fades", say("fades"), {"type": "checkboxes", "options": fades, "initial_options": fades}, optional=True),
    ]
    return modal(
        wording.say("path.title"),
        wording,
        blocks,
        callback_id="path_begin",
        submit=label(wording.say("path.begin"), TITLE),
    )


def begun(state: Block) -> Begun:
    """What the form holds, from the ``state`` of a submitted view."""
    values: dict[str, dict[str, Any]] = {name: next(iter(block.values())) for name, block in state["values"].items()}
    return Begun(
        at=time.fromisoformat(values["at"]["selected_time"]),
        country=(values["country"].get("value") or "").strip().upper(),
        lead=values["lead"].get("selected_user") or "",
        fades=bool(values["fades"].get("selected_options")),
    )


def practice_form(told: Told, wording: Wording) -> Block:
    """The form for a reply to a made-up customer."""
    text = {"type": "plain_text_input", "multiline": True, "max_length": INPUT}
    return modal(
        told.step.title,
        wording,
        [*_exercise(told, wording), field("draft", wording.say("path.reply"), text)],
        callback_id="path_practise",
        private_metadata=told.step.id,
        submit=label(wording.say("chat.form.submit"), TITLE),
    )


def answer_modal(told: Told, wording: Wording) -> Block:
    """What can be said to a question."""
    title = wording.say("path.answer")
    return modal(title, wording, [*_exercise(told, wording), section(escape(told.step.answer))])


def note_form(week: int, wording: Wording) -> Block:
    """The form for a reflection."""
    name = "fit" if week == FIT else "reflect"
    text = {"type": "plain_text_input", "multiline": True, "max_length": LONGEST_NOTE}
    return modal(
        wording.say(f"path.{name}"),
        wording,
        [
            section(escape(wording.say(f"path.{name}-ask"))),
            field("note", wording.say("path.notes-title"), text),
            context(escape(say_private(wording))),
        ],
        callback_id="path_note",
        private_metadata=str(week),
        submit=label(wording.say("path.keep"), TITLE),
    )


def said_modal(text: str, wording: Wording) -> Block:
    """A modal that says one thing."""
    return modal(wording.say("path.title"), wording, [section(escape(text))])


def notes_blocks(notes: Sequence[Note], wording: Wording) -> list[Block]:
    """What somebody wrote for themselves, the latest last."""
    if not notes:
        return [section(escape(wording.say("path.notes-none")))]
    blocks = [section(f"*{escape(wording.say('path.notes-title'))}*")]
    for note in notes[-MOST_NOTES:]:
        blocks.append(section(f"*{escape(say_note(note, wording))}*\n{escape(note.text)}"))
    return blocks
