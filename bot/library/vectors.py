"""Vectors that are already known: those shipped with the knowledge, and those this installation has made before."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from bot.coaching.ports import Embedder, Vector
from bot.observing.meters import stage

Kind = Literal["passage", "query"]
_RECENT_QUERIES = 256


class Texts(NamedTuple):
    """Texts to embed, by how they are embedded."""

    passages: Sequence[str]
    queries: Sequence[str]


def shipped_path(knowledge: Path, embedder_id: str) -> Path:
    """Where the shipped vectors of that embedder are, if there are any."""
    return knowledge / "vectors" / f"{embedder_id}.npz"


def write_vectors(path: Path, embedder: Embedder, texts: Texts) -> int:
    """Embed these texts and write their vectors in half precision. Gives their number."""
    vectors: dict[bytes, Vector] = {}
    for kind, batch, embed in (
        ("passage", texts.passages, embedder.passages),
        ("query", texts.queries, embedder.queries),
    ):
        unique = list(dict.fromkeys(batch))
        vectors.update(zip((_key(kind, text) for text in unique), embed(unique), strict=True))
    keys = sorted(vectors)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(
        path,
        keys=np.frombuffer(b"".join(keys), dtype=np.uint8).reshape(len(keys), 32),
        vectors=np.asarray([vectors[key] for key in keys], dtype=np.float16),
    )
    return len(keys)


def read_vectors(path: Path) -> dict[bytes, NDArray[np.float16]]:
    """The vectors of a file by key. A missing or broken file gives none: they can be made again."""
    try:
        with np.load(path, allow_pickle=False) as data:
            keys, vectors = data["keys"], data["vectors"]
            return {bytes(key): vector for key, vector in zip(keys, vectors, strict=True)}
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return {}


class CachedEmbedder:
    """An embedder to which known texts cost nothing.

    ``shipped`` is a file that write_vectors wrote, ``grown`` a folder that this class fills itself. Only passages are
    kept there. What somebody asks or drafts is a query, and queries are remembered in memory alone.
    """

    def __init__(self, embedder: Embedder, *, shipped: Path | None = None, grown: Path | None = None) -> None:
        self.id = embedder.id
        self._embedder = embedder
        self._shipped = cache(lambda: read_vectors(shipped) if shipped else {})
        self._grown = cache(lambda: _Store(grown / f"{embedder.id}.sqlite3") if grown else None)
        self._recent: OrderedDict[bytes, Vector] = OrderedDict()
        self._lock = threading.Lock()

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        """Vectors of texts that are to be found; the new ones are kept on disk."""
        keys = {text: _key("passage", text) for text in texts}
        known = self._known(keys)
        unknown = {text: key for text, key in keys.items() if text not in known}
        if unknown and (grown := self._grown()):
            known |= grown.read(unknown)
            new = self._embed(self._embedder.passages, (text for text in unknown if text not in known))
            grown.write({keys[text]: vector for text, vector in new.items()})
        else:
            new = self._embed(self._embedder.passages, unknown)
        # As they will be read back, so that an index made again is the same to the last digit.
        known |= {text: _halved(vector) for text, vector in new.items()}
        return [known[text] for text in texts]

    def queries(self, texts: Sequence[str]) -> list[Vector]:
        """Vectors of texts that are to find something; the latest are remembered, never written."""
        keys = {text: _key("query", text) for text in texts}
        known = self._known(keys)
        with self._lock:
            known |= {text: self._recent[key] for text, key in keys.items() if key in self._recent}
        new = self._embed(self._embedder.queries, (text for text in keys if text not in known))
        with self._lock:
            self._recent.update({keys[text]: vector for text, vector in new.items()})
            while len(self._recent) > _RECENT_QUERIES:
                self._recent.popitem(last=False)
        known |= new
        return [known[text] for text in texts]

    def _known(self, keys: Mapping[str, bytes]) -> dict[str, Vector]:
        found = ((text, self._shipped().get(key)) for text, key in keys.items())
        return {text: _halved(vector) for text, vector in found if vector is not None}

    @staticmethod
    def _embed(embed: Callable[[Sequence[str]], list[Vector]], texts: Iterable[str]) -> dict[str, Vector]:
        new = list(texts)
        if not new:
            return {}
        with stage("embedding"):
            return dict(zip(new, embed(new), strict=True))


class _Store:
    """A SQLite file of vectors. Where it cannot be read or written the vectors are made again, so it never fails."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._connection = _connect(path)

    def read(self, keys: Mapping[str, bytes]) -> dict[str, Vector]:
        found: dict[str, Vector] = {}
        with self._lock:
            for text, key in keys.items():
                try:
                    row = self._connection.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
                except sqlite3.Error:
                    break
                if row:
                    found[text] = _halved(np.frombuffer(row[0], dtype=np.float16))
        return found

    def write(self, vectors: Mapping[bytes, Vector]) -> None:
        rows = [(key, np.asarray(v, dtype=np.float16).tobytes()) for key, v in vectors.items()]
        with self._lock:
            try:
                with self._connection:
                    self._connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
            except sqlite3.Error:
                return


_TABLE = "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB)"


def _connect(path: Path) -> sqlite3.Connection:
    for attempt in ("as it is", "anew"):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if attempt == "anew":
                path.unlink(missing_ok=True)
            connection = sqlite3.connect(path, check_same_thread=False)
            connection.execute(_TABLE)
            connection.commit()
            return connection
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                break  # read-only or locked: the file may be good
        except OSError:
            break
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.execute(_TABLE)
    return connection


def _halved(vector: Vector | NDArray[np.float16]) -> Vector:
    halved: list[float] = np.asarray(vector, dtype=np.float16).astype(np.float32).tolist()
    return halved


def _key(kind: Kind | str, text: str) -> bytes:
    return hashlib.sha256(f"{kind}\0{text}".encode("utf-8", "surrogatepass")).digest()
