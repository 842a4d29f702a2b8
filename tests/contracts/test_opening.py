"""Opening the index: again, beside another model's, broken, not ours to write, and with the server away."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest.mock import Mock
from urllib.parse import urlsplit

import pytest
from chromadb import HttpClient

from bot.coaching.errors import LibraryUnavailable
from bot.coaching.model import Draft
from bot.library import opening
from bot.library.chroma import collection_name
from bot.operating import parts, readiness
from bot.operating.readiness import Readiness
from tests.contracts.conftest import chroma_run
from tests.contracts.samples import ALL, LONG, PARCEL, ROSES, opened, passage
from tests.fakes import HashEmbedder
from tests.test_coach import BLAME, coach

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


WRITER = """
import sys
from pathlib import Path
from tests.contracts.samples import *
from tests.fakes import HashEmbedder

embedder = HashEmbedder()
embedder.id = sys.argv[3]
library = opened(Path(sys.argv[1]), embedder, sys.argv[2])
for line in sys.stdin:
    change, id, text = line.rstrip("\\n").split("|")
    library.drop([id]) if change == "drop" else library.put([passage(id, text)])
    print("done", flush=True)
"""


def test_two_processes_over_one_server_see_each_others_changes(tmp_path: Path, chroma_url: str) -> None:
    embedder = HashEmbedder()
    embedder.id = f"hash-{tmp_path.name}"
    reader = opened(tmp_path, embedder, chroma_url)
    assert not reader.has_documents()
    command = [sys.executable, "-c", WRITER, str(tmp_path), chroma_url, embedder.id]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as writer:
        assert writer.stdin
        assert writer.stdout

        def changed(line: str) -> None:
            assert writer.stdin
            assert writer.stdout
            print(line, file=writer.stdin, flush=True)
            assert writer.stdout.readline() == "done\n"

        def best(query: str) -> list[str]:
            return [found.passage.id for found in reader.search(query)][:1]

        changed("put|a|The shop opens at nine.")
        assert reader.has_documents()
        assert best("The shop opens at nine.") == ["a"]
        # A document that takes the place of another: as many as before, and not the same.
        changed("drop|a|")
        changed("put|b|Numbats eat termites.")
        assert best("Numbats eat termites.") == ["b"]
        reader.put([passage("c", "Roses are red.")])
        changed("drop|c|")
        changed("drop|b|")
        assert best("Roses are red.") == []
        assert not reader.has_documents()


def test_what_is_there_as_it_is_is_not_written_again(tmp_path: Path) -> None:
    long = passage("long", LONG)
    opened(tmp_path, HashEmbedder()).put([*ALL, long])
    library = opened(tmp_path, HashEmbedder())
    before = library._records.version()
    library.put([*ALL, long])
    assert library._records.version() == before
    library.put([passage("long", f"{LONG} And one more."), *ALL])
    assert library._records.version() != before
    assert library.get(["long"])[0].text.endswith("And one more.")


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


def test_while_the_server_hangs_or_is_away_reviews_go_on_and_then_it_is_well_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "PATIENCE", 0.3)
    with chroma_run(tmp_path / "server") as (url, process):
        library = opened(tmp_path, HashEmbedder(), url)
        library.put(ALL)
        reviewer = coach()
        reviewer._library, reviewer._own_documents = lambda: library, library.has_documents
        state = Readiness({}, {"index": parts.index(lambda: library)})
        assert state.parts() == {"index": ""}
        assert reviewer.review_local(Draft(text=BLAME)).findings
        process.send_signal(signal.SIGSTOP)
        asked = Mock(side_effect=library._records.version)
        monkeypatch.setattr(library._records, "version", asked)
        with ThreadPoolExecutor(5) as people:
            assert all(review.findings for review in people.map(reviewer.review_local, [Draft(text=BLAME)] * 5))
        assert asked.call_count == 1, "one waits for the server, and nobody else"
        monkeypatch.setattr(readiness, "REMEMBERED", 0.0)
        assert state.parts() == {"index": parts.UNREADABLE}
        process.send_signal(signal.SIGCONT)
        library._silent_until = 0.0
        assert state.parts() == {"index": ""}
        process.kill()
        process.wait(10)
        assert reviewer.review_local(Draft(text=BLAME)).findings


def test_a_server_that_was_set_up_anew_is_used_as_it_is(tmp_path: Path, chroma_url: str) -> None:
    embedder = HashEmbedder()
    embedder.id = f"hash-{tmp_path.name}"
    library = opened(tmp_path, embedder, chroma_url)
    library.put(ALL)
    HttpClient(port=urlsplit(chroma_url).port or 0).delete_collection(f"{collection_name(embedder.id)}-en")
    with pytest.raises(LibraryUnavailable):
        library.put([ROSES])
    library.put([ROSES])
    assert library.search(ROSES.text)[0].passage == ROSES
