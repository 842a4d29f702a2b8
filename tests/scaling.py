"""How reviews scale over processes that share a PostgreSQL and a Chroma server: ``python -m tests.scaling``.

Not in the default run; some minutes. Each process is built as ``heartware serve`` is, with a data folder of its own, as
on machines that share no disk. A company's documents are in the index, so that every review with a finding reads
passages from the server; the model takes a second, for as many as ask. First the reviews come at an even pace, which
gives what an agent waits for; then all at once, which gives what so many processes can do.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from itertools import cycle
from pathlib import Path

from tests.contracts.conftest import chroma_run
from tests.databases import postgres_server
from tests.edges.processes import ROOT

TIMES = (1, 2, 4)
PACED, A_SECOND = 120, 6.0
AT_ONCE = 200
DOCUMENTS = 60
LONGEST = 300.0


def environment(folder: Path, database: str, chroma: str) -> dict[str, str]:
    """The settings of a process."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    own = {"HEARTWARE_DATA": str(folder), "DATABASE_URL": database, "CHROMA_URL": chroma}
    return kept | own | {"HEARTWARE_SECRET": "a secret for all of these processes"}


class Processes:
    """So many processes, and what they noted."""

    def __init__(self, stack: ExitStack, count: int, folder: Path, database: str, chroma: str) -> None:
        self._notes = [folder / f"notes-{at}" for at in range(count)]
        self._running = []
        for at, notes in enumerate(self._notes):
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.scaling_process", str(notes)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                cwd=ROOT,
                env=environment(folder / str(at), database, chroma),
            )
            stack.callback(process.kill)
            self._running.append(process)
        for process in self._running:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
        self._next = cycle(self._running)

    def take(self, id: str) -> float:
        """Give a job to the next process; when that was."""
        process = next(self._next)
        assert process.stdin
        process.stdin.write(f"{id}\n")
        process.stdin.flush()
        return time.monotonic()

    def shown(self) -> list[tuple[str, str, float]]:
        """Job, what was shown of it, when."""
        lines = [line.split() for notes in self._notes if notes.exists() for line in notes.read_text().splitlines()]
        return [(id, what, float(at)) for id, what, at in lines]

    def deepened(self, ids: list[str]) -> list[float]:
        """When these were shown to the end, once all are; those that never are lack."""
        wanted, end = set(ids), time.monotonic() + LONGEST
        while True:
            done = {id: at for id, what, at in self.shown() if what == "deeper" and id in wanted}
            if len(done) == len(wanted) or time.monotonic() > end:
                return list(done.values())
            time.sleep(0.1)


def row(count: int, folder: Path, database: str, chroma: str) -> str:
    """The line of the table for so many processes."""
    with ExitStack() as stack:
        processes = Processes(stack, count, folder, database, chroma)
        paced, at_once = ([f"{kind}-{n}" for n in range(many)] for kind, many in (("a", PACED), ("b", AT_ONCE)))
        taken = {}
        for id in paced:
            taken[id] = processes.take(id)
            time.sleep(1 / A_SECOND)
        processes.deepened(paced)
        first = {id: at for id, what, at in processes.shown() if what == "first"}
        waited = statistics.quantiles([at - taken[id] for id, at in first.items()], n=20)
        begun = time.monotonic()
        for id in at_once:
            processes.take(id)
        done = processes.deepened(at_once)
        rate = len(done) / (max(done) - begun)
        seen = Counter((id, what) for id, what, _ in processes.shown())
        lost = sum(not seen[id, "deeper"] for id in [*paced, *at_once])
        twice = sum(times > 1 for times in seen.values())
    return f"| {count} | {rate:.1f} | {waited[9]:.2f} s | {waited[18]:.2f} s | {lost} | {twice} |\n"


def indexed(folder: Path, chroma: str) -> None:
    """A company's own documents, put in as somebody does it who runs Heartware."""
    documents = folder / "documents"
    documents.mkdir()
    for number in range(DOCUMENTS):
        text = f"# Case {number}\n\nNever blame customer {number}. Say what you do next, and when they hear of it."
        (documents / f"{number}.md").write_text(text)
    command = [sys.executable, "-m", "bot", "index", str(documents)]
    own = environment(folder / "indexing", f"sqlite:///{folder / 'none.db'}", chroma)
    subprocess.run(command, check=True, cwd=ROOT, env=own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main() -> None:
    """Print the table."""
    with (
        postgres_server() as databases,
        tempfile.TemporaryDirectory() as scratch,
        chroma_run(Path(scratch) / "chroma") as (chroma, _),
    ):
        indexed(Path(scratch), chroma)
        sys.stdout.write(
            f"{os.cpu_count()} cores; {A_SECOND:g} a second for the first review, {AT_ONCE} at once for the rest\n\n"
            "| processes | reviews a second | first review p50 | p95 | lost | twice |\n|---|---|---|---|---|---|\n"
        )
        for count in TIMES:
            folder = Path(scratch) / str(count)
            folder.mkdir()
            sys.stdout.write(row(count, folder, databases.new(), chroma))
            sys.stdout.flush()


if __name__ == "__main__":
    main()
