"""Passages and anchors that the library tests share."""

from __future__ import annotations

from pathlib import Path

from bot.coaching.model import Passage, Source
from bot.coaching.ports import Embedder
from bot.library.chroma import ChromaLibrary
from bot.library.opening import open_library

ANCHORS = {
    "en": ["Where is my parcel?", "Trust takes years to build."],
    "nl": ["Waar is mijn pakket?", "Vertrouwen opbouwen kost jaren."],
    "fi": ["Missä pakettini on?", "Luottamuksen rakentaminen vie vuosia."],
}
SOURCE = Source(
    id="HB",
    file="handbook/returns.md",
    title="Returns",
    author="Service team",
    language="en",
    where="section 2",
    caveat="written before 2024",
)
LONG = " ".join(f"Rule {number} says that parcel number {number} is handled by desk {number}." for number in range(40))


def passage(id: str, text: str, *, language: str = "en", card: str = "") -> Passage:
    """A passage of the handbook."""
    return Passage(id=id, text=text, source=SOURCE, language=language, kind="document", card=card)


PARCEL = passage("a/1", "A parcel that is late is traced by us, not by the customer.")
ROSES = passage("a/2", "The dealer gives every buyer a dozen roses.")
VALUES = Passage(
    id="a/3",
    text="De kernwaarden zijn bescheidenheid en plezier.",
    source=SOURCE,
    language="nl",
    kind="principle",
    card="principle/values",
    heading="Values > Core",
    position=12,
    paraphrase=True,
    original="Be humble, have fun.",
)
ALL = [PARCEL, ROSES, VALUES]


def opened(folder: Path, embedder: Embedder, url: str = "") -> ChromaLibrary:
    """The library of an embedder in a folder, or on a server."""
    return open_library(folder, embedder, ANCHORS, url=url)
