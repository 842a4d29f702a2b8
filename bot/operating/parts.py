"""The parts of a running process, as ``/readyz`` asks them."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from bot.coaching.errors import LibraryUnavailable
from bot.coaching.ports import Library
from bot.desk.jumps import JUMP, Jumps
from bot.operating.readiness import Check
from bot.store.patience import is_waited_for

LEAST_FREE = 100_000_000
"""Bytes that must be free on the disk of the data folder."""
UNREADABLE = "The index cannot be read: reviews go on without it, and 'heartware doctor' says why."
SPOKEN_OF = 600.0
"""Seconds for which a jump of the clock is spoken of."""


def database(engine: Engine) -> Check:
    """Whether the database answers, and takes writes."""

    def check() -> str:
        if is_waited_for(engine):
            return "The database is gone, or has no room: what needs it waits."
        try:
            with engine.connect() as connection:
                if engine.dialect.name == "sqlite":
                    connection.exec_driver_sql("BEGIN IMMEDIATE")
                    connection.exec_driver_sql("UPDATE processes SET beats = beats WHERE id = ''")
                    connection.rollback()
                else:
                    connection.execute(text("SELECT 1"))
        except SQLAlchemyError as error:
            return f"The database does not answer as it should ({type(error).__name__})."
        return ""

    return check


def data_folder(folder: Path) -> Check:
    """Whether the data folder can be written and has room."""

    def check() -> str:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder) as probe:
                probe.write(b"\0" * 4096)
                probe.flush()
            free = shutil.disk_usage(folder).free
        except OSError as error:
            return f"The data folder cannot be written ({error.strerror})."
        return f"The disk of the data folder is almost full: {free // 1_000_000} MB are left." * (free < LEAST_FREE)

    return check


def clock(wall: Callable[[], float] = time.time, steady: Callable[[], float] = time.monotonic) -> Check:
    """Whether the clock went on evenly since it was last looked at."""
    jumps = Jumps(wall, steady)

    def check() -> str:
        by = jumps.by(SPOKEN_OF)
        which = "forward" if by > 0 else "back"
        return f"The clock was put {which} by {abs(by):.0f} seconds." * (abs(by) > JUMP)

    return check


def index(library: Callable[[], Library]) -> Check:
    """Whether the index answers a search; reviews do without it, questions do not."""

    def check() -> str:
        try:
            found = library().search("How do we treat a customer?", k=1)
        except LibraryUnavailable:  # its own words may hold an address
            return UNREADABLE
        return "" if found else "The index is empty: run 'heartware index'."

    return check


def model(turned_away: Callable[[], bool]) -> Check:
    """Whether the language model answers, as far as the last calls tell."""

    def check() -> str:
        return "The language model failed several times in a row: reviews are local for a while." * turned_away()

    return check
