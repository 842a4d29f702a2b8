"""What the text after ``/wow`` asks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple, get_args

from bot.coaching.wording import Wording

Verb = Literal[
    "help",
    "schedule",
    "list",
    "preview",
    "pause",
    "resume",
    "skip",
    "now",
    "remove",
    "gift",
    "share",
    "book",
    "insight",
]
FOR_LEADS: frozenset[Verb] = frozenset(
    {"schedule", "list", "pause", "resume", "skip", "now", "remove", "book", "insight"}
)


class Command(NamedTuple):
    """A verb and what follows it."""

    verb: Verb
    rest: str = ""


def read_command(text: str, wordings: Iterable[Wording]) -> Command | None:
    """The command, whose words may be of any of the languages; None where it is none. No text at all is help."""
    text = " ".join(text.split())
    if not text:
        return Command("help")
    lower = text.lower()
    for wording in wordings:
        for verb in get_args(Verb):
            for phrase in wording.say(f"wow.command.{verb}").split("|"):
                phrase = phrase.strip()
                if lower == phrase or lower.startswith(f"{phrase} "):
                    return Command(verb, text[len(phrase) :].strip())
    return None
