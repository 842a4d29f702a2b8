"""Opening the database: one engine for the process, its tables brought up to date."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import URL, Connection, Engine, Executable, Table, create_engine, event, inspect, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from bot.coaching.errors import BadSetting
from bot.store.patience import PatientPool, be_patient
from bot.store.seal import Seal

MIGRATIONS = Path(__file__).parent / "migrations"
NEWER = "The database was written by a newer Heartware: install that one, or restore a backup of before its upgrade."
T = TypeVar("T")

POOL = 20
BATCH = 1_000
"""Rows that are written by one statement."""
WITH_SUBSECONDS = (3, 42)
"""The SQLite that knows ``unixepoch('subsec')``, which DBOS writes into its tables wherever Python is 3.12 or newer."""
_MIGRATING = 4_207_001
"""The number of the lock that PostgreSQL keeps while one process migrates."""
_DAMAGED = ("file is not a database", "disk image is malformed")
"""What SQLite says of a file that it cannot make sense of."""
_FULL = ("disk is full", "No space left", "quota exceeded")
_FORBIDDEN = ("readonly database", "unable to open database", "Permission denied", "Read-only file system")
_MENDS = {
    "authentication failed": "with the user and password that the server knows",
    "does not exist": "with a user and a database that the server has",
    "resolve host": "with a host that there is",
    "Connection refused": "and see that the server runs and listens on that host and port",
    "timeout expired": "and see that the network lets this machine reach the server",
    "too many clients": "and give the server more connections: each process takes up to 40",
}
"""What to do, by what PostgreSQL's client says."""
_GIVES_UP = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
"""When PostgreSQL's client takes a server for gone that does not even refuse."""
_BUSY = 30.0
"""Seconds that SQLite waits for another writer."""
_PRAGMAS = (
    f"busy_timeout={_BUSY * 1_000:.0f}",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "secure_delete=ON",
)


def open_database(url: str, seal: Seal | None = None) -> Engine:
    """The engine of a database whose tables are up to date. Raises BadSetting where it cannot be used.

    ``seal`` is needed where an older version kept words in clear that are sealed by now.
    """
    with explained(url):
        engine = connected(url)
        _migrate(engine, seal)
    be_patient(engine)
    return engine


@contextmanager
def explained(url: str) -> Iterator[None]:
    """Say in one sentence what is wrong with a database that cannot be used. Raises BadSetting."""
    try:
        yield
    except CommandError:
        raise BadSetting(NEWER) from None
    except (SQLAlchemyError, ImportError, OSError, sqlite3.OperationalError) as error:
        raise BadSetting(_wrong(url, str(error))) from None


def connected(url: str) -> Engine:
    """The engine of a database as it is."""
    # An error's text would hold what was written; pre_ping: a server that was gone is found again.
    address = make_url(_with_driver(url))
    engine = create_engine(
        address,
        poolclass=PatientPool,
        pool_size=POOL,
        max_overflow=POOL,
        pool_pre_ping=address.get_backend_name() != "sqlite",
        hide_parameters=True,
        connect_args=_giving_up(address),
    )
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
    return engine


def migrations(engine: Engine) -> tuple[str, list[str]]:
    """Which migration a database has come to, empty where it has no tables yet, and all there are, the latest first."""
    with engine.connect() as connection:
        there = inspect(connection).has_table("heartware_version")
        revision = connection.execute(text("SELECT version_num FROM heartware_version")).scalar() if there else ""
    known = [script.revision for script in ScriptDirectory.from_config(_alembic()).walk_revisions()]
    return str(revision or ""), known


def _giving_up(address: URL) -> dict[str, int]:
    """What the address itself does not say of it."""
    if address.get_backend_name() != "postgresql":
        return {}
    return {name: value for name, value in _GIVES_UP.items() if name not in address.query}


def _wrong(url: str, said: str) -> str:
    """What is wrong with a database that cannot be opened; what was said of it may hold the password of its address."""
    file = make_url(url).database if url.startswith("sqlite") else None
    if file and any(sign in said for sign in _DAMAGED):
        return (
            f"HEARTWARE_DATA: the database {file} is damaged: bring a backup back with 'heartware restore FILE "
            "--replace', or move it away to begin anew."
        )
    if file and any(sign in said for sign in _FULL):
        return f"HEARTWARE_DATA: the disk of the database {file} is full: make room, or set it to another disk."
    if file and any(sign in said for sign in _FORBIDDEN):
        return f"HEARTWARE_DATA: the database {file} cannot be written: set it to a folder that can."
    mend = next((mend for sign, mend in _MENDS.items() if sign in said), "and see that it is running")
    return (
        "DATABASE_URL names a database that cannot be opened: give sqlite:///path/file.db or "
        f"postgresql://user:password@host/name, {mend}."
    )


def _with_driver(url: str) -> str:
    """Platforms hand out ``postgres://``, which SQLAlchemy does not know."""
    scheme, separator, rest = url.partition("://")
    return f"postgresql+psycopg{separator}{rest}" if scheme in ("postgres", "postgresql") else url


def _set_up_sqlite(connection: Any, record: Any) -> None:
    if sqlite3.sqlite_version_info < WITH_SUBSECONDS:
        connection.create_function("unixepoch", 1, lambda subsecond: time.time())
    # Writers queue up when they begin, instead of failing halfway.
    connection.isolation_level = "IMMEDIATE"
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    _write_ahead(connection)


def _write_ahead(connection: Any) -> None:
    """Switch the write-ahead log on; for others who do it at the same time SQLite itself does not wait."""
    begun = time.monotonic()
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > begun + _BUSY:
                raise
        time.sleep(0.02)


def _migrate(engine: Engine, seal: Seal | None) -> None:
    if engine.dialect.name == "sqlite" and engine.url.database:
        folder = Path(engine.url.database).parent
        folder.mkdir(parents=True, exist_ok=True)
        assert isinstance(engine.pool, PatientPool)
        engine.pool.folder = folder
    config = _alembic()
    with locked(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATING})"))
        config.attributes.update(connection=connection, seal=seal)
        command.upgrade(config, "head")


def _alembic() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


@contextmanager
def locked(engine: Engine) -> Iterator[Connection]:
    """A transaction that reads before it writes; in SQLite it takes the one lock for writing at once."""
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection


def put(connection: Connection, table: Table, values: Mapping[str, Any], *, replace: Sequence[str] = ()) -> bool:
    """Insert a row; where its key is there already, replace these columns, or none. Whether anything was written."""
    statement = _inserting(connection.dialect.name, table, tuple(replace), told=True)
    return connection.execute(statement, dict(values)).first() is not None


def put_all(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], *, replace: Sequence[str]) -> None:
    """Insert rows of different keys; where a key is there already, replace these columns."""
    connection.execute(_inserting(connection.dialect.name, table, tuple(replace), told=False), list(rows))


@cache
def _inserting(dialect: str, table: Table, replace: tuple[str, ...], *, told: bool) -> Executable:
    """Made once for a table, since to make it takes as long as to run it. ``told``: it gives the keys it wrote."""
    statement = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    if replace:
        changed = {name: statement.excluded[name] for name in replace}
        statement = statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=changed)
    else:
        statement = statement.on_conflict_do_nothing()
    return statement.returning(*table.primary_key) if told else statement


def batches(rows: Iterable[T]) -> Iterator[list[T]]:
    """The rows, so many at a time as one statement takes."""
    coming = iter(rows)
    while batch := list(islice(coming, BATCH)):
        yield batch
