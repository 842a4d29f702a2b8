"""The verbs as real processes with an environment of their own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

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


def ran(data: Path, *verb: str, **variables: str) -> tuple[int, str]:
    """The code of a verb, and all that it said."""
    done = heartware(*verb, data=data, stdin=b"", **variables)
    return done.code, done.out + done.err


def start(data: Path, *verb: str, **variables: str) -> subprocess.Popen[bytes]:
    """A verb that goes on."""
    return subprocess.Popen([*HEARTWARE, *verb], cwd=ROOT, env=environment(data, **variables), stdout=subprocess.PIPE)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
