"""The encoder's layers in torch while they are taught: each matrix of the upper ones with a change of low rank."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from bot.encoder.transformer import Embeddings
from bot.encoder.weights import Floats, Weights

RANK = 16
MATRICES = ("q", "k", "v", "ao", "fi", "fo")


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

    def __init__(self, weights: Weights, number: int, *, taught: bool) -> None:
        super().__init__()
        self.heads, self.eps = weights.heads, weights.eps
        for name in MATRICES:
            rows = weights.inner if name == "fi" else weights.width
            columns = weights.inner if name == "fo" else weights.width
            matrix = weights.matrix(f"l{number}.{name}.w", rows, columns)
            self.add_module(name, Matrix(matrix, weights.vector(f"l{number}.{name}.b"), taught=taught))
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


class TaughtLayers(nn.Module):  # type: ignore[misc]
    """The layers up to the last that is taught; the states of those below the first can be kept."""

    def __init__(self, weights: Weights, taught: range) -> None:
        super().__init__()
        self.taught = taught
        self._embed: Callable[[Sequence[Sequence[int]]], Floats] = Embeddings(weights).states
        self.width = weights.width
        self.layers = nn.ModuleList(
            TaughtLayer(weights, number, taught=number in taught) for number in range(taught.stop)
        )

    def lower(self, texts: Sequence[Sequence[int]]) -> list[Tensor]:
        """For each text, given as tokens, what the layers that are not taught make of it."""
        lengths = [len(text) for text in texts]
        states = torch.from_numpy(self._embed(texts)).bfloat16()
        padded = nn.utils.rnn.pad_sequence(list(states.split(lengths)), batch_first=True)
        with torch.no_grad():
            for layer in self.layers[: self.taught.start]:
                padded = layer(padded, _mask(lengths))
        return [states[:length].clone() for states, length in zip(padded, lengths, strict=True)]

    def forward(self, lower: Sequence[Tensor], *, dropped: float = 0.0) -> Tensor:
        """The last states of texts, padded, by their lower ones; a share ``dropped`` of the tokens is hidden."""
        states = nn.utils.rnn.pad_sequence(list(lower), batch_first=True)
        if dropped:
            states = states * (torch.rand(states.shape[:2]) > dropped).to(states.dtype)[:, :, None]
        mask = _mask([len(states) for states in lower])
        for layer in self.layers[self.taught.start :]:
            states = layer(states, mask)
        return states.float()


def new_head(width: int, names: Sequence[str]) -> nn.Linear:
    """A linear head with a result for each name, which knows nothing yet."""
    head = nn.Linear(width, len(names))
    nn.init.normal_(head.weight, std=0.02)
    nn.init.zeros_(head.bias)
    return head


def write(layers: TaughtLayers, heads: Iterable[tuple[str, nn.Linear, Sequence[str]]], out: Path) -> None:
    """The changes and the heads, in half precision, as ``bot/encoder/heads.py`` reads them."""
    arrays: dict[str, Any] = {"depth": np.array(layers.taught.stop)}
    for number, layer in enumerate(layers.layers):
        for name in MATRICES:
            matrix = getattr(layer, name)
            if matrix.taught:
                arrays[f"{number}.{name}.down"] = _half(matrix.down)
                arrays[f"{number}.{name}.up"] = _half(matrix.up)
    for name, head, results in heads:
        arrays |= {f"{name}.weights": _half(head.weight), f"{name}.bias": _half(head.bias)}
        arrays[f"{name}.names"] = np.array(results)
    np.savez(out, **arrays)


def _half(values: Tensor) -> Any:
    return np.array(values.detach().tolist(), dtype=np.float16)


def _mask(lengths: Sequence[int]) -> Tensor:
    there = torch.arange(max(lengths))[None, :] < torch.tensor(lengths)[:, None]
    return torch.zeros(there.shape, dtype=torch.bfloat16).masked_fill(~there, -1e4)[:, None, None, :]
