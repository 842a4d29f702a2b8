"""Every pattern that a text of somebody else meets: those in the knowledge, and those in the code."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from functools import cache
from types import ModuleType

import bot
from bot.coaching.model import LANGUAGES
from bot.content.knowledge import Knowledge
from bot.content.places import KNOWLEDGE, WORDING
from bot.content.shelf import FileShelf

LEFT_OUT = (
    *("bot.__main__", "bot.training", "bot.evals", "bot.store.migrations", "bot.teams.package"),
    *("bot.content.documents", "bot.content.knowledge"),
)
"""What meets no text of anybody, or lines that are cut first; a test of their own times the reading of documents."""
AT_A_PLACE = (
    *("bot.coaching.ledger._AMOUNT", "bot.privacy.names._LINE", "bot.privacy.names._LAST_LINE"),
    *("bot.teams.handlers.files.SHAREPOINT", "bot.content.tables._FORMULA"),
)
"""Patterns that are tried at one place, or on so many characters, and not searched for."""
ALWAYS = ("a", " ", ".", "1", "a.", "1.", "Ab ")
MOST_TAKEN = 4
"""Words of its own that a pattern is pumped with."""


def _modules() -> Iterator[ModuleType]:
    for module in pkgutil.walk_packages(bot.__path__, "bot."):
        if not module.name.startswith(LEFT_OUT):
            yield importlib.import_module(module.name)


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The patterns, by where each stands."""
    found: dict[str, re.Pattern[str]] = {}
    for module in _modules():
        for name, value in vars(module).items():
            place = f"{module.__name__}.{name}"
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str) and place not in AT_A_PLACE:
                found[place] = value
    shelf = FileShelf(Knowledge(KNOWLEDGE), WORDING)
    for language in LANGUAGES:
        reader = shelf.reader(language)
        for part in (reader.rules, reader.praise, shelf.signs(language)):
            for entry in part:
                for at, pattern in enumerate(entry.find):
                    found[f"{language}/{entry.id}/{at}"] = re.compile(pattern, re.IGNORECASE)
    return found


def pumps(pattern: str) -> list[str]:
    """What is repeated to make a pattern slow: its own words, and what is often to blame."""
    bare = re.sub(r"\\.|\(\?P?<\w+>", " ", pattern)
    own = dict.fromkeys(word.lower() + " " for word in re.findall(r"[^\W\d_]{2,}", bare))
    return [*list(own)[:MOST_TAKEN], *ALWAYS]


def seconds(pattern: re.Pattern[str], text: str) -> float:
    """How long the pattern takes to find all it can, in seconds of the processor: others may be using the machine."""
    begun = time.thread_time()
    for _ in pattern.finditer(text):
        pass
    return time.thread_time() - begun
