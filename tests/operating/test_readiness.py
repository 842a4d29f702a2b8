"""``/readyz`` says which part is not ready, in time, whatever the parts do, and without a secret."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bot.coaching.errors import LibraryUnavailable
from bot.operating import parts, readiness
from bot.operating.readiness import Readiness
from bot.store.database import open_database
from bot.web import web_app
from tests.fakes import MemoryLibrary


def well() -> str:
    return ""


def page(state: Readiness) -> tuple[int, dict[str, str], str]:
    client = TestClient(web_app(None, state.ready, parts=state.parts))
    answer = client.get("/readyz")
    return answer.status_code, answer.json()["parts"], answer.json()["status"]


def test_all_well() -> None:
    assert page(Readiness({"database": well}, {"index": well})) == (200, {"database": "ok", "index": "ok"}, "ready")


def test_a_part_that_is_needed_makes_it_not_ready_and_is_named() -> None:
    code, said, status = page(Readiness({"database": lambda: "It is gone."}, {"index": well}))
    assert (code, status) == (503, "not ready")
    assert said == {"database": "It is gone.", "index": "ok"}


def test_without_a_useful_part_work_goes_on() -> None:
    code, said, status = page(Readiness({"database": well}, {"index": lambda: "It is empty."}))
    assert (code, status) == (200, "degraded")
    assert said["index"] == "It is empty."


def test_what_changes_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "bot")
    said = [""]
    state = Readiness({"database": lambda: said[0]}, {})
    for said[0] in ("", "It is gone.", "It is gone.", "", ""):
        state.parts()
    lines = ["part=database is not well: It is gone.", "part=database is well again"]
    assert caplog.messages == lines


def test_an_error_is_named_by_its_kind_alone() -> None:
    def broken() -> str:
        raise ConnectionError("postgres://user:secret@host/x")

    _, said, _ = page(Readiness({"database": broken}, {}))
    assert said == {"database": "It fails (ConnectionError)."}


def test_a_part_that_hangs_is_named_in_time_and_not_asked_again_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "PATIENCE", 0.1)
    free = threading.Event()
    asked: list[int] = []

    def hangs() -> str:
        asked.append(1)
        free.wait(60)
        return ""

    state = Readiness({"database": hangs}, {})
    begun = time.monotonic()
    assert [page(state)[1]["database"] for _ in range(3)] == ["It does not answer."] * 3
    assert time.monotonic() - begun < 20
    assert len(asked) == 1
    free.set()


def test_a_database_file_that_is_broken_is_named(tmp_path: Path) -> None:
    path = tmp_path / "heartware.db"
    engine = open_database(f"sqlite:///{path}")
    check = parts.database(engine)
    assert check() == ""
    engine.dispose()
    for beside in tmp_path.glob("heartware.db-*"):
        beside.unlink()
    path.write_bytes(b"no database at all" * 1000)
    assert check().startswith("The database does not answer as it should")
    assert str(tmp_path) not in check()


def test_a_database_that_comes_back_is_well_again(tmp_path: Path) -> None:
    path = tmp_path / "heartware.db"
    engine = open_database(f"sqlite:///{path}")
    with sqlite3.connect(path) as whole:
        whole.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    check = parts.database(engine)
    engine.dispose()
    path.rename(tmp_path / "away")
    assert check()
    engine.dispose()
    path.unlink(missing_ok=True)
    (tmp_path / "away").rename(path)
    assert check() == ""


@pytest.fixture
def full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(parts, "LEAST_FREE", 10**18)
    return tmp_path


def test_a_full_disk_is_named_before_it_is_full(full: Path) -> None:
    assert "almost full" in parts.data_folder(full)()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = parts.data_folder(tmp_path / "file")()
    assert said.startswith("The data folder cannot be written")
    if os.geteuid():
        tmp_path.chmod(0o500)
        assert parts.data_folder(tmp_path)()
        tmp_path.chmod(0o700)


def test_a_clock_that_jumps_is_named_for_a_while() -> None:
    wall, steady = [1000.0], [0.0]
    check = parts.clock(lambda: wall[0], lambda: steady[0])
    wall[0], steady[0] = 1030.0, 30.0
    assert check() == ""
    wall[0], steady[0] = 8230.0, 60.0
    assert check() == "The clock was put forward by 7170 seconds."
    wall[0], steady[0] = 8830.0, 660.0
    assert check() == ""
    wall[0], steady[0] = 30.0, 690.0
    assert "back by" in check()


def test_an_index_that_is_broken_or_empty_is_named() -> None:
    def unavailable() -> MemoryLibrary:
        raise LibraryUnavailable("CHROMA_URL: http://user:secret@host does not answer.")

    assert parts.index(MemoryLibrary)() == "The index is empty: run 'heartware index'."
    _, said, _ = page(Readiness({}, {"index": parts.index(unavailable)}))
    assert said["index"] == parts.UNREADABLE


def test_a_model_that_is_left_alone_is_named() -> None:
    assert parts.model(lambda: False)() == ""
    assert "local for a while" in parts.model(lambda: True)()
