"""Records in Chroma: a collection for each language.

The nearest of each language are asked for. In one collection that takes a filter, and Chroma then sifts all records:
at 10,000 documents 140 ms instead of 4.
"""

from __future__ import annotations

import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from bot.coaching.ports import Embedder, Vector
from bot.library.records import Record

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection
    from chromadb.api.types import Where
    from langchain_chroma import Chroma

_BATCH = 256  # records at a time
_WHOLE = ["documents", "metadatas"]

_CHANGED = "changed"
"""What a collection's metadata say of its last change, so that other processes see that there was one."""

Ids = Mapping[str, Iterable[str]]
"""Ids of records, by language."""
Version = frozenset[tuple[str, object]]
"""What differs after every change, by whichever process."""


class Kept(NamedTuple):
    """A record as it is read back, without its vector."""

    text: str
    metadata: Mapping[str, Any]


class ChromaRecords:
    """The records of one embedder. ``name`` begins the names of its collections. Raises whatever Chroma raises."""

    def __init__(self, client: ClientAPI, name: str, embedder: Embedder) -> None:
        self._client = client
        self._name = name
        self._embedder = embedder
        self._stores: dict[str, Chroma] = {}
        self._plain: dict[str, Collection] = {}

    def open(self) -> None:
        """Begin, so that a folder that cannot be written says so."""
        self._store("en")

    def add(self, records: Sequence[Record]) -> None:
        """Keep these records; one with a known id is replaced. Their texts are embedded."""
        for language, own in _by_language(records).items():
            for at in range(0, len(own), _BATCH):
                batch = own[at : at + _BATCH]
                self._store(language).add_texts(
                    [r.text for r in batch], metadatas=[r.metadata for r in batch], ids=[r.id for r in batch]
                )
            self._changed(language)

    def delete(self, ids: Ids) -> None:
        """Forget these."""
        for language, own in ids.items():
            ordered = sorted(own)
            for at in range(0, len(ordered), _BATCH):
                self._store(language).delete(ordered[at : at + _BATCH])
            if ordered:
                self._changed(language)

    def of(self, passages: Sequence[str]) -> dict[str, set[str]]:
        """The ids of all records of these passages."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for at in range(0, len(passages), _BATCH):
            where: Where = {"passage": {"$in": [*passages[at : at + _BATCH]]}}  # type: ignore[dict-item]
            for language, store in self._current().items():
                found[language] |= set(store.get(where=where, include=[])["ids"])
        return found

    def near(self, vector: Vector, language: str, count: int) -> list[str]:
        """The passages of the records of a language that are nearest, nearest first, each once."""
        self._store(language)
        # LangChain's search reads each record whole, which takes four times as long as finding it.
        [ids] = self._plain[collected(language)].query(list(vector), n_results=count, include=[])["ids"]
        return list(dict.fromkeys(id.rpartition("|")[0] for id in ids))

    def get(self, ids: Ids) -> list[Kept]:
        """These records, without their vectors."""
        return [kept for store, own in self._of(ids) for kept in _kept(store.get(ids=own, include=_WHOLE))]

    def vectors(self, ids: Ids) -> dict[str, Vector]:
        """The vectors of these records, by id."""
        got = [store.get(ids=own, include=["embeddings"]) for store, own in self._of(ids)]
        return {id: vector for one in got for id, vector in zip(one["ids"], one["embeddings"], strict=True)}

    def passages(self) -> list[Kept]:
        """The record of each passage as a whole, without its vector."""
        stores = self._current().values()
        return [kept for store in stores for kept in _kept(store.get(where={"part": 0}, include=_WHOLE))]

    def passage_ids(self) -> set[str]:
        """The ids of all passages."""
        stores = self._current().values()
        return {id.rpartition("|")[0] for store in stores for id in store.get(where={"part": 0}, include=[])["ids"]}

    def version(self) -> Version:
        """What differs from before where anything was added or deleted since, by whichever process."""
        return frozenset((one.name, (one.metadata or {}).get(_CHANGED)) for one in self._known())

    def forget(self) -> None:
        """Open the collections anew when they are next asked for: they may be others by then."""
        self._stores.clear()
        self._plain.clear()

    def check(self) -> None:
        """Look for one record of each language by its vector."""
        for store in self._current().values():
            for vector in store.get(limit=1, include=["embeddings"])["embeddings"]:
                store.similarity_search_by_vector(list(vector), k=1)

    def _of(self, ids: Ids) -> Iterator[tuple[Chroma, list[str]]]:
        for language, own in ids.items():
            wanted = list(own)
            if wanted:
                yield self._store(language), wanted

    def _current(self) -> Mapping[str, Chroma]:
        """The stores by language, with those that another process began."""
        for collection in self._known():
            self._store(collection.name.removeprefix(f"{self._name}-"))
        return self._stores

    def _known(self) -> list[Collection]:
        return [one for one in self._client.list_collections() if one.name.startswith(f"{self._name}-")]

    def _changed(self, language: str) -> None:
        self._store(language)
        self._plain[collected(language)].modify(metadata={_CHANGED: uuid.uuid4().hex})

    def _store(self, language: str) -> Chroma:
        key = collected(language)
        if key not in self._stores:
            name = f"{self._name}-{key}"
            self._stores[key] = _open(self._client, name, self._embedder)
            self._plain[key] = self._client.get_collection(name, embedding_function=None)
        return self._stores[key]


def collected(language: str) -> str:
    """A language as the end of a collection's name; what has no letters is ``none``."""
    return re.sub(r"[^a-z]", "", language.lower())[:20] or "none"


def _kept(got: Mapping[str, Any]) -> list[Kept]:
    return [Kept(*row) for row in zip(got["documents"], got["metadatas"], strict=True)]


def _by_language(records: Sequence[Record]) -> Mapping[str, list[Record]]:
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        found[collected(str(record.metadata["language"]))].append(record)
    return found


def _open(client: ClientAPI, name: str, embedder: Embedder) -> Chroma:
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
