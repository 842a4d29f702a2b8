"""Keeping the library in step with the shipped knowledge and a company's own documents.

What was indexed is remembered in one small file, so that an unchanged document costs nothing and a removed one
disappears. The file can be lost: the next run then reads everything again.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple, Protocol

from pydantic import ValidationError

from bot.coaching.errors import BadInput, LibraryUnavailable
from bot.coaching.model import Passage, Value
from bot.coaching.ports import Library

BATCH = 64
"""Passages put at once: a crash loses at most this much work."""

SAVED_EVERY = 2.0
"""Seconds between two savings of what was indexed, which grows with the documents; a crash loses no more than that."""


class LeftOut(Protocol):
    """Something that a reader of documents left out."""

    @property
    def what(self) -> str:
        """A short excerpt."""
        ...

    @property
    def why(self) -> str:
        """The reason, in a word or two."""
        ...

    @property
    def place(self) -> str:
        """Where it stood, such as "line 3"."""
        ...


class Document(Protocol):
    """A document as its reader cut it."""

    @property
    def digest(self) -> str:
        """The SHA-256 of its bytes."""
        ...

    @property
    def passages(self) -> tuple[Passage, ...]:
        """What is kept of it."""
        ...

    @property
    def left_out(self) -> Sequence[LeftOut]:
        """What is not."""
        ...


class Reader(Protocol):
    """What reads documents, for as long as it is needed. Both methods raise BadInput for a bad one."""

    def digest(self, path: Path, name: str) -> str:
        """The SHA-256 of the bytes of a document that is as large as a document may be."""
        ...

    def read(self, path: Path, name: str) -> Document:
        """A document, cut into passages."""
        ...


class Remembered(Value):
    """One document in the library."""

    name: str
    digest: str
    ids: tuple[str, ...]


class Memory(Value):
    """What the library holds, by the document's absolute path.

    ``version`` names the embedder and the way documents are cut; ``shipped`` is the digest of the shipped passages.
    """

    version: str = ""
    shipped: str = ""
    documents: Mapping[str, Remembered] = {}


class Outcome(NamedTuple):
    """What became of one document: its passages, what was left out, or why it could not be read."""

    name: str
    state: str  # "new", "changed", "unchanged", "removed" or "bad"
    passages: tuple[Passage, ...] = ()
    left_out: Sequence[LeftOut] = ()
    problem: str = ""


class Indexer:
    """Puts passages into a library and remembers which. ``reading`` is where documents are read."""

    def __init__(
        self, library: Library, memory: Path, *, version: str, reading: Callable[[], AbstractContextManager[Reader]]
    ) -> None:
        self._library = library
        self._path = memory
        self._version = version
        self._reading = reading
        self._held = library.ids()
        self._memory = self._remembered()
        self._saved, self._unsaved = -SAVED_EVERY, False

    def known(self) -> list[Path]:
        """The documents that were indexed before."""
        return [Path(key) for key in self._memory.documents if Path(key).exists()]

    def lacking(self) -> bool:
        """Whether documents that were indexed are no longer in the library, as after a new version of its records."""
        return any(not self._held.issuperset(one.ids) for one in self._memory.documents.values())

    def ship(
        self, passages: Callable[[], Sequence[Passage]], digest: str, *, progress: Callable[[int, int], None] | None
    ) -> bool:
        """Put the shipped knowledge in, unless it is there as it is. Returns whether anything was done."""
        if self._memory.shipped == digest and any(_is_shipped(id) for id in self._held):
            return False
        current = passages()
        self._put(current, progress)
        self._drop(id for id in self._held if _is_shipped(id) and id not in {p.id for p in current})
        self._remember(shipped=digest)
        self._save()
        return True

    def index(self, paths: Sequence[Path]) -> Iterator[Outcome]:
        """Bring the documents at these paths up to date, one outcome each; then drop those that are gone."""
        try:
            with self._reading() as reader:
                for path in paths:
                    yield self._one(path, reader)
        finally:
            self._save()
        for key in [key for key in self._memory.documents if not Path(key).exists()]:
            name = self._memory.documents[key].name
            self._forget(key)
            yield Outcome(name, "removed")

    def _one(self, path: Path, reader: Reader) -> Outcome:
        name = shown(path)
        try:
            key = str(path.resolve())
            key.encode()  # or nobody could remember it
            before = self._memory.documents.get(key)
            digest = reader.digest(path, name)
            if before and before.digest == digest and self._held.issuperset(before.ids):
                return Outcome(before.name, "unchanged")
            document = reader.read(path, name)
        except UnicodeEncodeError:
            return Outcome(name, "bad", problem=f"{name} has a name that is no text; rename it.")
        except OSError as error:
            return Outcome(name, "bad", problem=f"{name} cannot be read ({error.strerror}).")
        except BadInput as problem:
            return Outcome(name, "bad", problem=str(problem))
        self._put(document.passages)
        ids = tuple(p.id for p in document.passages)
        self._drop(id for id in (before.ids if before else ()) if id not in ids)
        remembered = Remembered(name=name, digest=document.digest, ids=ids)
        self._remember(documents={**self._memory.documents, key: remembered})
        if time.monotonic() - self._saved > SAVED_EVERY:
            self._save()
        return Outcome(name, "changed" if before else "new", document.passages, document.left_out)

    def _forget(self, key: str) -> None:
        self._drop(self._memory.documents[key].ids)
        rest = {k: v for k, v in self._memory.documents.items() if k != key}
        self._remember(documents=rest)
        self._save()

    def _put(self, passages: Sequence[Passage], progress: Callable[[int, int], None] | None = None) -> None:
        for at in range(0, len(passages), BATCH):
            self._library.put(passages[at : at + BATCH])
            if progress:
                progress(min(at + BATCH, len(passages)), len(passages))
        self._held.update(p.id for p in passages)

    def _drop(self, ids: Iterable[str]) -> None:
        gone = list(ids)
        if gone:
            self._library.drop(gone)
            self._held.difference_update(gone)

    def _remembered(self) -> Memory:
        try:
            memory = Memory.model_validate_json(self._path.read_bytes())
        except (OSError, ValidationError):
            memory = Memory()
        return memory if memory.version == self._version else Memory(version=self._version)

    def _remember(self, **changes: object) -> None:
        self._memory = self._memory.model_copy(update=changes)
        self._unsaved = True

    def _save(self) -> None:
        if not self._unsaved:
            return
        text = json.dumps(self._memory.model_dump(), ensure_ascii=False, indent=1)
        beside = self._path.with_suffix(".tmp")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(text, "utf-8", "replace")
            beside.replace(self._path)
        except OSError as error:
            raise LibraryUnavailable(
                f"The folder {self._path.parent} cannot be written ({error.strerror}): "
                "set HEARTWARE_DATA to a folder that can."
            ) from None
        self._saved, self._unsaved = time.monotonic(), False


def shown(path: Path) -> str:
    """What a file is called: its path, without what would end a line or steer a terminal, and what is no text."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in path.as_posix())


def has_documents(memory: Path) -> bool:
    """Whether any document of a company's own was indexed."""
    try:
        return bool(Memory.model_validate_json(memory.read_bytes()).documents)
    except (OSError, ValidationError):
        return False


def _is_shipped(id: str) -> bool:
    return id.startswith(("principle/", "touch/", "fact/"))


def digest_of(paths: Iterable[Path]) -> str:
    """One digest of the bytes of many files, in order."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.name.encode())
        total.update(path.read_bytes())
    return total.hexdigest()
