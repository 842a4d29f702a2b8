"""A passage cut into pieces. A short question lies nearer to the one piece that answers it than to the whole."""

from __future__ import annotations

import math
import re

WORDS = 40
"""Of 15, 25, 40 and 60 words a piece, 40 found most on the development questions."""

_SENTENCE_END = re.compile(r"(?<=[.!?:;…])\s+|(?<=[.!?…][\"'”’»)])\s+")


def pieces(text: str) -> list[str]:
    """The text in consecutive pieces of about ``WORDS`` words, at the ends of sentences where there are any.

    A text that is one piece gives an empty list: it is its own only piece.
    """
    found: list[str] = []
    for sentence in _sentences(text):
        if found and _length(found[-1]) + _length(sentence) <= WORDS:
            found[-1] += " " + sentence
        else:
            found.append(sentence)
    return found if len(found) > 1 else []


def _sentences(text: str) -> list[str]:
    """The sentences, those that are much too long in equal halves, thirds and so on."""
    cut: list[str] = []
    for sentence in _SENTENCE_END.split(text):
        words = sentence.split()
        if not words:
            continue
        share = math.ceil(len(words) / math.ceil(len(words) / WORDS)) if len(words) > 1.5 * WORDS else len(words)
        cut.extend(" ".join(words[at : at + share]) for at in range(0, len(words), share))
    return cut


def _length(text: str) -> int:
    return len(text.split())
