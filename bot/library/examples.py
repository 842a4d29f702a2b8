"""Examples of questions: what lies near to those that the knowledge does not answer is not in the documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from bot.coaching.model import Language
from bot.coaching.ports import Embedder, Nearby
from bot.library.bearings import Anchors, Matrix, take_bearings

if TYPE_CHECKING:
    from bot.coaching.asking import Questions

_SOME, _FEW = 5, 3


class VectorExamples:
    """The Examples port over an embedder. ``questions`` gives the examples of a language."""

    def __init__(
        self, embedder: Embedder, anchors: Callable[[], Anchors], questions: Callable[[Language], Questions]
    ) -> None:
        self._embedder = embedder
        self._bearings = cache(lambda: take_bearings(embedder, anchors()))
        self._questions = questions
        self._elsewhere = cache(lambda of: self._vectors(of, questions(of).elsewhere))
        self._secret = cache(lambda of: self._vectors(of, questions(of).secret_examples))
        self._person = cache(lambda of: self._vectors(of, questions(of).person_examples))
        self._phrases = cache(lambda of: self._vectors(of, questions(of).phrases))

    def near(self, question: str, language: Language) -> Nearby:
        """How near a question is to the examples of each kind."""
        [vector] = self._embedder.queries([question])
        meaning = self._bearings().question(np.asarray(vector, dtype=np.float32), language)
        return Nearby(
            elsewhere=_nearest(self._elsewhere(language) @ meaning, _SOME),
            secret=_nearest(self._secret(language) @ meaning, _FEW),
            person=_nearest(self._person(language) @ meaning, _FEW),
            phrases=(self._phrases(language) @ meaning).tolist(),
        )

    def _vectors(self, language: Language, texts: Sequence[str]) -> Matrix:
        vectors = np.asarray(self._embedder.queries(list(texts)), dtype=np.float32)
        return np.stack([self._bearings().question(vector, language) for vector in vectors])


def _nearest(values: Matrix, some: int) -> tuple[float, float]:
    best = np.sort(values)[::-1][:some]
    return float(best[0]), float(best.mean())
