"""Text that was there before: word for word, or nearly."""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Sequence

ALIKE = 0.8  # Jaccard similarity of the shingles
_SHINGLE = 4  # words
_WORD = re.compile(r"\w+")


def normalised(text: str) -> str:
    """The words of a text in lower case, without punctuation: equal for texts that read the same."""
    return " ".join(_WORD.findall(text.casefold()))


def near_duplicates(texts: Sequence[str], *, alike: float = ALIKE) -> dict[int, int]:
    """For each text that says almost the same as an earlier one: its index → the index of that earlier one.

    Two texts are almost the same where at least ``alike`` of their runs of four words are common to both. Every such
    pair is found: two sets that share so much must share one of their first few members in any fixed order.
    """
    repeats: dict[int, int] = {}
    kept = [_shingles(text) for text in texts]
    often = Counter(shingle for shingles in kept for shingle in shingles)
    holders: dict[int, list[int]] = {}
    for index, shingles in enumerate(kept):
        rarest_first = sorted(shingles, key=lambda shingle: (often[shingle], shingle))
        prefix = rarest_first[: len(shingles) - math.ceil(alike * len(shingles)) + 1]
        candidates = sorted({other for shingle in prefix for other in holders.get(shingle, ())})
        match = next((other for other in candidates if _similarity(shingles, kept[other]) >= alike), None)
        if match is not None:
            repeats[index] = match
            continue
        for shingle in prefix:
            holders.setdefault(shingle, []).append(index)
    return repeats


def pasted_again(texts: Sequence[str], *, at_least: int = 25) -> list[tuple[int, int, int]]:
    """Runs of texts that stood there before in the same order: (first index, index after the last, earlier index).

    A run counts from ``at_least`` words on, so that a step which two procedures share stays in both; of a text that is
    given twice without anything between, the second is a run of its own however short.
    """
    keys = [normalised(text) for text in texts]
    earlier: dict[str, list[int]] = {}
    runs: list[tuple[int, int, int]] = []
    index = 0
    while index < len(keys):
        length, origin = 0, 0
        for start in earlier.get(keys[index], ())[-20:] if keys[index] else ():
            reach = _reach(keys, start, index)
            if reach > length:
                length, origin = reach, start
        size = sum(len(key.split()) for key in keys[index : index + length])
        again = bool(index and keys[index] and keys[index] == keys[index - 1])
        if size >= at_least or again:
            length, origin = (length, origin) if size >= at_least else (1, index - 1)
            runs.append((index, index + length, origin))
            index += length
            continue
        earlier.setdefault(keys[index], []).append(index)
        index += 1
    return runs


def _reach(keys: Sequence[str], start: int, index: int) -> int:
    length = 0
    while index + length < len(keys) and start + length < index and keys[start + length] == keys[index + length]:
        length += 1
    return length


def _shingles(text: str) -> frozenset[int]:
    found = _WORD.findall(text.casefold())
    runs = (" ".join(found[i : i + _SHINGLE]) for i in range(max(1, len(found) - _SHINGLE + 1)))
    return frozenset(zlib.crc32(run.encode("utf-8", "replace")) for run in runs if run)


def _similarity(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / len(one | other)
