"""Which files there are to read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bot.coaching.errors import BadInput
from bot.indexing import shown

SUFFIXES = frozenset({".md", ".markdown", ".txt", ".html", ".htm", ".pdf", ".docx"})


def find_documents(paths: Iterable[Path], *, tell: Callable[[str], None] = lambda sentence: None) -> Iterator[Path]:
    """The documents in these files and folders, each once, a folder's in alphabetical order.

    Below a folder, hidden files, lock files of office programs, files of other kinds and links to folders are passed
    over. So is what leads out of the folder or cannot be opened: ``tell`` is given a sentence then. A file that is
    named itself is always given, so that reading it can say what is wrong with it. Raises BadInput for a path that is
    missing or a folder that cannot be opened.
    """
    given = list(paths)
    for path in given:
        if not path.exists():
            raise BadInput(f"{path} does not exist; check the spelling of the path.")
    seen: set[Path] = set()
    for path in given:
        for found in _below(path, tell) if path.is_dir() else (path,):
            if (real := found.resolve()) not in seen:
                seen.add(real)
                yield found


def _below(folder: Path, tell: Callable[[str], None]) -> Iterator[Path]:
    inside = folder.resolve()
    left = [folder]
    while left:  # without calling itself: folders can lie deeper in each other than calls can
        parent = left.pop()
        try:
            entries = sorted(os.scandir(parent), key=lambda entry: entry.name)
        except OSError as error:
            sentence = f"The folder {shown(parent)} cannot be opened ({error.strerror})"
            if parent == folder:
                raise BadInput(f"{sentence}.") from None
            tell(f"{sentence}; it is left out.")
            continue
        folders = [Path(entry) for entry in entries if entry.is_dir(follow_symlinks=False) and entry.name[0] != "."]
        left.extend(reversed(folders))
        for path in (Path(entry) for entry in entries if not entry.name.startswith((".", "~$"))):
            if path.suffix.lower() not in SUFFIXES or not path.is_file():
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(inside):
                tell(f"{shown(path)} is a link that leads out of {shown(folder)}; it is left out.")
            else:
                yield path
