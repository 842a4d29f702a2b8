"""Known vectors cost nothing: the shipped ones, those made before; and what was asked is never written down."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.coaching.ports import Vector
from bot.content.knowledge import Knowledge
from bot.content.places import KNOWLEDGE
from bot.library.bearings import read_anchors
from bot.library.embedder import LocalEmbedder
from bot.library.shipping import ship_vectors, shipped_texts
from bot.library.vectors import CachedEmbedder, Texts, read_vectors, shipped_path, write_vectors
from tests.contracts.samples import ALL, ANCHORS, LONG, PARCEL, opened, passage
from tests.fakes import HashEmbedder

LONG_ONE = passage("long", LONG)


def recording(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that the local model is asked to embed from now on."""
    embedded: list[str] = []

    def embed(self: LocalEmbedder, texts: Sequence[str]) -> list[Vector]:
        embedded.extend(texts)
        return [[1.0] + [0.0] * 383 for _ in texts]

    monkeypatch.setattr(LocalEmbedder, "passages", embed)
    monkeypatch.setattr(LocalEmbedder, "queries", embed)
    return embedded


def test_with_shipped_vectors_only_the_question_is_embedded(tmp_path: Path) -> None:
    shipped = ship_vectors(tmp_path / "knowledge", HashEmbedder(), [*ALL, LONG_ONE], ANCHORS)
    assert shipped == shipped_path(tmp_path / "knowledge", "hash-8")
    model = HashEmbedder()
    library = opened(tmp_path / "data", CachedEmbedder(model, shipped=shipped, grown=tmp_path / "vectors"))
    library.put([*ALL, LONG_ONE])
    assert model.embedded == []
    assert library.search("Where are my roses?")
    assert model.embedded == ["Where are my roses?"]


def test_the_shipped_knowledge_is_shipped_with_its_vectors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when a card or an anchor was changed and the vectors were not written again."""
    embedded = recording(monkeypatch)
    model = LocalEmbedder()
    cached = CachedEmbedder(model, shipped=shipped_path(KNOWLEDGE, model.id))
    texts = shipped_texts(Knowledge(KNOWLEDGE).passages(), read_anchors(KNOWLEDGE / "anchors.tsv"))
    cached.passages(texts.passages)
    cached.queries(texts.queries)
    assert embedded == []


def test_shipped_vectors_are_those_of_the_model(tmp_path: Path) -> None:
    path = tmp_path / "some.npz"
    assert write_vectors(path, HashEmbedder(), Texts(["one", "two", "one"], ["one"])) == 3
    cached = CachedEmbedder(HashEmbedder(), shipped=path)
    assert np.allclose(cached.passages(["two", "one"]), HashEmbedder().passages(["two", "one"]), atol=1e-3)
    assert np.allclose(cached.queries(["one"]), HashEmbedder().queries(["one"]), atol=1e-3)


def test_what_was_embedded_before_is_not_embedded_again(tmp_path: Path) -> None:
    first, second = HashEmbedder(), HashEmbedder()
    made = CachedEmbedder(first, grown=tmp_path).passages(["one", "two", "one"])
    assert np.allclose(made, HashEmbedder().passages(["one", "two", "one"]), atol=1e-3)
    assert first.embedded == ["one", "two"]
    known = CachedEmbedder(second, grown=tmp_path).passages(["two", "three", "one"])
    assert second.embedded == ["three"]
    assert [known[2], known[0]] == made[:2]


def test_another_model_has_vectors_of_its_own(tmp_path: Path) -> None:
    CachedEmbedder(HashEmbedder(), grown=tmp_path).passages(["one"])
    other = HashEmbedder()
    other.id = "other"
    CachedEmbedder(other, grown=tmp_path).passages(["one"])
    assert other.embedded == ["one"]


def test_what_somebody_asks_is_never_written(tmp_path: Path) -> None:
    model = HashEmbedder()
    cached = CachedEmbedder(model, grown=tmp_path)
    assert cached.queries(["my secret draft", "my secret draft"]) == cached.queries(["my secret draft"] * 2)
    assert model.embedded == ["my secret draft"]
    assert list(tmp_path.rglob("*")) == []
    cached.passages(["a passage"])
    (file,) = tmp_path.rglob("*.sqlite3")
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT count(*) FROM vectors").fetchone() == (1,)
    connection.close()


def test_only_the_latest_questions_are_remembered() -> None:
    model = HashEmbedder()
    cached = CachedEmbedder(model)
    for number in range(400):
        cached.queries([f"question {number}"])
    cached.queries(["question 399", "question 0"])
    assert model.embedded[400:] == ["question 0"]


@pytest.mark.parametrize("content", [b"", b"garbage", b"PK\x03\x04 cut off"])
def test_broken_files_are_no_reason_to_fail(tmp_path: Path, content: bytes) -> None:
    shipped, grown = tmp_path / "shipped.npz", tmp_path / "grown"
    grown.mkdir()
    shipped.write_bytes(content)
    (grown / "hash-8.sqlite3").write_bytes(content)
    for embeddings in (1, 0):
        model = HashEmbedder()
        assert CachedEmbedder(model, shipped=shipped, grown=grown).passages([PARCEL.text])
        assert len(model.embedded) == embeddings
    assert read_vectors(tmp_path / "missing.npz") == {}


def test_a_folder_that_cannot_be_is_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cached = CachedEmbedder(HashEmbedder(), grown=tmp_path / "file")
    assert cached.passages(["one"]) == cached.passages(["one"])


def test_half_characters_are_only_characters(tmp_path: Path) -> None:
    cached = CachedEmbedder(HashEmbedder(), grown=tmp_path)
    assert len(cached.passages(["\ud800", "\0", ""])) == 3
    assert len(cached.queries(["\ud800", "\0", ""])) == 3


def test_nothing_to_embed_gives_nothing(tmp_path: Path) -> None:
    assert CachedEmbedder(HashEmbedder(), grown=tmp_path).passages([]) == []
    assert write_vectors(tmp_path / "none.npz", HashEmbedder(), Texts([], [])) == 0
    assert read_vectors(tmp_path / "none.npz") == {}
