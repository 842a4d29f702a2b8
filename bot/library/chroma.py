"""The Library port over Chroma: a folder of this installation, or a Chroma server."""

from __future__ import annotations

import hashlib
import re
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from bot.coaching.errors import HeartwareError, LibraryUnavailable
from bot.coaching.model import Found, Passage
from bot.coaching.ports import Embedder
from bot.library.bearings import Bearings
from bot.library.cards import Cards
from bot.library.embedder import embeddable
from bot.library.lexical import LexicalIndex
from bot.library.ranking import Candidate, best, nearness_of, sureness, weigh_words
from bot.library.records import SCHEMA, passage_of, record_id, records_of
from bot.observing.meters import stage

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.types import Where
    from langchain_chroma import Chroma

_NEAREST_RECORDS = 40  # asked of Chroma in each language
_NEAREST_PASSAGES = 15  # of these, compared exactly in each language
_BATCH = 256  # records at a time


class ChromaLibrary:
    """Passages in one Chroma collection for each embedder and schema; vectors of two models never mix."""

    def __init__(self, client: ClientAPI, embedder: Embedder, bearings: Bearings, *, where: str) -> None:
        """``where`` begins the sentence of an error: the setting to look at and what it leads to."""
        self._embedder = embedder
        self._bearings = bearings
        self._where = where
        self.mended = ""
        """One sentence on what had to be mended to open the index, if anything."""
        self._lock = threading.RLock()
        self._catalogue: _Catalogue | None = None
        with self._explained("opened"):
            name = collection_name(embedder.id)
            self._store = _store(client, name, embedder)
            self._count = client.get_collection(name, embedding_function=None).count

    def put(self, passages: Sequence[Passage]) -> None:
        """Keep these passages; one with a known id is replaced. New texts are embedded, in batches."""
        records = [record for p in {p.id: p for p in passages}.values() for record in records_of(p)]
        whole = [record for record in records if record.metadata["part"] == 0]
        with self._lock, self._explained("written"):
            stale = self._records([str(record.metadata["passage"]) for record in whole])
            for at in range(0, len(records), _BATCH):
                batch = records[at : at + _BATCH]
                self._store.add_texts(
                    [r.text for r in batch], metadatas=[r.metadata for r in batch], ids=[r.id for r in batch]
                )
            self._delete(stale - {record.id for record in records})
            if self._catalogue:
                for record in whole:
                    self._catalogue.add(record.text, record.metadata)

    def drop(self, ids: Sequence[str]) -> None:
        """Forget the passages with these ids; unknown ids are ignored."""
        clean = [embeddable(id) for id in ids]
        with self._lock, self._explained("written"):
            self._delete(self._records(clean))
            if self._catalogue:
                for id in clean:
                    self._catalogue.remove(id)

    def ids(self) -> set[str]:
        """The ids of all kept passages."""
        with self._lock, self._explained("read"):
            found: list[str] = self._store.get(where={"part": 0}, include=[])["ids"]
        return {id.rpartition("|")[0] for id in found}

    def get(self, ids: Sequence[str]) -> list[Passage]:
        """The passages with these ids, in this order; unknown ids are left out."""
        if not ids:
            return []
        with self._lock, self._explained("read"):
            got = self._store.get(
                ids=[record_id(id, 0) for id in dict.fromkeys(ids)], include=["documents", "metadatas"]
            )
        found = [passage_of(text, metadata) for text, metadata in zip(got["documents"], got["metadatas"], strict=True)]
        return sorted(found, key=lambda passage: ids.index(passage.id))

    def check(self) -> int:
        """The number of passages. Raises LibraryUnavailable where the index does not answer as it should."""
        with self._lock, self._explained("read"):
            some = self._store.get(limit=1, include=["embeddings"])
            for vector in some["embeddings"]:
                self._store.similarity_search_by_vector(list(vector), k=1)
        return len(self.ids())

    @stage("search")
    def search(self, query: str, *, k: int = 5, language: str = "") -> list[Found]:
        """The k nearest passages, best first, whatever language they are in.

        Without a language the question's own is told from its vector. An empty query finds nothing.
        """
        query = embeddable(query).strip()
        if not query or k < 1:
            return []
        vector = np.asarray(self._embedder.queries([query])[0], dtype=np.float32)
        language = language or self._bearings.language_of(vector)
        question = self._bearings.question(vector, language)
        with self._lock, self._explained("read"):
            catalogue = self._current_catalogue()
            words = catalogue.index.shares(query, language=language)
            ids = self._near(question, catalogue.languages)
            ids += sorted(words, key=lambda id: -words[id])[:_NEAREST_PASSAGES]
            # A card that exists in the question's language answers in that language, and is compared in it.
            ids = [catalogue.cards.in_language(id, language) for id in ids]
            wanted = {id: catalogue.parts[id] for id in ids if id in catalogue.parts}
            candidates = self._compared(question, wanted)
        ranked = weigh_words(candidates, words)
        return best([Candidate(c.passage, sureness(c.score)) for c in ranked], k=k)

    def _near(self, question: np.ndarray[Any, Any], languages: Sequence[str]) -> list[str]:
        """The ids of the passages whose records lie nearest to the question, of each language as many."""
        found: list[str] = []
        for language in languages:
            records = self._store.similarity_search_by_vector(
                question.tolist(), k=_NEAREST_RECORDS, filter={"language": language}
            )
            found += list(dict.fromkeys(record.metadata["passage"] for record in records))[:_NEAREST_PASSAGES]
        return found

    def _compared(self, question: np.ndarray[Any, Any], parts: Mapping[str, int]) -> list[Candidate]:
        """The passages of which the numbers of pieces are given, with their nearness, from all their records."""
        ids = [record_id(id, part) for id, count in parts.items() for part in range(count + 1)]
        if not ids:
            return []
        got = self._store.get(ids=ids, include=["documents", "metadatas", "embeddings"])
        if not got["ids"]:
            return []
        metadatas: list[Mapping[str, Any]] = got["metadatas"]
        rows = np.asarray(got["embeddings"], dtype=np.float32)
        near = self._bearings.nearness(question, rows, [str(m["language"]) for m in metadatas])
        whole: dict[str, tuple[Passage, float]] = {}
        pieces: defaultdict[str, list[float]] = defaultdict(list)
        for text, metadata, value in zip(got["documents"], metadatas, near.tolist(), strict=True):
            if metadata["part"] == 0:
                whole[metadata["passage"]] = (passage_of(text, metadata), value)
            else:
                pieces[metadata["passage"]].append(value)
        return [Candidate(passage, nearness_of(value, pieces[id])) for id, (passage, value) in whole.items()]

    def _current_catalogue(self) -> _Catalogue:
        """The catalogue, read again where another process has put passages in or taken some out."""
        if self._catalogue is None or self._catalogue.records != self._count():
            self._catalogue = _Catalogue()
            got = self._store.get(where={"part": 0}, include=["documents", "metadatas"])
            for text, metadata in zip(got["documents"], got["metadatas"], strict=True):
                self._catalogue.add(text, metadata)
        return self._catalogue

    def _records(self, passage_ids: Sequence[str]) -> set[str]:
        """The ids of all records of these passages."""
        found: set[str] = set()
        for at in range(0, len(passage_ids), _BATCH):
            where: Where = {"passage": {"$in": [*passage_ids[at : at + _BATCH]]}}  # type: ignore[dict-item]
            found |= set(self._store.get(where=where, include=[])["ids"])
        return found

    def _delete(self, record_ids: set[str]) -> None:
        ordered = sorted(record_ids)
        for at in range(0, len(ordered), _BATCH):
            self._store.delete(ordered[at : at + _BATCH])

    @contextmanager
    def _explained(self, done: str) -> Iterator[None]:
        """Turn whatever Chroma raises into one sentence."""
        try:
            yield
        except HeartwareError:
            raise
        except Exception as error:
            self._catalogue = None  # it may no longer be what the store holds
            raise LibraryUnavailable(f"{self._where} cannot be {done}: {one_line(error)}.") from error


class _Catalogue:
    """What is known of every passage without asking Chroma: its terms, its card, its number of pieces."""

    def __init__(self) -> None:
        self.index = LexicalIndex()
        self.cards = Cards()
        self.parts: dict[str, int] = {}
        self._languages: dict[str, str] = {}

    @property
    def records(self) -> int:
        return len(self.parts) + sum(self.parts.values())

    @property
    def languages(self) -> list[str]:
        return sorted(set(self._languages.values()))

    def add(self, text: str, metadata: Mapping[str, Any]) -> None:
        id, language = str(metadata["passage"]), str(metadata["language"])
        self.index.add(id, text, language)
        self.cards.add(id, str(metadata["card"]), language)
        self.parts[id] = int(metadata["parts"])
        self._languages[id] = language

    def remove(self, id: str) -> None:
        self.index.remove(id)
        self.cards.remove(id)
        self.parts.pop(id, None)
        self._languages.pop(id, None)


def collection_name(embedder_id: str) -> str:
    """The collection of an embedder: its id as far as Chroma takes it, and what makes it one of a kind."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", embedder_id).strip("-")[:60]
    mark = hashlib.sha256(embedder_id.encode("utf-8", "replace")).hexdigest()[:8]
    return f"heartware-{SCHEMA}-{plain}-{mark}"


def _store(client: ClientAPI, name: str, embedder: Embedder) -> Chroma:
    from langchain_chroma import Chroma
    from langchain_core.embeddings import Embeddings

    class Adapter(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [list(vector) for vector in embedder.passages(texts)]

        def embed_query(self, text: str) -> list[float]:
            return list(embedder.queries([text])[0])

    return Chroma(
        collection_name=name,
        embedding_function=Adapter(),
        client=client,
        collection_configuration={"hnsw": {"space": "cosine"}},
    )


def one_line(error: Exception) -> str:
    """The vendor's words as the end of one sentence."""
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".")[:200] if lines else type(error).__name__
