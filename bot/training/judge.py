"""Teaching the judge: several labels at once, pairs in order, one fold held out; the weights as one small file.

Needs torch, which is no dependency of the project: nothing but this needs it.
"""

from __future__ import annotations

import json
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import torch
from scipy.stats import spearmanr  # type: ignore[import-untyped]
from sklearn.metrics import roc_auc_score
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, softplus

from bot.coaching.model import LANGUAGES
from bot.encoder.tokens import Tokenizer
from bot.encoder.weights import Weights, shipped
from bot.training.layers import write
from bot.training.network import Network, Odds
from bot.training.rows import CUSTOMER, MISSING, SENTENCES, WHOLE, WORDS, Row, read_rows

SEED = 20261121
EPOCHS = 6
RATE, RATE_OF_HEADS = 8e-4, 2e-3
WARMING = 0.06
DROPPED = 0.05
REQUESTS = 0.4
"""The share of the politeness corpus that an epoch sees: it is the largest and the farthest from support."""
BATCH = 3_000
"""Tokens of a batch, its padding included."""
APART = 0.12
"""Two replies of a pair whose scores differ by less are not put in order."""
DRAFTS = ("draft", "alone")
BAD, SCORE, MISSED = WHOLE.index("bad"), WHOLE.index("score"), WHOLE.index(MISSING[0])
PEERS = WHOLE.index("reacts")
RARE = {"words": 5.0, "any": 3.0, "kinds": 3.0, "missing": 4.0}
"""How much a rare label weighs where it holds."""


def teach(folder: Path, shared: Path, out: Path, *, held: int | None) -> None:
    """Teach, write the file, and print the figures of the held-out fold (None: nothing is held out).

    The held-out drafts are written beside it, for ``heartware eval drafts --cases``.
    """
    torch.manual_seed(SEED)
    torch.set_num_threads(1)  # two wait for each other more than they help at this size
    random.seed(SEED)
    weights = Weights(shipped())
    rows = read_rows(folder, shared, Tokenizer(weights.vocabulary()))
    taught = [row for row in rows if row.fold != held]
    network = Network(weights)
    network.prepare(rows)
    _fit(network, taught)
    heads = {"words": WORDS, "sentences": SENTENCES, "whole": WHOLE, "customer": CUSTOMER}
    write(network.layers, [(name, getattr(network, name), results) for name, results in heads.items()], out)
    if held is not None:
        left = [row for row in rows if row.fold == held]
        for line in figures(network, left):
            print(line, flush=True)
        cases = "".join(json.dumps(row.case, ensure_ascii=False) + "\n" for row in left if row.case)
        out.with_suffix(".cases.jsonl").write_text(cases, "utf-8")


def _fit(network: Network, rows: Sequence[Row]) -> None:
    named = [(name, p) for name, p in network.named_parameters()]
    changes = [p for name, p in named if name.startswith("layers.")]
    heads = [p for name, p in named if not name.startswith("layers.")]
    rates = (RATE, RATE_OF_HEADS)
    optimizer = torch.optim.AdamW([{"params": changes}, {"params": heads}], weight_decay=0.01)
    steps = len(list(_batches(_epoch(rows)))) * EPOCHS
    step, began = 0, time.monotonic()
    for epoch in range(EPOCHS):
        losses = []
        for batch in _batches(_epoch(rows)):
            step += 1
            pace = min(1.0, step / (WARMING * steps)) * max(0.02, 1 - step / (steps + 1))
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * pace
            loss = _loss(network(batch, dropped=DROPPED), batch)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*changes, *heads], 1.0)
            optimizer.step()
            losses.append(loss.item())
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.3f}, {time.monotonic() - began:.0f} s", flush=True)


def _epoch(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row.kind != "request" or random.random() < REQUESTS]


def _batches(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows of like length together, those of a pair never apart."""
    pairs: defaultdict[object, list[Row]] = defaultdict(list)
    for row in rows:
        pairs[row.pair or id(row)].append(row)
    units = list(pairs.values())
    random.shuffle(units)
    found: list[list[Row]] = []
    for at in range(0, len(units), 400):
        batch: list[Row] = []
        for unit in sorted(units[at : at + 400], key=_longest):
            if batch and _longest([*batch, *unit]) * (len(batch) + len(unit)) > BATCH:
                found.append(batch)
                batch = []
            batch = [*batch, *unit]
        found.append(batch)
    random.shuffle(found)
    yield from found


def _longest(rows: Sequence[Row]) -> int:
    return max(len(row.part.tokens) for row in rows)


def _loss(odds: Odds, rows: Sequence[Row]) -> Tensor:
    words = torch.from_numpy(np.concatenate([row.words for row in rows]))
    said = torch.from_numpy(np.concatenate([row.sentences for row in rows]))
    whole = torch.from_numpy(np.stack([row.whole for row in rows]))
    customer = torch.from_numpy(np.stack([row.customer for row in rows]))
    loss = 2.0 * _cross(odds.words[:, -1], words[:, -1], RARE["any"])
    loss = loss + 4.0 * _cross(odds.words[:, :-1], words[:, :-1], RARE["words"])
    for column, weight in ((0, 1.5), (1, 1.0), (2, 0.7)):
        loss = loss + weight * _cross(odds.sentences[:, column], said[:, column])
    loss = loss + 2.0 * _cross(odds.sentences[:, 3:], said[:, 3:], RARE["kinds"])
    for column in range(MISSED):
        loss = loss + (1.5 if column == BAD else 1.0) * _cross(odds.whole[:, column], whole[:, column])
    loss = loss + 1.5 * _cross(odds.whole[:, MISSED:PEERS], whole[:, MISSED:PEERS], RARE["missing"])
    loss = loss + 1.5 * _cross(odds.whole[:, PEERS:], whole[:, PEERS:])
    loss = loss + _cross(odds.customer, customer)
    return loss + _order(odds, rows)


def _cross(odds: Tensor, labels: Tensor, rare: float = 1.0) -> Tensor:
    known = ~torch.isnan(labels)
    if not known.any():
        return odds.sum() * 0
    odds, labels = odds[known], labels[known]
    weights = torch.where(labels == 1, rare, 1.0)
    return (binary_cross_entropy_with_logits(odds, labels, reduction="none") * weights).sum() / weights.sum()


def _order(odds: Odds, rows: Sequence[Row]) -> Tensor:
    """The better reply of a pair must score more, and be less bad."""
    losses = []
    for better, worse in _pairs(rows):
        losses.append(softplus(odds.whole[worse, SCORE] - odds.whole[better, SCORE]))
        if rows[better].kind in DRAFTS:
            losses.append(softplus(odds.whole[better, BAD] - odds.whole[worse, BAD]))
    return torch.stack(losses).mean() if losses else odds.whole.sum() * 0


def _pairs(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    members: defaultdict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        if row.pair:
            members[row.pair].append(at)
    for group in members.values():
        for better, worse in permutations(group, 2):
            if rows[better].rank > rows[worse].rank + APART:
                yield better, worse


def figures(network: Network, rows: Sequence[Row]) -> Iterator[str]:
    """How well rows that were not learnt from are judged, a line for each kind of thing."""
    network.eval()
    with torch.no_grad():
        seen = [(row, network([row])) for row in rows]
    for kind in ("draft", "reply", "turn"):
        own = [(row, odds.whole[0, SCORE]) for row, odds in seen if row.kind == kind]
        right = [bool(own[better][1] > own[worse][1]) for better, worse in _pairs([row for row, _ in own])]
        yield f"better first, {kind}: {np.mean(right):.3f} of {len(right)}"
    for language in LANGUAGES:
        drafts = [(row, odds) for row, odds in seen if row.case.get("language") == language]
        said = [pair for row, odds in drafts for pair in zip(row.sentences[:, 0], odds.sentences[:, 0], strict=True)]
        parts = [f"{name} {_auc(_whole(drafts, name))}" for name in ("bad", "wanted", "none", *MISSING)]
        yield f"AUC {language} ({len(drafts)} drafts): hurting sentences {_auc(said)}, {', '.join(parts)}"
    alone = [(row, odds) for row, odds in seen if row.kind == "alone"]
    yield f"AUC of bad without the customer's message: {_auc(_whole(alone, 'bad'))} of {len(alone)}"
    yield f"AUC of politeness: {_auc(_whole(seen, 'polite'))}"
    yield f"AUC of feeling: {_auc([(row.customer[0], odds.customer[0, 0]) for row, odds in seen])}"
    peers = [(row.whole[PEERS:].sum(), torch.sigmoid(odds.whole[0, PEERS:]).sum().item()) for row, odds in seen]
    peers = [(level, sure) for level, sure in peers if not np.isnan(level)]
    yield f"Spearman of empathy among peers: {spearmanr(*zip(*peers, strict=True))[0]:.3f} ({len(peers)})"


def _whole(seen: Sequence[tuple[Row, Odds]], name: str) -> list[tuple[Any, Any]]:
    at = WHOLE.index(name)
    return [(row.whole[at], odds.whole[0, at]) for row, odds in seen]


def _auc(pairs: Sequence[tuple[Any, Any]]) -> str:
    known = [(float(label) > 0.5, float(odds)) for label, odds in pairs if not np.isnan(float(label))]
    labels = [label for label, _ in known]
    return f"{roc_auc_score(labels, [odds for _, odds in known]):.3f}" if len(set(labels)) == 2 else "-"
