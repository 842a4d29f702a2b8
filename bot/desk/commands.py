"""What the text after ``/coach`` asks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bot.coaching.wording import Wording


class Help(NamedTuple):
    """Say what can be asked."""


class Ask(NamedTuple):
    """Answer a question from the knowledge."""

    question: str


class OpenForm(NamedTuple):
    """Show the form."""


class Review(NamedTuple):
    """Review this draft."""

    text: str


Command = Help | Ask | OpenForm | Review


def read_command(text: str, wordings: Iterable[Wording]) -> Command:
    """The command, whose words (``help``, ``ask …``) may be of any of the languages; all else is a draft.

    The word for help counts only by itself: a draft may well begin with it.
    """
    text = text.strip()
    if not text:
        return OpenForm()
    first, _, rest = text.partition(" ")
    for wording in wordings:
        if text.lower() in _phrases(wording.say("desk.command.help")):
            return Help()
        if first.lower() in _phrases(wording.say("desk.command.ask")) and rest.strip():
            return Ask(rest.strip())
    return Review(text)


def _phrases(listed: str) -> list[str]:
    return [phrase.strip() for phrase in listed.split("|")]
