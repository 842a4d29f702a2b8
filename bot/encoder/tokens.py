"""Text to the pieces that the encoder knows: SentencePiece's Unigram model, one word at a time."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from bot.encoder.weights import Vocabulary

_MARK = "\u2581"
"""Stands for the space before a word; no piece has one inside."""
_LONGEST = 16
"""Characters of the longest piece of Latin letters; longer ones are rows of punctuation."""
_WORD = re.compile(r"\S+")


class Piece(NamedTuple):
    """A token, and the characters of the text that its word covers."""

    id: int
    start: int
    end: int


class Tokenizer:
    """Splits text as the encoder was taught to."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.begin, self.end = vocabulary.begin, vocabulary.end
        self._vocabulary = vocabulary
        self._unknown = min(vocabulary.scores) - 10.0
        self._word = lru_cache(maxsize=20_000)(self._split)

    def pieces(self, text: str) -> list[Piece]:
        """The tokens of a text in order, without the marks of its begin and end."""
        return [
            Piece(token, word.start(), word.end())
            for word in _WORD.finditer(text)
            for token in self._word(word.group())
        ]

    def _split(self, word: str) -> tuple[int, ...]:
        """The likeliest way to cut a word into pieces (Viterbi)."""
        normal = "".join(self._vocabulary.normal.get(ord(char), char) for char in word)
        return tuple(token for part in normal.split() for token in self._cut(_MARK + part))

    def _cut(self, text: str) -> list[int]:
        pieces, scores, unknown = self._vocabulary.pieces, self._vocabulary.scores, self._vocabulary.unknown
        size = len(text)
        best = [0.0] + [-1e30] * size
        back = [(0, unknown)] * (size + 1)
        for start in range(size):
            for end in range(start + 1, min(start + _LONGEST, size) + 1):
                token = pieces.get(text[start:end].encode("utf-8", "replace"))
                if token is not None and token != unknown:
                    score = best[start] + scores[token]
                elif end == start + 1:
                    token, score = unknown, best[start] + self._unknown
                else:
                    continue
                if score > best[end]:
                    best[end], back[end] = score, (start, token)
        found = []
        while size:
            size, token = back[size]
            found.append(token)
        return found[::-1]
