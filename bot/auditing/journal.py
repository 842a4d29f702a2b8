"""What an audit has found so far, in a file of its own: nothing is lost when it is stopped, and memory stays flat."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from bot.auditing.model import Audited, Entry, Unread
from bot.coaching.errors import HeartwareError

_TABLES = """
CREATE TABLE IF NOT EXISTS texts (digest TEXT PRIMARY KEY, line INTEGER, weight INTEGER, overall REAL, found TEXT);
CREATE TABLE IF NOT EXISTS repeats (digest TEXT, line INTEGER PRIMARY KEY, id TEXT);
CREATE TABLE IF NOT EXISTS unread (line INTEGER PRIMARY KEY, id TEXT, why TEXT);
CREATE INDEX IF NOT EXISTS ranked ON texts (weight DESC, overall, line);
CREATE INDEX IF NOT EXISTS repeated ON repeats (digest);
"""
SHOWN_REPEATS = 5
KEPT = 7 * 24 * 3600
"""Seconds for which a run that was stopped can be gone on with."""


class NotWritten(HeartwareError):
    """The journal cannot be written: the disk is full, or the folder read-only."""


class Journal:
    """One file for each audit, named by what is audited and with what. It holds what was found, no whole texts."""

    def __init__(self, folder: Path, key: str) -> None:
        self._path = folder / f"{key}.sqlite"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._path.touch(mode=0o600)
            _forget_old(folder)
            self._file = sqlite3.connect(self._path)
            # The process may die at any time; a machine that loses power may lose the journal.
            self._file.execute("PRAGMA synchronous = OFF")
            self._file.executescript(_TABLES)
        except (OSError, sqlite3.Error):
            raise NotWritten(
                f"{folder}: this folder has no room or cannot be written, and the audit keeps its state there."
            ) from None

    @property
    def read_to(self) -> int:
        """The last line that is done; 0 where nothing is."""
        lines = "SELECT line FROM texts UNION ALL SELECT line FROM repeats UNION ALL SELECT line FROM unread"
        found: int | None = self._file.execute(f"SELECT max(line) FROM ({lines})").fetchone()[0]  # noqa: S608
        return found or 0

    def knows(self, digest: str) -> bool:
        """Whether a text like this was reviewed already."""
        return self._file.execute("SELECT 1 FROM texts WHERE digest = ?", (digest,)).fetchone() is not None

    def add(
        self,
        found: Iterable[tuple[str, Audited]],
        repeats: Iterable[tuple[str, Entry]] = (),
        unread: Iterable[tuple[Entry, Unread]] = (),
    ) -> None:
        """Note what was done with some rows, all of it or nothing. Raises NotWritten."""
        texts = [(d, one.line, one.weight, one.overall, one.model_dump_json()) for d, one in found]
        try:
            with self._file:
                self._file.executemany("INSERT OR IGNORE INTO texts VALUES (?, ?, ?, ?, ?)", texts)
                again = [(digest, entry.line, entry.id) for digest, entry in repeats]
                self._file.executemany("INSERT OR IGNORE INTO repeats VALUES (?, ?, ?)", again)
                left = [(entry.line, entry.id, why) for entry, why in unread]
                self._file.executemany("INSERT OR IGNORE INTO unread VALUES (?, ?, ?)", left)
        except sqlite3.Error:
            raise NotWritten(f"{self._path}: this file cannot be written any more; is the disk full?") from None

    def ranked(self) -> Iterator[Audited]:
        """Every text once, the worst first."""
        rows = self._file.execute("SELECT digest, found FROM texts ORDER BY weight DESC, overall, line")
        for digest, found in rows:
            one = Audited.model_validate_json(found)
            ids = "SELECT id FROM repeats WHERE digest = ? ORDER BY line LIMIT ?"
            some = tuple(id for (id,) in self._file.execute(ids, (digest, SHOWN_REPEATS)))
            count = len(some)
            if count == SHOWN_REPEATS:
                count = self._file.execute("SELECT count(*) FROM repeats WHERE digest = ?", (digest,)).fetchone()[0]
            yield one.model_copy(update={"repeats": some, "repeated": count}) if some else one

    def unread(self) -> list[tuple[str, int]]:
        """Why rows could not be reviewed, and how many."""
        return list(self._file.execute("SELECT why, count(*) FROM unread GROUP BY why ORDER BY why"))

    def repeated(self) -> int:
        """How many rows say what another row says."""
        return int(self._file.execute("SELECT count(*) FROM repeats").fetchone()[0])

    def close(self) -> None:
        """Keep the file for the next time."""
        self._file.close()

    def erase(self) -> None:
        """Remove the file: the report is written."""
        self._file.close()
        with suppress(OSError):
            self._path.unlink()


def _forget_old(folder: Path) -> None:
    """Runs that nobody went on with."""
    for path in folder.glob("*.sqlite"):
        if path.stat().st_mtime < time.time() - KEPT:
            path.unlink(missing_ok=True)


def digest_of(entry: Entry) -> str:
    """The same for texts that differ in white space alone."""
    parts = (entry.text, entry.customer, entry.language, entry.kind)
    plain = "\0".join(" ".join(part.split()) for part in parts)
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()[:32]
