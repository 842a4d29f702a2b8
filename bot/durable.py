"""Reviews that are answered exactly once, whatever happens to the process: a DBOS workflow for each job.

The engine's own tables hold ids alone. What a step needs it reads from the sealed job; what it makes it does not
return; what goes wrong it tells by the kind of error only.
"""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from dbos import DBOS, SetWorkflowID, StepOptions
from dbos import error as dbos_error
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from bot.coaching.errors import BadInput
from bot.desk.desk import Desk
from bot.desk.errors import Erased
from bot.desk.model import Job
from bot.desk.ports import Delivery
from bot.observing.logs import speaking_of
from bot.observing.meters import Stage, stage
from bot.store.patience import is_waited_for, persistently
from bot.store.processes import Processes

log = logging.getLogger(__name__)
T = TypeVar("T")

ATTEMPTS = 4
PAUSE = 0.5
"""Seconds before the second attempt; each further pause is twice as long."""
BEAT = 1.0
"""Seconds between two signs of life."""
EVERY = "*/5 * * * *"
REMEMBERED = timedelta(days=2)
"""How long it is known which reviews were made: as ids, for duplicates that come late."""
MOST_FORGOTTEN = 1_000
"""Ids that are forgotten at one go."""
LISTENING = 0.25
"""Seconds between two looks of the engine for messages between workflows, of which there are none here: at the end it
ends its sleep first."""
LOOKING = 0.02
"""Seconds between two looks whether the reviews in flight have ended."""
VERSION = "1"
"""Of the workflow's steps. A process takes over work of the same version only, so a new release keeps it."""
THREADS = 200
"""Reviews in flight in one process: each waits for its model in a thread of its own."""


_STAGES: Mapping[str, Stage] = {
    "first": "first review",
    "deeper": "deeper review",
    "settle": "settling",
    "failed": "saying so",
}


class StepFailed(Exception):
    """A step failed; the message is the kind of error, for its own text may hold a draft."""


class Durable:
    """Takes jobs and sees to it that each is answered. One for each process, which starts it once.

    ``deliveries`` are the edges' by platform. Processes of the same platforms that share a database share the work.
    """

    def __init__(self, desk: Desk, engine: Engine, deliveries: Mapping[str, Delivery]) -> None:
        self._desk = desk
        self._engine = engine
        self._deliveries = deliveries
        self._kind = "-".join(sorted(deliveries))
        self._processes = Processes(engine, f"{self._kind}.{uuid.uuid4().hex}")
        self._draining = threading.Event()
        self._stopped = threading.Event()
        self._begun: set[Future[None]] = set()
        self._review: Callable[[str], None] = self._registered()

    def _registered(self) -> Callable[[str], None]:
        self._dbos = DBOS(
            config={
                # Processes of one name share their queues: none may take work that it has no delivery for.
                "name": f"heartware-{self._kind}",
                "application_version": VERSION,
                "executor_id": self._processes.own,
                "system_database_engine": self._engine,
                "max_executor_threads": THREADS,
                "notification_listener_polling_interval_sec": LISTENING,
                "log_level": "ERROR",
            }
        )

        @DBOS.workflow(name="review")
        def review(job_id: str) -> None:
            try:
                going_on = self._step("first", self._first, job_id)
            except dbos_error.DBOSMaxStepRetriesExceeded:
                self._last_step("failed", self._failed, job_id)
                return
            if going_on:
                try:
                    self._step("deeper", self._deeper, job_id)
                except dbos_error.DBOSMaxStepRetriesExceeded:
                    self._last_step("settle", self._settle, job_id)

        @DBOS.workflow(name="tidy")
        def tidy(at: datetime, context: Any) -> None:
            DBOS.run_step({"name": "erase"}, self._tidy)

        self._tidying = tidy
        return review

    def start(self) -> None:
        """Begin, with the work that an earlier process left."""
        self._processes.beat()
        DBOS.launch()
        tidy = f"tidy-{self._kind}"
        DBOS.apply_schedules([{"schedule_name": tidy, "workflow_fn": self._tidying, "schedule": EVERY}])
        self._start_missing()
        threading.Thread(target=self._watch, name="watch", daemon=True).start()

    def take(self, job: Job) -> bool:
        """Keep a job, sealed, and see to its answer; False for a duplicate, which the first answers.

        A database that is gone is waited for.
        """
        new = persistently(self._engine, lambda: self._desk.take(job))
        self._start(job.id)
        return new

    def ready(self) -> bool:
        """Whether the database answers."""
        if is_waited_for(self._engine):
            return False
        try:
            with self._engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return not self._draining.is_set()

    def drain(self, seconds: int) -> None:
        """Let the reviews in flight end, for at most so long; the rest is done after the next start."""
        self._draining.set()
        # DBOS itself would wait for whole seconds, and for one at least: for what has a thread already, which it has no
        # public word for.
        active, end = self._dbos._active_workflows_set.activeList, time.monotonic() + seconds
        while (self._begun or active()) and time.monotonic() < end:
            time.sleep(LOOKING)
        DBOS.destroy(destroy_registry=True)
        # Only now: a process that gives no sign of life while it ends its work would have it taken from it.
        self._stopped.set()

    def _start(self, job_id: str) -> None:
        with SetWorkflowID(job_id):
            handle = DBOS.start_workflow(self._review, job_id)
        if future := getattr(handle, "future", None):  # none where another process has it
            self._begun.add(future)
            future.add_done_callback(self._begun.discard)

    def _start_missing(self) -> None:
        """Start what was kept but not begun: a process may die between the two."""
        kept = [job_id for platform in self._deliveries for job_id in self._desk.kept(platform)]
        if not kept:
            return
        known = DBOS.list_workflows(workflow_ids=kept, load_input=False, load_output=False)
        for job_id in set(kept) - {workflow.workflow_id for workflow in known}:
            self._start(job_id)

    def _first(self, job_id: str) -> bool:
        """Show the local review; whether there is more to do."""
        try:
            job = self._desk.job(job_id)
            if job.wish or job.question:
                self._follow(job)
                return False
            review = self._desk.first(job_id)
            # Read again: while the review waited for its turn, where it is answered may have changed.
            job = self._desk.job(job_id)
        except Erased:
            return False
        except BadInput:
            self._failed(job_id)
            return False
        going_on = self._desk.deepens and not job.deepened
        self._delivery(job).first(job, review, last=not going_on)
        return going_on

    def _follow(self, job: Job) -> None:
        """Answer a question, or show what a draft becomes by a wish. The wish is kept no longer than that."""
        delivery = self._delivery(job)
        if job.question:
            # Where it is shown is kept with the job, so that the answer takes the place of what there was of it.
            answer = self._desk.answer(job, lambda text: delivery.growing(self._desk.job(job.id), text))
            delivery.answered(self._desk.job(job.id), answer)
            return
        try:
            of = self._desk.job(job.follows)
            if self._desk.deepens and of.review and not job.review:
                delivery.working(job, of, self._desk.review(of.id))
            review = self._desk.followed(job)
        except Erased:
            delivery.failed(job, "chat.erased")
            return
        delivery.again(self._desk.job(job.id), of, review)
        self._desk.erase(job.id)

    def _deeper(self, job_id: str) -> None:
        with _unless_erased():
            review = self._desk.deeper(job_id)
            job = self._desk.job(job_id)
            if review:
                self._delivery(job).deeper(job, review)

    def _settle(self, job_id: str) -> None:
        """The deeper review could not be shown: the first one stands."""
        with _unless_erased():
            job = self._desk.job(job_id)
            self._delivery(job).first(job, self._desk.review(job_id), last=True)

    def _failed(self, job_id: str) -> None:
        with _unless_erased():
            job = self._desk.job(job_id)
            self._delivery(job).failed(job)

    def _delivery(self, job: Job) -> Delivery:
        return self._deliveries[job.person.platform]

    def _tidy(self) -> None:
        erased = self._desk.erase_old()
        before = datetime.now(UTC) - REMEMBERED
        old = DBOS.list_workflows(
            status=["SUCCESS", "ERROR"], end_time=before.isoformat(), limit=MOST_FORGOTTEN, load_input=False
        )
        DBOS.delete_workflows([done.workflow_id for done in old])
        if erased or old:
            log.info("tidied erased=%d forgotten=%d", erased, len(old))

    def _watch(self) -> None:
        """Say that this process lives, and take over from those that do not."""
        while not self._stopped.wait(BEAT):
            try:
                for dead in self._processes.beat():
                    if dead.startswith(f"{self._kind}.") and not self._draining.is_set():
                        self._take_over(dead)
            except Exception as error:  # whatever the database and the engine raise, the next beat must come
                log.warning("watch failed error=%s", type(error).__name__)

    def _take_over(self, dead: str) -> None:
        # Where two processes do this at once, DBOS lets each workflow go to one of them: it checks whose it was. Its
        # public ways to resume a workflow do not.
        taken = DBOS._recover_pending_workflows([dead])
        self._start_missing()
        self._processes.bury(dead)
        log.info("took over workflows=%d", len(taken))

    def _step(self, name: str, work: Callable[[str], T], job_id: str) -> T:
        """Work that is done once, and again where it failed. An outage of the database uses up no attempt."""
        options: StepOptions = {
            "name": name,
            "retries_allowed": True,
            "max_attempts": ATTEMPTS,
            "interval_seconds": PAUSE,
        }

        def timed() -> T:
            begun = time.perf_counter()
            with stage(_STAGES[name], job=job_id):
                done = work(job_id)
                log.info("step=%s done seconds=%.2f", name, time.perf_counter() - begun)
                return done

        def seen(job_id: str) -> T:
            with speaking_of(job_id), _cleanly():
                return persistently(self._engine, timed)

        return DBOS.run_step(options, seen, job_id)

    def _last_step(self, name: str, work: Callable[[str], None], job_id: str) -> None:
        """The last word; where not even that gets through, there is nobody to tell."""
        try:
            self._step(name, work, job_id)
        except dbos_error.DBOSMaxStepRetriesExceeded:
            log.error("job=%s was not answered", job_id)


@contextmanager
def _cleanly() -> Iterator[None]:
    """Keep the text of an error out of the engine's tables and logs."""
    try:
        yield
    except Exception as error:
        log.warning("step failed error=%s", type(error).__name__)
        raise StepFailed(type(error).__name__) from None


@contextmanager
def _unless_erased() -> Iterator[None]:
    """Nothing, once the draft is erased: its author does not wait any more."""
    try:
        yield
    except Erased:
        log.info("erased meanwhile")
