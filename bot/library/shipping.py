"""The vectors of the shipped knowledge, so that a first run embeds nothing but the question."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bot.coaching.model import Passage
from bot.coaching.ports import Embedder
from bot.library.bearings import Anchors
from bot.library.records import texts_of
from bot.library.vectors import Texts, shipped_path, write_vectors


def shipped_texts(passages: Iterable[Passage], anchors: Anchors, examples: Iterable[str] = ()) -> Texts:
    """Every text that is embedded when the passages are put in a library, and when it is opened with the anchors.

    ``examples`` are questions that questions are compared with.
    """
    sentences = [text for texts in anchors.values() for text in texts]
    return Texts([*sentences, *(text for passage in passages for text in texts_of(passage))], [*sentences, *examples])


def ship_vectors(
    knowledge: Path, embedder: Embedder, passages: Iterable[Passage], anchors: Anchors, examples: Iterable[str] = ()
) -> Path:
    """Write the shipped vectors of an embedder below the ``knowledge`` folder and give the file."""
    path = shipped_path(knowledge, embedder.id)
    write_vectors(path, embedder, shipped_texts(passages, anchors, examples))
    return path
