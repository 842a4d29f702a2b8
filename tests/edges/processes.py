"""The verbs with an environment of their own: as real processes, or in this one where a start is not the matter."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from unittest.mock import patch

from bot.__main__ import main
from tests.forked import Forked, verb

ROOT = Path(__file__).resolve().parents[2]
HEARTWARE = (sys.executable, "-m", "bot")


class Ran(NamedTuple):
    code: int
    out: str
    err: str


def environment(data: Path, **variables: str) -> dict[str, str]:
    """Nothing of ours but the data folder and these."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SystemRoot", "LANG") if name in os.environ}
    return kept | {"HEARTWARE_DATA": str(data), **variables}


def heartware(*arguments: str, data: Path, stdin: bytes = b"", **variables: str) -> Ran:
    """Run a verb; a traceback fails the test, whatever it was called with."""
    env = environment(data, **variables)
    done = subprocess.run(
        [*HEARTWARE, *arguments], input=stdin, capture_output=True, check=False, cwd=ROOT, env=env, timeout=100
    )
    ran = Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in ran.out + ran.err
    return ran


def forked(*arguments: str, data: Path, stdin: bytes = b"", **variables: str) -> Ran:
    """The same in a process of its own that has the packages loaded."""
    with TemporaryDirectory() as folder:
        streams = [Path(folder) / name for name in ("in", "out", "err")]
        streams[0].write_bytes(stdin)
        code = Forked(verb, arguments, environment(data, **variables), streams).wait(100)
        ran = Ran(code, *(path.read_text() for path in streams[1:]))
    assert "Traceback" not in ran.out + ran.err
    return ran


def here(*arguments: str, data: Path, stdin: bytes = b"", **variables: str) -> Ran:
    """The same in this process, which has the packages loaded: for what does not depend on a fresh start."""
    given, out, err = (TextIOWrapper(BytesIO(part), "utf-8", write_through=True) for part in (stdin, b"", b""))
    code = 0
    with (
        patch.dict(os.environ, environment(data, **variables), clear=True),
        patch.object(sys, "argv", ["heartware", *arguments]),
        patch.object(sys, "stdin", given),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
    return Ran(code, *(part.buffer.getvalue().decode() for part in (out, err)))


def said_here(data: Path, *verb: str, **variables: str) -> tuple[int, str]:
    """The code of a verb that is run here, and all that it said."""
    done = here(*verb, data=data, stdin=b"", **variables)
    return done.code, done.out + done.err


def ran(data: Path, *verb: str, **variables: str) -> tuple[int, str]:
    """The code of a verb, and all that it said."""
    done = forked(*verb, data=data, stdin=b"", **variables)
    return done.code, done.out + done.err


def start(data: Path, *verb: str, **variables: str) -> subprocess.Popen[bytes]:
    """A verb that goes on."""
    return subprocess.Popen([*HEARTWARE, *verb], cwd=ROOT, env=environment(data, **variables), stdout=subprocess.PIPE)


def start_forked(data: Path, *arguments: str, **variables: str) -> Forked:
    """The same, forked from a process that has the packages loaded."""
    return Forked(verb, arguments, environment(data, **variables))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
