"""What comes of reading a document: its passages, and what was left out of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from bot.coaching.model import Passage


class LeftOut(NamedTuple):
    """Something of the document that is not in its passages.

    ``what`` is a short excerpt, ``why`` a reason such as "icon names", ``place`` a line or a range of lines.
    """

    what: str
    why: str
    place: str


class ReadDocument(NamedTuple):
    """A document that was read: ``digest`` is the SHA-256 of its bytes, ``languages`` counts passages by language."""

    path: Path
    digest: str
    passages: tuple[Passage, ...]
    left_out: tuple[LeftOut, ...]
    languages: Mapping[str, int]


def left_out(text: str, why: str, first: int, last: int = 0, *, count: int = 1) -> LeftOut:
    """One line of the report. ``first`` and ``last`` are line numbers; ``count`` is how often the text stood there."""
    excerpt = text if len(text) <= 80 else text[:79].rstrip() + "…"
    times = f" ({count} times)" if count > 1 else ""
    place = f"lines {first}–{last}" if last > first else f"line {first}"
    return LeftOut(excerpt + times, why, place)
