"""The same store three times: in memory, as the tests of other rooms use it, in SQLite and in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.coaching.model import Draft, Review, Scores
from bot.desk.model import Job, Person
from bot.desk.ports import Jobs, People
from bot.store.database import open_database
from bot.store.jobs import SqlJobs
from bot.store.people import SqlPeople
from bot.store.seal import Seal
from tests.databases import PostgresDatabases
from tests.fakes import Clock, MemoryJobs, MemoryPeople

ANNA = Person(platform="slack", workspace="T1", id="U1")
BEN = Person(platform="slack", workspace="T1", id="U2")
FAR = Person(platform="slack", workspace="T2", id="U1")


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def store(kind: str, request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[tuple[Jobs, People]]:
    if kind == "memory":
        yield MemoryJobs(clock), MemoryPeople()
        return
    url = f"sqlite:///{tmp_path / 'heartware.db'}"
    if kind == "postgresql":
        databases: PostgresDatabases = request.getfixturevalue("postgres")
        url = databases.new()
    engine = open_database(url)
    yield SqlJobs(engine, Seal("a secret of the tests"), now=clock), SqlPeople(engine, Seal("a secret of the tests"))
    engine.dispose()


@pytest.fixture
def jobs(store: tuple[Jobs, People]) -> Jobs:
    return store[0]


@pytest.fixture
def people(store: tuple[Jobs, People]) -> People:
    return store[1]


def job(id: str = "j1", person: Person = ANNA, text: str = "Thanks for waiting.") -> Job:
    return Job(id=id, person=person, draft=Draft(text=text), address={"response_url": "https://hooks.example/1"})


def review(verdict: str = "send") -> Review:
    return Review.model_validate(
        {
            "id": "r",
            "language": "en",
            "verdict": verdict,
            "headline": "Send it.",
            "scores": Scores(overall=1, tone=1, empathy=None),
            "findings": (),
            "strengths": (),
            "rewrite": None,
            "touch": None,
            "no_touch_because": None,
            "engine": "local",
            "prompt": None,
            "partial": False,
            "notes": (),
        }
    )
