"""Backup, restore and forget, as they are typed."""

from __future__ import annotations

from pathlib import Path

from bot.coaching.model import Draft
from bot.desk.model import Job, Person
from bot.store.database import open_database
from bot.store.jobs import SqlJobs
from bot.store.seal import Seal, secret_of
from tests.edges.processes import said_here
from tests.operating.test_backup import NOW

ANNA = Person(platform="slack", workspace="T1", id="U1")


def jobs(data: Path) -> SqlJobs:
    return SqlJobs(open_database(f"sqlite:///{data / 'heartware.db'}"), Seal(secret_of(data)), now=lambda: NOW)


def test_back_up_bring_back_and_forget(tmp_path: Path) -> None:
    data, file = tmp_path / "data", str(tmp_path / "b.tar.gz")
    jobs(data).put(Job(id="j1", person=ANNA, draft=Draft(text="Thanks for waiting.")))
    code, said = said_here(data, "backup", file)
    assert (code, "store it as you store a password" in said) == (0, True)
    assert said_here(data, "backup", file)[0] == 1
    code, said = said_here(data, "forget", "person", "U1", "--workspace", "T1", "--export")
    assert (code, "Thanks for waiting." in said) == (0, True)
    assert said_here(data, "forget", "person", "U1") == (
        1, "heartware: --workspace is missing: give the id of the workspace that the person is in.\n"
    )  # fmt: skip
    assert said_here(data, "forget", "person", "U1", "--workspace", "T1")[0] == 0
    assert jobs(data).of(ANNA) == []
    code, said = said_here(data, "restore", file, "--replace")
    assert (code, "Brought back: heartware.db, secret.key" in said) == (0, True)
    assert len(jobs(data).of(ANNA)) == 1
    assert said_here(data, "forget", "workspace", "T1")[0] == 0
    assert jobs(data).of(ANNA) == []


def test_a_key_that_is_not_the_one_of_the_database_stops_every_verb_and_a_lost_one_is_left_behind(
    tmp_path: Path,
) -> None:
    first, second = {"HEARTWARE_SECRET": "a" * 40}, {"HEARTWARE_SECRET": "b" * 40}
    assert said_here(tmp_path, "forget", "workspace", "T1", **first)[0] == 0
    code, said = said_here(tmp_path, "forget", "workspace", "T1", **second)
    assert (code, said.startswith("heartware: HEARTWARE_SECRET is not the key")) == (1, True)
    code, said = said_here(tmp_path, "forget", "sealed", **first)
    assert (code, "Nothing is lost" in said) == (1, True)
    assert said_here(tmp_path, "forget", "sealed", **second)[0] == 0
    assert said_here(tmp_path, "forget", "workspace", "T1", **second)[0] == 0
    assert said_here(tmp_path, "forget", "workspace", **second)[1].startswith("heartware: The id is missing")
