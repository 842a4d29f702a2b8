"""How warm and how caring sentences are: learned heads over sentence vectors.

A head is a logistic regression. Vectors are centred by language first, so that a head learnt in one language holds
in another. Scoring each sentence and averaging keeps the length of a reply out of its mark.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp

from pydantic import model_validator

from bot.coaching.model import Value
from bot.coaching.ports import Vector


class Head(Value):
    """Weights of one logistic head; ``weights`` has as many numbers as a vector."""

    weights: tuple[float, ...]
    bias: float

    def score(self, vector: Vector) -> float:
        """How likely the sentence has what the head looks for, 0 to 1."""
        total = self.bias + sum(w * x for w, x in zip(self.weights, vector, strict=True))
        return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, total))))


class Heads(Value):
    """The heads for one embedder, and the mean vector of support talk in each language."""

    embedder: str
    centres: Mapping[str, tuple[float, ...]]
    heads: Mapping[str, Head]

    @model_validator(mode="after")
    def _same_length(self) -> Heads:
        if len({len(part) for part in (*self.centres.values(), *(head.weights for head in self.heads.values()))}) > 1:
            raise ValueError("all centres and weights must have the same length")
        return self

    def score(self, name: str, vectors: Sequence[Vector], language: str) -> list[float]:
        """The score of each sentence vector by the head ``name``, 0 to 1."""
        centre = self.centres.get(language) or self.centres["any"]
        head = self.heads[name]
        return [head.score([x - c for x, c in zip(vector, centre, strict=True)]) for vector in vectors]
