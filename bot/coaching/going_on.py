"""What somebody wants of an answer that they have: why, an example, shorter, in another language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from bot.coaching.model import LANGUAGES, Language
from bot.coaching.wording import Wording

LONGEST = 60
"""Characters of the longest text that is read so: what is longer is a question or a draft of its own."""


class Going(NamedTuple):
    """What is wanted; ``language`` belongs to kind ``language``."""

    kind: Literal["why", "example", "shorter", "language"]
    language: Language | None = None


def going_on(text: str, wordings: Iterable[Wording]) -> Going | None:
    """What the whole text wants of an answer, in any of the languages; None where it is a question of its own.

    The words stand in ``answer.more`` and ``desk.wish``, as phrases parted by ``|``.
    """
    if len(text) > LONGEST:
        return None
    for wording in wordings:
        said = bare(text, wording)
        if said in phrases(wording, "answer.more.why"):
            return Going("why")
        if said in phrases(wording, "answer.more.example"):
            return Going("example")
        if said in phrases(wording, "desk.wish.shorter"):
            return Going("shorter")
        for language in LANGUAGES:
            if said in phrases(wording, f"desk.wish.language-{language}"):
                return Going("language", language)
    return None


def begun_with(before: Sequence[str], wordings: Sequence[Wording]) -> tuple[list[str], Language | None]:
    """The questions of their own among what was asked before, and the language wished for since the latest of them."""
    asked: list[str] = []
    wished: Language | None = None
    for text in before:
        going = going_on(text, wordings)
        if going is None:
            asked.append(text)
            wished = None
        elif going.language:
            wished = going.language
    return asked, wished


def bare(text: str, wording: Wording) -> str:
    """The text in small letters, without signs and the polite words around it."""
    said = " ".join(re.findall(r"[\w'’]+", text.lower())).replace("’", "'")
    polite = "|".join(re.escape(phrase) for phrase in phrases(wording, "desk.wish.polite"))
    return re.sub(rf"^(?:(?:{polite})\s+)+|(?:\s+(?:{polite}))+$", "", said)


def phrases(wording: Wording, name: str) -> list[str]:
    """The phrases of a sentence that lists some, parted by ``|``."""
    return [phrase.strip() for phrase in wording.say(name).split("|")]
