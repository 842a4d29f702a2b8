"""The learned judge: the encoder with small changes, and linear heads over its words, sentences and replies."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bot.coaching.judged import UNJUDGED, Judged
from bot.coaching.text import Reading, Sentence
from bot.encoder.batches import Batches
from bot.encoder.encoder import Encoder
from bot.encoder.heads import Heads, read_taught
from bot.encoder.tokens import Piece, Tokenizer
from bot.encoder.transformer import Layer
from bot.encoder.weights import Floats
from bot.observing.meters import stage

LONGEST_MESSAGE = 96
"""Tokens of the customer's message that are read before the draft."""
MARKS = 2
"""Tokens before a draft where there is no message: its begin and its end."""
LONGEST_PART = 380
"""Tokens of a draft that are read at once; a longer one is read in parts that end with a sentence."""


HEADS = ("words", "sentences", "whole", "customer")


class Learned(NamedTuple):
    """What was learnt: see ``bot/training/judge.py``, which writes the file."""

    layers: Sequence[Layer]
    words: Heads
    sentences: Heads
    whole: Heads
    customer: Heads

    def feelings(self, message: Floats) -> Mapping[str, float]:
        """The feelings in a message, by the states of its tokens: a mark before and two behind them."""
        heard = message[1:-2].mean(axis=0, keepdims=True)
        return dict(zip(self.customer.names, self.customer.chances(heard)[0].tolist(), strict=True))


class Part(NamedTuple):
    """So many tokens of a draft as the encoder reads them: the customer's message first."""

    tokens: list[int]
    before: int
    pieces: Sequence[Piece]
    sentences: list[tuple[int, int]]
    """Where each sentence begins among the pieces, and where it has ended."""


class LocalJudge:
    """Judges drafts on this machine. Safe to use from several threads.

    ``encoder`` is asked for at the first draft, and may raise LibraryUnavailable.
    """

    def __init__(self, path: Path, encoder: Callable[[], Encoder]) -> None:
        self._path = path
        self._encoder = encoder

    @cached_property
    def _batches(self) -> Batches:
        encoder, layers = self._encoder(), self._learned.layers
        return Batches(lambda texts: encoder.states(texts, layers))

    @cached_property
    def _learned(self) -> Learned:
        layers, heads = read_taught(self._path, self._encoder(), *HEADS)
        return Learned(layers, *(heads[name] for name in HEADS))

    @stage("judging")
    def judge(self, draft: Reading, customer: Reading) -> Judged:
        """What is to be seen in a draft that answers this message (which may be empty)."""
        learned, tokenizer = self._learned, self._encoder().tokenizer
        parts = list(cut(draft, customer, tokenizer))
        if not parts:
            return UNJUDGED
        # The message is read once more by itself: beside an answer it sounds calmer, or more upset, than it is.
        message = [*parts[0].tokens[: parts[0].before], tokenizer.end]
        alone = [message] if parts[0].before > MARKS else []
        states = self._batches.states([*(part.tokens for part in parts), *alone])
        feelings = learned.feelings(states.pop()) if alone else {}
        own = [state[part.before : part.before + len(part.pieces)] for part, state in zip(parts, states, strict=True)]
        words = learned.words.chances(np.concatenate(own))
        means = [state[a:b].mean(axis=0) for part, state in zip(parts, own, strict=True) for a, b in part.sentences]
        wholes = [np.concatenate([mine.mean(axis=0), state[0]]) for mine, state in zip(own, states, strict=True)]
        # A long draft is as long as its parts: each counts by its length.
        shares = np.array([len(part.pieces) for part in parts], np.float32)[:, None]
        whole = (learned.whole.chances(np.array(wholes)) * shares).sum(axis=0) / shares.sum()
        return Judged(
            words=[(piece.start, piece.end) for part in parts for piece in part.pieces],
            faults=_named(learned.words, words),
            sentences=_named(learned.sentences, learned.sentences.chances(np.array(means))),
            whole=dict(zip(learned.whole.names, whole.tolist(), strict=True)),
            customer=feelings,
        )


def _named(heads: Heads, chances: Floats) -> Mapping[str, Sequence[float]]:
    return {name: chances[:, at].tolist() for at, name in enumerate(heads.names)}


def cut(draft: Reading, customer: Reading, tokenizer: Tokenizer) -> Iterator[Part]:
    """The draft in parts that the encoder can read, each with the customer's message before it."""
    before = message_tokens(customer, tokenizer)
    pieces = tokenizer.pieces(draft.own)
    spans = [_span(pieces, sentence) for sentence in draft.sentences] if pieces else []
    for stretch in _stretches(spans):
        first = stretch[0][0]
        own = pieces[first : stretch[-1][1]]
        yield Part(
            tokens=[*before, *(piece.id for piece in own), tokenizer.end],
            before=len(before),
            pieces=own,
            sentences=[(start - first, end - first) for start, end in stretch],
        )


def message_tokens(customer: Reading, tokenizer: Tokenizer) -> list[int]:
    """The customer's message as it stands before every part, as much of it as is read."""
    pieces = tokenizer.pieces(customer.own)[:LONGEST_MESSAGE]
    return [tokenizer.begin, *(piece.id for piece in pieces), tokenizer.end]


def _span(pieces: Sequence[Piece], sentence: Sentence) -> tuple[int, int]:
    """The pieces of a sentence, as many as fit; where none begins in it, the one nearest after or before it."""
    first = bisect_left(pieces, sentence.start, key=lambda piece: piece.start)
    last = bisect_left(pieces, sentence.end, key=lambda piece: piece.start)
    first = min(first, len(pieces) - 1)
    return first, min(max(last, first + 1), first + LONGEST_PART)


def _stretches(spans: Iterable[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Runs of whole sentences that are together no longer than a part."""
    stretch: list[tuple[int, int]] = []
    for start, end in spans:
        if stretch and end - stretch[0][0] > LONGEST_PART:
            yield stretch
            stretch = []
        stretch.append((start, end))
    if stretch:
        yield stretch
