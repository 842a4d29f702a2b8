"""Opening the index: a folder of this installation, made anew where it is broken, or a Chroma server."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.coaching.errors import LibraryUnavailable
from bot.coaching.ports import Embedder
from bot.library.bearings import Anchors, take_bearings
from bot.library.chroma import ChromaLibrary, one_line

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

PATIENCE = 5.0
"""Seconds for which a Chroma server is waited for; its own client would wait without end."""


def open_library(data: Path, embedder: Embedder, anchors: Anchors, *, url: str = "") -> ChromaLibrary:
    """Open the index of an embedder on the Chroma server at ``url``, or else in the ``data`` folder.

    A folder that is broken, or that a version of Chroma wrote which this one cannot read, is set aside and a new one is
    begun; ``mended`` then says so, and what was indexed must be put in again. Raises LibraryUnavailable, which names
    the setting to look at, where there can be no index.
    """
    bearings = take_bearings(embedder, anchors)
    if url:
        return ChromaLibrary(_server(url), embedder, bearings, where=f"CHROMA_URL: the index on {url}")
    folder = data / "index"
    where = f"HEARTWARE_DATA: the index in {folder}"
    try:
        library = ChromaLibrary(_folder(folder), embedder, bearings, where=where)
        library.check()
    except LibraryUnavailable as error:
        if _untouchable(error) or not _set_aside(folder):
            raise
        library = ChromaLibrary(_folder(folder), embedder, bearings, where=where)
        library.mended = f"The index in {folder} could not be read: it was set aside and is made again."
    return library


def _server(url: str) -> ClientAPI:
    import httpx
    from chromadb import HttpClient
    from chromadb.config import Settings

    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 8000)
    try:
        # The client can be given its patience only once it has asked for the first time.
        httpx.get(f"{parts.scheme}://{parts.hostname}:{port}/api/v2/heartbeat", timeout=PATIENCE)
        client = HttpClient(
            host=parts.hostname or "",
            port=port,
            ssl=parts.scheme == "https",
            settings=Settings(anonymized_telemetry=False),
        )
        client._server._session.timeout = PATIENCE  # type: ignore[attr-defined]
        return client
    except Exception as error:
        raise LibraryUnavailable(
            f"CHROMA_URL: there is no answer from the Chroma server at {url}; "
            "start it, or leave CHROMA_URL empty to keep the index in a folder."
        ) from error


def _folder(folder: Path) -> ClientAPI:
    from chromadb import PersistentClient
    from chromadb.config import Settings

    try:
        folder.mkdir(parents=True, exist_ok=True)
        return PersistentClient(folder, settings=Settings(anonymized_telemetry=False))
    except Exception as error:
        _forget_clients()  # Chroma keeps the half-opened one, and would give it to whoever opens the folder next
        raise LibraryUnavailable(
            f"HEARTWARE_DATA: the index in {folder} cannot be opened ({one_line(error)}); "
            "make room there, or set it to a folder that can be read and written."
        ) from error


def _forget_clients() -> None:
    from chromadb.api.shared_system_client import SharedSystemClient

    SharedSystemClient.clear_system_cache()


def _set_aside(folder: Path) -> bool:
    """Rename the folder so that a new one can be begun. False where it is no folder or cannot be renamed."""
    if not folder.is_dir():
        return False
    _forget_clients()  # Chroma would go on with the broken files it has open
    number = 1
    while (aside := folder.with_name(f"{folder.name}.broken-{number}")).exists():
        number += 1
    with suppress(OSError):
        folder.rename(aside)
        return True
    return False


_UNTOUCHABLE = (
    "locked", "busy", "readonly", "read-only", "permission denied", "is full", "no space", "quota", "too many open",
    "unable to open",
)  # fmt: skip


def _untouchable(error: LibraryUnavailable) -> bool:
    """Whether the files may well be sound, and only cannot be read or written just now."""
    return any(word in str(error).lower() for word in _UNTOUCHABLE)
