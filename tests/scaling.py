"""How reviews scale over processes that share a PostgreSQL: ``python -m tests.scaling``. Not in the default run.

Each process asks a model that gives four answers at a time, each after a fifth of a second, so 20 a second at most.
"""

from __future__ import annotations

import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.databases import postgres_server
from tests.test_durable import running, shown

JOBS = 160
TIMES = (1, 2, 4)


def seconds(url: str, folder: Path, processes: int) -> float:
    """How long so many processes take for all jobs, from the first answer to the last: starting is not counted."""
    board = folder / "board"
    with ExitStack() as stack:
        for at in range(processes):
            ids = [f"job-{n}" for n in range(JOBS) if n % processes == at]
            stack.enter_context(running(url, board, ids))
        while not shown(board):
            time.sleep(0.02)
        begun = time.monotonic()
        while shown(board)["deeper"] < JOBS:
            time.sleep(0.05)
        return time.monotonic() - begun


if __name__ == "__main__":
    with postgres_server() as databases, tempfile.TemporaryDirectory() as scratch:
        for count in TIMES:
            folder = Path(scratch) / str(count)
            folder.mkdir()
            taken = seconds(databases.new(), folder, count)
            sys.stdout.write(f"{count} process(es): {JOBS} reviews in {taken:.1f} s, {JOBS / taken:.1f} a second\n")
