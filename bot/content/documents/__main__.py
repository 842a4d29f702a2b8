"""What ``Sandbox`` runs: reads a document for each line of standard input, and answers with a line."""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import threading
import time
from pathlib import Path

from bot.coaching.errors import BadInput
from bot.content.documents.reading import read_document
from bot.content.documents.sandbox import TOO_LARGE, Limits
from bot.observing.memory import resident

FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "urllib.", "webbrowser.")

PATIENCE = 5
"""How much longer than its work reading may take by the clock, on a machine that has others to serve."""


def main(limits: Limits) -> None:
    """Answer until standard input ends, or until a document takes too long or too much."""
    # What a library prints is not to be taken for an answer.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.addaudithook(fence)
    # Where memory grows step by step, the watch sees it first and is quicker.
    bound(limits.megabytes * 5 // 4)
    threading.Thread(target=watch, args=(limits.megabytes,), daemon=True).start()
    for line in sys.stdin:
        path, name = json.loads(line)
        allow(limits.seconds)
        answer = answered(Path(path), name)
        allow(0)
        answers.write(answer + b"\n")
        answers.flush()
        if resident() > limits.megabytes / 2:
            return  # what the next one may take is not what this one left behind


def answered(path: Path, name: str) -> bytes:
    """The document, or the sentence that says why there is none, on one line."""
    try:
        document = read_document(path, name=name)
        # The path may hold what is no text; who asked has it.
        return b"read " + json.dumps((name, *document[1:]), default=dict).encode()
    except BadInput as problem:
        return b"bad " + json.dumps(str(problem)).encode()
    except MemoryError:
        os._exit(TOO_LARGE)
    except Exception as error:
        return b"bad " + json.dumps(f"{name} cannot be read ({type(error).__name__}); save it in another way.").encode()


def fence(event: str, details: tuple[object, ...]) -> None:
    """No reader of documents opens a connection or starts a program, whatever a document asks for."""
    if event.startswith(FORBIDDEN):
        raise PermissionError(f"{event} is nothing that reading a document needs")


def allow(seconds: int) -> None:
    """Have the system end the process after so much work, whatever it is doing then; 0: it may go on."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.alarm(seconds * PATIENCE)


def bound(megabytes: int) -> None:
    """Have the system refuse more memory than that."""
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = megabytes << 20
    resource.setrlimit(resource.RLIMIT_DATA, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))


def watch(megabytes: int) -> None:
    """End the process once it holds more than that: macOS does not count all memory that it hands out."""
    while resident() <= megabytes:
        time.sleep(0.02)
    os._exit(TOO_LARGE)


if __name__ == "__main__":
    main(Limits(*map(int, sys.argv[1:])))
