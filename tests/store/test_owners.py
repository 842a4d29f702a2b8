"""Export, deletion and erasure reach every table, also those that somebody adds later."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Engine,
    Float,
    Integer,
    LargeBinary,
    Table,
    func,
    insert,
    select,
)

from bot.desk.model import Person
from bot.rituals.model import Team
from bot.store.ledger import SqlGestures
from bot.store.owners import HANGING, OF_A_PERSON, OF_A_WORKSPACE, tables_with
from bot.store.people import SqlPeople
from bot.store.pseudonyms import Pseudonyms
from bot.store.seal import Seal
from bot.store.stories import SqlStories
from bot.store.tables import jobs, key_check, metadata, processes
from tests.edges.leaving import tables_that_say

OF_NOBODY = {processes, key_check}
"""Tables without personal data."""
SHARED_BY_THE_TEAM = {
    "ledger_months", "gestures", "best_customers", "stories", "uses", "tickets", "outcomes", "schedules",
    "prompt_turns", "prompt_posts", "rule_choices", "own_rules", "installations",
    "reminders", "lead_reports", "prompt_texts",
}  # fmt: skip
"""Tables of a workspace of which a person's leaving is told by other means, or changes nothing."""
DAY = date(2026, 11, 1)
ANNA = Person(platform="slack", workspace="T1", id="U1")
BEN = Person(platform="slack", workspace="T1", id="U2")
FAR = Person(platform="slack", workspace="T2", id="U1")
PSEUDONYMOUS = {"gestures", "stories"}
SEAL = Seal("a secret of the tests")
KEYS = Pseudonyms("a secret of the tests")


def value_of(column: Column[Any], of: str) -> Any:
    kind = column.type
    values: list[tuple[type | tuple[type, ...], Any]] = [
        (Boolean, True), ((BigInteger, Integer), 0), (Float, 1.0), (Date, DAY),
        (DateTime, datetime(2026, 11, 1, tzinfo=UTC)), (LargeBinary, b"sealed"), (JSON, {}),
    ]  # fmt: skip
    for types, value in values:
        if isinstance(getattr(kind, "impl_instance", kind), types):
            return value
    return of


def fill(engine: Engine, person: Person) -> None:
    """A row of this person in every table there is."""
    mine = f"{person.workspace}{person.id[:2]}"
    named = {
        "platform": person.platform, "workspace": person.workspace, "person": person.id, "recipient": person.id,
        "lead": person.id, "owner": person.id, "month": f"2026-0{person.id[1]}", "language": "en",
    }  # fmt: skip
    with engine.begin() as connection:
        for table in (table for table in metadata.sorted_tables if table not in OF_NOBODY):
            one_each = {key.name for key in table.primary_key} == OF_A_WORKSPACE
            if one_each and person.workspace == ANNA.workspace and person is not ANNA:
                continue  # one for the workspace
            by = KEYS.of("person", person.workspace, person.id) if table.name in PSEUDONYMOUS else person.id
            row = {c.name: ({**named, "by": by}).get(c.name, value_of(c, mine)) for c in table.columns}
            connection.execute(insert(table).values(**row))


def count(engine: Engine, table: Table) -> int:
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar() or 0


def test_every_table_says_whose_its_rows_are() -> None:
    known = {*tables_with(OF_A_WORKSPACE), *HANGING, *OF_NOBODY}
    assert {table.name for table in set(metadata.sorted_tables) - known} == set()
    of_people = {table.name for table in tables_with(OF_A_PERSON)} | SHARED_BY_THE_TEAM
    assert {table.name for table in set(metadata.sorted_tables) - OF_NOBODY} - of_people == set()


@pytest.fixture
def filled(engine: Engine) -> Engine:
    for person in (ANNA, BEN, FAR):
        fill(engine, person)
    return engine


def forget(engine: Engine, person: Person) -> None:
    """As the rituals and the desk do it together."""
    team, by = Team(platform="slack", workspace=person.workspace), pseudonym(person)
    SqlGestures(engine, SEAL).forget_person(team, by)
    SqlStories(engine, SEAL).forget_person(team, by)
    SqlPeople(engine, SEAL).delete(person)


def pseudonym(person: Person) -> str:
    return KEYS.of("person", person.workspace, person.id)


def test_a_person_who_leaves_is_nowhere_any_more_and_nobody_else_is_touched(filled: Engine) -> None:
    forget(filled, ANNA)
    with filled.connect() as connection:
        for table in tables_with(OF_A_PERSON):
            left = connection.execute(select(table)).all()
            if table is jobs:
                assert [row.sealed for row in left if row.person == ""] == [None]
            whose = {(row.workspace, row.person) for row in left if row.person}
            assert whose == {("T1", "U2"), ("T2", "U1")}, table.name


def test_whoever_leaves_stands_in_no_column_of_any_table_by_id_or_by_pseudonym(engine: Engine) -> None:
    leaver = Person(platform="slack", workspace="T1", id="U77LEAVES")
    for person in (ANNA, leaver):
        fill(engine, person)
    naming = {"person", "lead", "recipient", "owner"}
    named = {table.name for table in metadata.sorted_tables if naming & set(table.columns.keys())}
    assert tables_that_say(engine, leaver.id) == named
    assert tables_that_say(engine, pseudonym(leaver)) == PSEUDONYMOUS
    before = tables_that_say(engine, ANNA.id)
    forget(engine, leaver)
    assert tables_that_say(engine, leaver.id) == tables_that_say(engine, pseudonym(leaver)) == set()
    assert tables_that_say(engine, ANNA.id) == before


def test_a_workspace_that_leaves_is_nowhere_any_more_and_no_other_is_touched(filled: Engine) -> None:
    before = {table.name: count(filled, table) for table in metadata.sorted_tables}
    SqlPeople(filled, SEAL).delete_workspace("slack", "T1")
    with filled.connect() as connection:
        for table in metadata.sorted_tables:
            rows = connection.execute(select(table)).all()
            if table in OF_NOBODY:
                assert len(rows) == before[table.name]
            elif table is jobs:
                assert [row.workspace for row in rows if row.sealed] == ["T2"]
            else:
                assert len(rows) == 1, table.name
                assert rows[0]._mapping.get("workspace", "T2") == "T2"


def test_an_export_names_every_table_with_something_of_the_person(filled: Engine) -> None:
    exported = SqlPeople(filled, SEAL).export(ANNA)
    own = {"preferences", "silenced", "reviews_asked", "feedback", "walks"}
    rest = {t.name for t in tables_with(OF_A_PERSON) if "sealed" not in t.columns} - own
    assert set(exported) == {"preferences", "reviews", "feedback"} | rest
    assert [row["id"] for row in exported["reviews"]] == ["T1U1"]
