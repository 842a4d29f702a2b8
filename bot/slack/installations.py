"""Who installed the app, kept in Heartware's own database. slack-sdk's stores, called in threads of the edge."""

from __future__ import annotations

import logging
from logging import Logger

from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
from sqlalchemy import Engine

from bot.desk.work import Work

log = logging.getLogger(__name__)

STATE_LIVES = 600
"""Seconds that somebody has to allow the installation."""


class Installations(AsyncInstallationStore):
    """Installations and their tokens, by organisation and workspace."""

    def __init__(self, client_id: str, engine: Engine, work: Work) -> None:
        self._store = SQLAlchemyInstallationStore(client_id, engine)
        self._store.metadata.create_all(engine)
        self._work = work

    @property
    def logger(self) -> Logger:
        """Where Bolt logs."""
        return log

    async def async_save(self, installation: Installation) -> None:
        """Keep an installation."""
        await self._work.call(self._store.save, installation)

    async def async_save_bot(self, bot: Bot) -> None:
        """Keep a bot's tokens, after Slack rotated them."""
        await self._work.call(self._store.save_bot, bot)

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """The bot of a workspace."""
        return await self._work.call(
            self._store.find_bot,
            enterprise_id=enterprise_id,
            team_id=team_id,
            is_enterprise_install=is_enterprise_install,
        )

    async def async_find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:
        """The latest installation in a workspace."""
        return await self._work.call(
            self._store.find_installation,
            enterprise_id=enterprise_id,
            team_id=team_id,
            user_id=user_id,
            is_enterprise_install=is_enterprise_install,
        )

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forget the bot of a workspace."""
        await self._work.call(self._store.delete_bot, enterprise_id=enterprise_id, team_id=team_id)

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """Forget the installations of a workspace."""
        await self._work.call(
            self._store.delete_installation, enterprise_id=enterprise_id, team_id=team_id, user_id=user_id
        )


class States(AsyncOAuthStateStore):
    """Installations that were begun: each state counts once, for ten minutes."""

    def __init__(self, engine: Engine, work: Work) -> None:
        self._store = SQLAlchemyOAuthStateStore(STATE_LIVES, engine)
        self._store.metadata.create_all(engine)
        self._work = work

    @property
    def logger(self) -> Logger:
        """Where Bolt logs."""
        return log

    async def async_issue(self, *args: object, **kwargs: object) -> str:
        """A new state."""
        return await self._work.call(self._store.issue)

    async def async_consume(self, state: str) -> bool:
        """Whether this state was issued and not used yet."""
        return await self._work.call(self._store.consume, state)
