"""Keeping the library in step with the shipped knowledge and a company's own documents.

What was indexed is remembered in one small file, so that an unchanged document costs nothing and a removed one
disappears. The file can be lost: the next run then reads everything again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from pydantic import ValidationError

from bot.coaching.errors import BadInput, LibraryUnavailable
from bot.coaching.model import Passage, Value
from bot.coaching.ports import Library

BATCH = 64
"""Passages put at once: a crash loses at most this much work."""


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
    """Puts passages into a library and remembers which. ``read`` cuts one document, raising BadInput for a bad one."""

    def __init__(self, library: Library, memory: Path, *, version: str, read: Callable[[Path, str], Document]) -> None:
        self._library = library
        self._path = memory
        self._version = version
        self._read = read
        self._held = library.ids()
        self._memory = self._remembered()

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
        self._save(self._memory.model_copy(update={"shipped": digest}))
        return True

    def index(self, paths: Sequence[Path]) -> Iterator[Outcome]:
        """Bring the documents at these paths up to date, one outcome each; then drop those that are gone."""
        for path in paths:
            yield self._one(path)
        for key in [key for key in self._memory.documents if not Path(key).exists()]:
            name = self._memory.documents[key].name
            self._forget(key)
            yield Outcome(name, "removed")

    def _one(self, path: Path) -> Outcome:
        key = str(path.resolve())
        before = self._memory.documents.get(key)
        try:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            if before and before.digest == digest and self._held.issuperset(before.ids):
                return Outcome(before.name, "unchanged")
            document = self._read(path, path.as_posix())
        except OSError as error:
            return Outcome(path.as_posix(), "bad", problem=f"{path}: cannot be read ({error.strerror}).")
        except BadInput as problem:
            return Outcome(path.as_posix(), "bad", problem=str(problem))
        self._put(document.passages)
        ids = tuple(p.id for p in document.passages)
        self._drop(id for id in (before.ids if before else ()) if id not in ids)
        remembered = Remembered(name=path.as_posix(), digest=document.digest, ids=ids)
        self._save(self._memory.model_copy(update={"documents": {**self._memory.documents, key: remembered}}))
        return Outcome(path.as_posix(), "changed" if before else "new", document.passages, document.left_out)

    def _forget(self, key: str) -> None:
        self._drop(self._memory.documents[key].ids)
        rest = {k: v for k, v in self._memory.documents.items() if k != key}
        self._save(self._memory.model_copy(update={"documents": rest}))

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

    def _save(self, memory: Memory) -> None:
        self._memory = memory
        text = json.dumps(memory.model_dump(), ensure_ascii=False, indent=1)
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
