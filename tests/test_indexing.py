"""Keeping the library in step: what is unchanged costs nothing, what is gone disappears, a bad file stops nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.coaching.errors import BadInput, LibraryUnavailable
from bot.coaching.model import Passage, Source
from bot.indexing import Indexer, LeftOut
from tests.fakes import MemoryLibrary


class Cut(NamedTuple):
    digest: str
    passages: tuple[Passage, ...]
    left_out: tuple[LeftOut, ...] = ()


def passage(id: str, text: str) -> Passage:
    source = Source(id="s", file="s", title="", author="", language="en")
    return Passage(id=id, text=text, source=source, language="en", kind="document")


class Reader:
    """Cuts a document into its lines, and records what it was asked to read."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *raised: object) -> None:
        pass

    def digest(self, path: Path, name: str) -> str:
        return hashlib.sha256(path.read_bytes()).hexdigest()

    def read(self, path: Path, name: str) -> Cut:
        self.asked.append(path.name)
        raw = path.read_bytes()
        if b"\0" in raw:
            raise BadInput(f"{path}: is not text.")
        lines = raw.decode().splitlines()
        return Cut(hashlib.sha256(raw).hexdigest(), tuple(passage(f"{path.name}/{line}", line) for line in lines))


@pytest.fixture
def library() -> MemoryLibrary:
    return MemoryLibrary()


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "a.md").write_text("one\ntwo")
    (folder / "b.md").write_text("three")
    return folder


def run(library: MemoryLibrary, docs: Path, *, version: str = "v1") -> tuple[dict[str, str], list[str]]:
    """Index all documents of the folder: each one's state, and which were read."""
    reader = Reader()
    indexer = Indexer(library, docs.parent / "memory.json", version=version, reading=lambda: reader)
    outcomes = list(indexer.index(sorted(docs.glob("*.md"))))
    return {Path(outcome.name).name: outcome.state for outcome in outcomes}, reader.asked


def test_documents_are_read_once_and_then_cost_nothing(library: MemoryLibrary, docs: Path) -> None:
    assert run(library, docs) == ({"a.md": "new", "b.md": "new"}, ["a.md", "b.md"])
    library.puts.clear()
    assert run(library, docs) == ({"a.md": "unchanged", "b.md": "unchanged"}, [])
    assert library.puts == []


def test_documents_that_an_older_library_held_are_known_to_be_lacking(library: MemoryLibrary, docs: Path) -> None:
    run(library, docs)
    memory = docs.parent / "memory.json"
    assert not Indexer(library, memory, version="v1", reading=Reader).lacking()
    newer = Indexer(MemoryLibrary(), memory, version="v1", reading=Reader)
    assert newer.lacking()
    assert {outcome.state for outcome in newer.index(newer.known())} == {"changed"}
    assert not newer.lacking()


def test_a_changed_document_leaves_nothing_of_the_old_one(library: MemoryLibrary, docs: Path) -> None:
    run(library, docs)
    (docs / "a.md").write_text("one\nfour")
    assert run(library, docs)[0] == {"a.md": "changed", "b.md": "unchanged"}
    assert library.ids() == {"a.md/one", "a.md/four", "b.md/three"}


def test_a_removed_document_disappears(library: MemoryLibrary, docs: Path) -> None:
    run(library, docs)
    (docs / "b.md").unlink()
    assert run(library, docs)[0] == {"a.md": "unchanged", "b.md": "removed"}
    assert library.ids() == {"a.md/one", "a.md/two"}


def test_a_bad_document_is_named_and_the_others_are_indexed(library: MemoryLibrary, docs: Path) -> None:
    (docs / "a.md").write_bytes(b"\0")
    assert run(library, docs)[0] == {"a.md": "bad", "b.md": "new"}
    assert library.ids() == {"b.md/three"}


def test_a_library_that_lost_its_passages_is_filled_again(library: MemoryLibrary, docs: Path) -> None:
    run(library, docs)
    assert run(MemoryLibrary(), docs)[1] == ["a.md", "b.md"]


def test_another_embedder_or_another_way_to_cut_reads_everything_again(library: MemoryLibrary, docs: Path) -> None:
    run(library, docs)
    assert run(library, docs, version="v2")[1] == ["a.md", "b.md"]


@pytest.mark.parametrize("junk", [b"", b"{", b'{"version": 99, "x": 1}', b"\xff\xfe\0"])
def test_a_memory_that_cannot_be_read_is_made_again(library: MemoryLibrary, docs: Path, junk: bytes) -> None:
    run(library, docs)
    (docs.parent / "memory.json").write_bytes(junk)
    assert run(library, docs)[0] == {"a.md": "new", "b.md": "new"}


def test_a_folder_that_cannot_be_written_is_one_clear_sentence(library: MemoryLibrary, docs: Path) -> None:
    (docs.parent / "file").write_text("")
    indexer = Indexer(library, docs.parent / "file" / "memory.json", version="v", reading=Reader)
    with pytest.raises(LibraryUnavailable, match="HEARTWARE_DATA"):
        list(indexer.index([docs / "a.md"]))


def test_the_shipped_knowledge_is_put_in_once_and_renewed_when_it_changes(library: MemoryLibrary, docs: Path) -> None:
    def ship(texts: list[str], digest: str) -> bool:
        indexer = Indexer(library, docs.parent / "memory.json", version="v", reading=Reader)
        return indexer.ship(lambda: [passage(f"fact/{text}/en", text) for text in texts], digest, progress=None)

    run(library, docs, version="v")
    assert ship(["x", "y"], "v1")
    assert not ship(["x", "y"], "v1")
    assert ship(["y", "z"], "v2")
    assert {id for id in library.ids() if id.startswith("fact/")} == {"fact/y/en", "fact/z/en"}
    assert "a.md/one" in library.ids()
