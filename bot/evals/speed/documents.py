"""How the library grows: what more documents cost when they are put in, and when something is looked for."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from bot.build import ANCHORS, Parts, build
from bot.coaching.model import Passage, Source
from bot.coaching.ports import Embedder, Vector
from bot.coaching.text import sentences
from bot.evals.speed.timing import Row, Times, median, p95, rounded, timed
from bot.library.bearings import read_anchors
from bot.library.opening import open_library
from bot.library.records import texts_of
from bot.observing.memory import resident

SENTENCES = 5
"""Sentences of a document: about a hundred words, as an article of a help centre has in one passage."""
SEARCHES = 60
_SCATTER = 0.04


class Scattered:
    """The embedder of the searches; passages get its vectors of the knowledge, each moved a little.

    To embed ten thousand documents takes an hour and says nothing about the library. ``taken`` are the milliseconds of
    each query's own embedding.
    """

    id = "bench"

    def __init__(self, embedder: Embedder, texts: Sequence[str]) -> None:
        self._embedder = embedder
        self._known = np.asarray(embedder.passages(texts), dtype=np.float32)
        self._chance = np.random.default_rng(1)
        self.taken: Times = []

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        """A vector for each text, near one of the knowledge."""
        near = self._known[self._chance.integers(len(self._known), size=len(texts))]
        moved = near + self._chance.normal(0, _SCATTER, near.shape)
        vectors: list[Vector] = (moved / np.linalg.norm(moved, axis=1, keepdims=True)).astype(np.float32).tolist()
        return vectors

    def queries(self, texts: Sequence[str]) -> list[Vector]:
        """The embedder's own."""
        begun = time.perf_counter()
        vectors = self._embedder.queries(texts)
        self.taken.append((time.perf_counter() - begun) * 1000)
        return vectors


def indexing(parts: Parts, knowledge: Sequence[Passage], count: int) -> list[Row]:
    """How fast documents are put in with their real vectors, none of which is remembered."""
    made = documents(knowledge)
    batch = [next(made) for _ in range(count)]
    with tempfile.TemporaryDirectory(prefix="heartware-bench-") as folder:
        own = build(parts.settings.model_copy(update={"heartware_data": Path(folder)}), local=True)
        library = open_library(Path(folder), own.embedder, read_anchors(ANCHORS))
        begun = time.perf_counter()
        library.put(batch)
        took = time.perf_counter() - begun
    texts = [text for passage in batch for text in texts_of(passage)]
    return [
        {
            "documents of a hundred words": count,
            "seconds": rounded(took),
            "documents a second": rounded(count / took),
            "texts embedded a second": rounded(len(texts) / took),
        }
    ]


def growth(embedder: Embedder, knowledge: Sequence[Passage], sizes: Sequence[int]) -> list[Row]:
    """A row for each number of documents, in one library that grows."""
    made = documents(knowledge)
    with tempfile.TemporaryDirectory(prefix="heartware-bench-") as folder:
        scattered = Scattered(embedder, [passage.text for passage in knowledge])
        library = open_library(Path(folder), scattered, read_anchors(ANCHORS))
        rows: list[Row] = []
        kept = 0
        for size in sizes:
            begun = time.perf_counter()
            while kept < size:
                batch = [next(made) for _ in range(min(500, size - kept))]
                library.put(batch)
                kept += len(batch)
            took = time.perf_counter() - begun
            library.search("warm up")
            scattered.taken.clear()
            whole = timed(library.search, [f"what do we promise in case {n} of {size}?" for n in range(SEARCHES)])
            beyond = [all_ - own for all_, own in zip(whole, scattered.taken, strict=True)]
            rows.append(
                {
                    "documents": size,
                    "put in, s": rounded(took),
                    "search median ms": rounded(median(whole)),
                    "beyond the embedding: median ms": rounded(median(beyond)),
                    "p95 ms": rounded(p95(beyond)),
                    "memory MB": resident(),
                }
            )
    return rows


def documents(knowledge: Sequence[Passage]) -> Iterator[Passage]:
    """Documents without end, of one passage each, made of the knowledge's own sentences in its languages by turns."""
    chance = random.Random(1)  # noqa: S311 no secret hangs on it
    by_language: dict[str, list[str]] = {}
    for passage in knowledge:
        by_language.setdefault(passage.language, []).extend(one.text for one in sentences(passage.text))
    languages = sorted(by_language)
    number = 0
    while True:
        language = languages[number % len(languages)]
        text = " ".join([*chance.sample(by_language[language], SENTENCES), f"Case {number}."])
        yield Passage(
            id=f"bench-{number}",
            text=text,
            language=language,
            kind="document",
            source=Source(
                id=f"bench-{number}", file=f"bench-{number}.md", title=f"Case {number}", author="", language=language
            ),
        )
        number += 1
