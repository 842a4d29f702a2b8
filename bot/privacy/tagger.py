"""The learned half of finding names and addresses: how likely each word belongs to one, by what is said around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bot.encoder.batches import Batches
from bot.encoder.encoder import Encoder
from bot.encoder.heads import Taught, read_taught
from bot.encoder.tokens import Piece
from bot.encoder.weights import Floats

HEAD = "words"
AT_ONCE = 128
"""Tokens that are read together, about as many as in the longest texts that were learnt from: of many more, more words
are taken for names. A longer text is read in parts."""
OVERLAP = 32
"""Tokens that two parts share, so that each word is read with what stands around it."""


class Tagged(NamedTuple):
    """A word, with the punctuation that touches it, and the chance of each kind of personal data."""

    start: int
    end: int
    chances: Mapping[str, float]


class Tagger:
    """Tags the words of a text. Safe to use from several threads.

    ``encoder`` is asked for at the first text, and may raise LibraryUnavailable.
    """

    def __init__(self, path: Path, encoder: Callable[[], Encoder]) -> None:
        self._path = path
        self._encoder = encoder

    @cached_property
    def _taught(self) -> Taught:
        return read_taught(self._path, self._encoder(), HEAD)

    @cached_property
    def _batches(self) -> Batches:
        encoder, layers = self._encoder(), self._taught.layers
        return Batches(lambda texts: encoder.states(texts, layers))

    def tag(self, text: str) -> list[Tagged]:
        """The words of a text in order, apart by white space."""
        tokenizer, head = self._encoder().tokenizer, self._taught.heads[HEAD]
        pieces = tokenizer.pieces(text)
        if not pieces:
            return []
        starts = range(0, max(1, len(pieces) - OVERLAP), AT_ONCE - OVERLAP)
        parts = [pieces[start : start + AT_ONCE] for start in starts]
        tokens = [[tokenizer.begin, *(piece.id for piece in part), tokenizer.end] for part in parts]
        chances = np.zeros((len(pieces), len(head.names)), np.float32)
        for start, states in zip(starts, self._batches.states(tokens), strict=True):
            own = chances[start : start + AT_ONCE]
            np.maximum(own, head.chances(states[1:-1]), out=own)
        return list(_words(pieces, head.names, chances))


def _words(pieces: Sequence[Piece], names: Sequence[str], chances: Floats) -> Iterator[Tagged]:
    """The words that the pieces make up: each as likely as its likeliest piece."""
    first = 0
    for at in range(1, len(pieces) + 1):
        if at == len(pieces) or pieces[at].start != pieces[first].start:
            most = chances[first:at].max(axis=0).tolist()
            yield Tagged(pieces[first].start, pieces[first].end, dict(zip(names, most, strict=True)))
            first = at
