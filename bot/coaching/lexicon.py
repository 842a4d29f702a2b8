"""The small word lists of a language that facts, promises and the form of address are read with."""

from __future__ import annotations

from pydantic import field_validator

from bot.coaching.model import Language, Value
from bot.coaching.patterns import Searched, compiling, matches
from bot.coaching.text import words


class Lexicon(Value):
    """One language's lists, from ``knowledge/lexicon/<language>.yaml``; all words in small letters."""

    id: Language
    number_words: frozenset[str]
    date_words: frozenset[str]
    promise_words: frozenset[str]
    formal: frozenset[str]
    informal: frozenset[str]
    greetings: tuple[str, ...]
    closings: tuple[str, ...]
    sways: tuple[str, ...]
    """Patterns of text that talks to its reviewer instead of the customer."""

    _compiles = field_validator("sways")(compiling)

    def is_swaying(self, text: Searched) -> bool:
        """Whether a sentence tries to tell its reviewer what to find."""
        return matches(self.sways, text)

    def is_formal(self, text: str) -> bool:
        """Whether the text addresses its reader in the polite form (u, te) rather than the familiar one."""
        said = words(text)
        return sum(w in self.formal for w in said) > sum(w in self.informal for w in said)
