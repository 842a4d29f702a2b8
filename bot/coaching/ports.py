"""What the core needs from outside, as protocols. The adapters live in library/ and models/."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.coaching.model import Found, Passage

Vector = Sequence[float]


class Embedder(Protocol):
    """Turns text into vectors of length one. ``id`` names the model and its version: vectors of two ids never mix."""

    @property
    def id(self) -> str: ...

    def passages(self, texts: Sequence[str]) -> list[Vector]: ...

    def queries(self, texts: Sequence[str]) -> list[Vector]: ...


class Library(Protocol):
    """Where passages are kept and found again."""

    def put(self, passages: Sequence[Passage]) -> None:
        """Keep these passages; one with a known id is replaced."""
        ...

    def drop(self, ids: Sequence[str]) -> None:
        """Forget the passages with these ids; unknown ids are ignored."""
        ...

    def ids(self) -> set[str]:
        """The ids of all kept passages."""
        ...

    def search(self, query: str, *, k: int = 5, language: str = "") -> list[Found]:
        """The k nearest passages, best first, whatever language they are in."""
        ...
