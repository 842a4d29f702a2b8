"""The Library port over Chroma: a folder of this installation, or a Chroma server."""

from __future__ import annotations

import hashlib
import re
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx
import numpy as np

from bot.coaching.errors import HeartwareError, LibraryUnavailable
from bot.coaching.model import Found, Passage
from bot.coaching.ports import Embedder
from bot.library.bearings import Bearings
from bot.library.cards import Cards
from bot.library.chroma_records import ChromaRecords, Version, collected
from bot.library.embedder import embeddable
from bot.library.lexical import LexicalIndex
from bot.library.ranking import Candidate, best, nearness_of, sureness, weigh_words
from bot.library.records import SCHEMA, Record, passage_of, record_id, records_of
from bot.observing.meters import stage

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

_NEAREST_RECORDS = 40  # asked of Chroma in each language
_NEAREST_PASSAGES = 15  # of these, compared exactly in each language
SILENCE = 30.0
"""Seconds for which a server that hung is not asked again, so that it holds up one question and not all."""


class ChromaLibrary:
    """Passages in Chroma collections of their embedder and schema; vectors of two models never mix."""

    def __init__(self, client: ClientAPI, embedder: Embedder, bearings: Bearings, *, where: str) -> None:
        """``where`` begins the sentence of an error: the setting to look at and what it leads to."""
        self._embedder = embedder
        self._bearings = bearings
        self._where = where
        self.mended = ""
        """One sentence on what had to be mended to open the index, if anything."""
        self._lock = threading.RLock()
        self._catalogue: _Catalogue | None = None
        self._silent_until = 0.0
        self._records = ChromaRecords(client, collection_name(embedder.id), embedder)
        with self._explained("opened"):
            self._records.open()

    def put(self, passages: Sequence[Passage]) -> None:
        """Keep these passages; one with a known id is replaced. New texts are embedded, in batches.

        What is there as it is stays untouched: a further machine that starts over a server disturbs nobody.
        """
        cut = {p.id: list(records_of(p)) for p in passages}
        with self._lock, self._explained("written"):
            there = self._there(records[0] for records in cut.values())
            changed = [records for records in cut.values() if records[0].id not in there]
            records = [record for own in changed for record in own]
            known = self._records.of([str(own[0].metadata["passage"]) for own in changed])
            kept = {(collected(str(record.metadata["language"])), record.id) for record in records}
            self._records.delete({lang: {id for id in ids if (lang, id) not in kept} for lang, ids in known.items()})
            # The whole of a passage last: where it is, its pieces are.
            self._records.add(sorted(records, key=lambda record: record.metadata["part"] == 0))

    def _there(self, wholes: Iterable[Record]) -> set[str]:
        """The ids of those of the records that are kept exactly so."""
        wanted = {record.id: record for record in wholes}
        ids: defaultdict[str, list[str]] = defaultdict(list)
        for record in wanted.values():
            ids[str(record.metadata["language"])].append(record.id)
        kept = ((record_id(str(one.metadata["passage"]), 0), one) for one in self._records.get(ids))
        return {id for id, one in kept if (one.text, one.metadata) == (wanted[id].text, wanted[id].metadata)}

    def drop(self, ids: Sequence[str]) -> None:
        """Forget the passages with these ids; unknown ids are ignored."""
        with self._lock, self._explained("written"):
            self._records.delete(self._records.of([embeddable(id) for id in ids]))

    def ids(self) -> set[str]:
        """The ids of all kept passages."""
        with self._lock, self._explained("read"):
            return self._records.passage_ids()

    def get(self, ids: Sequence[str]) -> list[Passage]:
        """The passages with these ids, in this order; unknown ids are left out."""
        if not ids:
            return []
        with self._lock, self._explained("read"):
            languages = self._current_catalogue().languages_of(ids)
            kept = self._records.get({lang: [record_id(id, 0) for id in own] for lang, own in languages.items()})
        return sorted((passage_of(one.text, one.metadata) for one in kept), key=lambda passage: ids.index(passage.id))

    def has_documents(self) -> bool:
        """Whether a company's own documents are there, whichever process put them in. Raises LibraryUnavailable."""
        with self._lock, self._explained("read"):
            return self._current_catalogue().documents > 0

    def check(self) -> int:
        """The number of passages. Raises LibraryUnavailable where the index does not answer as it should."""
        with self._lock, self._explained("read"):
            self._records.check()
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
            candidates = self._compared(question, catalogue, ids)
        ranked = weigh_words(candidates, words)
        return best([Candidate(c.passage, sureness(c.score)) for c in ranked], k=k)

    def _near(self, question: np.ndarray[Any, Any], languages: Sequence[str]) -> list[str]:
        """The ids of the passages whose records lie nearest to the question, of each language as many."""
        vector: list[float] = question.tolist()
        near = (self._records.near(vector, language, _NEAREST_RECORDS) for language in languages)
        return [id for ids in near for id in ids[:_NEAREST_PASSAGES]]

    def _compared(self, question: np.ndarray[Any, Any], catalogue: _Catalogue, ids: Sequence[str]) -> list[Candidate]:
        """These passages with their nearness, from all their records."""
        known = catalogue.languages_of(ids)
        places = [
            (language, id, part)
            for language, own in known.items()
            for id in own
            for part in range(catalogue.parts[id] + 1)
        ]
        vectors = self._records.vectors(_ids(places))
        places = [place for place in places if record_id(place[1], place[2]) in vectors]
        if not places:
            return []
        rows = np.asarray([vectors[record_id(id, part)] for _, id, part in places], dtype=np.float32)
        near = self._bearings.nearness(question, rows, [language for language, _, _ in places])
        whole: dict[str, float] = {}
        pieces: defaultdict[str, list[float]] = defaultdict(list)
        for (_, id, part), value in zip(places, near.tolist(), strict=True):
            if part:
                pieces[id].append(value)
            else:
                whole[id] = value
        passages = (passage_of(*kept) for kept in self._records.get(_ids(p for p in places if p[2] == 0)))
        return [Candidate(passage, nearness_of(whole[passage.id], pieces[passage.id])) for passage in passages]

    def _current_catalogue(self) -> _Catalogue:
        """The catalogue, read again where passages were put in or taken out, by whichever process."""
        version = self._records.version()
        if self._catalogue is None or self._catalogue.version != version:
            catalogue = _Catalogue(version)
            for one in self._records.passages():
                catalogue.add(one.text, one.metadata)
            self._catalogue = catalogue
        return self._catalogue

    @contextmanager
    def _explained(self, done: str) -> Iterator[None]:
        """Turn whatever Chroma raises into one sentence."""
        if time.monotonic() < self._silent_until:
            raise LibraryUnavailable(f"{self._where} does not answer.")
        try:
            yield
        except HeartwareError:
            raise
        except Exception as error:
            if isinstance(error, httpx.TimeoutException):
                self._silent_until = time.monotonic() + SILENCE
            self._records.forget()  # the server may have been set up anew
            self._catalogue = None
            raise LibraryUnavailable(f"{self._where} cannot be {done}: {one_line(error)}.") from error


class _Catalogue:
    """What is known of every passage without asking Chroma: its terms, its card, its number of pieces."""

    def __init__(self, version: Version) -> None:
        self.version = version
        self.index = LexicalIndex()
        self.cards = Cards()
        self.parts: dict[str, int] = {}
        self.documents = 0
        self._languages: dict[str, str] = {}

    @property
    def languages(self) -> list[str]:
        return sorted(set(self._languages.values()))

    def languages_of(self, ids: Iterable[str]) -> Mapping[str, Sequence[str]]:
        """Those of the ids that are known, each once, by language."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for id in dict.fromkeys(ids):
            if id in self._languages:
                found[self._languages[id]].append(id)
        return found

    def add(self, text: str, metadata: Mapping[str, Any]) -> None:
        id, language = str(metadata["passage"]), str(metadata["language"])
        self.index.add(id, text, language)
        self.cards.add(id, str(metadata["card"]), language)
        self.parts[id] = int(metadata["parts"])
        self._languages[id] = language
        self.documents += metadata["kind"] == "document"


def _ids(places: Iterable[tuple[str, str, int]]) -> Mapping[str, Sequence[str]]:
    """The ids of records, of which language, passage and part are given, by language."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for language, id, part in places:
        found[language].append(record_id(id, part))
    return found


def collection_name(embedder_id: str) -> str:
    """How the collections of an embedder begin: its id as far as Chroma takes it, and what makes it one of a kind."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", embedder_id).strip("-")[:60]
    mark = hashlib.sha256(embedder_id.encode("utf-8", "replace")).hexdigest()[:8]
    return f"heartware-{SCHEMA}-{plain}-{mark}"


def one_line(error: Exception) -> str:
    """The vendor's words as the end of one sentence."""
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".")[:200] if lines else type(error).__name__
