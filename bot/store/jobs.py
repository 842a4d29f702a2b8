"""The Jobs port over a database. A job is written only sealed; its id and whose it is stand beside it in clear."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Engine, and_, bindparam, column, delete, func, select, table, update

from bot.desk.errors import Erased
from bot.desk.model import Job, Person
from bot.store.database import locked, put
from bot.store.seal import Seal
from bot.store.tables import jobs

KNOWN_FOR = timedelta(days=1)
"""How long the id of an erased job is remembered: platforms send a request again for about an hour."""

NOTED = timedelta(minutes=1)
"""A use so soon after another is not written down: readers need not wait for those who write."""

# Run many times for each review, and made once, since that takes as long as to run them.
_THIS = jobs.c.id == bindparam("job")
_READ = select(jobs.c.sealed, jobs.c.used).where(_THIS)
_READ_TO_CHANGE = select(jobs.c.sealed).where(_THIS).with_for_update()
_WRITE = update(jobs).where(_THIS)


class SqlJobs:
    """Jobs in the table ``jobs``. ``now`` is the clock, in UTC."""

    def __init__(self, engine: Engine, seal: Seal, *, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._seal = seal
        self._now = now

    def put(self, job: Job) -> bool:
        """Keep a new job; False where its id is known already, also to another process."""
        now = self._now()
        owner = {"platform": job.person.platform, "workspace": job.person.workspace, "person": job.person.id}
        row = {"id": job.id, **owner, "kind": job.kind, "sealed": self._sealed(job), "made": now, "used": now}
        with self._engine.begin() as connection:
            return put(connection, jobs, row)

    def get(self, id: str) -> Job:
        """The job. Raises Erased."""
        now = self._now()
        with self._engine.connect() as connection:
            row = connection.execute(_READ, {"job": id}).one_or_none()
        if row and row.sealed and now - row.used > NOTED:
            with self._engine.begin() as connection:
                connection.execute(_WRITE, {"job": id, "used": now})
        return self._opened(row.sealed if row else None)

    def change(self, id: str, how: Callable[[Job], Job]) -> Job:
        """The job as ``how`` changed it; nobody else changes it meanwhile. Raises Erased."""
        with locked(self._engine) as connection:
            sealed = connection.execute(_READ_TO_CHANGE, {"job": id}).scalar()
            job = how(self._opened(sealed))
            connection.execute(_WRITE, {"job": id, "sealed": self._sealed(job), "used": self._now()})
        return job

    def of(self, person: Person) -> list[Job]:
        """The jobs of a person that are still kept."""
        kept = select(jobs.c.sealed).where(_of(person), jobs.c.sealed.is_not(None)).order_by(jobs.c.made)
        with self._engine.connect() as connection:
            return [self._opened(sealed) for sealed in connection.execute(kept).scalars()]

    def kept(self, platform: str) -> list[str]:
        """The ids of a platform's jobs that are still kept."""
        kept = select(jobs.c.id).where(jobs.c.sealed.is_not(None), jobs.c.platform == platform)
        with self._engine.connect() as connection:
            return list(connection.execute(kept).scalars())

    def erase(self, id: str) -> None:
        """Erase a job; its id stays known for a while, so that a late duplicate is not taken."""
        self._erase(jobs.c.id == id)

    def erase_older(self, than: datetime) -> int:
        """Erase the jobs that were last used before then; how many. Ids that are known for long enough go too."""
        with self._engine.begin() as connection:
            connection.execute(delete(jobs).where(jobs.c.sealed.is_(None), jobs.c.used < than - KNOWN_FOR))
        return self._erase(jobs.c.used < than)

    def erase_of(self, person: Person) -> None:
        """Erase all jobs of a person."""
        self._erase(_of(person))

    def erase_workspace(self, platform: str, workspace: str) -> None:
        """Erase all jobs of a workspace."""
        self._erase(and_(jobs.c.platform == platform, jobs.c.workspace == workspace))

    def _erase(self, which: ColumnElement[bool]) -> int:
        erased = update(jobs).where(which, jobs.c.sealed.is_not(None)).values(sealed=None)
        with self._engine.begin() as connection:
            return connection.execute(erased).rowcount

    def _sealed(self, job: Job) -> bytes:
        return self._seal.close(job.model_dump_json())

    def _opened(self, sealed: bytes | None) -> Job:
        if sealed is None:
            raise Erased("This draft is no longer kept.")
        return Job.model_validate_json(self._seal.open(sealed))


def kept_jobs(engine: Engine) -> dict[str, float]:
    """How many jobs are kept, by platform."""
    counted = select(jobs.c.platform, func.count()).where(jobs.c.sealed.is_not(None)).group_by(jobs.c.platform)
    with engine.connect() as connection:
        return {platform: float(count) for platform, count in connection.execute(counted)}


class Waiting(NamedTuple):
    """How many jobs of a kind wait for the end of their answer, and since when the oldest does."""

    number: int
    since: datetime


def waiting_jobs(engine: Engine) -> dict[str, Waiting]:
    """The jobs that wait in any process of this database, by kind, by the table that durable work keeps."""
    work = table(
        "workflow_status",
        column("workflow_uuid"),
        column("status"),
        column("created_at"),
        schema="dbos" if engine.dialect.name == "postgresql" else None,
    )
    under_way = (
        select(jobs.c.kind, func.count(), func.min(work.c.created_at))
        .join(work, work.c.workflow_uuid == jobs.c.id)
        .where(work.c.status.in_(("PENDING", "ENQUEUED")))
        .group_by(jobs.c.kind)
    )
    with engine.connect() as connection:
        rows = connection.execute(under_way).all()
    return {kind: Waiting(count, datetime.fromtimestamp(since / 1000, UTC)) for kind, count, since in rows}


def _of(person: Person) -> ColumnElement[bool]:
    return and_(jobs.c.platform == person.platform, jobs.c.workspace == person.workspace, jobs.c.person == person.id)
