"""Which files there are to read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.coaching.errors import BadInput

SUFFIXES = frozenset({".md", ".markdown", ".txt", ".html", ".htm", ".pdf", ".docx"})


def find_documents(paths: Iterable[Path]) -> Iterator[Path]:
    """The documents in these files and folders, each once, a folder's in alphabetical order.

    Below a folder, hidden files, lock files of office programs and files of other kinds are passed over; a file that is
    named itself is always given, so that reading it can say what is wrong with it. Raises BadInput for a missing path.
    """
    given = list(paths)
    for path in given:
        if not path.exists():
            raise BadInput(f"{path} does not exist; check the spelling of the path.")
    seen: set[Path] = set()
    for path in given:
        for found in _below(path) if path.is_dir() else (path,):
            if (real := found.resolve()) not in seen:
                seen.add(real)
                yield found


def _below(folder: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise BadInput(f"The folder {error.filename} cannot be opened ({error.strerror}).")

    for parent, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(parent, name)
            if path.suffix.lower() in SUFFIXES and not name.startswith((".", "~$")) and path.is_file():
                yield path
