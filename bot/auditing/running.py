"""An audit from its first row to its last, in handfuls: what a handful found is noted before the next begins."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from bot.auditing.columns import entries
from bot.auditing.journal import Journal, digest_of
from bot.auditing.model import Audited, Entry, Unread
from bot.auditing.reviewing import unread
from bot.coaching.errors import BadInput
from bot.content.tables import open_table

HANDFUL = 16
"""Texts between two notes: what is lost at most when the process dies."""
PIECE = 1 << 16

ReviewAll = Callable[[Sequence[Entry]], Sequence[Audited]]


def measured(path: Path) -> tuple[int, str]:
    """How many rows a file has, and a digest of its bytes. Raises BadInput for what is no such file."""
    with open_table(path) as table:
        count = sum(1 for _ in entries(path, table))
    if not count:
        raise BadInput(f"{path}: there are no rows below the names of the columns.")
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return count, digest.hexdigest()


def run(path: Path, journal: Journal, review_all: ReviewAll, told: Callable[[int], None]) -> None:
    """Review every row that the journal does not have. ``told`` is given how many are done.

    What was done is in the journal, whatever this raises: BadInput, NotWritten, KeyboardInterrupt.
    """
    with open_table(path) as table:
        done, read_to = 0, journal.read_to
        for handful in _handfuls(entries(path, table)):
            new = [entry for entry in handful if entry.line > read_to]
            if new:
                _reviewed(new, journal, review_all)
            done += len(handful)
            told(done)


def _reviewed(handful: Sequence[Entry], journal: Journal, review_all: ReviewAll) -> None:
    first: dict[str, Entry] = {}
    repeats: list[tuple[str, Entry]] = []
    left: list[tuple[Entry, Unread]] = []
    for entry in handful:
        why = unread(entry)
        digest = digest_of(entry)
        if why:
            left.append((entry, why))
        elif digest in first or journal.knows(digest):
            repeats.append((digest, entry))
        else:
            first[digest] = entry
    found = review_all(list(first.values()))
    journal.add(zip(first, found, strict=True), repeats, left)


def _handfuls(rows: Iterable[Entry]) -> Iterator[list[Entry]]:
    rows = iter(rows)
    while handful := list(islice(rows, HANDFUL)):
        yield handful
