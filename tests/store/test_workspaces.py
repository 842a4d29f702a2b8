"""No method of any store gives one workspace anything of another, or changes it."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

import bot.store
from bot.coaching.ledger import Gesture
from bot.coaching.model import Care
from bot.desk.conversations import Conversation
from bot.packs.model import Place
from bot.rituals.model import Outcome, Story, Team, Written
from bot.rituals.path.model import Note
from bot.store.database import open_database
from bot.store.seal import Seal
from bot.store.tables import key_check, metadata, processes
from tests.store.conftest import review
from tests.store.test_owners import ANNA, FAR, fill

DAY = date(2026, 11, 1)
THEIRS = Team(platform="slack", workspace="T2")
GIVEN: dict[str, Any] = {
    "team": THEIRS, "person": FAR, "platform": "slack", "workspace": "T2", "since": date(2000, 1, 1),
    "until": date(2100, 1, 1), "month": "2026-01", "before": "2099-01", "id": "T1U1", "by": "U1", "job": "other",
    "kind": "fix", "day": DAY, "ticket": "T1U1", "rows": [Outcome("T1U1", DAY, 1.0, True, True)], "customer": "T1U1",
    "customers": ["T1U1"], "gesture": Gesture("other", DAY, 0, "card", "T1U1", "U1", ""), "granted": 0,
    "story": Story(id="other", day=DAY, language="en", whom="customer", value="v", text="t", in_book=True),
    "review": review(), "useful": False, "why": "", "rule": "T1U1", "channel": "T1U1",
    "place": Place(platform="slack", workspace="T2"), "choice": "off", "owner": "U1", "review_by": DAY, "secret": "x",
    "lead": "U1", "wanted": Written(DAY, "p", "en"), "written": Written(DAY, "p", "en", "t"),
    "cards": [Care(card="T1U1", owner="", review_by=DAY)], "sending": "posted", "note": Note(1, 1, DAY, "t"),
    "state": "posted",    "now": datetime(2026, 11, 1, tzinfo=UTC),
    "conversation": Conversation(platform="slack", workspace="T2", id="T1U1", person="U1", team="", scope="personal", service="https://x.example"),
}  # fmt: skip
OTHERWISE: dict[str, Any] = {"str": "x", "int": 1, "bool": False, "date": DAY, "int | None": 1}
MADE_WITH: dict[str, Any] = {
    "platform": "slack",
    "seal": Seal("a secret of the tests"),
    "now": lambda: datetime(2026, 11, 1, tzinfo=UTC),
}
WHOSE = {"place", "team", "person", "platform", "workspace", "conversation"}
"""Parameters that say whose rows a method is about."""


def stores() -> list[type]:
    """Every class of the store that is made with an engine."""
    found = []
    for module in pkgutil.iter_modules([str(Path(bot.store.__file__).parent)]):
        if module.name == "migrations":
            continue
        for _, kind in inspect.getmembers(importlib.import_module(f"bot.store.{module.name}"), inspect.isclass):
            own = kind.__module__ == f"bot.store.{module.name}"
            if own and "engine" in inspect.signature(kind).parameters:
                found.append(kind)
    return found


def methods() -> list[tuple[type, str]]:
    """Every public method of theirs that is about somebody."""
    found = []
    for kind in stores():
        for name, method in inspect.getmembers(kind, inspect.isfunction):
            if not name.startswith("_") and WHOSE & set(inspect.signature(method).parameters):
                found.append((kind, name))
    return found


def called(engine: Engine, kind: type, name: str) -> object:
    parameters = inspect.signature(kind).parameters
    made = kind(engine, **{given: MADE_WITH[given] for given in parameters if given in MADE_WITH})
    method: Callable[..., object] = getattr(made, name)
    wanted = inspect.signature(method).parameters.values()
    required = {p.name: given(p) for p in wanted if p.default is inspect.Parameter.empty}
    return method(**required)


def given(parameter: inspect.Parameter) -> Any:
    value = GIVEN.get(parameter.name, OTHERWISE.get(str(parameter.annotation)))
    assert value is not None, f"teach GIVEN what to give for {parameter}"
    return FAR.id if value is FAR and parameter.annotation == "str" else value


def ours(engine: Engine) -> list[tuple[str, object]]:
    with engine.connect() as connection:
        return [
            (table.name, tuple(row))
            for table in metadata.sorted_tables
            if table not in (processes, key_check)
            for row in connection.execute(select(table))
            if row._mapping.get("workspace", "T1") == "T1"
        ]


@pytest.fixture
def empty(tmp_path: Path) -> Engine:
    return open_database(f"sqlite:///{tmp_path / 'empty.db'}")


@pytest.fixture
def filled(tmp_path: Path) -> Engine:
    engine = open_database(f"sqlite:///{tmp_path / 'filled.db'}")
    fill(engine, ANNA)
    return engine


def test_the_list_of_methods_is_found() -> None:
    assert {kind.__name__ for kind, _ in methods()} >= {
        "SqlJobs",
        "SqlPeople",
        "SqlGestures",
        "SqlStories",
        "SqlEvidence",
    }
    assert len(methods()) >= 30


@pytest.mark.parametrize(("kind", "name"), methods(), ids=lambda value: getattr(value, "__name__", value))
def test_a_method_called_for_one_workspace_sees_and_changes_nothing_of_another(
    kind: type, name: str, empty: Engine, filled: Engine
) -> None:
    before = ours(filled)
    said = called(filled, kind, name)
    if name != "kept":
        assert said == called(empty, kind, name)
    assert ours(filled) == before
