"""The Rulebook port over a database. What people wrote is sealed; what is done once rests on the rows, not on locks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Engine, Row, Table, and_, delete, false, insert, select, update

from bot.desk.errors import Erased
from bot.packs.model import Choice, Content, OwnRule, OwnTouch, Place, Proposal
from bot.store.database import put
from bot.store.seal import Seal
from bot.store.tables import own_rules, rule_choices

_CONTENT: TypeAdapter[OwnRule | OwnTouch] = TypeAdapter(Content)


class SqlRulebook:
    """Packs in the tables ``rule_choices`` and ``own_rules``. ``now`` is the clock, in UTC."""

    def __init__(self, engine: Engine, seal: Seal, *, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._seal = seal
        self._now = now

    def chosen(self, place: Place) -> Mapping[str, Choice]:
        """What was chosen for this place itself."""
        here = and_(_in(rule_choices, place), rule_choices.c.channel == place.channel)
        with self._engine.connect() as connection:
            rows = connection.execute(select(rule_choices.c.rule, rule_choices.c.choice).where(here))
            return {row.rule: row.choice for row in rows}

    def choose(self, place: Place, rule: str, choice: Choice | None) -> None:
        """Keep a choice; None forgets it."""
        key = {**place.model_dump(), "rule": rule}
        with self._engine.begin() as connection:
            if choice:
                put(connection, rule_choices, {**key, "choice": choice}, replace=("choice",))
            else:
                one = and_(*(rule_choices.c[name] == value for name, value in key.items()))
                connection.execute(delete(rule_choices).where(one))

    def add(self, proposal: Proposal) -> None:
        """Keep something proposed."""
        with self._engine.begin() as connection:
            connection.execute(insert(own_rules).values(**self._row(proposal), made=self._now()))

    def own(self, place: Place) -> list[Proposal]:
        """Everything of a workspace's own, the oldest first; what can no longer be unsealed is left out."""
        query = select(own_rules).where(_in(own_rules, place)).order_by(own_rules.c.made, own_rules.c.id)
        with self._engine.connect() as connection:
            return self._read(connection.execute(query).all())

    def approve(self, proposal: Proposal) -> bool:
        """Approve what waits, as it now is; False where it does not wait any more."""
        waiting = and_(_one(proposal.place, proposal.id), own_rules.c.approved == false())
        with self._engine.begin() as connection:
            return bool(connection.execute(update(own_rules).where(waiting).values(**self._row(proposal))).rowcount)

    def keep(self, place: Place, id: str, owner: str, review_by: date) -> bool:
        """Keep what was approved for longer; False where it is gone."""
        values = {"owner": owner, "review_by": review_by, "reminded": False}
        there = and_(_one(place, id), own_rules.c.approved)
        with self._engine.begin() as connection:
            return bool(connection.execute(update(own_rules).where(there).values(**values)).rowcount)

    def remove(self, place: Place, id: str) -> Proposal | None:
        """Forget it, and give it a last time to one who asks."""
        gone = delete(own_rules).where(_one(place, id)).returning(*own_rules.c)
        with self._engine.begin() as connection:
            found = self._read(connection.execute(gone).all())
        return found[0] if found else None

    def due(self, today: date, platforms: Collection[str]) -> list[Proposal]:
        """What is to be looked at again and whose owner was not told yet; each is given once."""
        asked = and_(
            own_rules.c.approved,
            own_rules.c.review_by <= today,
            own_rules.c.reminded == false(),
            own_rules.c.platform.in_(platforms),
        )
        with self._engine.begin() as connection:
            told = update(own_rules).where(asked).values(reminded=True).returning(*own_rules.c)
            return self._read(connection.execute(told).all())

    def forget(self, place: Place) -> None:
        """Forget everything of a workspace."""
        with self._engine.begin() as connection:
            for table in (rule_choices, own_rules):
                connection.execute(delete(table).where(_in(table, place)))

    def forget_person(self, place: Place, person: str) -> None:
        """Forget what a person proposed and is not approved; and that the rest was theirs, or in their care."""
        here = _in(own_rules, place)
        with self._engine.begin() as connection:
            waiting = and_(here, own_rules.c.by == person, own_rules.c.approved == false())
            connection.execute(delete(own_rules).where(waiting))
            for name in ("by", "owner"):
                connection.execute(update(own_rules).where(here, own_rules.c[name] == person).values({name: ""}))

    def _row(self, proposal: Proposal) -> dict[str, Any]:
        rest = proposal.model_dump(include={"id", "approved", "by", "owner", "review_by"})
        return {**proposal.place.model_dump(), **rest, "sealed": self._seal.close(proposal.content.model_dump_json())}

    def _read(self, rows: Collection[Row[Any]]) -> list[Proposal]:
        found = []
        for row in rows:
            with suppress(Erased):
                content = _CONTENT.validate_json(self._seal.open(row.sealed))
                place = Place(platform=row.platform, workspace=row.workspace, channel=row.channel)
                rest = {name: getattr(row, name) for name in ("id", "approved", "by", "owner", "review_by")}
                found.append(Proposal(place=place, content=content, **rest))
        return found


def _in(table: Table, place: Place) -> ColumnElement[bool]:
    return and_(table.c.platform == place.platform, table.c.workspace == place.workspace)


def _one(place: Place, id: str) -> ColumnElement[bool]:
    return and_(_in(own_rules, place), own_rules.c.id == id)
