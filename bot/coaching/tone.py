"""What sentences do to their reader, as far as it can be learnt: logistic heads over a sentence's vector and words.

Vectors are centred by language first, so that a head learnt in one language holds in another. Words count as well
because a vector of meaning is nearly blind to small ones: "as I said" beside "as you said". Each sentence is read by
itself, which keeps the length of a reply out of its mark.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from math import exp, sqrt
from operator import mul
from zlib import crc32

from pydantic import ConfigDict, model_validator

from bot.coaching.model import Value
from bot.coaching.ports import Vector

Marks = Mapping[str, Sequence[float]]
"""By the name of a head the log-odds of each sentence in turn."""

BUCKETS = 1 << 13
"""Words and pairs of words share this many weights: their places are checksums, so no vocabulary need be shipped."""
_TOKEN = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")


def places(sentence: str) -> list[int]:
    """Where the words and pairs of words of a sentence stand among the weights, in order, each once."""
    tokens = ["^", *_TOKEN.findall(sentence.lower())]
    grams = {*tokens[1:], *(f"{first} {second}" for first, second in pairwise(tokens))}
    return sorted({crc32(gram.encode("utf-8", "replace")) % BUCKETS for gram in grams})


def chance(log_odds: float) -> float:
    """Log-odds as a probability."""
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, log_odds))))


class Head(Value):
    """One logistic head. ``weights`` has a number for each of a vector's, or none where only words count.

    ``words`` is a signed byte for each bucket, in units of ``step``.
    """

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    weights: tuple[float, ...]
    bias: float
    words: bytes
    step: float

    @model_validator(mode="after")
    def _every_bucket(self) -> Head:
        if len(self.words) != BUCKETS:
            raise ValueError(f"a head must have {BUCKETS} weights of words")
        return self

    @cached_property
    def _signed(self) -> list[int]:
        return memoryview(self.words).cast("b").tolist()

    def log_odds(self, vector: Vector, found: Sequence[int]) -> float:
        """The log-odds that a sentence has what the head looks for; ``found`` are the places of its words."""
        meant = sum(map(mul, self.weights, vector)) if self.weights else 0.0
        said = self.step * sum(map(self._signed.__getitem__, found)) / sqrt(len(found) or 1)
        return self.bias + meant + said


class Scale(Value):
    """A logistic scale over named features of a whole reply; features that it does not name do not count."""

    weights: Mapping[str, float]
    bias: float

    def score(self, features: Mapping[str, float]) -> float:
        """The mark of a reply with these features, 0 to 1."""
        return chance(self.bias + sum(weight * features[name] for name, weight in self.weights.items()))


class Heads(Value):
    """What was learnt for one embedder: the mean vector of support talk in each language, heads and scales."""

    embedder: str
    centres: Mapping[str, tuple[float, ...]]
    heads: Mapping[str, Head]
    asking: Mapping[str, Head]
    """``words`` and ``both``: whether a customer's message shows a feeling, without and with its vector."""
    scales: Mapping[str, Scale]

    @model_validator(mode="after")
    def _same_length(self) -> Heads:
        heads = (*self.heads.values(), *self.asking.values())
        vectors = (*self.centres.values(), *(head.weights for head in heads if head.weights))
        if len({len(vector) for vector in vectors}) > 1:
            raise ValueError("all centres and weights must have the same length")
        return self

    def read(self, sentences: Sequence[str], vectors: Sequence[Vector], language: str) -> Marks:
        """What every head says of each sentence, given with its vector."""
        seen = [
            (self._centred(vector, language), places(text)) for text, vector in zip(sentences, vectors, strict=True)
        ]
        return {name: [head.log_odds(*one) for one in seen] for name, head in self.heads.items()}

    def feeling(self, message: str, vector: Vector | None, language: str) -> float:
        """How likely the customer shows a feeling, 0 to 1; surer with the message's vector."""
        found = places(message)
        if vector is None:
            return chance(self.asking["words"].log_odds((), found))
        return chance(self.asking["both"].log_odds(self._centred(vector, language), found))

    def _centred(self, vector: Vector, language: str) -> Vector:
        centre = self.centres.get(language) or self.centres["any"]
        return [x - c for x, c in zip(vector, centre, strict=True)]
