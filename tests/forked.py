"""Processes that are forked from one that has everything loaded: for what dies and goes on, not for how it starts.

They are real: they have their own memory, environment, files and end, and signal 9 leaves nothing of them.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from multiprocessing import get_context
from pathlib import Path
from typing import Any

CONTEXT = get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.loaded"])


class Forked:
    """A process that calls ``work``, as ``subprocess.Popen`` gives it."""

    def __init__(self, work: Callable[..., None], *arguments: Any) -> None:
        self._process = CONTEXT.Process(target=work, args=arguments)
        self._process.start()

    def wait(self, seconds: float | None = None) -> int:
        """Its code, once it has ended."""
        self._process.join(seconds)
        assert self._process.exitcode is not None, "it has not ended in time"
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        assert self._process.pid
        os.kill(self._process.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self._process.kill()


def verb(arguments: Sequence[str], environment: Mapping[str, str], streams: Sequence[Path] = ()) -> None:
    """Run ``heartware`` in such a process. ``streams`` are the files of standard input, output and error."""
    from bot.__main__ import main

    for number, path in enumerate(streams):
        os.dup2(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND), number)
    sys.stdin = open(0, encoding="utf-8")  # noqa: SIM115 multiprocessing closed it
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["heartware", *arguments]
    main()
