"""Documents that ask for all there is or point elsewhere cost one sentence, visit nobody, and hold up no other."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from bot.coaching.errors import BadInput
from bot.content.documents import ReadDocument, find_documents, read_document
from bot.content.documents.sandbox import Limits, Sandbox
from bot.indexing import Indexer
from tests.content.hostile_files import BOMBS, LINKS, SENTENCE, WEB, Peak, addressed, pdf
from tests.fakes import MemoryLibrary

QUICK = {
    "pages that are their own parents", "a hundred thousand pages", "a count of pages that lies",
    "four hundred filters",
    "a cross-reference table that goes back to itself", "a length that refers to itself", "a drawing that draws itself",
    "a picture of a trillion dots", "parts that inflate", "entities within entities",
}  # fmt: skip
"""Bombs that a reader sees for what they are; the others end its process."""
KIND = SENTENCE * 3


class Trap:
    """A server of this machine that notes who comes."""

    def __init__(self) -> None:
        trap, self.visits = self, list[str]()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                trap.visits.append(self.path)
                self.send_response(200)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


class Here(Sandbox):
    """Reads in this process, which is quicker."""

    def read(self, path: Path, name: str) -> ReadDocument:
        return read_document(path, name=name)


@pytest.fixture(scope="module")
def trap() -> Iterator[Trap]:
    trap = Trap()
    yield trap
    trap.server.shutdown()


def read(path: Path) -> tuple[list[str], str]:
    """The passages of a file, or the one sentence that says why there are none."""
    try:
        return [passage.text for passage in read_document(path, name=path.name).passages], ""
    except BadInput as problem:
        return [], in_one_sentence(problem, path)


def in_one_sentence(problem: BadInput, path: Path) -> str:
    said = str(problem)
    assert said.startswith(f"{path.name} ")
    assert said.endswith(".")
    assert "\n" not in said
    return said


@pytest.mark.parametrize("name", WEB)
def test_no_address_in_a_page_is_fetched(name: str, tmp_path: Path, trap: Trap) -> None:
    (tmp_path / name).write_text(WEB[name].replace("{url}", trap.url).replace("{text}", KIND), "utf-8")
    document = read_document(tmp_path / name, name=name)
    assert "thanked before anything" in document.passages[0].text
    assert trap.visits == []


@pytest.mark.parametrize(
    ("suffix", "make"), [(suffix, make) for suffix, made in LINKS.items() for make in made.values()],
    ids=[what for made in LINKS.values() for what in made],
)  # fmt: skip
def test_no_address_in_a_file_is_fetched_and_no_other_file_is_opened(
    suffix: str, make: Callable[[], bytes], tmp_path: Path, trap: Trap
) -> None:
    path = tmp_path / f"linked{suffix}"
    path.write_bytes(addressed(make(), trap.url))
    texts, problem = read(path)
    assert problem or texts[0].startswith(("Whoever writes to us", "Be kind to whoever"))
    assert "root:" not in "".join(texts)
    assert trap.visits == []


@pytest.mark.parametrize(
    ("suffix", "make"),
    [(suffix, make) for suffix, made in BOMBS.items() for what, make in made.items() if what in QUICK],
    ids=[what for made in BOMBS.values() for what in made if what in QUICK],
)
def test_a_bomb_that_is_seen_is_refused_or_read_as_what_it_holds(
    suffix: str, make: Callable[[], bytes], tmp_path: Path
) -> None:
    path = tmp_path / f"bomb{suffix}"
    path.write_bytes(make())
    texts, problem = read(path)
    assert problem or [text[:7] for text in texts] == ["Be kind"]


def test_what_takes_too_much_memory_or_time_is_given_up_and_the_others_are_indexed(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "a-memory.pdf").write_bytes(BOMBS[".pdf"]["a predictor of a billion columns"]())
    (docs / "b-time.pdf").write_bytes(BOMBS[".pdf"]["an object that refers to itself"]())
    (docs / "c-kind.md").write_text(KIND)
    sandbox = Sandbox(Limits(seconds=2, megabytes=300))
    indexer = Indexer(MemoryLibrary(), tmp_path / "memory.json", version="v", reading=lambda: sandbox)
    with Peak(sandbox) as peak:
        outcomes = list(indexer.index(list(find_documents([docs]))))
    assert [(outcome.state, outcome.problem.rpartition("/")[2]) for outcome in outcomes] == [
        ("bad", "a-memory.pdf takes more than 300 MB of memory to read; split it into smaller files."),
        ("bad", "b-time.pdf takes more than 2 seconds to read; split it into smaller files."),
        ("new", ""),
    ]
    assert peak.megabytes < 450


def test_a_document_is_the_same_whoever_reads_it_and_what_broke_the_reader_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kind.pdf"
    path.write_bytes(pdf())
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    with Sandbox() as sandbox:
        assert sandbox.read(path, path.name) == read_document(path, name=path.name)
        process = sandbox._process
        assert process is not None
        if sys.platform == "linux":
            assert b"xoxb-secret" not in Path(f"/proc/{process.pid}/environ").read_bytes()
        process.kill()
        with pytest.raises(BadInput) as caught:
            sandbox.read(path, path.name)
        assert "breaks what reads it" in in_one_sentence(caught.value, path)
    process.wait(0)


def test_whatever_a_reader_tries_it_opens_no_connection_and_starts_no_program(trap: Trap) -> None:
    tried = f"""
import os, socket, subprocess, sys, urllib.request
from bot.content.documents.__main__ import fence
sys.addaudithook(fence)
for attempt in (
    lambda: urllib.request.urlopen("{trap.url}"), lambda: socket.create_connection({trap.server.server_address!r}),
    lambda: subprocess.run(["true"]), lambda: os.system("true"), lambda: os.execv("/bin/true", ["true"]), os.fork,
):
    try:
        attempt()
    except PermissionError:
        print("refused")
"""
    ran = subprocess.run([sys.executable, "-c", tried], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["refused"] * 6
    assert trap.visits == []


def test_links_that_lead_out_loops_pipes_and_devices_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("the secret")
    docs = tmp_path / "docs"
    (docs / "inner").mkdir(parents=True)
    (docs / "kind.md").write_text(KIND)
    (docs / "same.md").symlink_to("kind.md")
    (docs / "out.md").symlink_to("../secret.md")
    (docs / "far.txt").symlink_to("/etc/passwd")
    (docs / "zero.md").symlink_to("/dev/zero")
    (docs / "loop.md").symlink_to("loop.md")
    (docs / "inner" / "again").symlink_to(docs)
    os.mkfifo(docs / "pipe.md")
    told: list[str] = []
    assert list(find_documents([docs], tell=told.append)) == [docs / "kind.md"]
    assert told == [
        f"{docs / name} is a link that leads out of {docs}; it is left out." for name in ("far.txt", "out.md")
    ]
    with pytest.raises(BadInput, match="is not a file"):
        read_document(docs / "pipe.md", name="pipe.md")


def test_folders_lie_as_deep_as_they_like_and_one_that_is_closed_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs = tmp_path / "docs"
    (docs / "closed").mkdir(parents=True)
    deep = docs / "/".join("d" * 1_000)
    subprocess.run(["mkdir", "-p", deep], check=True)
    (deep / "kind.md").write_text(KIND)
    opened = os.scandir

    def refuse(path: Path) -> Iterator[os.DirEntry[str]]:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return opened(path)

    monkeypatch.setattr(os, "scandir", refuse)
    told: list[str] = []
    try:
        assert list(find_documents([docs], tell=told.append)) == [deep / "kind.md"]
    finally:
        monkeypatch.undo()
        subprocess.run(["rm", "-r", docs / "d"], check=True)  # what tidies up after the tests calls itself too deep
    assert told == [f"The folder {docs / 'closed'} cannot be opened (Permission denied); it is left out."]


@pytest.mark.parametrize(
    ("name", "called"),
    [
        (b"two\nlines.md", "two\ufffdlines.md"),
        (b"red\x1b[31m.md", "red\ufffd[31m.md"),
        ("back\u202egnp.md".encode(), "back\ufffdgnp.md"),
        (b"[bold]x.md", "[bold]x.md"),
        (b"$(reboot) ; -rf.md", "$(reboot) ; -rf.md"),
        (b"no\xe9text.md", "no\ufffdtext.md"),
    ],
    ids=["line end", "escape", "right to left", "markup", "shell", "no text"],
)
def test_a_hostile_name_of_a_file_is_called_by_what_can_be_shown(name: bytes, called: str, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
    try:
        path.write_text(KIND)
    except OSError:
        pytest.skip("this system allows no such name")
    library = MemoryLibrary()
    indexer = Indexer(library, tmp_path / "memory.json", version="v", reading=Here)
    first, second = (next(iter(indexer.index([path]))) for _ in range(2))
    assert first.name == f"{tmp_path}/{called}"
    if "no" in called:
        assert first.problem == f"{first.name} has a name that is no text; rename it."
    else:
        assert (first.state, second.state) == ("new", "unchanged")
        assert {passage.source.file for passage in first.passages} == {first.name}


def test_a_file_that_grows_or_becomes_a_pipe_is_read_no_further(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "growing.txt"
    path.write_text(KIND)
    small = path.stat()
    with path.open("r+b") as file:
        file.truncate(200 << 20)
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    monkeypatch.setattr(Path, "is_file", lambda path: True)
    monkeypatch.setattr(Path, "stat", lambda path, **how: small)
    begun = time.perf_counter()
    with pytest.raises(BadInput, match="larger than 50 MB"):
        read_document(path, name=path.name)
    with pytest.raises(BadInput, match="is empty"):
        read_document(pipe, name=pipe.name)
    assert time.perf_counter() - begun < 30  # the pipe would be read without end
