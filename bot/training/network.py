"""The judge while it is taught: the encoder's layers and the heads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn

from bot.encoder.heads import SCALE
from bot.encoder.weights import Weights
from bot.training.layers import TaughtLayers, new_head
from bot.training.rows import CUSTOMER, SENTENCES, WHOLE, WORDS, Row

FIRST = 4
"""The layers below this one stay as they are, so that their states need be made only once."""
AT_ONCE = 12_000
"""Tokens whose lower states are made together."""


class Odds(NamedTuple):
    """What the heads say, as log-odds: a row for each token, sentence and text of a batch."""

    words: Tensor
    sentences: Tensor
    whole: Tensor
    customer: Tensor


class Network(nn.Module):  # type: ignore[misc]
    """Layers and heads."""

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        self.layers = TaughtLayers(weights, range(FIRST, weights.layers))
        self.width = weights.width
        self.words = new_head(self.width, WORDS)
        self.sentences = new_head(self.width, SENTENCES)
        self.whole = new_head(2 * self.width, WHOLE)
        self.customer = new_head(self.width, CUSTOMER)

    def prepare(self, rows: Sequence[Row]) -> None:
        """Make the lower states of these rows."""
        waiting = sorted((row for row in rows if row.low is None), key=lambda row: len(row.part.tokens))
        while waiting:
            count = max(1, min(len(waiting), AT_ONCE // len(waiting[-1].part.tokens)))
            batch, waiting = waiting[-count:], waiting[:-count]
            for row, low in zip(batch, self.layers.lower([row.part.tokens for row in batch]), strict=True):
                row.low = low

    def forward(self, rows: Sequence[Row], *, dropped: float = 0.0) -> Odds:
        """What the heads say of these rows; a share ``dropped`` of the tokens is hidden from it."""
        self.prepare(rows)
        return self._read(self.layers([row.low for row in rows], dropped=dropped), rows)

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


def _means(states: Tensor, groups: Sequence[Sequence[int]]) -> Tensor:
    """The mean state of each group of places; zeros for an empty one."""
    owner = torch.tensor([number for number, group in enumerate(groups) for _ in group], dtype=torch.long)
    places = torch.tensor([at for group in groups for at in group], dtype=torch.long)
    counts = torch.tensor([max(1, len(group)) for group in groups])[:, None]
    sums = torch.zeros(len(groups), states.shape[1]).index_add(0, owner, states.index_select(0, places))
    return sums / counts
