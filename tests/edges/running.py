"""What the harness of every chat edge stands on: the app in a thread of its own, or in a process of its own."""

from __future__ import annotations

import asyncio
import itertools
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

import httpx
from sqlalchemy import Engine, text

from tests.edges.processes import ROOT, free_port, start, start_forked
from tests.forked import Forked

T = TypeVar("T")
BLAME = "User error. You entered the wrong password. What's your order number?"
numbers = itertools.count(1)
"""What is new each time it is asked for: people, messages, events."""
_UNDER_WAY = text("SELECT count(*) FROM workflow_status WHERE status IN ('PENDING', 'ENQUEUED')")
_CODE = (str(ROOT / "bot"), "slack_bolt")


def eventually(found: Callable[[], T | None], seconds: float = 40) -> T:
    """What is found within some seconds; by far enough of them on a machine that is busy with others."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        what = found()
        if what:
            return what
        time.sleep(0.02)
    raise AssertionError("not seen in time")


class Outside(Protocol):
    """The fake of what the app talks to: what it did wrong, and what others than the asker could see."""

    @property
    def faults(self) -> Sequence[str]: ...

    @property
    def public(self) -> Sequence[Any]: ...

    def forget(self) -> None: ...


class Running:
    """An event loop in a thread, in which the app and what it talks to run. ``engine`` is the app's database."""

    engine: Engine
    outside: Outside

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """What a coroutine gives in the app's loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    def end(self) -> None:
        """Stop the loop."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def settled(self) -> None:
        """Wait until nothing is under way in the app: no task of its own or its framework's, no workflow."""
        eventually(self._idle, 30)

    def _idle(self) -> bool:
        # In this order: a task may leave a workflow behind, which leaves none.
        if self.run(_tasks()):
            return False
        # The engine of durable work is one for the process: a second app in a test takes it from the first.
        with self.engine.connect() as connection:
            return not connection.execute(_UNDER_WAY).scalar()


async def _tasks() -> int:
    codes = (getattr(task.get_coro(), "cr_code", None) for task in asyncio.all_tasks() - {asyncio.current_task()})
    return sum(any(part in code.co_filename for part in _CODE) for code in codes if code)


class Process:
    """An app in a process of its own, on a free port; ``given`` are the variables it always has.

    ``index`` is a data folder whose index it may begin with, instead of making its own.
    """

    def __init__(self, given: dict[str, str], index: Path | None = None) -> None:
        self.port = free_port()
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=30)
        self._given = given | {"PORT": str(self.port)}
        self._index = index

    def started(self, data: Path, *verb: str, **variables: str) -> subprocess.Popen[bytes]:
        """A process, once it is ready."""
        process = start(data, *verb, **self._given | variables)
        eventually(self._ready, 60)
        return process

    def forked(self, data: Path, *verb: str, **variables: str) -> Forked:
        """The same, forked from a process that has the packages loaded."""
        if self._index and not (data / "index").exists():
            shutil.copytree(self._index / "index", data / "index")
            shutil.copy(self._index / "documents.json", data)
        process = start_forked(data, *verb, **self._given | variables)
        eventually(self._ready, 60)
        return process

    def _ready(self) -> bool:
        try:
            return self.client.get("/readyz").status_code == 200
        except httpx.TransportError:
            return False


def calm(count: Callable[[], int], seconds: float = 0.3) -> None:
    """Wait until what an app does in another process, as it is counted, stands still for so long."""
    before = -1
    while before != count():
        before = count()
        time.sleep(seconds)
