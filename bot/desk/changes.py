"""A draft with its edits, piece by piece: what stays, what goes and what comes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from bot.coaching.model import Edit

AROUND = 60
"""Characters that are shown on each side of a change, where the draft is long."""


class Piece(NamedTuple):
    """Some words, and what becomes of them."""

    text: str
    kind: Literal["stays", "goes", "comes"]


def changes(draft: str, edits: tuple[Edit, ...], *, longest: int) -> list[Piece]:
    """The pieces in the draft's order, about so many characters at most; of a long draft what is near a change."""
    fitting: list[Piece] = []
    length = 0
    for piece in _pieces(draft, edits, long=len(draft) > longest // 2):
        length += len(piece.text)
        if length > longest:
            return [*fitting, Piece(" …", "stays")]
        fitting.append(piece)
    return fitting


def _pieces(draft: str, edits: tuple[Edit, ...], *, long: bool) -> Iterator[Piece]:
    at = 0
    for edit in edits:
        yield from _staying(draft[at : edit.start], long=long)
        gone = draft[edit.start : edit.end]
        yield from _changing(gone, "goes")
        if edit.text:
            yield from _staying(" " if gone.strip() and not gone[-1:].isspace() else "", long=False)
            yield from _changing(edit.text, "comes")
        at = edit.end
    yield from _staying(draft[at:], long=long)


def _staying(text: str, *, long: bool) -> Iterator[Piece]:
    if long and len(text) > 3 * AROUND:
        text = f"{text[:AROUND]} … {text[-AROUND:]}"
    if text:
        yield Piece(text, "stays")


def _changing(text: str, kind: Literal["goes", "comes"]) -> Iterator[Piece]:
    """The space around a change stays as it is, since no platform strikes it."""
    bare = text.strip()
    if not bare:
        yield from _staying(text, long=False)
        return
    yield from _staying(text[: text.index(bare)], long=False)
    yield Piece(bare, kind)
    yield from _staying(text[text.index(bare) + len(bare) :], long=False)
