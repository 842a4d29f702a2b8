"""The encoder itself: twelve layers of attention over a batch of texts, in numpy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.encoder.weights import Floats, Weights

_ROOT_2_PI = np.float32(0.7978845608028654)


class Layer(NamedTuple):
    """The weights of one layer, ready to multiply from the right."""

    attend: Floats
    attend_bias: Floats
    out: Floats
    out_bias: Floats
    first_norm: tuple[Floats, Floats]
    widen: Floats
    widen_bias: Floats
    narrow: Floats
    narrow_bias: Floats
    second_norm: tuple[Floats, Floats]


def read_layer(weights: Weights, number: int, changes: Mapping[str, Floats] | None = None) -> Layer:
    """A layer of the file; ``changes`` are added to the matrices ``q k v ao fi fo`` (rows are outputs)."""
    width, inner = weights.width, weights.inner

    def matrix(name: str, rows: int, columns: int) -> Floats:
        found = weights.matrix(f"l{number}.{name}.w", rows, columns)
        return found + changes[name] if changes and name in changes else found

    def vector(name: str) -> Floats:
        return weights.vector(f"l{number}.{name}")

    attend = np.concatenate([matrix(name, width, width) for name in "qkv"])
    return Layer(
        attend=np.ascontiguousarray(attend.T),
        attend_bias=np.concatenate([vector(f"{name}.b") for name in "qkv"]),
        out=np.ascontiguousarray(matrix("ao", width, width).T),
        out_bias=vector("ao.b"),
        first_norm=(vector("aln.w"), vector("aln.b")),
        widen=np.ascontiguousarray(matrix("fi", inner, width).T),
        widen_bias=vector("fi.b"),
        narrow=np.ascontiguousarray(matrix("fo", width, inner).T),
        narrow_bias=vector("fo.b"),
        second_norm=(vector("oln.w"), vector("oln.b")),
    )


class Embeddings:
    """The bottom of the encoder: tokens and their places as vectors."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._places = weights.table("emb.pos", weights.longest) + weights.vector("emb.type")
        self._norm = (weights.vector("emb.ln.w"), weights.vector("emb.ln.b"))

    def states(self, texts: Sequence[Sequence[int]]) -> Floats:
        """The states of all tokens of all texts, one below the other."""
        ids = np.concatenate([np.asarray(text, np.int64) for text in texts])
        places = np.concatenate([self._places[: len(text)] for text in texts])
        return _normed(self._weights.embedded(ids) + places, self._norm, self._weights.eps)


def run(layers: Iterable[Layer], states: Floats, lengths: Sequence[int], *, heads: int, eps: float) -> Floats:
    """The states after these layers; each text, of so many tokens, attends to itself alone."""
    for layer in layers:
        states = _layer(layer, states, lengths, heads, eps)
    return states


def _layer(layer: Layer, states: Floats, lengths: Sequence[int], heads: int, eps: float) -> Floats:
    mixed = states @ layer.attend + layer.attend_bias
    heard = np.empty_like(states)
    start = 0
    for length in lengths:
        heard[start : start + length] = _attention(mixed[start : start + length], heads)
        start += length
    states = _normed(states + (heard @ layer.out + layer.out_bias), layer.first_norm, eps)
    wide = _gelu(states @ layer.widen + layer.widen_bias)
    return _normed(states + (wide @ layer.narrow + layer.narrow_bias), layer.second_norm, eps)


def _attention(mixed: Floats, heads: int) -> Floats:
    length, width = mixed.shape[0], mixed.shape[1] // 3
    asked, known, told = mixed.reshape(length, 3, heads, width // heads).transpose(1, 2, 0, 3)
    likeness: Floats = asked @ known.transpose(0, 2, 1) * np.float32((width // heads) ** -0.5)
    likeness -= likeness.max(axis=-1, keepdims=True)
    np.exp(likeness, out=likeness)
    likeness /= likeness.sum(axis=-1, keepdims=True)
    heard: Floats = (likeness @ told).transpose(1, 0, 2).reshape(length, width)
    return heard


def _normed(states: Floats, norm: tuple[Floats, Floats], eps: float) -> Floats:
    states = states - states.mean(axis=-1, keepdims=True)
    spread = np.einsum("ij,ij->i", states, states) / np.float32(states.shape[-1])
    states /= np.sqrt(spread + np.float32(eps))[:, None]
    states *= norm[0]
    states += norm[1]
    return states


def _gelu(x: Floats) -> Floats:
    """The Gaussian error linear unit, by the hyperbolic tangent: within 0.001 of the exact one."""
    inner: NDArray[np.float32] = x * x
    inner *= np.float32(0.044715)
    inner += np.float32(1)
    inner *= x
    inner *= _ROOT_2_PI
    np.tanh(inner, out=inner)
    inner += np.float32(1)
    inner *= x
    inner *= np.float32(0.5)
    return inner
