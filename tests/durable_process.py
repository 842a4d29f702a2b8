"""A process that takes jobs and answers them on a board, to be killed."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from bot import durable as durable_module
from bot.coaching.model import Answer, Draft, Review
from bot.coaching.ports import Form, Message
from bot.content.places import PROMPTS
from bot.content.prompts import read_prompt
from bot.desk.desk import Desk
from bot.desk.model import Job, Person
from bot.durable import Durable
from bot.store.database import open_database
from bot.store.jobs import SqlJobs
from bot.store.people import SqlPeople
from bot.store.seal import Seal, secret_of
from tests.fakes import ScriptedModel
from tests.test_coach import CALM, SHELF, coach

SEAL = Seal("a secret of the tests")
CANARY = "quokka-7731"


class SlowModel(ScriptedModel):
    """Four answers at a time, each after a fifth of a second."""

    def __init__(self) -> None:
        super().__init__(CALM)
        self._free = threading.Semaphore(4)

    def ask(self, messages: Sequence[Message], form: type[Form], growing: Callable[[Form], None] | None = None) -> Form:
        with self._free:
            time.sleep(0.2)
            return super().ask(messages, form)


class Board:
    """A delivery that shows an answer in the place of the one before it, and notes every call."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)

    def first(self, job: Job, review: Review, *, last: bool) -> None:
        self._show(job, "first")

    def deeper(self, job: Job, review: Review) -> None:
        self._show(job, "deeper")

    def working(self, wish: Job, of: Job, review: Review) -> None:
        self._show(wish, "working")

    def again(self, wish: Job, of: Job, review: Review) -> None:
        self._show(wish, "again")

    def growing(self, job: Job, text: str) -> None:
        raise AssertionError("no model composes here")

    def answered(self, job: Job, answer: Answer) -> None:
        self._show(job, "answered")

    def failed(self, job: Job, sentence: str = "chat.failed") -> None:
        self._show(job, "failed")

    def _show(self, job: Job, what: str) -> None:
        if job.id.startswith("broken"):
            raise RuntimeError(f"cannot show {job.draft.text} at {dict(job.address)}")
        place = self.folder / f"{job.address['ts']}.shown"
        place.write_text(what)
        with (self.folder / "calls").open("a") as calls:
            calls.write(f"{job.id} {what}\n")


def job(id: str) -> Job:
    """A job that has the canary wherever people's words or addresses may stand."""
    return Job(
        id=id,
        person=Person(platform="slack", workspace="T1", id="U1"),
        draft=Draft(text=f"User error. You broke the {CANARY}.", customer=f"My {CANARY} is broken!"),
        address={"ts": id, "response_url": f"https://hooks.example/{CANARY}"},
    )


def main(url: str, folder: Path, ids: Sequence[str], told: Connection, log: Path, beat: float) -> None:
    """Start, take the jobs, go on until nobody is told any more.

    Without ids it only goes on with what is left. ``told`` hears the id of each job that it took, which is empty for a
    duplicate, and then None.
    """
    with log.open("ab") as file:
        os.dup2(file.fileno(), 2)
    engine = open_database(url)
    model = SlowModel()

    def now() -> datetime:
        return datetime.now(UTC)

    jobs = SqlJobs(engine, Seal(secret_of(folder.parent)), now=now)
    revise = read_prompt(PROMPTS / "revise.md")
    desk = Desk(coach(model), SHELF, jobs, SqlPeople(engine, SEAL), model=model, revise=revise, now=now)
    durable_module.BEAT, durable_module.PAUSE, durable_module.LISTENING = beat, 0.05, 0.05
    durable = Durable(desk, engine, {"slack": Board(folder)})
    durable.start()
    with suppress(EOFError, ConnectionError):
        for id in ids:
            told.send(id if durable.take(job(id)) else "")
        told.send(None)
        told.recv()
    durable.drain(20)
