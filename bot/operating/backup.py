"""Backup and return of what an installation keeps: its database where that is a file, its key, its index's memory."""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from bot import __version__
from bot.coaching.errors import BadInput
from bot.content.whole import whole

DATABASE, KEY, MEMORY, ABOUT = "heartware.db", "secret.key", "documents.json", "about.json"
LARGEST = 20_000_000_000
"""Bytes of the largest member that is read back."""
HEARTBEATS = 2.5
"""Seconds in which a process that runs counts its row up."""


class Place(NamedTuple):
    """Where an installation keeps things: its data folder, and its database where that is a file."""

    folder: Path
    database: Path | None


def back_up(place: Place, to: Path, *, now: datetime) -> list[str]:
    """Write a backup for its owner's eyes alone, while Heartware runs or not; the names of what is in it.

    Raises BadInput where there is nothing to back up, or the file is there already or cannot be written.
    """
    if to.exists():
        raise BadInput(f"{to} is there already: give another name.")
    found = {name: place.folder / name for name in (KEY, MEMORY) if (place.folder / name).is_file()}
    database = place.database if place.database and place.database.is_file() else None
    if not found and not database:
        raise BadInput(f"There is nothing to back up in {place.folder}: is HEARTWARE_DATA set as where it runs?")
    # The copy of the database lies beside the backup, where there must be room anyway.
    with whole(to, mode=0o600) as beside, tempfile.TemporaryDirectory(dir=to.parent, prefix=".backup-") as scratch:
        if database:
            found[DATABASE] = Path(scratch) / DATABASE
            _copy(database, found[DATABASE])
        _write(beside, found, {"heartware": __version__, "made": now.isoformat(), "holds": sorted(found)})
    return sorted(found)


def _copy(database: Path, to: Path) -> None:
    """A copy as of one moment, also while others write. Raises OSError where there is no room for it."""
    try:
        with closing(_readable(database)) as source, closing(sqlite3.connect(to)) as target:
            source.backup(target)
            sound = target.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    except sqlite3.Error as error:
        if "full" in str(error):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from None
        raise BadInput(f"The database {database} cannot be read ({error}): run 'heartware doctor'.") from None
    if not sound:
        raise BadInput(f"The database {database} is damaged: restore an earlier backup.")


def _readable(database: Path) -> sqlite3.Connection:
    """A database to read, also where its folder is full or cannot be written."""
    usual = sqlite3.connect(database)
    try:
        usual.execute("SELECT count(*) FROM sqlite_master")
        return usual
    except sqlite3.OperationalError:
        usual.close()
        changes, _ = _beside(database)
        if changes.exists() and changes.stat().st_size:
            raise
        # With no changes beside it, which SQLite would have to look after, a file can be read as it is.
        return sqlite3.connect(f"{database.resolve().as_uri()}?immutable=1", uri=True)


def _write(to: Path, found: Mapping[str, Path], about: Mapping[str, object]) -> None:
    with to.open("wb") as raw, tarfile.open(fileobj=raw, mode="w:gz") as archive:
        words = json.dumps(about).encode()
        member = tarfile.TarInfo(ABOUT)
        member.size = len(words)
        archive.addfile(member, io.BytesIO(words))
        for name, path in found.items():
            archive.add(path, name)


def bring_back(place: Place, backup: Path, *, replace: bool) -> list[str]:
    """Put a backup in its place, while Heartware does not run; the names of what was brought back.

    What stands there already is set aside, and only where ``replace`` says so. Raises BadInput; then all is as before.
    """
    with tempfile.TemporaryDirectory(dir=_made(place.folder), prefix=".restore-") as scratch:
        found = _read(backup, Path(scratch))
        if DATABASE in found and place.database is None:
            raise BadInput("This backup holds a database file, but DATABASE_URL names a server: leave it empty first.")
        targets = {name: place.folder / name for name in found if name != DATABASE}
        if DATABASE in found and place.database:
            _check(found[DATABASE])
            targets[DATABASE] = place.database
        standing = [str(path) for path in targets.values() if path.exists()]
        if standing and not replace:
            raise BadInput(f"{standing[0]} is there already: add --replace to set it aside and bring the backup back.")
        if place.database and place.database.exists() and _is_running(place.database):
            raise BadInput("Heartware is running on this folder: stop it first.")
        ready = _beside_their_places(found, targets)
        _set_aside([*targets.values(), *_beside(place.database)])
        for name, path in targets.items():
            ready[name].replace(path)
    return sorted(found)


def _beside_their_places(found: Mapping[str, Path], targets: Mapping[str, Path]) -> dict[str, Path]:
    """What was found, on the disk where each will stand: from here on nothing can fail for want of room."""
    ready = {name: path.with_name(f".{path.name}.restored") for name, path in targets.items()}
    try:
        for name, path in ready.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(found[name], path)
            path.chmod(0o600)
    except OSError as error:
        for path in ready.values():
            path.unlink(missing_ok=True)
        raise BadInput(f"{path.parent} cannot be written ({error.strerror}): make room, or see who owns it.") from None
    return ready


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError as error:
        raise BadInput(f"HEARTWARE_DATA: {folder} cannot be written ({error.strerror}).") from None


def _read(backup: Path, to: Path) -> dict[str, Path]:
    """The members that a backup of ours has, written out; whatever else is in the file is not looked at."""
    found = {}
    try:
        with tarfile.open(backup, "r:gz") as archive:
            for member in archive:
                if member.name not in (DATABASE, KEY, MEMORY) or not member.isfile() or member.size > LARGEST:
                    continue
                source = archive.extractfile(member)
                assert source
                found[member.name] = to / member.name
                with found[member.name].open("wb") as target:
                    while piece := source.read(1 << 20):
                        target.write(piece)
    except (OSError, EOFError, tarfile.TarError) as error:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise BadInput(f"There is no room for what {backup} holds: make room in {to.parent}.") from None
        raise BadInput(
            f"{backup} cannot be read as a backup ({type(error).__name__}): give one that is whole."
        ) from None
    if not found:
        raise BadInput(f"{backup} is no backup of Heartware.")
    return found


def _check(database: Path) -> None:
    with suppress(sqlite3.Error), closing(sqlite3.connect(database)) as connection:
        if connection.execute("PRAGMA integrity_check").fetchone() == ("ok",):
            return
    raise BadInput("The database in this backup is damaged: give another backup.")


def _is_running(database: Path) -> bool:
    """Whether a process counts itself up there."""
    first = _beats(database)
    if first:
        time.sleep(HEARTBEATS)
    return first != _beats(database)


def _beats(database: Path) -> list[tuple[str, int]]:
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return connection.execute("SELECT id, beats FROM processes ORDER BY id").fetchall()
    return []


def _beside(database: Path | None) -> list[Path]:
    """What SQLite keeps beside a database; it belongs to the old one."""
    return [database.with_name(database.name + end) for end in ("-wal", "-shm")] if database else []


def _set_aside(paths: list[Path]) -> None:
    stamp = time.strftime("%Y%m%d-%H%M%S")
    for path in paths:
        if path.exists():
            path.rename(path.with_name(f"{path.name}.before-{stamp}"))
