"""Documents of anybody are read in a process of their own, which ends where one asks for too much."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter

import bot
from bot.coaching.errors import BadInput
from bot.content.documents.outcome import ReadDocument
from bot.content.documents.reading import digest_of

TOO_LARGE = 3
"""The exit code of a process that came to need more memory than it may."""


_DOCUMENT = TypeAdapter(ReadDocument)


class Limits(NamedTuple):
    """What reading one document may take: a few kilobytes can be made to take hours, or all memory there is."""

    seconds: int = 120
    """Of a processor's time."""
    megabytes: int = 1024


class Sandbox:
    """Reads documents one after another in another process, which starts with the first and ends with the block.

    That process has no secret in its environment, opens no connection and starts no program (see ``__main__.py``).
    """

    def __init__(self, limits: Limits = Limits()) -> None:  # noqa: B008 it cannot be changed
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *raised: object) -> None:
        if self._process:
            self._process.kill()
        self._ended()

    def digest(self, path: Path, name: str) -> str:
        """The SHA-256 of the file's bytes. Raises BadInput as reading does."""
        return digest_of(path, name=name)

    def read(self, path: Path, name: str) -> ReadDocument:
        """The passages of a file. Raises BadInput with one sentence, also where reading it takes too much or fails."""
        while not (answer := self._asked(path, name)).endswith(b"\n"):
            if code := self._ended():
                raise BadInput(self._why(code, name))
            # The document before took much: that process ended to give it back, and another begins.
        kind, _, said = answer.partition(b" ")
        if kind == b"bad":
            raise BadInput(json.loads(said))
        return _DOCUMENT.validate_json(said)._replace(path=path)

    def _asked(self, path: Path, name: str) -> bytes:
        """The line with which the process answers; cut short where it came to its end."""
        process = self._process = self._process or self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        with suppress(BrokenPipeError):
            process.stdin.write(json.dumps([str(path), name]).encode() + b"\n")
            process.stdin.flush()
        return process.stdout.readline()

    def _started(self) -> subprocess.Popen[bytes]:
        root = str(Path(bot.__file__).parent.parent)
        # -P: whatever modules lie in the folder of the documents, none of them is imported.
        command = [sys.executable, "-P", "-m", "bot.content.documents", *map(str, self._limits)]
        return subprocess.Popen(  # noqa: S603 our own command
            command,
            env={"PYTHONPATH": root},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def _ended(self) -> int:
        """The exit code of the process, which is no more."""
        process, self._process = self._process, None
        if process is None:
            return 0
        process.communicate()
        return process.returncode

    def _why(self, code: int, name: str) -> str:
        if code in (-signal.SIGPROF, -signal.SIGALRM):
            return f"{name} takes more than {self._limits.seconds} seconds to read; split it into smaller files."
        if code == TOO_LARGE:
            return f"{name} takes more than {self._limits.megabytes} MB of memory to read; split it into smaller files."
        return f"{name} cannot be read: it breaks what reads it; open it and save it again."
