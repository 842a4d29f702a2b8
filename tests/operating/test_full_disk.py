"""On a disk that is really full, and in a folder that really cannot be written: one sentence, and nothing is torn."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromadb.api.shared_system_client import SharedSystemClient

from bot.coaching.errors import BadInput, BadSetting, LibraryUnavailable
from bot.content.whole import whole
from bot.operating.backup import Place, back_up, bring_back
from bot.store.database import open_database
from bot.store.seal import secret_of
from tests.contracts.samples import ALL, opened
from tests.disks import full, small_disk, without_rights
from tests.edges.processes import ROOT, environment
from tests.edges.running import BLAME
from tests.fakes import HashEmbedder
from tests.operating.test_backup import NOW


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", megabytes=16) as disk:
        yield disk


def kept(disk: Path) -> Place:
    """An installation with a key and a database."""
    place = Place(disk / "data", disk / "data" / "heartware.db")
    open_database(f"sqlite:///{place.database}").dispose()
    secret_of(place.folder)
    return place


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_report_that_has_no_room_leaves_the_one_before(disk: Path) -> None:
    report = disk / "report.csv"
    report.write_text("of last month")
    refused = pytest.raises(BadInput, match=r"report.csv cannot be written \(No space left")
    with full(disk), refused, whole(report) as new:
        new.write_text("of this month" * 1000)
    assert report.read_text() == "of last month"
    assert files(disk) == {"report.csv"}
    with whole(report) as new:
        new.write_text("of this month")
    assert report.read_text() == "of this month"


def test_a_backup_that_has_no_room_is_none_and_is_made_elsewhere(disk: Path, tmp_path: Path) -> None:
    place = kept(disk)
    with full(disk):
        with pytest.raises(BadInput, match=r"b.tar.gz cannot be written \(No space left.*make room"):
            back_up(place, disk / "b.tar.gz", now=NOW)
        assert files(disk) == {"data", "filler"}
        assert back_up(place, tmp_path / "b.tar.gz", now=NOW) == ["heartware.db", "secret.key"]
    assert back_up(place, disk / "b.tar.gz", now=NOW)


def test_a_backup_that_has_no_room_to_come_back_changes_nothing(disk: Path, tmp_path: Path) -> None:
    place = kept(disk)
    back_up(place, tmp_path / "b.tar.gz", now=NOW)
    before = {path.name: path.read_bytes() for path in place.folder.iterdir()}
    with full(disk), pytest.raises(BadInput, match="There is no room"):
        bring_back(place, tmp_path / "b.tar.gz", replace=True)
    assert {path.name: path.read_bytes() for path in place.folder.iterdir()} == before


def test_no_half_key_is_made_and_an_empty_one_is_not_used(disk: Path) -> None:
    with full(disk), pytest.raises(BadSetting, match=r"secret.key cannot be written or read \(No space left"):
        secret_of(disk)
    assert files(disk) == set()
    (disk / "secret.key").touch()
    with pytest.raises(BadSetting, match="is empty"):
        secret_of(disk)


def test_an_index_that_has_no_room_is_not_set_aside(disk: Path) -> None:
    embedder = HashEmbedder()
    opened(disk, embedder).put(ALL)
    SharedSystemClient.clear_system_cache()  # as a new process
    with full(disk), pytest.raises(LibraryUnavailable, match="make room there"):
        opened(disk, embedder)
    assert files(disk) == {"index"}
    assert opened(disk, embedder).ids() == {passage.id for passage in ALL}


def test_a_review_goes_on_in_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    place = kept(tmp_path)
    for path in (place.folder, *place.folder.iterdir()):
        path.chmod(path.stat().st_mode & ~0o222)
    review = without_rights([sys.executable, "-m", "bot", "review", BLAME])
    env = environment(place.folder)
    done = subprocess.run(review, capture_output=True, check=False, cwd=ROOT, env=env, timeout=100, text=True)
    place.folder.chmod(0o755)
    assert (done.returncode, "“User error”" in done.stdout) == (0, True)
    assert done.stderr.startswith("heartware: HEARTWARE_DATA: the database")
    assert done.stderr.endswith("cannot be written: set it to a folder that can. Until then your team's own rules are "
                                "left out.\n")  # fmt: skip
    assert done.stderr.count("\n") == 1
