"""The path in Teams: a step, how far somebody is, and the dialogs for beginning, practising and writing for oneself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any, NamedTuple

from bot.coaching.wording import Wording
from bot.rituals.path.model import FIT, LONGEST_NOTE, Note, Told, Walk
from bot.rituals.path.saying import say_easing, say_note, say_place, say_private, say_state
from bot.teams.cards.parts import (
    LARGEST,
    Card,
    button,
    card,
    clock,
    container,
    field,
    line,
    opener,
    rich,
    run,
    size,
    small,
    somebody,
    titled,
    toggle,
)


def step_card(told: Told, wording: Wording) -> Card:
    """A step."""
    step = told.step
    caveat = [small(step.caveat)] if step.caveat else []
    body = [
        small(f"🌱 {say_place(told, wording)}"),
        rich(run(step.title, bold=True, size="Medium")),
        *_paragraphs(step.reading),
        small(str(step.source)),
        *caveat,
        *_exercise(told, wording),
        *_value(told, wording),
        rich(run(wording.say("path.today", today=step.today), bold=True), separator=True),
        *([small(say_easing(told, wording))] if told.eases else []),
    ]
    return card(body, _buttons(told, wording))


def _paragraphs(text: str) -> list[Card]:
    return [rich(part, spacing="Small") for part in text.split("\n") if part.strip()]


def _exercise(told: Told, wording: Wording) -> list[Card]:
    step = told.step
    if step.exercise == "question":
        return [titled(wording.say("path.question"), *_paragraphs(step.ask))]
    written = container(*_paragraphs(step.customer), style="emphasis")
    return [titled(wording.say("path.customer"), written, *_paragraphs(step.ask))]


def _value(told: Told, wording: Wording) -> list[Card]:
    if told.card is None:
        return []
    means = rich(run(told.card.means, italic=True))
    title = f"🔖 {wording.say('path.card', value=told.value)}"
    return [titled(title, means, *_paragraphs(told.card.story), small(str(told.card.source)))]


def _buttons(told: Told, wording: Wording) -> list[Card]:
    id = told.step.id
    draft = told.step.exercise == "draft"
    made = [opener(wording.say("path.practise" if draft else "path.answer"), f"path_{told.step.exercise}", id=id)]
    if told.reflects:
        made.append(opener(wording.say("path.reflect"), "path_reflect", week=str(told.reflects)))
    if told.last:
        made.append(opener(wording.say("path.fit"), "path_reflect", week=str(FIT)))
        return [*made, button(wording.say("path.finish"), "path_finish", "chat")]
    return [*made, button(wording.say("path.pause"), "path_pause", "chat")]


def state_card(walk: Walk | None, of: int, next_at: datetime | None, wording: Wording, *, above: str = "") -> Card:
    """How somebody's path stands, and what they can do; ``above`` is said first."""

    def begin(said: str) -> Card:
        return opener(wording.say(said), "path_begin", lead="")

    made = []
    if walk and walk.given:
        made.append(button(wording.say("path.show"), "path_show", "chat"))
    if walk is None or walk.finished:
        made.append(begin("path.again" if walk else "path.begin"))
    elif walk.state == "paused":
        made += [button(wording.say("path.resume"), "path_resume", "chat"), begin("path.again")]
    else:
        made += [button(wording.say("path.pause"), "path_pause", "chat"), begin("path.again")]
    if walk:
        made.append(button(wording.say("path.notes-title"), "path_notes", "chat"))
    said = [rich(run(above, color="Good"))] if above else []
    title = rich(run(wording.say("path.title"), bold=True, size="Medium"))
    return card([*said, title, rich(say_state(walk, of, next_at, wording))], made)


def invitation_card(text: str, lead: str, wording: Wording) -> Card:
    """A lead's suggestion to begin."""
    return card([rich(text)], [opener(wording.say("path.begin"), "path_begin", lead=lead)])


class Begun(NamedTuple):
    """What somebody chose for their path; ``at`` is None where it is no time."""

    at: time | None
    country: str
    lead: str
    fades: bool


def begin_form(wording: Wording, *, at: time, wrong: str = "") -> Card:
    """The form that begins the path. Nobody is chosen beforehand who is told: that is for the person to say."""

    def say(name: str) -> str:
        return wording.say(f"path.form.{name}")

    body = [
        *([rich(run(wrong, color="Attention"))] if wrong else []),
        rich(wording.say("path.intro")),
        clock("at", say("at"), at),
        line("country", say("country"), longest=10),
        somebody("lead", say("lead")),
        small(say("lead-hint")),
        toggle("fades", f"{say('fades')}: {say('fades-yes')}", on=True),
    ]
    return card(body, [button(wording.say("path.begin"), "path_begun", "dialog", inputs=True)])


def begun(given: Mapping[str, Any]) -> Begun:
    """What the form holds."""

    def said(name: str) -> str:
        value = given.get(name)
        return value.strip() if isinstance(value, str) else ""

    try:
        at = time.fromisoformat(said("at")).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        at = None
    return Begun(at, said("country").upper(), said("lead"), said("fades") != "no")


def practice_form(told: Told, wording: Wording, *, wrong: str = "", draft: str = "") -> Card:
    """The form for a reply to a made-up customer."""
    body = [
        *([rich(run(wrong, color="Attention"))] if wrong else []),
        rich(run(told.step.title, bold=True)),
        *_exercise(told, wording),
        field("draft", wording.say("path.reply"), value=draft, needed=wording.say("desk.refused.no-draft")),
    ]
    send = button(wording.say("chat.form.submit"), "path_practised", "dialog", inputs=True, id=told.step.id)
    return card(body, [send])


def answer_card(told: Told, wording: Wording) -> Card:
    """What can be said to a question."""
    return card([*_exercise(told, wording), titled(wording.say("path.answer"), *_paragraphs(told.step.answer))])


def note_form(week: int, wording: Wording) -> Card:
    """The form for a reflection."""
    name = "fit" if week == FIT else "reflect"
    body = [
        rich(run(wording.say(f"path.{name}"), bold=True)),
        field("note", wording.say(f"path.{name}-ask"), longest=LONGEST_NOTE),
        small(say_private(wording)),
    ]
    return card(body, [button(wording.say("path.keep"), "path_noted", "dialog", inputs=True, week=str(week))])


def notes_card(notes: Sequence[Note], wording: Wording) -> Card:
    """What somebody wrote for themselves, the newest first, as many as a card holds."""
    title = rich(run(wording.say("path.notes-title"), bold=True, size="Medium"))
    if not notes:
        return card([title, rich(wording.say("path.notes-none"))])
    body = [title]
    for note in reversed(notes):
        shown = titled(say_note(note, wording), *_paragraphs(note.text))
        if size(card([*body, shown])) > LARGEST:
            break
        body.append(shown)
    return card(body)
