"""The lists of ``knowledge/privacy``: first names, surnames, and what looks like a name and is none."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from bot.coaching.errors import BadKnowledge


class NameLists(NamedTuple):
    """Names in small letters. ``words`` are first names that are words too, by language."""

    first: frozenset[str]
    words: dict[str, frozenset[str]]
    surnames: frozenset[str]
    not_people: frozenset[str]

    def is_first(self, word: str) -> bool:
        """Whether it is a first name, or two joined by a hyphen."""
        if word.lower() in self.first:
            return True
        parts = word.split("-")
        return len(parts) == 2 and parts[0].lower() in self.first and parts[1][:1].isupper()

    def is_word(self, name: str, language: str) -> bool:
        """Whether the first name is a word of the language, too; of any language where none is given."""
        groups = [self.words[language]] if language in self.words else self.words.values()
        return any(name.lower() in group for group in groups)


@lru_cache(maxsize=4)
def read_name_lists(folder: Path) -> NameLists:
    """The lists of a folder. Raises BadKnowledge where one cannot be read."""
    words: dict[str, set[str]] = {"en": set(), "nl": set(), "fi": set()}
    for line in _lines(folder / "first-names-also-words.txt"):
        name, _, languages = line.partition(":")
        for language in languages.split():
            words[language].add(name.strip().lower())
    phrases = (phrase.strip().lower() for line in _lines(folder / "not-people.txt") for phrase in line.split(","))
    return NameLists(
        first=frozenset(line.lower() for line in _lines(folder / "first-names.txt")),
        words={language: frozenset(names) for language, names in words.items()},
        surnames=frozenset(line.lower() for line in _lines(folder / "surnames.txt")),
        not_people=frozenset(phrase for phrase in phrases if phrase),
    )


def _lines(path: Path) -> list[str]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise BadKnowledge(f"{path}:1: this list of names cannot be read as UTF-8 text.") from None
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
