"""What teams chose and have of their own: kept by workspace, sealed, given out once, forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from bot.packs.model import Place, Proposal
from bot.packs.ports import Rulebook
from bot.store.database import open_database
from bot.store.rulebook import SqlRulebook
from bot.store.seal import Seal
from tests.databases import PostgresDatabases
from tests.fakes import Clock
from tests.packs.rulebook import MemoryRulebook
from tests.packs.test_proposing import FAR, OWN_RULE, WHOLE

HERE = WHOLE.model_copy(update={"channel": "C1"})
TODAY = date(2026, 11, 22)


@pytest.fixture
def rulebook(kind: str, request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Rulebook]:
    if kind == "memory":
        yield MemoryRulebook()
        return
    url = f"sqlite:///{tmp_path / 'heartware.db'}"
    if kind == "postgresql":
        databases: PostgresDatabases = request.getfixturevalue("postgres")
        url = databases.new()
    engine = open_database(url)
    yield SqlRulebook(engine, Seal("a secret of the tests"), now=clock)
    engine.dispose()


def proposal(id: str, place: Place = WHOLE, by: str = "U1") -> Proposal:
    return Proposal(id=id, place=place, content=OWN_RULE, by=by)


def approved(one: Proposal, until: date = TODAY) -> Proposal:
    return one.model_copy(update={"approved": True, "owner": "LEAD", "review_by": until})


def test_choices_are_of_a_place(rulebook: Rulebook) -> None:
    rulebook.choose(WHOLE, "blame", "off")
    rulebook.choose(HERE, "blame", "may")
    rulebook.choose(HERE, "blame", "must")
    rulebook.choose(FAR, "jargon", "off")
    assert rulebook.chosen(WHOLE) == {"blame": "off"}
    assert rulebook.chosen(HERE) == {"blame": "must"}
    rulebook.choose(HERE, "blame", None)
    rulebook.choose(HERE, "blame", None)
    assert rulebook.chosen(HERE) == {}
    assert rulebook.chosen(FAR) == {"jargon": "off"}


def test_a_proposal_comes_back_as_it_was_and_is_approved_once(rulebook: Rulebook) -> None:
    one = proposal("1", HERE)
    rulebook.add(one)
    assert rulebook.own(WHOLE) == [one]
    assert rulebook.own(FAR) == []
    assert rulebook.approve(approved(one))
    assert not rulebook.approve(approved(one))
    assert rulebook.own(WHOLE) == [approved(one)]
    assert rulebook.remove(FAR, "1") is None
    assert rulebook.remove(WHOLE, "1") == approved(one)
    assert rulebook.remove(WHOLE, "1") is None


def test_what_is_due_is_given_once_until_it_is_kept(rulebook: Rulebook) -> None:
    for id, until in (("1", TODAY), ("2", TODAY + timedelta(days=1))):
        rulebook.add(proposal(id))
        rulebook.approve(approved(proposal(id), until))
    rulebook.add(proposal("3"))
    assert rulebook.due(TODAY, ("teams",)) == []
    assert [one.id for one in rulebook.due(TODAY, ("slack",))] == ["1"]
    assert rulebook.due(TODAY, ("slack",)) == []
    assert rulebook.keep(WHOLE, "1", "NEW", TODAY)
    assert [one.owner for one in rulebook.due(TODAY, ("slack",))] == ["NEW"]
    assert not rulebook.keep(WHOLE, "3", "NEW", TODAY)
    assert not rulebook.keep(FAR, "1", "NEW", TODAY)


def test_people_and_workspaces_are_forgotten(rulebook: Rulebook) -> None:
    for one in (proposal("1"), proposal("2"), proposal("3", FAR)):
        rulebook.add(one)
    rulebook.approve(approved(proposal("1")))
    rulebook.choose(HERE, "blame", "off")
    rulebook.forget_person(WHOLE, "U1")
    rulebook.forget_person(WHOLE, "LEAD")
    [left] = rulebook.own(WHOLE)
    assert (left.id, left.by, left.owner) == ("1", "", "")
    rulebook.forget(WHOLE)
    assert rulebook.own(WHOLE) == []
    assert rulebook.chosen(HERE) == {}
    assert [one.by for one in rulebook.own(FAR)] == ["U1"]


def test_of_many_processes_one_reminds(engine: Engine, clock: Clock) -> None:
    rulebook = SqlRulebook(engine, Seal("a secret of the tests"), now=clock)
    rulebook.add(proposal("1"))
    rulebook.approve(approved(proposal("1")))
    with ThreadPoolExecutor(8) as threads:
        given = list(threads.map(lambda _: rulebook.due(TODAY, ("slack",)), range(8)))
    assert sum(len(one) for one in given) == 1


def test_what_people_wrote_stands_nowhere_in_clear(engine: Engine, clock: Clock) -> None:
    SqlRulebook(engine, Seal("a secret of the tests"), now=clock).add(proposal("1"))
    with engine.connect() as connection:
        [row] = connection.execute(text("SELECT * FROM own_rules")).all()
    assert "hang tight" not in repr(row)
