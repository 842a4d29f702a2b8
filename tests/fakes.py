"""Hand-written stand-ins for what lies beyond the core; each records what it was asked."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from bot.coaching.errors import LibraryUnavailable, ModelUnavailable
from bot.coaching.model import Found, Passage
from bot.coaching.ports import Form, Message, Vector
from bot.coaching.text import words


class HashEmbedder:
    """Vectors of length one made from a text's words: the same words, the same vector. Records what it embeds."""

    id = "hash-8"

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        self.embedded.extend(texts)
        return [_vector(text) for text in texts]

    queries = passages


def _vector(text: str) -> Vector:
    sums = [0.001] * 8
    for word in words(text):
        digest = hashlib.sha256(word.encode("utf-8", "replace")).digest()
        sums = [total + byte - 127.5 for total, byte in zip(sums, digest[:8], strict=True)]
    length = sum(x * x for x in sums) ** 0.5
    return [x / length for x in sums]


class MemoryLibrary:
    """A library in memory that finds passages by shared words. ``broken`` makes every call fail."""

    def __init__(self, *, broken: bool = False) -> None:
        self.kept: dict[str, Passage] = {}
        self.puts: list[str] = []
        self.drops: list[str] = []
        self.broken = broken

    def _working(self) -> None:
        if self.broken:
            raise LibraryUnavailable("The index cannot be read.")

    def put(self, passages: Sequence[Passage]) -> None:
        self._working()
        self.puts.extend(p.id for p in passages)
        self.kept.update({p.id: p for p in passages})

    def drop(self, ids: Sequence[str]) -> None:
        self._working()
        self.drops.extend(ids)
        for id in ids:
            self.kept.pop(id, None)

    def ids(self) -> set[str]:
        self._working()
        return set(self.kept)

    def search(self, query: str, *, k: int = 5, language: str = "") -> list[Found]:
        self._working()
        asked = set(words(query))
        scored = [(len(asked & set(words(p.text))) / (len(asked) or 1), p) for p in self.kept.values()]
        best = sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])[:k]
        return [Found(passage=passage, score=score) for score, passage in best]


class ScriptedModel:
    """A language model that gives the answer it was made with, or fails where that is None. Records the messages."""

    name = "scripted"

    def __init__(self, answer: object) -> None:
        self.answer = answer
        self.asked: list[Sequence[Message]] = []

    def ask(self, messages: Sequence[Message], form: type[Form]) -> Form:
        self.asked.append(messages)
        if self.answer is None:
            raise ModelUnavailable("The model scripted failed.")
        return form.model_validate(self.answer)
