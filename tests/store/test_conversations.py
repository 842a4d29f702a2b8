"""Conversations are kept sealed, greeted once, found by person, and forgotten alone or with their team."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select

from bot.desk.conversations import Conversation
from bot.desk.model import Person
from bot.store.conversations import SqlConversations
from bot.store.seal import Seal
from bot.store.tables import conversations

ANNA = Person(platform="teams", workspace="t1", id="anna")
CHAT = Conversation(
    platform="teams", workspace="t1", id="a:anna", scope="personal", service="https://smba.example", person="anna",
    user="29:anna", locale="nl-NL",
)  # fmt: skip


def channel(id: str, team: str = "19:team") -> Conversation:
    return Conversation(
        platform="teams", workspace="t1", id=id, scope="channel", service="https://smba.example", team=team
    )


@pytest.fixture
def kept(engine: Engine) -> SqlConversations:
    return SqlConversations(engine, Seal("k" * 32))


def ids(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(connection.execute(select(conversations.c.id)).scalars())


def test_it_is_found_by_its_person_as_it_was_last_told(kept: SqlConversations) -> None:
    assert kept.of(ANNA) is None
    kept.put(CHAT)
    kept.put(CHAT.model_copy(update={"locale": "fi-FI"}))
    assert kept.of(ANNA) == CHAT.model_copy(update={"locale": "fi-FI"})
    assert kept.of(ANNA.model_copy(update={"workspace": "t2"})) is None


def test_it_is_greeted_once_also_when_it_is_told_again(kept: SqlConversations) -> None:
    kept.put(CHAT)
    assert not kept.welcomed(CHAT)
    kept.put(CHAT)
    assert kept.welcomed(CHAT)
    kept.forget("teams", "t1", CHAT.id)
    kept.put(CHAT)
    assert not kept.welcomed(CHAT)


def test_no_address_stands_in_clear(kept: SqlConversations, engine: Engine) -> None:
    kept.put(CHAT)
    with engine.connect() as connection:
        [row] = connection.execute(select(conversations)).all()
    assert "smba." not in str(row)
    assert "29:anna" not in str(row)
    assert SqlConversations(engine, Seal("x" * 32)).of(ANNA) is None


def test_one_is_forgotten_or_a_whole_team(kept: SqlConversations, engine: Engine) -> None:
    for conversation in (CHAT, channel("19:a"), channel("19:b"), channel("19:c", team="19:other")):
        kept.put(conversation)
    kept.forget("teams", "t1", "19:a")
    assert ids(engine) == {"a:anna", "19:b", "19:c"}
    kept.forget("teams", "t1", "19:team", "19:team")
    assert ids(engine) == {"a:anna", "19:c"}
