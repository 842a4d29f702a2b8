"""The Walks port over a database: who walks the path, and their notes, which are written only sealed."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, Row, Table, and_, or_, select, update

from bot.coaching.rituals import Plan
from bot.desk.errors import Erased
from bot.desk.model import Person
from bot.rituals.path.model import FIT, Note, Sending, Turn, Walk
from bot.store.database import put
from bot.store.owners import of
from bot.store.seal import Seal
from bot.store.tables import path_notes, walks


class SqlWalks:
    """Walks in the tables ``walks`` and ``path_notes``."""

    def __init__(self, engine: Engine, seal: Seal) -> None:
        self._engine = engine
        self._seal = seal

    def save(self, turn: Turn) -> None:
        """Keep how somebody's path stands, in the place of what was kept before."""
        row = {
            **_owner(turn.walk.person),
            **turn.walk.model_dump(exclude={"person", "plan"}),
            "plan": turn.walk.plan.model_dump(mode="json"),
            "at": turn.at,
            "sending": turn.sending,
        }
        with self._engine.begin() as connection:
            put(connection, walks, row, replace=[name for name in row if name not in _owner(turn.walk.person)])

    def get(self, person: Person) -> Turn | None:
        """Somebody's path."""
        with self._engine.connect() as connection:
            row = connection.execute(select(walks).where(_of(walks, person))).one_or_none()
        return _turn(row) if row else None

    def due(self, now: datetime, most: int) -> list[Turn]:
        """Paths whose next step has come, the oldest first."""
        query = select(walks).where(walks.c.at <= now, walks.c.sending == "").order_by(walks.c.at).limit(most)
        with self._engine.connect() as connection:
            return [_turn(row) for row in connection.execute(query)]

    def claim(self, turn: Turn, then: datetime | None, now: datetime, *, give: bool) -> bool:
        """Move a path on to ``then``; False, and nothing, where another process did it already."""
        same = and_(_of(walks, turn.walk.person), walks.c.given == turn.walk.given, walks.c.sending == "")
        at = walks.c.at == turn.at if turn.at else walks.c.at.is_(None)
        values = {"at": then, "given": turn.walk.given + give, "sending": "claimed" if give else "", "taken": now}
        with self._engine.begin() as connection:
            return bool(connection.execute(update(walks).where(same, at).values(values)).rowcount)

    def mark(self, person: Person, sending: Sending, now: datetime) -> None:
        """Note what becomes of the last step."""
        with self._engine.begin() as connection:
            connection.execute(update(walks).where(_of(walks, person)).values(sending=sending, taken=now))

    def take_over(self, before: datetime, now: datetime) -> list[Turn]:
        """Paths whose step was begun before then and not ended, each given to one process alone."""
        left = and_(walks.c.sending != "", or_(walks.c.taken.is_(None), walks.c.taken < before))
        with self._engine.begin() as connection:
            taken = update(walks).where(left).values(taken=now).returning(*walks.c)
            return [_turn(row) for row in connection.execute(taken)]

    def write(self, person: Person, note: Note) -> None:
        """Keep a note, sealed, in the place of the one of that week."""
        key = {**_owner(person), "round": note.round, "week": note.week}
        row = {**key, "day": note.day, "sealed": self._seal.close(note.text)}
        with self._engine.begin() as connection:
            put(connection, path_notes, row, replace=("day", "sealed"))

    def notes(self, person: Person) -> list[Note]:
        """Somebody's notes by round and week, the last word last; those that can no longer be unsealed are left out."""
        query = (
            select(path_notes)
            .where(_of(path_notes, person))
            .order_by(path_notes.c.round, path_notes.c.week == FIT, path_notes.c.week)
        )
        found = []
        with self._engine.connect() as connection:
            for row in connection.execute(query):
                with suppress(Erased):
                    found.append(Note(row.round, row.week, row.day, self._seal.open(row.sealed)))
        return found


def _owner(person: Person) -> dict[str, str]:
    return {"platform": person.platform, "workspace": person.workspace, "person": person.id}


def _of(table: Table, person: Person) -> ColumnElement[bool]:
    return of(table, _owner(person))


def _turn(row: Row[Any]) -> Turn:
    values = dict(row._mapping)
    person = Person(platform=values.pop("platform"), workspace=values.pop("workspace"), id=values.pop("person"))
    plan, at, sending = Plan.model_validate(values.pop("plan")), values.pop("at"), values.pop("sending")
    values.pop("taken")
    return Turn(Walk(person=person, plan=plan, **values), at, sending)
