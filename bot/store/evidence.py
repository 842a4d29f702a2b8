"""The Evidence port over a database. It counts; no method gives back a person, a draft or a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import ColumnElement, Engine, Table, and_, delete, select

from bot.coaching.insight import MEASURES, OBSTACLES, Count, Figures, Measure, Ticket
from bot.rituals.model import Outcome, Team, Use
from bot.store.database import batches, locked, put, put_all
from bot.store.tables import feedback, ledger_months, outcomes, reviews_asked, schedules, tickets, uses


class SqlEvidence:
    """Figures from ``reviews_asked``, ``feedback`` and ``uses``; links from ``tickets`` and ``outcomes``."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def used(self, team: Team, job: str, kind: Use, day: date) -> None:
        """Count that something of a review was put to use, once for each review, without who."""
        with self._engine.begin() as connection:
            put(connection, uses, {**team.model_dump(), "job": job, "kind": kind, "day": day})

    def asked(self, team: Team, job: str, ticket: str) -> None:
        """Remember the ticket (a pseudonym) that a review was asked for."""
        with self._engine.begin() as connection:
            put(connection, tickets, {"job": job, **team.model_dump(), "ticket": ticket}, replace=("ticket",))

    def import_outcomes(self, team: Team, rows: Iterable[Outcome]) -> int:
        """Keep what became of tickets, all or none; a ticket that is known already is replaced. How many."""
        count, whose = 0, team.model_dump()
        with locked(self._engine) as connection:
            for batch in batches(rows):
                # The last row of a ticket is the one that counts.
                values = {row.ticket: {**whose, **row._asdict()} for row in batch}
                put_all(connection, outcomes, list(values.values()), replace=("day", *MEASURES))
                count += len(batch)
        return count

    def figures(self, team: Team, since: date, until: date) -> Figures:
        """The counts of these days."""
        asked = select(reviews_asked.c.person, reviews_asked.c.verdict, reviews_asked.c.criteria).where(
            _of(reviews_asked, team), reviews_asked.c.day.between(since, until)
        )
        said = select(feedback.c.person, feedback.c.useful).where(
            _of(feedback, team), feedback.c.day.between(since, until)
        )
        taken = (
            select(reviews_asked.c.person, uses.c.kind)
            .select_from(uses.join(reviews_asked, uses.c.job == reviews_asked.c.job))
            .where(_of(uses, team), uses.c.day.between(since, until))
        )
        with self._engine.connect() as connection:
            reviews, answers, used = (connection.execute(query).all() for query in (asked, said, taken))
        found: dict[str, list[str]] = {}
        for row in reviews:
            for criterion in set(row.criteria):
                found.setdefault(criterion, []).append(row.person)
        return Figures(
            all=_count(row.person for row in reviews),
            ready=sum(row.verdict == "send" for row in reviews),
            criteria={criterion: _count(people) for criterion, people in found.items()},
            obstructed=_count(row.person for row in reviews if OBSTACLES.intersection(row.criteria)),
            answers=_count(row.person for row in answers),
            useful=sum(row.useful for row in answers),
            fixes=_count(row.person for row in used if row.kind == "fix"),
            touches=_count(row.person for row in used if row.kind == "touch"),
        )

    def tickets(self, team: Team, since: date, until: date) -> tuple[Mapping[Measure, int], list[Ticket]]:
        """The tickets whose outcome is known, and for each measure how many people asked for their reviews."""
        joined = reviews_asked.join(tickets, tickets.c.job == reviews_asked.c.job).join(
            outcomes,
            and_(
                outcomes.c.ticket == tickets.c.ticket,
                outcomes.c.platform == tickets.c.platform,
                outcomes.c.workspace == tickets.c.workspace,
            ),
        )
        here = and_(_of(reviews_asked, team), reviews_asked.c.day.between(since, until))
        known = (outcomes.c[measure] for measure in MEASURES)
        columns = (outcomes.c.ticket, reviews_asked.c.person, reviews_asked.c.verdict, *known)
        query = select(*columns).select_from(joined).where(here).order_by(reviews_asked.c.day, reviews_asked.c.job)
        with self._engine.connect() as connection:
            # The last review of a ticket is the one that counts.
            last = {row.ticket: row for row in connection.execute(query)}.values()
        people = {m: len({row.person for row in last if getattr(row, m) is not None}) for m in MEASURES}
        return people, [Ticket(row.verdict == "send", row.csat, row.reopened, row.repurchased) for row in last]

    def teams(self) -> list[Team]:
        """The teams that ever asked for a review, planned a prompt or gave a gesture."""
        found = set()
        with self._engine.connect() as connection:
            for table in (reviews_asked, schedules, ledger_months):
                found |= set(connection.execute(select(table.c.platform, table.c.workspace).distinct()).all())
        return [Team(platform=platform, workspace=workspace) for platform, workspace in sorted(found)]

    def forget(self, team: Team) -> None:
        """Forget everything of a team."""
        with self._engine.begin() as connection:
            for table in (uses, tickets, outcomes):
                connection.execute(delete(table).where(_of(table, team)))


def _count(people: Iterable[str]) -> Count:
    """How many, and of how many people: who they are goes no further."""
    known = list(people)
    return Count(len(set(known)), len(known))


def _of(table: Table, team: Team) -> ColumnElement[bool]:
    return and_(table.c.platform == team.platform, table.c.workspace == team.workspace)
