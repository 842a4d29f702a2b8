"""Teaching the tagger which words are a person's name or an address: by what stands around them, not by the names.

Needs torch, which is no dependency of the project: nothing but this needs it.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits

from bot.coaching.ports import Span
from bot.coaching.redact import NAME
from bot.encoder.heads import SCALE
from bot.encoder.tokens import Piece, Tokenizer
from bot.encoder.weights import Floats, Weights, shipped
from bot.privacy.name_lists import NameLists, read_name_lists
from bot.training.layers import TaughtLayers, new_head, write
from bot.training.marked import Marked, read_marked

TAUGHT = range(2, 8)
"""Layers: what is a name shows early, and each layer costs time at every text that goes to a model."""
EPOCHS = 10
RATE, RATE_OF_HEAD = 8e-4, 2e-3
WARMING = 0.06
DROPPED = 0.05
BATCH = 1_500
"""Tokens of a batch, its padding included."""
LONGEST = 400
RARE = 3.0
"""How much a word of a name or an address weighs."""
KINDS = (NAME, "ADDRESS")
OTHERS = 0.5
"""The share of texts whose names are replaced by others, anew in each epoch: the place must tell, not the name."""
SMALL, LARGE, SMALL_NAMES = 0.2, 0.03, 0.07
"""The shares of texts that are read in small letters, in capitals, and with their names in small letters."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class Row(NamedTuple):
    """The tokens of a text, and for each piece whether it belongs to each kind."""

    pieces: Sequence[Piece]
    tokens: Sequence[int]
    labels: Floats


class Network(nn.Module):  # type: ignore[misc]
    """Layers and the one head."""

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        self.layers = TaughtLayers(weights, TAUGHT)
        self.words = new_head(weights.width, KINDS)

    def forward(self, rows: Sequence[Row], *, dropped: float = 0.0) -> Tensor:
        """The log-odds of each kind for each piece of the rows, one below the other."""
        states = self.layers(self.layers.lower([row.tokens for row in rows]), dropped=dropped)
        own = torch.cat([found[1 : 1 + len(row.pieces)] for found, row in zip(states, rows, strict=True)])
        return self.words(SCALE * own)


def teach(folder: Path, out: Path, *, seed: int) -> None:
    """Teach from the texts and lists of a folder, and write what ``bot/privacy/tagger.py`` reads."""
    network = taught(list(read_marked(folder)), read_name_lists(folder), seed)
    write(network.layers, [("words", network.words, KINDS)], out)


def taught(texts: Sequence[Marked], lists: NameLists, seed: int) -> Network:
    """A network that has learnt these texts."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)  # two wait for each other more than they help at this size
    chance = random.Random(seed)
    weights = Weights(shipped())
    tokenizer = Tokenizer(weights.vocabulary())
    network = Network(weights)
    changes, head = list(network.layers.parameters()), list(network.words.parameters())
    optimizer = torch.optim.AdamW([{"params": changes}, {"params": head}], weight_decay=0.01)
    replaced = Replaced(lists, chance)
    steps = EPOCHS * len(list(_batches([row_of(text, tokenizer) for text in texts], chance)))
    step, began = 0, time.monotonic()
    for epoch in range(EPOCHS):
        losses = []
        for batch in _batches([row_of(replaced.varied(text), tokenizer) for text in texts], chance):
            step += 1
            pace = min(1.0, step / (WARMING * steps)) * max(0.02, 1 - step / (steps + 1))
            for group, rate in zip(optimizer.param_groups, (RATE, RATE_OF_HEAD), strict=True):
                group["lr"] = rate * pace
            loss = _loss(network(batch, dropped=DROPPED), batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([*changes, *head], 1.0)
            optimizer.step()
            losses.append(loss.item())
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.4f}, {time.monotonic() - began:.0f} s", flush=True)
    return network


def row_of(text: Marked, tokenizer: Tokenizer) -> Row:
    """A text as it is learnt from."""
    pieces = tokenizer.pieces(text.text)[:LONGEST]
    labels = [
        [
            any(span.kind == kind and piece.start < span.end and span.start < piece.end for span in text.spans)
            for kind in KINDS
        ]
        for piece in pieces
    ]
    tokens = [tokenizer.begin, *(piece.id for piece in pieces), tokenizer.end]
    return Row(pieces, tokens, np.array(labels, np.float32).reshape(-1, len(KINDS)))


def _batches(rows: Sequence[Row], chance: random.Random) -> Iterator[list[Row]]:
    """Rows of like length together, the batches in any order."""
    mixed = chance.sample(rows, len(rows))
    found: list[list[Row]] = []
    for at in range(0, len(mixed), 300):
        batch: list[Row] = []
        for row in sorted(mixed[at : at + 300], key=lambda row: len(row.tokens)):
            if batch and len(row.tokens) * (len(batch) + 1) > BATCH:
                found.append(batch)
                batch = []
            batch = [*batch, row]
        found.append(batch)
    chance.shuffle(found)
    yield from found


def _loss(odds: Tensor, rows: Sequence[Row]) -> Tensor:
    labels = torch.from_numpy(np.concatenate([row.labels for row in rows]))
    weights = 1 + (RARE - 1) * labels
    return (binary_cross_entropy_with_logits(odds, labels, reduction="none") * weights).sum() / weights.sum()


class Replaced:
    """Texts as they might be with other names, and in other letters."""

    def __init__(self, lists: NameLists, chance: random.Random) -> None:
        self._chance = chance
        self._lists = lists
        self._first, self._surnames = sorted(lists.first), sorted(lists.surnames)

    def varied(self, text: Marked) -> Marked:
        """The text as it is, or changed so that its labels still hold."""
        text = self._renamed(text) if self._chance.random() < OTHERS else text
        letters = self._chance.random()
        if letters < SMALL:
            return text._replace(text=_same_length(text.text, text.text.lower()))
        if letters < SMALL + LARGE:
            return text._replace(text=_same_length(text.text, text.text.upper()))
        if letters < SMALL + LARGE + SMALL_NAMES:
            for start, end, _ in text.spans:
                small = _same_length(text.text[start:end], text.text[start:end].lower())
                text = text._replace(text=text.text[:start] + small + text.text[end:])
        return text

    def _renamed(self, text: Marked) -> Marked:
        own, spans, at = "", [], 0
        for start, end, kind in text.spans:
            datum = text.text[start:end]
            if kind == NAME:
                datum = _WORD.sub(lambda word: self._other(word.group()), datum)
            own += text.text[at:start]
            spans.append(Span(len(own), len(own) + len(datum), kind))
            own += datum
            at = end
        return Marked(text.language, own + text.text[at:], tuple(spans))

    def _other(self, word: str) -> str:
        """Another name for one that a list has; a word that none has stays."""
        if self._lists.is_first(word):
            name = self._chance.choice(self._first)
        elif word.lower() in self._lists.surnames:
            name = self._chance.choice(self._surnames)
        else:
            return word
        if word.isupper() and len(word) > 1:
            return name.upper()
        return name.title() if word[:1].isupper() else name


def _same_length(text: str, changed: str) -> str:
    """The changed text, unless its letters are no longer as many (``ß``)."""
    return changed if len(changed) == len(text) else text
