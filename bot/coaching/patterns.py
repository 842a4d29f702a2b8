"""Regular expressions that are tried only on texts that hold the letters which they cannot do without.

Most patterns find nothing in most sentences. To see that a text lacks a few letters takes a small part of the time that
the expression itself would take.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

MOST_NEEDED = 24
"""More words than this to look for are hardly quicker than the expression."""
_BEHIND = "(?<"
BEGINNING = 3
"""Letters by which a word is looked up."""


class Words:
    """All words that some pattern needs, by their beginnings. ``count`` tells whether one knows of the latest."""

    def __init__(self) -> None:
        self._by_beginning: dict[str, tuple[str, ...]] = {}
        self._short: tuple[str, ...] = ()
        self._adding = threading.Lock()
        self.count = 0

    def add(self, words: Iterable[str]) -> None:
        """Look for these too, from now on."""
        # What is there is replaced and not changed: another thread may be reading it.
        with self._adding:
            for word in words:
                begin = word[:BEGINNING]
                if len(word) < BEGINNING and word not in self._short:
                    self._short = (*self._short, word)
                    self.count += 1
                elif len(word) >= BEGINNING and word not in self._by_beginning.get(begin, ()):
                    self._by_beginning[begin] = (*self._by_beginning.get(begin, ()), word)
                    self.count += 1

    def held(self, text: str) -> set[str]:
        """Those that stand in a text, in whatever letters."""
        small = text.lower()
        found = self._by_beginning.get
        held = {word for word in self._short if word in small}
        for at in range(len(small) - BEGINNING + 1):
            for word in found(small[at : at + BEGINNING], ()):
                if small.startswith(word, at):
                    held.add(word)
        return held


_WORDS = Words()


class Searched:
    """A text that many patterns are looked for in: which of the words that they need it holds is found out once.

    ``parts`` were looked through already: then what they hold is all that counts.
    """

    def __init__(self, text: str, parts: Collection[Searched] | None = None) -> None:
        self.text = text
        if parts is None:
            self.known, self.held = _WORDS.count, _WORDS.held(text)
        else:
            self.known = min((part.known for part in parts), default=_WORDS.count)
            self.held = set[str]().union(*(part.held for part in parts))


class Patterns:
    """Expressions that are looked for together. ``case``: small and capital letters are not the same."""

    def __init__(self, patterns: Sequence[str], *, case: bool) -> None:
        self._case = case
        self._each = [(pattern, frozenset(needed(pattern))) for pattern in patterns]
        self._unsure = [(pattern, words) for pattern, words in self._each if not words]
        self._words = frozenset[str]().union(*(words for _, words in self._each))
        _WORDS.add(self._words)
        self._known = _WORDS.count

    def likely(self, text: Searched) -> Sequence[re.Pattern[str]]:
        """Those that may be found in the text, in order: the others are surely not."""
        if text.known < self._known:
            return [compiled(pattern, case=self._case) for pattern, _ in self._each]
        # Asked of every rule and sentence, and mostly in vain. Most patterns are never likely: compiling them all would
        # take longer than the first review.
        some = self._unsure if self._words.isdisjoint(text.held) else self._each
        return [
            compiled(pattern, case=self._case)
            for pattern, words in some
            if not words or not words.isdisjoint(text.held)
        ]


def compiled(pattern: str, *, case: bool = False) -> re.Pattern[str]:
    """The expression, compiled once; small and capital letters are the same unless ``case``. Raises re.error."""
    return _compiled(pattern, case)


@cache
def _compiled(pattern: str, case: bool) -> re.Pattern[str]:
    return re.compile(pattern, 0 if case else re.IGNORECASE)


@cache
def _together(patterns: tuple[str, ...], case: bool) -> Patterns:
    return Patterns(patterns, case=case)


def compiling(patterns: tuple[str, ...]) -> tuple[str, ...]:
    """The patterns as they are. Raises ValueError where one is no expression."""
    for pattern in patterns:
        try:
            _WORDS.add(needed(pattern))  # before any text is looked through
            if _BEHIND in pattern:  # what may stand in one is seen only when it is compiled
                compiled(pattern)
        except re.error as error:
            raise ValueError(f"the pattern {pattern!r} is not a regular expression ({error})") from error
    return patterns


def likely(patterns: tuple[str, ...], text: Searched, *, case: bool = False) -> Sequence[re.Pattern[str]]:
    """The patterns that may be found in the text or in a part of it, compiled; the others are surely not."""
    return _together(patterns, case).likely(text) if patterns else ()


def matches(patterns: tuple[str, ...], text: Searched) -> bool:
    """Whether any of the patterns is found in the text."""
    return any(pattern.search(text.text) for pattern in likely(patterns, text))


@cache
def needed(pattern: str) -> tuple[str, ...]:
    """Small letters of which every match holds some; none where that cannot be told."""
    return _needed(parser.parse(pattern))


def _needed(parsed: Sequence[tuple[Any, Any]]) -> tuple[str, ...]:
    """The best of what the parts need, which all must match."""
    best: tuple[str, ...] = ()
    letters = ""
    for kind, value in [*parsed, (None, None)]:
        if kind is op.LITERAL and len(chr(value).lower()) == 1:
            letters += chr(value).lower()
            continue
        best = max(best, (letters,) if letters else (), _part(kind, value), key=_worth)
        letters = ""
    return best


def _part(kind: Any, value: Any) -> tuple[str, ...]:
    if kind is op.SUBPATTERN:
        return _needed(value[-1])
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT) and value[0] > 0:
        return _needed(value[2])
    if kind is op.BRANCH:
        branches = [_needed(branch) for branch in value[1]]
        return tuple({letters for branch in branches for letters in branch}) if all(branches) else ()
    return ()


def _worth(letters: tuple[str, ...]) -> tuple[int, int]:
    """Long and few letters rule out most."""
    if not letters or len(letters) > MOST_NEEDED:
        return 0, 0
    return min(map(len, letters)), -len(letters)
