"""A passage as Chroma keeps it: one record for the whole text and one for each of its pieces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from bot.coaching.model import Passage, Source
from bot.library.embedder import embeddable
from bot.library.pieces import pieces

SCHEMA = 2
"""To be raised when records change: an index of another schema is left alone and a new one is made."""

_SOURCE = "source_"
_OWN = ("passage", "part", "parts")


class Record(NamedTuple):
    """What is embedded and kept under one id. Part 0 is the whole passage."""

    id: str
    text: str
    metadata: dict[str, str | int | bool]


def records_of(passage: Passage) -> Iterator[Record]:
    """The records of a passage. The whole one carries all its fields, so that it can be given back."""
    text = embeddable(passage.text)
    cut = pieces(text)
    id = embeddable(passage.id)
    common = {"passage": id, "language": embeddable(passage.language)}
    yield Record(record_id(id, 0), text, _fields(passage) | common | {"part": 0, "parts": len(cut)})
    for number, piece in enumerate(cut, start=1):
        yield Record(record_id(id, number), piece, common | {"part": number})


def record_id(passage_id: str, part: int) -> str:
    """The id of a passage's record."""
    return f"{passage_id}|{part}"


def texts_of(passage: Passage) -> list[str]:
    """Everything of a passage that is embedded."""
    return [record.text for record in records_of(passage)]


def passage_of(text: str, metadata: Mapping[str, Any]) -> Passage:
    """The passage that a whole record was made of."""
    own = {name: value for name, value in metadata.items() if not name.startswith(_SOURCE) and name not in _OWN}
    source = {name.removeprefix(_SOURCE): value for name, value in metadata.items() if name.startswith(_SOURCE)}
    return Passage(id=metadata["passage"], text=text, source=Source(**source), **own)


def _fields(passage: Passage) -> dict[str, str | int | bool]:
    own = {name: getattr(passage, name) for name in Passage.model_fields if name not in ("id", "text", "source")}
    source = {_SOURCE + name: getattr(passage.source, name) for name in Source.model_fields}
    return {name: embeddable(value) if isinstance(value, str) else value for name, value in (own | source).items()}
