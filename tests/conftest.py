"""What tests of more than one room ask for: databases, a clock, the local coach as it is shipped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from sqlalchemy import Engine

from bot.build import Parts, build
from bot.settings import Settings
from bot.store.database import open_database
from tests.databases import PostgresDatabases, postgres_server
from tests.fakes import Clock

hypothesis_settings.register_profile("same", derandomize=True, deadline=None)
hypothesis_settings.register_profile("explore", max_examples=3000, deadline=None)
hypothesis_settings.load_profile("same")
"""Each run tries the same, so that a failure is the change's; 'pytest --hypothesis-profile=explore' tries others."""

LONGEST = (
    "tests/test_durable.py",
    "tests/edges/slack/test_running.py",
    "tests/edges/test_verbs.py",
    "tests/evals/test_floors.py",
    "tests/edges/slack/test_wow_running.py",
    "tests/coaching/test_hostile.py",
    "tests/content/test_knowledge.py",
    "tests/coaching/test_rewrites.py",
    "tests/edges/teams/test_holding.py",
    "tests/edges/test_canaries.py",
    "tests/content/test_documents_bad_files.py",
    "tests/edges/teams/test_running.py",
    "tests/test_linear.py",
    "tests/evals/test_question_floors.py",
)
"""Files that take ten seconds and more, the longest first."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files begin: one that began last would leave the other processors without work."""
    first = {file: place for place, file in enumerate(LONGEST)}
    items.sort(key=lambda item: first.get(item.nodeid.partition("::")[0], len(LONGEST)))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresDatabases]:
    with postgres_server() as databases:
        yield databases


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database: each test runs on both kinds."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'data' / 'heartware.db'}"
    databases: PostgresDatabases = request.getfixturevalue("postgres")
    return databases.new()


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A database with its tables."""
    engine = open_database(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def clock() -> Clock:
    """Sunday noon."""
    return Clock()


@pytest.fixture(scope="session")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    """The local coach as it is shipped, with its index made when it is first needed; tests only read."""
    return build(Settings(heartware_data=tmp_path_factory.mktemp("data"), heartware_model=""), local=True)
