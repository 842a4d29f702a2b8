"""Logistic heads over language-centred sentence vectors, with cross-validated figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from bot.coaching.model import Value
from bot.coaching.ports import Embedder
from bot.coaching.tone import Head, Heads

SEED = 20261121
STRENGTH = 4.0
"""Inverse of the L2 penalty; chosen by cross-validation among 0.25, 1, 4, 16."""
FOLDS = 5
DIGITS = 4
CARING = frozenset({"acknowledge", "own", "care"})

Array = NDArray[np.float64]


class Sentence(Value):
    """A labelled sentence of a reply: ``tone`` 0 (cold) to 1 (warm), and the marks of the data card."""

    language: str
    text: str
    tone: float
    marks: tuple[str, ...]


def train(
    sentences: Sequence[Sentence], polite: Sequence[tuple[str, bool]], embedder: Embedder
) -> tuple[Heads, list[str]]:
    """The heads, and a line of cross-validated figures (area under the curve, by language) for each."""
    vectors = np.array(embedder.passages([s.text for s in sentences]))
    languages = np.array([s.language for s in sentences])
    centres = {str(language): vectors[languages == language].mean(axis=0) for language in sorted(set(languages))}
    centres["any"] = np.mean(list(centres.values()), axis=0)
    centred = vectors - np.array([centres[s.language] for s in sentences])
    heads: dict[str, Head] = {}
    figures: list[str] = []
    for name, rows, labels in _tasks(sentences):
        fitted, predicted = _fit(centred[rows], labels)
        heads[name] = _head(fitted)
        figures.append(_figure(name, labels, predicted, languages[rows]))
    if polite:
        labels = np.array([label for _, label in polite])
        others = np.array(embedder.passages([text for text, _ in polite]))
        fitted, predicted = _fit(others - others.mean(axis=0), labels)
        heads["polite"] = _head(fitted)
        figures.append(_figure("polite", labels, predicted, np.full(len(labels), "en")))
    rounded = {name: tuple(np.round(centre, DIGITS).tolist()) for name, centre in centres.items()}
    return Heads(embedder=embedder.id, centres=rounded, heads=heads), figures


def _tasks(sentences: Sequence[Sentence]) -> Iterator[tuple[str, NDArray[np.int64], NDArray[np.bool_]]]:
    tones = np.array([s.tone for s in sentences])
    decided = np.flatnonzero(tones != 0.5)
    yield "tone", decided, tones[decided] > 0.5
    everything = np.arange(len(sentences))
    yield "empathy", everything, np.array([bool(CARING.intersection(s.marks)) and s.tone > 0.5 for s in sentences])
    for mark in sorted({mark for s in sentences for mark in s.marks}):
        yield mark, everything, np.array([mark in s.marks for s in sentences])


def _fit(vectors: Array, labels: NDArray[np.bool_]) -> tuple[Any, Array]:
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=2000, random_state=SEED)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    predicted = cross_val_predict(model, vectors, labels, cv=folds, method="predict_proba")[:, 1]
    return model.fit(vectors, labels), predicted


def _head(model: Any) -> Head:
    weights = tuple(np.round(model.coef_[0], DIGITS).tolist())
    return Head(weights=weights, bias=round(float(model.intercept_[0]), DIGITS))


def _figure(name: str, labels: NDArray[np.bool_], predicted: Array, languages: NDArray[Any]) -> str:
    parts = [f"{name:12} AUC {roc_auc_score(labels, predicted):.3f}"]
    for language in sorted(set(languages)):
        own = languages == language
        if len(set(labels[own])) == 2:
            parts.append(f"{language} {roc_auc_score(labels[own], predicted[own]):.3f}")
    return "  ".join([*parts, f"n={len(labels)}, positive {labels.mean():.2f}"])
