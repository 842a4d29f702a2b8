"""Files that stand there whole or not at all: a full disk, or a process that dies, leaves what was there before."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.coaching.errors import BadInput


@contextmanager
def whole(path: Path, *, mode: int = 0o666) -> Iterator[Path]:
    """A path to write to, which takes the place of ``path`` once everything is written. Raises BadInput.

    ``mode`` is who may read it, as far as the process allows. What is no plain file, such as a pipe, is written itself.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        if path.exists() and not path.is_file():
            yield path
            return
        try:
            os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode))
            yield beside
            with beside.open("rb+") as written:
                os.fsync(written.fileno())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise BadInput(
            f"{path} cannot be written ({error.strerror}): make room, or give a file in a folder that can."
        ) from None
