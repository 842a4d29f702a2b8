"""A database that is gone is waited for, where somebody waits, and for no longer."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from bot.coaching.errors import BadSetting
from bot.store import patience
from bot.store.database import open_database
from bot.store.patience import is_waited_for, lose_patience, persistently
from tests.databases import PostgresDatabases, postgres_server
from tests.disks import full, small_disk


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "PAUSE", 0.02)


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresDatabases]:
    """One of its own: other tests would not like it to stop."""
    with postgres_server() as databases:
        yield databases


def asked(engine: Engine) -> threading.Thread:
    """Somebody who needs the database, and waits for it."""

    def ask() -> None:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))

    thread = threading.Thread(target=ask)
    thread.start()
    return thread


def test_a_server_that_stops_is_waited_for(server: PostgresDatabases) -> None:
    engine = open_database(server.new())
    with server.stopped():
        waiting = asked(engine)
        time.sleep(0.3)
        assert is_waited_for(engine)
        assert waiting.is_alive()
    waiting.join(10)
    assert not waiting.is_alive()
    assert not is_waited_for(engine)
    engine.dispose()


def test_a_server_without_a_free_slot_is_waited_for(server: PostgresDatabases) -> None:
    engine = open_database(server.new())
    with server.full():
        waiting = asked(engine)
        time.sleep(0.3)
        assert waiting.is_alive()
    waiting.join(10)
    assert not waiting.is_alive()
    engine.dispose()


def test_who_ends_the_process_ends_the_waiting(server: PostgresDatabases) -> None:
    engine = open_database(server.new())
    raised: list[type[Exception]] = []

    def ask() -> None:
        try:
            persistently(engine, lambda: engine.connect())
        except OperationalError as error:
            raised.append(type(error))

    with server.stopped():
        waiting = threading.Thread(target=ask)
        waiting.start()
        time.sleep(0.1)
        lose_patience(engine)
        waiting.join(5)
    assert raised == [OperationalError]
    engine.dispose()


def test_what_was_cut_off_halfway_is_done_again(server: PostgresDatabases) -> None:
    engine = open_database(server.new())
    attempts: list[int] = []

    def work() -> int:
        attempts.append(1)
        with engine.begin() as connection:
            if len(attempts) == 1:
                with server.stopped():
                    pass
            return int(connection.execute(text("SELECT 7")).scalar_one())

    assert persistently(engine, work) == 7
    assert len(attempts) == 2
    engine.dispose()


def test_a_full_disk_is_waited_for_and_named_at_the_start(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", megabytes=12) as disk:
        engine = open_database(f"sqlite:///{disk / 'heartware.db'}")
        with full(disk):
            waiting = asked(engine)
            time.sleep(0.1)
            assert waiting.is_alive()
            with pytest.raises(BadSetting, match=r"^HEARTWARE_DATA: the disk of .* is full: make room"):
                open_database(f"sqlite:///{disk / 'heartware.db'}")
        waiting.join(5)
        assert not waiting.is_alive()
        engine.dispose()
