"""An installation of the very first version is brought up to date with everything that it held."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, inspect, text

from bot.desk.model import Person
from bot.rituals.model import Team
from bot.store.database import MIGRATIONS, _with_driver, open_database
from bot.store.jobs import SqlJobs
from bot.store.ledger import SqlGestures
from bot.store.people import SqlPeople
from bot.store.seal import Seal
from tests.store.conftest import job

SEAL = Seal("a secret of the tests")
FIRST = "0001"


def at(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes.update(connection=connection, seal=SEAL)
    up = revision == "head" or revision > (current(connection) or "")
    (command.upgrade if up else command.downgrade)(config, revision)


def current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("heartware_version"):
        return None
    return connection.execute(text("SELECT version_num FROM heartware_version")).scalar()


def revisions() -> list[str]:
    """From the first to the latest."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()][::-1]


def rows() -> dict[str, dict[str, Any]]:
    """A row of every table of the first version, as that version wrote it."""
    anna = {"platform": "slack", "workspace": "T1", "person": "U1"}
    when = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    kept = job().model_dump_json(exclude_defaults=True)
    return {
        "jobs": {"id": "j1", **anna, "sealed": SEAL.close(kept), "made": when, "used": when},
        "preferences": {**anna, "language": "fi", "quiet": True},
        "silenced": {**anna, "rule": "en-blame"},
        "reviews_asked": {"job": "j1", **anna, "day": when.date(), "verdict": "revise", "criteria": '["blame"]'},
        "feedback": {"job": "j1", **anna, "day": when.date(), "useful": True, "why": "it helped"},
        "processes": {"id": "slack.1", "beats": 7},
    }


@pytest.fixture
def old(database_url: str) -> str:
    engine = create_engine(_with_driver(database_url)) if "sqlite" not in database_url else fresh(database_url)
    with engine.begin() as connection:
        at(connection, FIRST)
        for table, row in rows().items():
            places = ", ".join(f":{name}" for name in row)
            connection.execute(text(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})"), row)
    engine.dispose()
    return database_url


def fresh(url: str) -> Engine:
    Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    return create_engine(url)


def test_what_the_first_version_kept_is_there_in_the_latest(old: str) -> None:
    engine = open_database(old, SEAL)
    with engine.connect() as connection:
        assert current(connection) == revisions()[-1]
        for table in rows():
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 1, table
    anna = Person(platform="slack", workspace="T1", id="U1")
    people = SqlPeople(engine, SEAL)
    assert people.preferences(anna).model_dump(include={"language", "quiet", "silenced"}) == {
        "language": "fi", "quiet": True, "silenced": ("en-blame",)
    }  # fmt: skip
    exported = people.export(anna)
    assert exported["reviews"] == [{"id": "j1", "day": "2026-01-02", "verdict": "revise", "criteria": ["blame"]}]
    assert exported["feedback"][0]["why"] == "it helped"
    assert SqlJobs(engine, SEAL, now=lambda: datetime.now(UTC)).get("j1").draft.text == "Thanks for waiting."
    engine.dispose()


def test_words_that_an_older_version_kept_in_clear_are_sealed_and_come_back(old: str) -> None:
    engine = create_engine(_with_driver(old))
    gesture = {
        "id": "g1", "platform": "slack", "workspace": "T1", "day": datetime(2026, 1, 2).date(), "cents": 500,
        "what": "a card for the quokka", "customer": "", "by": "", "funding": "",
    }  # fmt: skip
    with engine.begin() as connection:
        at(connection, "0012")
        names = ", ".join(f'"{name}"' for name in gesture)
        places = ", ".join(f":{name}" for name in gesture)
        connection.execute(text(f"INSERT INTO gestures ({names}) VALUES ({places})"), gesture)
    engine.dispose()
    engine = open_database(old, SEAL)
    team, new_year = Team(platform="slack", workspace="T1"), date(2026, 1, 1)
    [given] = SqlGestures(engine, SEAL).given(team, new_year, date(2026, 1, 3))
    assert (given.what, given.cents) == ("a card for the quokka", 500)
    with engine.connect() as connection:
        for table in ("gestures", "feedback"):
            [row] = connection.execute(text(f"SELECT * FROM {table}"))
            assert not any(word in str(tuple(row)) for word in ("quokka", "it helped"))
    with engine.begin() as connection:
        at(connection, "0012")
        assert connection.execute(text("SELECT what FROM gestures")).scalar() == "a card for the quokka"
        assert connection.execute(text("SELECT why FROM feedback")).scalar() == "it helped"
    engine.dispose()


def test_each_step_goes_up_and_down_again_and_the_first_rows_stay(old: str) -> None:
    engine = create_engine(_with_driver(old))
    names = revisions()
    for before, after in pairwise(names):
        with engine.begin() as connection:
            at(connection, after)
        with engine.begin() as connection:
            at(connection, before)
            assert current(connection) == before
        with engine.begin() as connection:
            at(connection, after)
    with engine.begin() as connection:
        at(connection, FIRST)
        for table in rows():
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 1, table
    engine.dispose()
