"""What lets the bot into a workspace is kept sealed, by workspace, until it is forgotten."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select

from bot.store.installations import SqlInstallations
from bot.store.seal import Seal
from bot.store.tables import installations


@pytest.fixture
def kept(engine: Engine) -> SqlInstallations:
    return SqlInstallations(engine, Seal("k" * 32), "slack")


def test_it_is_found_by_its_workspace_as_it_was_last_kept(kept: SqlInstallations, engine: Engine) -> None:
    kept.put("T1", "xoxb-1")
    kept.put("T1", "xoxb-2")
    kept.put("E1/T1", "xoxb-3")
    assert (kept.of("T1"), kept.of("E1/T1"), kept.of("T2")) == ("xoxb-2", "xoxb-3", None)
    assert SqlInstallations(engine, Seal("k" * 32), "teams").of("T1") is None
    kept.forget("T1")
    assert (kept.of("T1"), kept.of("E1/T1")) == (None, "xoxb-3")


def test_it_stands_only_sealed(kept: SqlInstallations, engine: Engine) -> None:
    kept.put("T1", "xoxb-1")
    with engine.connect() as connection:
        [row] = connection.execute(select(installations)).all()
    assert b"xoxb" not in row.sealed
    assert SqlInstallations(engine, Seal("x" * 32), "slack").of("T1") is None
