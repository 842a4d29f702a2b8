"""The judge while it is taught: the encoder's layers in torch, each matrix with a change of low rank, and the heads."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from bot.encoder.weights import Weights
from bot.models.judge import SCALE
from bot.training.rows import CUSTOMER, SENTENCES, WHOLE, WORDS, Row

RANK = 16
FIRST = 4
"""The layers below this one stay as they are, so that their states need be made only once."""
MATRICES = ("q", "k", "v", "ao", "fi", "fo")
AT_ONCE = 12_000
"""Tokens whose lower states are made together."""


class Odds(NamedTuple):
    """What the heads say, as log-odds: a row for each token, sentence and text of a batch."""

    words: Tensor
    sentences: Tensor
    whole: Tensor
    customer: Tensor


class Matrix(nn.Module):  # type: ignore[misc]
    """A fixed matrix and, above the lower layers, a learnt change: ``up`` times ``down``."""

    def __init__(self, weights: np.ndarray[Any, Any], bias: np.ndarray[Any, Any], *, taught: bool) -> None:
        super().__init__()
        self.register_buffer("fixed", torch.tensor(weights).bfloat16())
        self.register_buffer("bias", torch.tensor(bias).bfloat16())
        self.taught = taught
        if taught:
            rows, columns = weights.shape
            self.down = nn.Parameter(torch.randn(RANK, columns) / sqrt(columns))
            self.up = nn.Parameter(torch.zeros(rows, RANK))

    def forward(self, states: Tensor) -> Tensor:
        """The states times the matrix."""
        out = functional.linear(states, self.fixed, self.bias)
        if self.taught:
            out = out + functional.linear(functional.linear(states, self.down.bfloat16()), self.up.bfloat16())
        return out


class TaughtLayer(nn.Module):  # type: ignore[misc]
    """One layer of the encoder."""

    def __init__(self, weights: Weights, number: int) -> None:
        super().__init__()
        self.heads, self.eps = weights.heads, weights.eps
        for name in MATRICES:
            rows = weights.inner if name == "fi" else weights.width
            columns = weights.inner if name == "fo" else weights.width
            matrix = weights.matrix(f"l{number}.{name}.w", rows, columns)
            self.add_module(name, Matrix(matrix, weights.vector(f"l{number}.{name}.b"), taught=number >= FIRST))
        for name in ("aln", "oln"):
            for part in ("w", "b"):
                self.register_buffer(name + part, torch.tensor(weights.vector(f"l{number}.{name}.{part}")).bfloat16())

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """The states of a padded batch after this layer."""
        size, length, width = states.shape
        each = width // self.heads
        q, k, v = (getattr(self, n)(states).view(size, length, self.heads, each).transpose(1, 2) for n in "qkv")
        likeness = torch.softmax(q @ k.transpose(-1, -2) * each**-0.5 + mask, -1)
        heard = (likeness @ v).transpose(1, 2).reshape(size, length, width)
        states = functional.layer_norm(states + self.ao(heard), (width,), self.alnw, self.alnb, self.eps)
        wide = functional.gelu(self.fi(states), approximate="tanh")
        return functional.layer_norm(states + self.fo(wide), (width,), self.olnw, self.olnb, self.eps)


class Network(nn.Module):  # type: ignore[misc]
    """Layers and heads. ``embed`` gives the embeddings of texts, one below the other."""

    def __init__(self, weights: Weights, embed: Any) -> None:
        super().__init__()
        self._embed, self.width = embed, weights.width
        self.layers = nn.ModuleList(TaughtLayer(weights, number) for number in range(weights.layers))
        self.words = nn.Linear(self.width, len(WORDS))
        self.sentences = nn.Linear(self.width, len(SENTENCES))
        self.whole = nn.Linear(2 * self.width, len(WHOLE))
        self.customer = nn.Linear(self.width, len(CUSTOMER))
        for head in (self.words, self.sentences, self.whole, self.customer):
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)

    def prepare(self, rows: Sequence[Row]) -> None:
        """Make the lower states of these rows."""
        waiting = sorted((row for row in rows if row.low is None), key=lambda row: len(row.part.tokens))
        while waiting:
            count = max(1, min(len(waiting), AT_ONCE // len(waiting[-1].part.tokens)))
            batch, waiting = waiting[-count:], waiting[:-count]
            states = torch.from_numpy(self._embed([row.part.tokens for row in batch])).bfloat16()
            lengths = [len(row.part.tokens) for row in batch]
            padded = nn.utils.rnn.pad_sequence(list(states.split(lengths)), batch_first=True)
            with torch.no_grad():
                for layer in self.layers[:FIRST]:
                    padded = layer(padded, _mask(lengths))
            for row, low, length in zip(batch, padded, lengths, strict=True):
                row.low = low[:length].clone()

    def forward(self, rows: Sequence[Row], *, dropped: float = 0.0) -> Odds:
        """What the heads say of these rows; a share ``dropped`` of the tokens is hidden from it."""
        self.prepare(rows)
        states = nn.utils.rnn.pad_sequence([row.low for row in rows], batch_first=True)
        if dropped:
            states = states * (torch.rand(states.shape[:2]) > dropped).to(states.dtype)[:, :, None]
        mask = _mask([len(row.part.tokens) for row in rows])
        for layer in self.layers[FIRST:]:
            states = layer(states, mask)
        return self._read(states.float(), rows)

    def _read(self, states: Tensor, rows: Sequence[Row]) -> Odds:
        length = states.shape[1]
        flat = SCALE * states.reshape(-1, self.width)
        starts = [number * length + row.part.before for number, row in enumerate(rows)]
        own = [list(range(at, at + len(row.part.pieces))) for at, row in zip(starts, rows, strict=True)]
        spoken = [
            list(range(at + a, at + b)) for at, row in zip(starts, rows, strict=True) for a, b in row.part.sentences
        ]
        heard = [
            list(range(number * length + 1, number * length + max(2, row.part.before - 1)))
            for number, row in enumerate(rows)
        ]
        return Odds(
            words=self.words(flat[[at for one in own for at in one]]),
            sentences=self.sentences(_means(flat, spoken)),
            whole=self.whole(torch.cat([_means(flat, own), SCALE * states[:, 0]], 1)),
            customer=self.customer(_means(flat, heard)),
        )


def _mask(lengths: Sequence[int]) -> Tensor:
    there = torch.arange(max(lengths))[None, :] < torch.tensor(lengths)[:, None]
    return torch.zeros(there.shape, dtype=torch.bfloat16).masked_fill(~there, -1e4)[:, None, None, :]


def _means(states: Tensor, groups: Sequence[Sequence[int]]) -> Tensor:
    """The mean state of each group of places; zeros for an empty one."""
    owner = torch.tensor([number for number, group in enumerate(groups) for _ in group], dtype=torch.long)
    places = torch.tensor([at for group in groups for at in group], dtype=torch.long)
    counts = torch.tensor([max(1, len(group)) for group in groups])[:, None]
    sums = torch.zeros(len(groups), states.shape[1]).index_add(0, owner, states.index_select(0, places))
    return sums / counts
