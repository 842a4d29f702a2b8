"""The Gestures port over a database: money is counted by one statement, so that no two can spend the same."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Engine, Row, Table, and_, delete, insert, select, update

from bot.coaching.ledger import Gesture, Month, month_of
from bot.rituals.model import Team
from bot.store.database import locked, put
from bot.store.seal import Seal
from bot.store.tables import best_customers, gestures, ledger_months


class SqlGestures:
    """Gestures in the tables ``ledger_months``, ``gestures`` and ``best_customers``; what they were, sealed."""

    def __init__(self, engine: Engine, seal: Seal) -> None:
        self._engine = engine
        self._seal = seal

    def month(self, team: Team, month: str) -> Month | None:
        """A month's money, once the budget was used in it."""
        query = select(ledger_months).where(_of(ledger_months, team), ledger_months.c.month == month)
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        return _month(row) if row else None

    def last_month(self, team: Team, before: str) -> Month | None:
        """The latest month before this one in which the budget was used."""
        query = (
            select(ledger_months)
            .where(_of(ledger_months, team), ledger_months.c.month < before)
            .order_by(ledger_months.c.month.desc())
            .limit(1)
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        return _month(row) if row else None

    def add(self, team: Team, gesture: Gesture, granted: int) -> bool:
        """Keep a gesture and count its cents; False, and nothing, where the month has not so much left.

        ``granted`` is what the month begins with, where this is its first gesture.
        """
        month = month_of(gesture.day)
        own = and_(_of(ledger_months, team), ledger_months.c.month == month)
        spent = ledger_months.c.spent + gesture.cents
        counted = update(ledger_months).where(own, spent <= ledger_months.c.granted).values(spent=spent)
        with locked(self._engine) as connection:
            put(connection, ledger_months, {**team.model_dump(), "month": month, "granted": granted, "spent": 0})
            if not connection.execute(counted).rowcount:
                return False
            row = {**team.model_dump(), **gesture._asdict(), "sealed": self._seal.close(gesture.what)}
            del row["what"]
            connection.execute(insert(gestures).values(**row))
        return True

    def undo(self, team: Team, id: str, by: str, month: str) -> bool:
        """Take a gesture of this month back, and its cents; False where this person gave none of that id in it."""
        own = and_(_of(gestures, team), gestures.c.id == id, gestures.c.by == by)
        with locked(self._engine) as connection:
            found = connection.execute(select(gestures.c.day, gestures.c.cents).where(own)).one_or_none()
            if found is None or month_of(found.day) != month:
                return False
            if not connection.execute(delete(gestures).where(own)).rowcount:
                return False
            of_month = and_(_of(ledger_months, team), ledger_months.c.month == month)
            back = ledger_months.c.spent - found.cents
            connection.execute(update(ledger_months).where(of_month).values(spent=back))
        return True

    def given(self, team: Team, since: date, until: date) -> list[Gesture]:
        """The gestures of these days, the oldest first."""
        query = select(gestures).where(_of(gestures, team), gestures.c.day.between(since, until))
        with self._engine.connect() as connection:
            return [self._gesture(row) for row in connection.execute(query.order_by(gestures.c.day, gestures.c.id))]

    def to(self, team: Team, customer: str) -> list[Gesture]:
        """The gestures to a customer, the latest first."""
        query = select(gestures).where(_of(gestures, team), gestures.c.customer == customer)
        with self._engine.connect() as connection:
            return [self._gesture(row) for row in connection.execute(query.order_by(gestures.c.day.desc()))]

    def of(self, team: Team, by: str) -> list[Gesture]:
        """All gestures that a person gave, the oldest first."""
        query = select(gestures).where(_of(gestures, team), gestures.c.by == by)
        with self._engine.connect() as connection:
            return [self._gesture(row) for row in connection.execute(query.order_by(gestures.c.day, gestures.c.id))]

    def set_best(self, team: Team, customers: Iterable[str]) -> int:
        """These customers are the best from now on, and no others; how many."""
        rows = [{**team.model_dump(), "customer": customer} for customer in sorted(set(customers))]
        with locked(self._engine) as connection:
            connection.execute(delete(best_customers).where(_of(best_customers, team)))
            if rows:
                connection.execute(insert(best_customers), rows)
        return len(rows)

    def mark_best(self, team: Team, customer: str, best: bool) -> None:
        """Whether a customer is one of the best from now on."""
        own = and_(_of(best_customers, team), best_customers.c.customer == customer)
        with self._engine.begin() as connection:
            if best:
                put(connection, best_customers, {**team.model_dump(), "customer": customer})
            else:
                connection.execute(delete(best_customers).where(own))

    def is_best(self, team: Team, customer: str) -> bool:
        """Whether a customer is one of the best."""
        query = select(best_customers).where(_of(best_customers, team), best_customers.c.customer == customer)
        with self._engine.connect() as connection:
            return connection.execute(query).first() is not None

    def forget(self, team: Team) -> None:
        """Forget everything of a team."""
        with self._engine.begin() as connection:
            for table in (ledger_months, gestures, best_customers):
                connection.execute(delete(table).where(_of(table, team)))

    def forget_person(self, team: Team, by: str) -> None:
        """The gestures of a person stay, for the money was spent; that they gave them is forgotten."""
        with self._engine.begin() as connection:
            connection.execute(update(gestures).where(_of(gestures, team), gestures.c.by == by).values(by=""))

    def _gesture(self, row: Row[Any]) -> Gesture:
        """The gesture without who gave it: what is read is for the team."""
        what = self._seal.open_or(row.sealed, "…")
        return Gesture(row.id, row.day, row.cents, what, row.customer, funding=row.funding)


def _of(table: Table, team: Team) -> ColumnElement[bool]:
    return and_(table.c.platform == team.platform, table.c.workspace == team.workspace)


def _month(row: Row[Any]) -> Month:
    return Month(row.month, row.granted, row.spent)
