"""The path in words, the same on every platform."""

from __future__ import annotations

from datetime import datetime

from bot.coaching.wording import Wording
from bot.rituals.path.model import FIT, Note, Told, Walk
from bot.rituals.saying import say_moment, say_short


def say_place(told: Told, wording: Wording) -> str:
    """Where on the path a step stands."""
    theme = wording.say(f"path.theme.{told.step.theme}")
    return wording.say("path.place", week=told.step.week, number=told.number, of=told.of, theme=theme)


def say_easing(told: Told, wording: Wording) -> str:
    """That there are fewer suggestions from this step on; empty where there are as many as before."""
    return wording.say(f"path.eases-{told.eases}") if told.eases else ""


def say_state(walk: Walk | None, of: int, next_at: datetime | None, wording: Wording) -> str:
    """How somebody's path stands. ``next_at`` is by their own clock."""
    if walk is None:
        return f"{wording.say('path.none')} {wording.say('path.intro')}"
    if walk.state != "walking":
        return wording.say(f"path.status-{walk.state}", number=walk.given, of=of)
    if next_at is None:
        return wording.say("path.status-all", of=of)
    return wording.say("path.status-walking", number=walk.given, of=of, when=say_moment(next_at, wording))


def say_note(note: Note, wording: Wording) -> str:
    """The line above a note."""
    day = say_short(note.day, wording)
    return (
        wording.say("path.note-fit", day=day) if note.week == FIT else wording.say("path.note", week=note.week, day=day)
    )


def say_private(wording: Wording) -> str:
    """Who sees a reflection, and how to see it again."""
    return wording.say("path.private", command=wording.say("path.command.notes").split("|")[0])
