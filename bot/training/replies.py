"""The scales of a whole reply, learnt from pairs of replies to the same message: the better must weigh more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import permutations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]

from bot.coaching.model import Value
from bot.coaching.tone import Scale
from bot.training.heads import DIGITS, FOLDS, SEED, Array

Pairs = NDArray[np.int64]

APART = 0.15
"""Two replies whose scores differ by less are no pair."""
PENALTY = 10.0
SIGNS = {
    "hits that destroy": -1, "hits": -1, "missing": -1,
    "mean act": 1, "mean next": 1, "mean own": 1, "mean acknowledge": 1, "mean explore": 1, "mean choice": 1,
    "mean explain": 1, "mean understand": 1, "mean warm": 1, "mean polite": 1, "most acknowledge": 1, "least tone": 1,
    "mean cold": -1, "mean harm": -1, "mean robotic": -1, "most cold": -1, "most harm": -1,
}  # fmt: skip
"""What the overall mark looks at, and which way it may pull: no weight may have the wrong sign."""
LEAST = {
    "hits that destroy": -1.0, "hits": -1.0, "missing": -0.5,
    "mean warm": 1.2, "mean polite": 0.5, "mean harm": -0.3, "most harm": -0.3,
}  # fmt: skip
"""What weights weigh at least (in standard deviations). Rules are surer than the few pairs they fire on can tell, and
in our pairs the bad reply is often over-polite, which is not so in common talk."""


TONE = Scale(weights={"odds of tone": 1.0, "hits that destroy": -0.3, "hits": -0.1}, bias=0.0)
"""Tone is what the heads say, and less where a rule finds fault with the words."""


class Reply(Value):
    """A reply of ``replies.<language>.jsonl``; those of one ``pair`` answer the same message."""

    language: str
    id: str
    customer: str
    reply: str
    score: float
    empathy_wanted: bool
    pair: str


class Read(NamedTuple):
    """A reply and its features."""

    reply: Reply
    features: Mapping[str, float]


def overall(read: Sequence[Read]) -> tuple[Scale, str]:
    """The scale for the overall mark, and a line of figures cross-validated by pair."""
    values = np.array([[one.features[name] for name in SIGNS] for one in read], dtype=float)
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    values = (values - mean) / spread
    groups = [one.reply.pair for one in read]
    languages = np.array([one.reply.language for one in read])
    scores = np.array([one.reply.score for one in read])
    pairs: Pairs = np.array(_pairs(groups, scores))
    names = np.random.default_rng(SEED).permutation(sorted(set(groups)))
    fold = {name: at % FOLDS for at, name in enumerate(names)}
    folds = np.array([fold[groups[better]] for better, _ in pairs])
    right = np.zeros(len(pairs), dtype=bool)
    for number in range(FOLDS):
        own = folds == number
        marks = values @ _weights(values, pairs[~own])
        right[own] = marks[pairs[own, 0]] > marks[pairs[own, 1]]
    weights = _weights(values, pairs)
    slope, bias = _calibrated(values @ weights, scores)
    raw = slope * weights / spread
    scale = Scale(
        weights={name: round(float(w), DIGITS) for name, w in zip(SIGNS, raw, strict=True) if abs(w) >= 10**-DIGITS},
        bias=round(float(bias - raw @ mean), DIGITS),
    )
    parts = [f"{name} {right[languages[pairs[:, 0]] == name].mean():.3f}" for name in sorted(set(languages))]
    return (
        scale,
        f"overall: the better reply weighs more in {right.mean():.3f} of {len(pairs)} pairs  {'  '.join(parts)}",
    )


def _pairs(groups: Sequence[str], scores: Array) -> list[tuple[int, int]]:
    members: defaultdict[str, list[int]] = defaultdict(list)
    for at, group in enumerate(groups):
        members[group].append(at)
    return [
        (better, worse)
        for group in members.values()
        for better, worse in permutations(group, 2)
        if scores[better] - scores[worse] >= APART
    ]


def _weights(values: Array, pairs: Pairs) -> Array:
    differences = values[pairs[:, 0]] - values[pairs[:, 1]]
    least = np.array([LEAST.get(name, 0.0) for name in SIGNS])

    def loss(weights: Array) -> tuple[float, Array]:
        margin, away = differences @ weights, weights - least
        value = float(np.logaddexp(0, -margin).sum() + PENALTY / 2 * away @ away)
        return value, -(1 / (1 + np.exp(margin))) @ differences + PENALTY * away

    bounds = [(low, None) if sign > 0 else (None, low) for sign, low in zip(SIGNS.values(), least, strict=True)]
    found: Array = minimize(loss, least, jac=True, bounds=bounds, method="L-BFGS-B").x
    return found


def _calibrated(marks: Array, scores: Array) -> tuple[float, float]:
    """Slope and bias that bring the marks nearest to the scores people gave."""

    def loss(parts: Array) -> float:
        return float(((1 / (1 + np.exp(-(parts[0] * marks + parts[1]))) - scores) ** 2).sum())

    slope, bias = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead").x
    return float(slope), float(bias)
