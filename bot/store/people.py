"""The People port over a database: choices and figures, never a draft."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Engine, Table, and_, bindparam, delete, select

from bot.coaching.model import Language, Review
from bot.desk.model import Person, Preferences, Week
from bot.store.database import put
from bot.store.owners import erase_person, erase_workspace, rows_of
from bot.store.seal import Seal
from bot.store.tables import feedback, preferences, reviews_asked, silenced, walks


def _theirs(table: Table) -> ColumnElement[bool]:
    return and_(*(table.c[name] == bindparam(name) for name in ("platform", "workspace", "person")))


# Asked for every review, and made once, since that takes as long as to ask.
_CHOSEN = select(preferences).where(_theirs(preferences))
_SILENCED = select(silenced.c.rule).where(_theirs(silenced)).order_by(silenced.c.rule)


class SqlPeople:
    """People in the tables ``preferences``, ``silenced``, ``reviews_asked`` and ``feedback``; what they say, sealed."""

    def __init__(self, engine: Engine, seal: Seal) -> None:
        self._engine = engine
        self._seal = seal

    def preferences(self, person: Person) -> Preferences:
        """What the person chose; the defaults for somebody unknown."""
        with self._engine.connect() as connection:
            chosen = connection.execute(_CHOSEN, _owner(person)).one_or_none()
            rules = connection.execute(_SILENCED, _owner(person)).scalars()
            return Preferences(
                language=chosen.language if chosen else "",
                quiet=chosen.quiet if chosen else False,
                silenced=tuple(rules),
            )

    def prefer(
        self, person: Person, *, language: Language | Literal[""] | None = None, quiet: bool | None = None
    ) -> None:
        """Remember a choice; None leaves it as it is."""
        chosen = {"language": language, "quiet": quiet}
        changed = {name: value for name, value in chosen.items() if value is not None}
        with self._engine.begin() as connection:
            put(connection, preferences, {**_owner(person), **changed}, replace=list(changed))

    def silence(self, person: Person, rule: str) -> None:
        """Remember that this rule is not for this person."""
        with self._engine.begin() as connection:
            put(connection, silenced, {**_owner(person), "rule": rule})

    def unsilence(self, person: Person, rule: str) -> None:
        """Forget it again."""
        with self._engine.begin() as connection:
            connection.execute(delete(silenced).where(_of(silenced, person), silenced.c.rule == rule))

    def reviewed(self, person: Person, job: str, day: date, review: Review) -> None:
        """Count a review and what it found; a second time replaces the first."""
        criteria = list(dict.fromkeys(finding.criterion for finding in review.findings))
        row = {"job": job, **_owner(person), "day": day, "verdict": review.verdict, "criteria": criteria}
        with self._engine.begin() as connection:
            put(connection, reviews_asked, row, replace=("verdict", "criteria"))

    def useful(self, person: Person, job: str, day: date, useful: bool, why: str) -> None:
        """Remember whether a review was of use; a second time replaces the first."""
        row = {"job": job, **_owner(person), "day": day, "useful": useful, "sealed": self._seal.close(why)}
        with self._engine.begin() as connection:
            put(connection, feedback, row, replace=("day", "useful", "sealed"))

    def week(self, person: Person, until: date) -> Week:
        """The figures of the seven days that end with ``until``."""
        since = until - timedelta(days=6)
        asked = select(reviews_asked.c.verdict, reviews_asked.c.criteria).where(
            _of(reviews_asked, person), reviews_asked.c.day.between(since, until)
        )
        said = select(feedback.c.useful).where(_of(feedback, person), feedback.c.day.between(since, until))
        with self._engine.connect() as connection:
            reviews = connection.execute(asked).all()
            answers = list(connection.execute(said).scalars())
        counted = Counter(criterion for review in reviews for criterion in review.criteria)
        return Week(
            reviews=len(reviews),
            sent=sum(review.verdict == "send" for review in reviews),
            useful=answers.count(True),
            not_useful=answers.count(False),
            criteria=tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))),
        )

    def export(self, person: Person) -> dict[str, Any]:
        """Everything remembered of the person, as JSON; their path is told by the path itself."""
        reviews = select(
            reviews_asked.c.job, reviews_asked.c.day, reviews_asked.c.verdict, reviews_asked.c.criteria
        ).where(_of(reviews_asked, person))
        said = select(feedback.c.job, feedback.c.day, feedback.c.useful, feedback.c.sealed).where(_of(feedback, person))
        with self._engine.connect() as connection:
            rest = rows_of(connection, person, but={preferences, silenced, reviews_asked, feedback, walks})
            rows = {
                name: [dict(row._mapping) for row in connection.execute(query.order_by("day"))]
                for name, query in (("reviews", reviews), ("feedback", said))
            }
        listed = {
            name: [{"id": row.pop("job"), **row, "day": row["day"].isoformat()} for row in found]
            for name, found in rows.items()
        }
        for row in listed["feedback"]:
            row["why"] = self._seal.open_or(row.pop("sealed"), "")
        return {"preferences": self.preferences(person).model_dump(mode="json"), **listed, **rest}

    def delete(self, person: Person) -> None:
        """Forget the person, in every table that names them."""
        with self._engine.begin() as connection:
            erase_person(connection, person)

    def delete_workspace(self, platform: str, workspace: str) -> None:
        """Forget a workspace, in every table."""
        with self._engine.begin() as connection:
            erase_workspace(connection, platform, workspace)


def _owner(person: Person) -> dict[str, str]:
    return {"platform": person.platform, "workspace": person.workspace, "person": person.id}


def _of(table: Table, person: Person) -> ColumnElement[bool]:
    return and_(*(table.c[name] == value for name, value in _owner(person).items()))
