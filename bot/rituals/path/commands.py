"""What somebody writes to come to their path."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple, get_args

from bot.coaching.wording import Wording

Verb = Literal["show", "pause", "resume", "notes", "invite"]


class Command(NamedTuple):
    """A verb, and for an invitation whom it is for."""

    verb: Verb
    rest: str = ""


def read(text: str, wordings: Iterable[Wording]) -> Command | None:
    """The command, whose words may be of any of the languages; None where it is none.

    It must be all of the text, but for the name after an invitation: a draft may well begin with the same word.
    """
    text = " ".join(text.split())
    lower = text.lower()
    for wording in wordings:
        for verb in get_args(Verb):
            for phrase in wording.say(f"path.command.{verb}").split("|"):
                if lower == phrase or (verb == "invite" and lower.startswith(f"{phrase} ")):
                    return Command(verb, text[len(phrase) :].strip())
    return None
