"""What the data files in ``knowledge/ingest`` say about cleaning and plain wording."""

from __future__ import annotations

import functools
import hashlib
import re
from pathlib import Path
from typing import Literal, NamedTuple

from bot.coaching.errors import BadKnowledge
from bot.coaching.model import Value
from bot.content.places import KNOWLEDGE
from bot.content.yaml_files import M, as_model, read_entries

FOLDER = KNOWLEDGE / "ingest"


Covers = Literal["line", "menu", "sentence", "rest", "comments"]


class Boilerplate(Value):
    """Text that every page carries and nobody asks about.

    ``covers`` says what a match leaves out: its line (of a "menu": only among others), its sentence, or the
    rest of the article; "comments" leaves out nothing, but says that readers' comments begin.
    """

    reason: str
    covers: Covers
    patterns: tuple[str, ...]


class SpunTerm(Value):
    """A phrase as article-spinning software writes it, and what its author meant."""

    spun: str
    plain: str


class Alias(Value):
    """A name as it was heard, and the name it probably is. ``near``: words of which one must stand near it."""

    heard: str
    probably: str
    why: str
    near: tuple[str, ...] = ()


class Ingest(NamedTuple):
    """The data files, read. ``edition`` changes with their text, and then all documents must be read again."""

    boilerplate: tuple[tuple[Boilerplate, re.Pattern[str]], ...]
    spun: tuple[SpunTerm, ...]
    aliases: tuple[Alias, ...]
    edition: str


@functools.cache
def read_ingest(folder: Path = FOLDER) -> Ingest:
    """The data files of one folder. Raises BadKnowledge, beginning with file and line, where one is not sound."""
    paths = [folder / f"{name}.yaml" for name in ("boilerplate", "spun-terms", "aliases")]
    boilerplate = []
    for line, entry in _entries(Boilerplate, paths[0]):
        try:
            pattern = re.compile("|".join(f"(?:{pattern})" for pattern in entry.patterns), re.IGNORECASE)
        except re.error as error:
            raise BadKnowledge(f"{paths[0]}:{line}: patterns: this is not a pattern ({error}).") from None
        boilerplate.append((entry, pattern))
    spun = tuple(entry for _, entry in _entries(SpunTerm, paths[1]))
    aliases = tuple(entry for _, entry in _entries(Alias, paths[2]))
    edition = hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()[:12]
    return Ingest(tuple(boilerplate), spun, aliases, edition)


def _entries(model: type[M], path: Path) -> list[tuple[int, M]]:
    return [(line, as_model(model, values, path=path, line=line)) for line, values in read_entries(path)]
