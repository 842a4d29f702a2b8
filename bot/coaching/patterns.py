"""Regular expressions that are tried only on texts that hold the letters which they cannot do without.

Most patterns find nothing in most sentences. To see that a text lacks a few letters takes a small part of the time that
the expression itself would take.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

MOST_NEEDED = 24
"""More words than this to look for are hardly quicker than the expression."""


class Pattern:
    """An expression; small and capital letters are the same unless ``case``. Raises re.error for none."""

    def __init__(self, pattern: str, *, case: bool) -> None:
        self._regex = re.compile(pattern, 0 if case else re.IGNORECASE)
        self.needed = needed(pattern)

    @property
    def groups(self) -> Sequence[str]:
        """The names of its groups."""
        return tuple(self._regex.groupindex)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match."""
        return self._regex.search(text) if _holds(text, self.needed) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches that do not overlap, in order."""
        return self._regex.finditer(text) if _holds(text, self.needed) else iter(())


@cache
def compiled(pattern: str, *, case: bool = False) -> Pattern:
    """The pattern, compiled once."""
    return Pattern(pattern, case=case)


def compiling(patterns: tuple[str, ...]) -> tuple[str, ...]:
    """The patterns as they are. Raises ValueError where one is no expression."""
    for pattern in patterns:
        try:
            compiled(pattern)
        except re.error as error:
            raise ValueError(f"the pattern {pattern!r} is not a regular expression ({error})") from error
    return patterns


def matches(patterns: tuple[str, ...], text: str) -> bool:
    """Whether any of the patterns is found in the text."""
    return may_match(patterns, text) and any(compiled(pattern).search(text) for pattern in patterns)


def may_match(patterns: tuple[str, ...], text: str) -> bool:
    """False where it is plain to see that none of the patterns is found in the text, nor in a part of it."""
    return bool(patterns) and _holds(text, _needed_by(patterns))


def _holds(text: str, needed: tuple[str, ...]) -> bool:
    if not needed:
        return True
    small = text.lower()
    for letters in needed:  # noqa: SIM110  # any() takes three times as long here, where the time goes
        if letters in small:
            return True
    return False


@cache
def _needed_by(patterns: tuple[str, ...]) -> tuple[str, ...]:
    each = [needed(pattern) for pattern in patterns]
    return tuple({letters for one in each for letters in one}) if all(each) else ()


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
