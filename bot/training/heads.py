"""Logistic heads over language-centred sentence vectors and words, with cross-validated figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack, vstack  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from bot.coaching.model import Value
from bot.coaching.ports import Embedder
from bot.coaching.text import Reading
from bot.coaching.tone import BUCKETS, Head, places
from bot.coaching.weighing import SURE

SEED = 20261121
STRENGTH = 2.0
"""Inverse of the L2 penalty; chosen by cross-validation among 1, 2, 3, 4, 20."""
MEANING = 2.0
"""How much a vector counts beside words; chosen by cross-validation among 1, 2, 3, 4."""
FOLDS = 5
DIGITS = 4
COLD, WARM = 0.4, 0.6

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Names = NDArray[np.str_]


class Sentence(Value):
    """A labelled sentence of a reply: ``tone`` 0 (cold) to 1 (warm), and the marks of the data card."""

    language: str
    text: str
    tone: float
    marks: tuple[str, ...]


class Support(Value):
    """A labelled sentence of a peer's reply to someone in distress, in English."""

    text: str
    marks: tuple[str, ...]


class Request(Value):
    """A request between people, and whether five readers found it polite."""

    text: str
    polite: bool


class Message(Value):
    """A customer's message, and the feeling it shows ("none" where it shows none)."""

    language: str
    text: str
    feeling: str


class Vectors:
    """Texts as the heads read them: the vector less its language's centre, then the words."""

    def __init__(self, embedder: Embedder, sentences: Sequence[Sentence]) -> None:
        self._embedder = embedder
        vectors = np.array(embedder.passages([s.text for s in sentences]))
        languages = np.array([s.language for s in sentences])
        self.centres: dict[str, Array] = {
            str(language): vectors[languages == language].mean(axis=0) for language in sorted(set(languages))
        }
        self.centres["any"] = np.mean(list(self.centres.values()), axis=0)

    def rows(self, texts: Sequence[str], languages: Sequence[str]) -> Any:
        """One sparse row for each text."""
        vectors = np.array(self._embedder.passages(texts)) - np.array([self.centres[name] for name in languages])
        return hstack([MEANING * vectors, words(texts)]).tocsr()


def words(texts: Sequence[str]) -> Any:
    """The words of each text as one sparse row, of length one."""
    found = [places(text) for text in texts]
    values = np.concatenate([np.full(len(one), 1 / np.sqrt(len(one) or 1)) for one in found])
    ends = np.cumsum([0, *map(len, found)])
    return csr_matrix((values, np.concatenate(found).astype(int), ends), shape=(len(texts), BUCKETS))


def of_sentences(sentences: Sequence[Sentence], vectors: Vectors) -> Iterator[tuple[str, Head, str]]:
    """A head for the tone and one for each mark, with a line of figures."""
    rows = vectors.rows([s.text for s in sentences], [s.language for s in sentences])
    languages = np.array([s.language for s in sentences])
    tones = np.array([s.tone for s in sentences])
    decided = np.flatnonzero(tones != 0.5)
    yield _trained("tone", rows[decided], tones[decided] > 0.5, languages[decided])
    yield _trained("warm", rows, tones > WARM, languages)
    yield _trained("cold", rows, tones < COLD, languages)
    yield _trained("harm", rows, np.array([bool(_harms(s)) for s in sentences]), languages)
    for mark in sorted({mark for s in sentences for mark in s.marks}):
        # A refusal may be worded well: what counts as a harm is a mark that came with a cold tone.
        labels = np.array([mark in (_harms(s) if mark in SURE else s.marks) for s in sentences])
        yield _trained(mark, rows, labels, languages)


def _harms(sentence: Sentence) -> set[str]:
    return {mark for mark in sentence.marks if mark in SURE} if sentence.tone < COLD else set()


ALIKE = {
    "react": {"acknowledge", "own", "care"},
    "understand": {"acknowledge"},
    "share": {"acknowledge"},
    "ask": {"explore", "choice"},
}
"""For each kind of peer support the marks of a reply that are too much alike to be its opposite."""


def of_support(
    support: Sequence[Support], sentences: Sequence[Sentence], vectors: Vectors
) -> Iterator[tuple[str, Head, str]]:
    """A head for each kind of peer support: what carries the mark, against other support and every third sentence."""
    own = vectors.rows([s.text for s in support], ["en"] * len(support))
    english = [s for s in sentences if s.language == "en"]
    for name, alike in ALIKE.items():
        others = [s.text for s in english if not alike.intersection(s.marks)][::3]
        labels = np.array([name in s.marks for s in support] + [False] * len(others))
        rows = vstack([own, vectors.rows(others, ["en"] * len(others))]).tocsr()
        yield _trained(name, rows, labels, np.full(len(labels), "en"))


def of_requests(
    requests: Sequence[Request], sentences: Sequence[Sentence], vectors: Vectors
) -> Iterator[tuple[str, Head, str]]:
    """The head for politeness, and the one that tells common requests from replies to customers."""
    parts = [(request, [s.text for s in Reading(request.text).sentences]) for request in requests]
    parts = [(request, texts) for request, texts in parts if texts]
    flat = [text for _, texts in parts for text in texts]
    rows = vectors.rows(flat, ["en"] * len(flat))
    # A request is the mean of its sentences, as a reply is.
    ends = np.cumsum([0, *(len(texts) for _, texts in parts)])
    shares = np.concatenate([np.full(len(texts), 1 / len(texts)) for _, texts in parts])
    mean = csr_matrix((shares, np.arange(len(flat)), ends), shape=(len(parts), len(flat)))
    labels = np.array([request.polite for request, _ in parts])
    yield _trained("polite", mean @ rows, labels, np.full(len(labels), "en"))
    replies = vectors.rows([s.text for s in sentences], [s.language for s in sentences])
    labels = np.array([True] * len(flat) + [False] * len(sentences))
    yield _trained("request", vstack([rows, replies]).tocsr(), labels, np.full(len(labels), "en"))


def of_messages(messages: Sequence[Message], vectors: Vectors) -> Iterator[tuple[str, Head, str]]:
    """The heads ``words`` and ``both``: whether a customer's message shows a feeling."""
    texts, languages = [m.text for m in messages], np.array([m.language for m in messages])
    labels = np.array([m.feeling != "none" for m in messages])
    yield _trained("words", words(texts), labels, languages)
    yield _trained("both", vectors.rows(texts, list(languages)), labels, languages)


def _trained(name: str, rows: Any, labels: Flags, languages: Names) -> tuple[str, Head, str]:
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=2000, random_state=SEED)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    predicted = cross_val_predict(model, rows, labels, cv=folds, method="decision_function")
    return name, _head(model.fit(rows, labels)), _figure(name, labels, predicted, languages)


def _head(model: Any) -> Head:
    weights = model.coef_[0]
    known, said = weights[:-BUCKETS] * MEANING, weights[-BUCKETS:]
    step = float(np.abs(said).max()) / 127
    return Head(
        weights=tuple(np.round(known, DIGITS).tolist()),
        bias=round(float(model.intercept_[0]), DIGITS),
        words=np.round(said / step).astype(np.int8).tobytes(),
        step=float(f"{step:.4g}"),
    )


def _figure(name: str, labels: Flags, predicted: Array, languages: Names) -> str:
    parts = [f"{name:12} AUC {roc_auc_score(labels, predicted):.3f}"]
    for language in sorted(set(languages)):
        own = languages == language
        if len(set(labels[own])) == 2:
            parts.append(f"{language} {roc_auc_score(labels[own], predicted[own]):.3f}")
    return "  ".join([*parts, f"n={len(labels)}, positive {labels.mean():.2f}"])
