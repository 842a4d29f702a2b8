"""What is learnt on top of the encoder: small changes of its layers, and linear heads over its states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from bot.coaching.errors import BadKnowledge
from bot.encoder.encoder import Changes, Encoder
from bot.encoder.transformer import Layer
from bot.encoder.weights import Floats

SCALE = 3.0
"""What states are multiplied by before the heads, so that they learn in fewer steps."""


class Heads(NamedTuple):
    """What a linear layer makes of a state, and the names of its results."""

    names: tuple[str, ...]
    weights: Floats
    bias: Floats

    def chances(self, states: Floats) -> Floats:
        """The chance of each name for each row of states."""
        odds = SCALE * (states @ self.weights.T) + self.bias
        chances: Floats = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
        return chances


class Taught(NamedTuple):
    """The encoder's layers with what was learnt, as many as are needed, and the heads by their names."""

    layers: Sequence[Layer]
    heads: Mapping[str, Heads]


def read_taught(path: Path, encoder: Encoder, *names: str) -> Taught:
    """What ``bot/training/layers.py`` wrote, with heads of these names. Raises BadKnowledge where it cannot be used."""
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        heads = {name: _heads(arrays, name) for name in names}
        layers = encoder.changed(_changes(arrays))
        return Taught(layers[: int(arrays["depth"])] if "depth" in arrays else layers, heads)
    except (OSError, EOFError, KeyError, ValueError, BadZipFile) as error:
        raise BadKnowledge(f"{path}:1: these weights cannot be used; take the file as it was shipped.") from error


def _changes(arrays: Mapping[str, NDArray[Any]]) -> Changes:
    changes: dict[int, dict[str, Floats]] = {}
    for name in arrays:
        if name.endswith(".down"):
            layer, matrix, _ = name.split(".")
            up = arrays[f"{layer}.{matrix}.up"].astype(np.float32)
            changes.setdefault(int(layer), {})[matrix] = up @ arrays[name].astype(np.float32)
    return changes


def _heads(arrays: Mapping[str, NDArray[Any]], name: str) -> Heads:
    weights, bias = arrays[f"{name}.weights"], arrays[f"{name}.bias"]
    return Heads(tuple(arrays[f"{name}.names"].tolist()), weights.astype(np.float32), bias.astype(np.float32))
