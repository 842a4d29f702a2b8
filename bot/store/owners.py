"""Whose each row is: so that whoever leaves is forgotten in every table, also in those that are made later.

A table says it by its columns: ``platform`` and ``workspace``, and ``person`` where a row is of one. What hangs on
another row (``HANGING``) goes with it. A test holds every table against this.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, select, update

from bot.desk.model import Person
from bot.store.tables import jobs, metadata, prompt_posts, prompt_turns, reviews_asked, schedules, tickets, uses

OF_A_PERSON = frozenset({"platform", "workspace", "person"})
OF_A_WORKSPACE = frozenset({"platform", "workspace"})
HANGING: Mapping[Table, str] = {prompt_turns: "schedule", prompt_posts: "schedule"}
"""Tables that do not name a workspace, with the column that points to a schedule; both name a recipient."""
UNNAMED = (uses, tickets)
"""Tables that do not name the person whose review they speak of."""


MENTIONED = ("by", "owner", "lead")
"""Columns of a workspace's rows that may name a person; the row stays when they leave, without them."""


def tables_with(columns: frozenset[str]) -> Sequence[Table]:
    """The tables that have all of these columns."""
    return [table for table in metadata.sorted_tables if columns <= set(table.columns.keys())]


def of(table: Table, owner: Mapping[str, str]) -> ColumnElement[bool]:
    """The rows of an owner."""
    return and_(*(table.c[name] == value for name, value in owner.items()))


def erase_person(connection: Connection, person: Person) -> None:
    """Erase everything of a person; of a draft its own id stays for a day, so that a late duplicate is not taken."""
    owner = {"platform": person.platform, "workspace": person.workspace, "person": person.id}
    reviews = select(reviews_asked.c.job).where(of(reviews_asked, owner))
    for table in UNNAMED:
        connection.execute(delete(table).where(table.c.job.in_(reviews)))
    for table in tables_with(OF_A_PERSON):
        _erase(connection, table, of(table, owner))
    team = {"platform": person.platform, "workspace": person.workspace}
    planned = select(schedules.c.id).where(of(schedules, team))
    for table, column in HANGING.items():
        to_them = and_(table.c[column].in_(planned), table.c.recipient == person.id)
        connection.execute(delete(table).where(to_them))
    for table in tables_with(OF_A_WORKSPACE):
        for name in (name for name in MENTIONED if name in table.columns):
            connection.execute(update(table).where(of(table, {**team, name: person.id})).values({name: ""}))


def erase_workspace(connection: Connection, platform: str, workspace: str) -> None:
    """Erase everything of a workspace."""
    owner = {"platform": platform, "workspace": workspace}
    planned = select(schedules.c.id).where(of(schedules, owner))
    for table, column in HANGING.items():
        connection.execute(delete(table).where(table.c[column].in_(planned)))
    for table in tables_with(OF_A_WORKSPACE):
        _erase(connection, table, of(table, owner))


def _erase(connection: Connection, table: Table, which: ColumnElement[bool]) -> None:
    gone = update(jobs).values(sealed=None, person="") if table is jobs else delete(table)
    connection.execute(gone.where(which))


def rows_of(connection: Connection, person: Person, *, but: Collection[Table]) -> dict[str, list[dict[str, Any]]]:
    """What is kept of a person, by table, as JSON knows it.

    Left out are the tables of ``but``, those with nothing, and those that are sealed: who can open them exports them.
    """
    owner = {"platform": person.platform, "workspace": person.workspace, "person": person.id}
    found = {}
    for table in tables_with(OF_A_PERSON):
        if table in but or "sealed" in table.columns:
            continue
        columns = [column for column in table.columns if column.name not in OF_A_PERSON]
        rows = connection.execute(select(*columns).where(of(table, owner)).order_by(*table.primary_key)).all()
        if rows:
            found[table.name] = [{name: _plain(value) for name, value in row._mapping.items()} for row in rows]
    return found


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
