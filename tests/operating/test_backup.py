"""A backup is made while Heartware runs and brings back everything; a bad one, or a bad moment, changes nothing."""

from __future__ import annotations

import io
import sqlite3
import stat
import tarfile
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from bot.coaching.errors import BadInput
from bot.coaching.model import Draft
from bot.desk.model import Job, Person
from bot.operating import backup
from bot.operating.backup import Place, back_up, bring_back
from bot.store.database import migrations, open_database
from bot.store.jobs import SqlJobs
from bot.store.processes import Processes
from bot.store.seal import Seal, secret_of
from tests.store.test_upgrading import FIRST, at

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ANNA = Person(platform="slack", workspace="T1", id="U1")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "HEARTBEATS", 0.2)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "data", tmp_path / "data" / "heartware.db")


def jobs(place: Place) -> SqlJobs:
    engine = open_database(f"sqlite:///{place.database}")
    return SqlJobs(engine, Seal(secret_of(place.folder)), now=lambda: NOW)


@pytest.fixture
def used(place: Place) -> Place:
    jobs(place).put(Job(id="j1", person=ANNA, draft=Draft(text="Thanks for waiting.")))
    (place.folder / "documents.json").write_text('{"version": "x"}')
    return place


def elsewhere(place: Place) -> Place:
    return Place(place.folder.parent / "new", place.folder.parent / "new" / "heartware.db")


def test_what_was_backed_up_is_there_again_on_another_machine_and_can_be_unsealed(used: Place, tmp_path: Path) -> None:
    file = tmp_path / "b.tar.gz"
    assert back_up(used, file, now=NOW) == ["documents.json", "heartware.db", "secret.key"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    new = elsewhere(used)
    assert bring_back(new, file, replace=False) == ["documents.json", "heartware.db", "secret.key"]
    assert jobs(new).get("j1").draft.text == "Thanks for waiting."
    assert stat.S_IMODE((new.folder / "secret.key").stat().st_mode) == 0o600
    assert not list(new.folder.glob(".restore-*"))


def test_a_backup_of_a_database_that_is_written_meanwhile_is_whole(used: Place, tmp_path: Path) -> None:
    store, stop = jobs(used), threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            store.put(Job(id=f"n{number}", person=ANNA, draft=Draft(text="Hi.")))

    writing = threading.Thread(target=write)
    writing.start()
    back_up(used, tmp_path / "b.tar.gz", now=NOW)
    stop.set()
    writing.join()
    new = elsewhere(used)
    bring_back(new, tmp_path / "b.tar.gz", replace=False)
    assert "j1" in jobs(new).kept("slack")


def test_what_stands_there_is_never_written_over_unasked_and_then_only_set_aside(used: Place, tmp_path: Path) -> None:
    back_up(used, tmp_path / "b.tar.gz", now=NOW)
    with pytest.raises(BadInput, match="already"):
        back_up(used, tmp_path / "b.tar.gz", now=NOW)
    with pytest.raises(BadInput, match="--replace"):
        bring_back(used, tmp_path / "b.tar.gz", replace=False)
    jobs(used).erase("j1")
    bring_back(used, tmp_path / "b.tar.gz", replace=True)
    assert jobs(used).get("j1")
    assert len(list(used.folder.glob("heartware.db.before-*"))) == 1


def test_it_is_not_brought_back_under_a_running_process(used: Place, tmp_path: Path) -> None:
    back_up(used, tmp_path / "b.tar.gz", now=NOW)
    process, stop = Processes(open_database(f"sqlite:///{used.database}"), "slack.1"), threading.Event()
    process.beat()

    def live() -> None:
        while not stop.wait(0.02):
            process.beat()

    living = threading.Thread(target=live)
    living.start()
    with pytest.raises(BadInput, match="stop it first"):
        bring_back(used, tmp_path / "b.tar.gz", replace=True)
    stop.set()
    living.join()
    bring_back(used, tmp_path / "b.tar.gz", replace=True)


def archive(path: Path, **members: bytes) -> Path:
    with tarfile.open(path, "w:gz") as written:
        for name, content in members.items():
            member = tarfile.TarInfo(name.replace("__", "/").replace("_", "."))
            member.size = len(content)
            written.addfile(member, io.BytesIO(content))
    return path


def bad_backups(folder: Path) -> Iterator[Path]:
    (folder / "text").write_text("no archive")
    yield folder / "text"
    yield folder / "absent"
    yield archive(folder / "empty")
    yield archive(folder / "others", **{"..__..__etc__passwd": b"x", "__heartware_db": b"x"})
    yield archive(folder / "damaged", heartware_db=b"SQLite format 3\0" + b"x" * 5000)
    whole = archive(folder / "cut", heartware_db=bytes(range(256)) * 4000)
    whole.write_bytes(whole.read_bytes()[:-2000])
    yield whole


def test_a_bad_backup_is_one_sentence_and_changes_nothing(used: Place, tmp_path: Path) -> None:
    jobs(used).get("j1")
    for bad in bad_backups(tmp_path):
        with pytest.raises(BadInput, match=r"^[^\n]+\.$"):
            bring_back(used, bad, replace=True)
        assert jobs(used).get("j1")
        assert not list(used.folder.glob("*.before-*"))
    assert {path.name for path in tmp_path.iterdir()} == {"data", "text", "empty", "others", "damaged", "cut"}


def test_nothing_to_back_up_or_nowhere_to_write_is_one_sentence(place: Place, used: Place, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="nothing to back up"):
        back_up(elsewhere(place), tmp_path / "b.tar.gz", now=NOW)
    with pytest.raises(BadInput, match="cannot be written"):
        back_up(used, tmp_path / "nowhere" / "b.tar.gz", now=NOW)


def test_a_damaged_database_is_not_backed_up_as_if_it_were_whole(used: Place, tmp_path: Path) -> None:
    assert used.database
    with sqlite3.connect(used.database) as whole:
        whole.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    used.database.write_bytes(b"no database at all")
    for beside in used.folder.glob("heartware.db-*"):
        beside.unlink()
    with pytest.raises(BadInput, match=r"heartware doctor|earlier backup"):
        back_up(used, tmp_path / "b.tar.gz", now=NOW)
    assert not (tmp_path / "b.tar.gz").exists()


def test_a_database_on_a_server_is_left_to_its_own_tools(used: Place, tmp_path: Path) -> None:
    back_up(used, tmp_path / "b.tar.gz", now=NOW)
    server = Place(tmp_path / "new", None)
    assert back_up(Place(used.folder, None), tmp_path / "key.tar.gz", now=NOW) == ["documents.json", "secret.key"]
    assert bring_back(server, tmp_path / "key.tar.gz", replace=False) == ["documents.json", "secret.key"]
    with pytest.raises(BadInput, match="DATABASE_URL names a server"):
        bring_back(server, tmp_path / "b.tar.gz", replace=True)


def test_a_backup_of_the_first_version_is_brought_up_to_date_by_the_next_start(place: Place, tmp_path: Path) -> None:
    assert place.database
    place.folder.mkdir()
    old = create_engine(f"sqlite:///{place.database}")
    with old.begin() as connection:
        at(connection, FIRST)
    old.dispose()
    back_up(place, tmp_path / "b.tar.gz", now=NOW)
    new = elsewhere(place)
    assert bring_back(new, tmp_path / "b.tar.gz", replace=False) == ["heartware.db"]
    engine = open_database(f"sqlite:///{new.database}")
    revision, known = migrations(engine)
    assert revision == known[0]
    engine.dispose()
