"""The Conversations port over a database. Addresses are sealed; the ids that they are found by stand in clear."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Engine, and_, delete, or_, select, update

from bot.desk.conversations import Conversation
from bot.desk.errors import Erased
from bot.desk.model import Person, Platform
from bot.store.database import put
from bot.store.seal import Seal
from bot.store.tables import conversations


class SqlConversations:
    """Conversations in the table ``conversations``."""

    def __init__(self, engine: Engine, seal: Seal) -> None:
        self._engine = engine
        self._seal = seal

    def put(self, conversation: Conversation) -> None:
        """Keep it; what was kept of it before is replaced."""
        row = {
            "platform": conversation.platform,
            "workspace": conversation.workspace,
            "id": conversation.id,
            "person": conversation.person,
            "team": conversation.team,
            "sealed": self._seal.close(conversation.model_dump_json()),
        }
        with self._engine.begin() as connection:
            put(connection, conversations, row, replace=("person", "team", "sealed"))

    def welcomed(self, conversation: Conversation) -> bool:
        """Whether it was greeted before; from now on it was. Of several processes that ask, one is told that not."""
        this = _is(conversation.platform, conversation.workspace, conversation.id)
        greeting = update(conversations).where(this, conversations.c.welcomed.is_(False)).values(welcomed=True)
        with self._engine.begin() as connection:
            return connection.execute(greeting).rowcount == 0

    def get(self, platform: Platform, workspace: str, id: str) -> Conversation | None:
        """The conversation; None too where it was sealed with another key."""
        return self._one(_is(platform, workspace, id))

    def of(self, person: Person) -> Conversation | None:
        """The conversation between this person and the bot; None too where it was sealed with another key."""
        theirs = (
            conversations.c.platform == person.platform,
            conversations.c.workspace == person.workspace,
            conversations.c.person == person.id,
        )
        return self._one(and_(*theirs))

    def _one(self, which: ColumnElement[bool]) -> Conversation | None:
        with self._engine.connect() as connection:
            sealed = connection.execute(select(conversations.c.sealed).where(which).limit(1)).scalar()
        try:
            return Conversation.model_validate_json(self._seal.open(sealed)) if sealed else None
        except Erased:
            return None

    def forget(self, platform: Platform, workspace: str, id: str, team: str = "") -> None:
        """Forget a conversation, and all of its team where one is named."""
        which = _is(platform, workspace, id)
        if team:
            of_team = and_(
                conversations.c.platform == platform,
                conversations.c.workspace == workspace,
                conversations.c.team == team,
            )
            which = or_(which, of_team)
        with self._engine.begin() as connection:
            connection.execute(delete(conversations).where(which))


def _is(platform: str, workspace: str, id: str) -> ColumnElement[bool]:
    return and_(conversations.c.platform == platform, conversations.c.workspace == workspace, conversations.c.id == id)
