"""What in a vector is language and what is meaning.

Taken raw, every passage in the question's own language lies nearer to it than any passage in another. Two corrections
mend that, and both are learnt from the anchors, the same sentences in three languages, and not from what is indexed:
so they hold for one document as for thousands, and nothing moves when something is added.

- From a question the mean of its language's questions is subtracted, from a passage that of its language's passages.
- Some passages lie near to everything. What a passage has in common with its nearest anchors is no answer to anything
  in particular, so that much is taken off (a crowding penalty, as in cross-domain similarity local scaling).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.coaching.errors import BadKnowledge
from bot.coaching.ports import Embedder

Matrix = NDArray[np.float32]
Anchors = Mapping[str, Sequence[str]]
"""The same sentences in each language, in the same order."""

_NEAREST = 10


class Bearings:
    """Compares questions and passages whatever their languages are."""

    def __init__(self, questions: Mapping[str, Matrix], passages: Mapping[str, Matrix]) -> None:
        """The anchors' vectors by language, embedded as questions and as passages."""
        self._question_means = {language: _mean(rows) for language, rows in questions.items()}
        self._passage_means = {language: _mean(rows) for language, rows in passages.items()}
        # A language without anchors is taken for the middle of those that have them.
        self._other_question = _mean(list(self._question_means.values()))
        self._other_passage = _mean(list(self._passage_means.values()))
        self._anchors = np.concatenate([_unit(rows - self._question_means[lang]) for lang, rows in questions.items()])

    def language_of(self, question: Matrix) -> str:
        """The language whose questions this one lies nearest to."""
        return max(self._question_means, key=lambda language: float(question @ _unit(self._question_means[language])))

    def question(self, vector: Matrix, language: str) -> Matrix:
        """The meaning of a question: one vector of length one."""
        return _unit(vector - self._question_means.get(language, self._other_question))

    def nearness(self, question: Matrix, passages: Matrix, languages: Sequence[str]) -> Matrix:
        """How near each passage (a row of raw vectors) is to what ``question`` gave; more is nearer."""
        means = np.asarray([self._passage_means.get(language, self._other_passage) for language in languages])
        meanings = _unit(passages - means)
        crowd = np.sort(meanings @ self._anchors.T, axis=1)[:, -_NEAREST:].mean(axis=1)
        return np.asarray(meanings @ question - crowd, dtype=np.float32)


def read_anchors(path: Path) -> Anchors:
    """The anchors of a file: a line of tabs with the languages, then the same sentence in each of them a line.

    Raises BadKnowledge that begins with file and line.
    """
    try:
        rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise BadKnowledge(f"{path}:1: cannot be read ({type(error).__name__}).") from error
    for number, row in enumerate(rows, 1):
        if len(row) != len(rows[0]) or not all(cell.strip() for cell in row):
            raise BadKnowledge(f"{path}:{number}: needs one sentence in each of {', '.join(rows[0])}, between tabs.")
    if len(rows) < 2:
        raise BadKnowledge(f"{path}:1: has no sentences.")
    return {language: [row[at] for row in rows[1:]] for at, language in enumerate(rows[0])}


def take_bearings(embedder: Embedder, anchors: Anchors) -> Bearings:
    """The bearings of an embedder."""
    return Bearings(
        {language: _matrix(embedder.queries(texts)) for language, texts in anchors.items()},
        {language: _matrix(embedder.passages(texts)) for language, texts in anchors.items()},
    )


def _matrix(vectors: Sequence[Sequence[float]]) -> Matrix:
    return np.asarray(vectors, dtype=np.float32)


def _mean(rows: Matrix | Sequence[Matrix]) -> Matrix:
    return np.asarray(np.mean(rows, axis=0), dtype=np.float32)


def _unit(rows: Matrix) -> Matrix:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-9), dtype=np.float32)
