"""Waiting for a database that is gone for a while: the one place where everything that needs it waits.

People are told meanwhile by the edges, which answer in time whatever a thread of theirs waits for.
"""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

from sqlalchemy import Engine, PoolProxiedConnection, QueuePool, event
from sqlalchemy.engine import Dialect, ExceptionContext
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

T = TypeVar("T")

OUTAGE = 600.0
"""Seconds for which a database is waited for; people are told the same."""
PAUSE = 0.25
"""Seconds between two attempts."""
ROOM = 8_000_000
"""Bytes that must be free where a database is a file: what begins with less may fail halfway."""
_UNUSABLE = ("disk is full", "readonly database", "disk i/o error", "unable to open database")
"""What SQLite says of a file that it cannot write just now."""


class PatientPool(QueuePool):
    """Connections of a database that may be gone: a server that stopped or has no slot left, a disk without room.

    Nobody waits before ``patience`` is set, so that a start with a wrong address fails at once.
    """

    folder: Path | None = None
    """Where the database is, if it is a file."""
    patience = 0.0
    gone = False
    """Whether the last attempt failed."""

    def connect(self) -> PoolProxiedConnection:
        """A connection, as soon as there is one. Raises what the driver raises when patience ends."""
        begun = time.monotonic()
        failed = (cast(Dialect, self._dialect).loaded_dbapi.OperationalError, PoolTimeout)
        while True:
            try:
                self._look_for_room()
                connection = super().connect()
                self.gone = False
                return connection
            except failed:
                self.gone = True
                # Read anew each time: who ends the process ends the waiting, too.
                if time.monotonic() > begun + self.patience:
                    raise
            time.sleep(PAUSE)

    def _look_for_room(self) -> None:
        if self.folder and shutil.disk_usage(self.folder).free < ROOM:
            raise sqlite3.OperationalError("database or disk is full")


def be_patient(engine: Engine) -> None:
    """From now on whoever needs this database waits for it."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "handle_error", _takes_back)
    _set(engine, OUTAGE)


def lose_patience(engine: Engine) -> None:
    """Nobody waits any more, not even who waits already: the process ends."""
    _set(engine, 0.0)


def is_waited_for(engine: Engine) -> bool:
    """Whether the database was gone when somebody last needed it; in a process that serves, a moment ago."""
    return isinstance(engine.pool, PatientPool) and engine.pool.gone


def _set(engine: Engine, patience: float) -> None:
    if isinstance(engine.pool, PatientPool):
        engine.pool.patience = patience


def is_gone(error: Exception) -> bool:
    """Whether this was raised because the database was not there, so that it is worth trying again."""
    if isinstance(error, DBAPIError) and isinstance(error.orig, sqlite3.Error):
        # SQLite calls a missing table by the same name as a file that is locked.
        return "locked" in str(error.orig) or _is_unusable(error.orig)
    cut = isinstance(error, DBAPIError) and error.connection_invalidated
    return cut or isinstance(error, (OperationalError, InterfaceError, PoolTimeout))


def persistently(engine: Engine, work: Callable[[], T]) -> T:
    """What ``work`` gives; done again where the database was cut off meanwhile. It must bear being done twice."""
    begun = time.monotonic()
    while True:
        try:
            return work()
        except SQLAlchemyError as error:
            patience = engine.pool.patience if isinstance(engine.pool, PatientPool) else 0.0
            if not is_gone(error) or time.monotonic() > begun + patience:
                raise
        time.sleep(PAUSE)


def _takes_back(context: ExceptionContext) -> None:
    """Let a connection go whose file cannot be written: the next one waits until it can."""
    if _is_unusable(context.original_exception):
        context.is_disconnect = True


def _is_unusable(error: BaseException) -> bool:
    return any(sign in str(error).lower() for sign in _UNUSABLE)
