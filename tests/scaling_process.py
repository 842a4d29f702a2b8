"""One of several processes that share a PostgreSQL and a Chroma server. Run by ``python -m tests.scaling``.

Its settings are those of the environment; the one argument is the file to note in what was shown when. A line on
standard input is the id of a job to take; it ends when standard input does.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from bot.build import build, open_desk
from bot.coaching.model import Answer, Draft, Review
from bot.coaching.ports import Form, Message
from bot.desk.model import Job, Person
from bot.durable import Durable
from bot.evals.speed.everyday import draft
from bot.settings import load_settings
from tests.fakes import ScriptedModel
from tests.test_coach import CALM

MODEL_TAKES = 1.0


class PatientModel(ScriptedModel):
    """As many answers at a time as are asked for, each after a second."""

    def ask(self, messages: Sequence[Message], form: type[Form], growing: Callable[[Form], None] | None = None) -> Form:
        time.sleep(MODEL_TAKES)
        return super().ask(messages, form)


class Notes:
    """A delivery that notes what it shows, and when by the clock that all processes of a machine share."""

    def __init__(self, file: Path) -> None:
        self._file = file.open("a")
        self._lock = threading.Lock()

    def first(self, job: Job, review: Review, *, last: bool) -> None:
        self._note(job, "last" if last else "first")

    def deeper(self, job: Job, review: Review) -> None:
        self._note(job, "deeper")

    def working(self, wish: Job, of: Job, review: Review) -> None:
        self._note(wish, "working")

    def again(self, wish: Job, of: Job, review: Review) -> None:
        self._note(wish, "again")

    def growing(self, job: Job, text: str) -> None:
        self._note(job, "growing")

    def answered(self, job: Job, answer: Answer) -> None:
        self._note(job, "answered")

    def failed(self, job: Job, sentence: str = "chat.failed") -> None:
        self._note(job, "failed")

    def _note(self, job: Job, what: str) -> None:
        with self._lock:
            self._file.write(f"{job.id} {what} {time.monotonic()}\n")
            self._file.flush()


def main(notes: Path) -> None:
    """Start, take the jobs, go on until standard input ends."""
    model = PatientModel(CALM)
    parts = build(load_settings())
    parts.coach._model = model
    parts.library()
    assert parts.coach._own_documents(), "no documents of a company's own are in the index"
    parts.coach.review(Draft(text="User error. Warm up, please.", language="en"))
    desk, engine = open_desk(replace(parts, model=model))  # type: ignore[arg-type]
    durable = Durable(desk, engine, {"slack": Notes(notes)})
    durable.start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    with ThreadPoolExecutor(16) as threads:
        for line in sys.stdin:
            id = line.strip()
            person = Person(platform="slack", workspace="T1", id=f"U{id}")
            threads.submit(durable.take, Job(id=id, person=person, draft=draft(int(id.rpartition("-")[2])), address={}))
    durable.drain(20)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
