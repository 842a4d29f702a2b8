"""The only joiner: build(settings) → the Coach and its parts. Heavy parts are imported when they are first needed."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.coach import Coach
from bot.coaching.ports import Library, Model
from bot.content.documents import edition, language_of, read_document
from bot.content.judgement import read_heads
from bot.content.knowledge import Knowledge
from bot.content.places import KNOWLEDGE, PROMPTS, WORDING
from bot.content.prompts import read_prompt
from bot.content.shelf import FileShelf
from bot.indexing import Document, Indexer, digest_of, has_documents
from bot.library.bearings import read_anchors
from bot.library.embedder import LocalEmbedder, OpenAIEmbedder
from bot.library.vectors import CachedEmbedder, shipped_path
from bot.settings import Settings

Progress = Callable[[int, int], None]
"""Told how many passages of how many are in the library."""


if TYPE_CHECKING:
    from bot.library.chroma import ChromaLibrary

ANCHORS = KNOWLEDGE / "anchors.tsv"


@dataclass(frozen=True)
class Parts:
    """What ``build`` joined."""

    settings: Settings
    shelf: FileShelf
    coach: Coach
    embedder: CachedEmbedder
    library: Callable[[], Library]
    indexer: Callable[[], Indexer]


def build(
    settings: Settings,
    *,
    local: bool = False,
    progress: Progress | None = None,
    tell: Callable[[str], None] = lambda sentence: None,
) -> Parts:
    """Join the parts as the settings say; ``local`` leaves the language model out.

    ``tell`` is given a sentence where something had to be mended that a person should know of.
    """
    shelf = FileShelf(Knowledge(KNOWLEDGE), WORDING)
    embedder = _embedder(settings)
    memory = settings.heartware_data / "documents.json"

    @cache
    def opened() -> ChromaLibrary:
        from bot.library.opening import open_library

        return open_library(settings.heartware_data, embedder, read_anchors(ANCHORS), url=settings.chroma_url)

    @cache
    def indexer() -> Indexer:
        return Indexer(opened(), memory, version=f"{embedder.id}/{edition()}", read=_read)

    @cache
    def library() -> Library:
        """The library with the shipped knowledge in it."""
        indexer().ship(shelf.knowledge.passages, digest_of(shelf.knowledge.files()), progress=progress)
        if opened().mended:
            tell(opened().mended)
            deque(indexer().index(indexer().known()), maxlen=0)
        return opened()

    model, prompt = (None, None) if local else (_model(settings), read_prompt(PROMPTS / "review.md"))
    coach = Coach(
        shelf,
        identify=lambda text, otherwise: language_of(text, otherwise=otherwise),
        embedder=embedder,
        heads=read_heads(KNOWLEDGE / "judgement", embedder.id),
        library=library,
        own_documents=lambda: has_documents(memory),
        model=model,
        prompt=prompt,
    )
    return Parts(settings, shelf, coach, embedder, library, indexer)


def _embedder(settings: Settings) -> CachedEmbedder:
    kind, _, model = settings.heartware_embeddings.partition(":")
    own = (
        LocalEmbedder()
        if kind == "local"
        else OpenAIEmbedder(
            model, api_key=settings.openai_api_key.get_secret_value(), base_url=settings.openai_base_url
        )
    )
    return CachedEmbedder(own, shipped=shipped_path(KNOWLEDGE, own.id), grown=settings.heartware_data / "vectors")


def _model(settings: Settings) -> Model | None:
    if not settings.heartware_model:
        return None
    from bot.models.llm import ChatModel

    return ChatModel(
        settings.heartware_model,
        api_key=settings.openai_api_key.get_secret_value(),
        base_url=settings.openai_base_url,
        seconds=settings.heartware_model_seconds,
    )


def _read(path: Path, name: str) -> Document:
    return read_document(path, name=name)
