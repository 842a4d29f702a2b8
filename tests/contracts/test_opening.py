"""Opening the index: again, beside another model's, broken, not ours to write, and with the server away."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.coaching.errors import LibraryUnavailable
from bot.library.chroma import collection_name
from tests.contracts.conftest import chroma_run
from tests.contracts.samples import ALL, PARCEL, opened
from tests.fakes import HashEmbedder

Forget = Callable[[], None]
ROOT = Path(__file__).resolve().parents[2]


class OtherEmbedder(HashEmbedder):
    """Another model, with longer vectors."""

    id = "hash-16"

    def passages(self, texts):  # type: ignore[no-untyped-def]
        return [[*vector, *vector] for vector in super().passages(texts)]

    queries = passages


def filled(folder: Path) -> None:
    """Write an index in a process of its own, so that nothing of it is open here."""
    code = (
        "import sys; from pathlib import Path; from tests.contracts.samples import *; "
        "from tests.fakes import HashEmbedder; "
        "many = [passage(f'm{n}', f'{LONG} {n}') for n in range(120)]; "
        "opened(Path(sys.argv[1]), HashEmbedder()).put([*ALL, *many])"
    )
    subprocess.run([sys.executable, "-c", code, str(folder)], check=True, cwd=ROOT)


def test_a_reopened_index_still_finds(tmp_path: Path, forget_clients: Forget) -> None:
    opened(tmp_path, HashEmbedder()).put(ALL)
    forget_clients()
    again = opened(tmp_path, HashEmbedder())
    assert again.mended == ""
    assert again.ids() == {"a/1", "a/2", "a/3"}
    assert again.search(PARCEL.text)[0].passage == PARCEL


def test_two_models_live_side_by_side(tmp_path: Path) -> None:
    one, other = opened(tmp_path, HashEmbedder()), opened(tmp_path, OtherEmbedder())
    one.put(ALL)
    other.put([PARCEL])
    assert one.ids() == {"a/1", "a/2", "a/3"}
    assert other.ids() == {"a/1"}
    assert other.search(PARCEL.text)[0].passage == PARCEL


def test_what_another_process_puts_in_is_found(tmp_path: Path) -> None:
    reader, writer = opened(tmp_path, HashEmbedder()), opened(tmp_path, HashEmbedder())
    assert reader.search(PARCEL.text) == []
    writer.put(ALL)
    assert reader.search(PARCEL.text)[0].passage == PARCEL
    writer.drop(["a/1"])
    assert PARCEL not in [found.passage for found in reader.search(PARCEL.text)]


@pytest.mark.parametrize("id", ["x", "openai:text-embedding-3-small", "ä/ö", "-", "model " * 50])
def test_any_model_name_makes_a_collection_name(id: str) -> None:
    name = collection_name(id)
    assert 3 <= len(name) <= 512
    assert name.replace("-", "").isascii()
    assert name.replace("-", "").isalnum()
    assert name != collection_name(id + "2")


def garbage(index: Path) -> None:
    (index / "chroma.sqlite3").write_bytes(b"garbage" * 1000)


def cut_off(index: Path) -> None:
    database = index / "chroma.sqlite3"
    database.write_bytes(database.read_bytes()[:20_000])


def no_vectors(index: Path) -> None:
    for file in index.glob("*/*"):
        file.write_bytes(b"zz")


def another_version(index: Path) -> None:
    """As a Chroma does that writes its tables otherwise."""
    with sqlite3.connect(index / "chroma.sqlite3") as connection:
        connection.execute("UPDATE migrations SET hash = 'another'")
    connection.close()


def another_program(index: Path) -> None:
    (index / "chroma.sqlite3").unlink()
    with sqlite3.connect(index / "chroma.sqlite3") as connection:
        connection.execute("CREATE TABLE collections (x)")
    connection.close()


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written")
    filled(folder)
    return folder


@pytest.mark.parametrize("damage", [garbage, cut_off, no_vectors, another_version, another_program])
def test_a_broken_index_is_set_aside_and_begun_anew(
    written: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    for file in written.rglob("*"):
        if file.is_file():
            copy = tmp_path / file.relative_to(written)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
    damage(tmp_path / "index")
    library = opened(tmp_path, HashEmbedder())
    assert library.mended.count(".") >= 1
    assert str(tmp_path / "index") in library.mended
    assert (tmp_path / "index.broken-1").is_dir()
    assert library.ids() == set()
    library.put(ALL)
    assert library.search(PARCEL.text)[0].passage == PARCEL


def test_an_index_of_an_older_schema_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.library.chroma.SCHEMA", 0)
    opened(tmp_path, HashEmbedder()).put(ALL)
    monkeypatch.undo()
    library = opened(tmp_path, HashEmbedder())
    assert library.mended == ""
    assert library.ids() == set()


@pytest.mark.parametrize("folder", ["a file", "below a file", "/proc/heartware"])
def test_a_folder_that_cannot_be_is_explained(tmp_path: Path, folder: str) -> None:
    (tmp_path / "file").write_text("here")
    data = {"a file": tmp_path / "file", "below a file": tmp_path / "file" / "deep"}.get(folder, Path(folder))
    with pytest.raises(LibraryUnavailable, match=r"^HEARTWARE_DATA: .*\.$"):
        opened(data, HashEmbedder())
    assert (tmp_path / "file").read_text() == "here"


READ_ONLY = """
import os, sys, tempfile
from pathlib import Path
from bot.coaching.errors import LibraryUnavailable
from tests.contracts.samples import ALL, opened
from tests.fakes import HashEmbedder

warm = opened(Path(tempfile.mkdtemp()), HashEmbedder())  # everything imported, for another user may not read Python
warm.put(ALL)
if os.getuid() == 0:
    os.setuid(65534)  # permission bits do not hold root back
try:
    opened(Path(sys.argv[1]), HashEmbedder()).put(ALL)
except LibraryUnavailable as error:
    print(error)
"""


@pytest.mark.parametrize("begun", [True, False])
def test_a_folder_that_may_not_be_written_is_explained_and_kept(begun: bool) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if begun:
            filled(folder)
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        said = subprocess.run(
            [sys.executable, "-c", READ_ONLY, name], check=True, capture_output=True, text=True, cwd=ROOT
        ).stdout
        kept = sorted(path.name for path in folder.iterdir())
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o755)
    assert said.startswith("HEARTWARE_DATA: ")
    assert said.endswith("set it to a folder that can be read and written.\n")
    assert kept == (["index"] if begun else [])


def test_without_a_server_the_setting_is_named(tmp_path: Path) -> None:
    with pytest.raises(LibraryUnavailable, match=r"^CHROMA_URL: .*http://127.0.0.1:9.*\.$"):
        opened(tmp_path, HashEmbedder(), "http://127.0.0.1:9")


def test_a_server_that_goes_away_is_explained(tmp_path: Path) -> None:
    with chroma_run(tmp_path / "server") as (url, process):
        library = opened(tmp_path, HashEmbedder(), url)
        library.put(ALL)
        process.kill()
        process.wait(10)
        for act in (lambda: library.search("roses"), lambda: library.put(ALL), library.ids):
            with pytest.raises(LibraryUnavailable, match=r"^CHROMA_URL: .*\.$"):
                act()
