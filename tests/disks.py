"""Disks that are really full and folders that really cannot be written, on machines that allow such things."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest


@contextmanager
def small_disk(at: Path, *, megabytes: int) -> Iterator[Path]:
    """A disk of that size. Skips the test where none can be mounted."""
    at.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}M", "tmpfs", str(at)]
    try:
        done = subprocess.run(mount, capture_output=True, check=False).returncode
    except FileNotFoundError:
        done = 1
    if done:
        pytest.skip("a small disk can be mounted by root on Linux alone")
    try:
        yield at
    finally:
        subprocess.run(["umount", "-l", str(at)], check=True)


@contextmanager
def full(disk: Path) -> Iterator[None]:
    """The disk has no room meanwhile."""
    filler = disk / "filler"
    fill(filler)
    try:
        yield
    finally:
        filler.unlink()


def fill(path: Path) -> None:
    """A file that takes all room there is."""
    with path.open("wb", buffering=0) as file:
        size = 1 << 20
        while size:
            try:
                file.write(bytes(size))
            except OSError:
                size //= 2


@contextmanager
def no_room() -> Iterator[None]:
    """To a database that is a file of this process, every disk is too full meanwhile."""
    with patch("bot.store.patience.ROOM", 10**18):
        yield


def without_rights(command: list[str]) -> list[str]:
    """The command as somebody for whom a folder without permission to write is one. Skips where that cannot be."""
    if os.geteuid() != 0:
        return command
    limited = ["setpriv", "--bounding-set", "-all", "--inh-caps", "-all", "--"]
    try:
        works = subprocess.run([*limited, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        works = False
    if not works:
        pytest.skip("root may write everywhere, and there is no setpriv here to be less")
    return [*limited, *command]
