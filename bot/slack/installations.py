"""Who installed the app: the bot of each workspace with its tokens, kept in Heartware's own database, sealed."""

from __future__ import annotations

import asyncio
import json
import logging
from datetime import datetime
from logging import Logger
from typing import Protocol

from slack_bolt.error import BoltError
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
from sqlalchemy import Engine

from bot.desk.work import Work
from bot.slack.edge import workspace_named

log = logging.getLogger(__name__)

PATIENCE = 0.5
"""Seconds that a bot which is known already is asked of the database: a person waits."""
STATE_LIVES = 600
"""Seconds that somebody has to allow the installation."""


class Secrets(Protocol):
    """Where one text is kept for each workspace, sealed."""

    def put(self, workspace: str, secret: str) -> None:
        """Keep it; what was kept of the workspace before is replaced."""
        ...

    def of(self, workspace: str) -> str | None:
        """What was kept of a workspace."""
        ...

    def forget(self, workspace: str) -> None:
        """Forget a workspace."""
        ...


class OrganisationWide(BoltError):
    """An installation for a whole organisation, which has no workspace that its data could belong to."""

    def __init__(self) -> None:
        super().__init__("Heartware is installed workspace by workspace: choose one workspace, not the organisation.")


class Installations(AsyncInstallationStore):
    """The bots by organisation and workspace. Only the bot's own tokens are kept: it acts for nobody else."""

    def __init__(self, secrets: Secrets, work: Work) -> None:
        self._secrets = secrets
        self._work = work
        self._known: dict[str, str | None] = {}

    @property
    def logger(self) -> Logger:
        """Where Bolt logs."""
        return log

    async def async_save(self, installation: Installation) -> None:
        """Keep an installation. Raises OrganisationWide."""
        if installation.is_enterprise_install or not installation.team_id:
            raise OrganisationWide
        await self.async_save_bot(installation.to_bot())

    async def async_save_bot(self, bot: Bot) -> None:
        """Keep a bot's tokens, also after Slack rotated them."""
        workspace = workspace_named(bot.enterprise_id, bot.team_id)
        secret = json.dumps(bot.to_dict_for_copying(), default=datetime.isoformat)
        await self._work.call(self._secrets.put, workspace, secret)

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """The bot of a workspace; as it was last known where the database does not answer soon."""
        workspace = workspace_named(enterprise_id, team_id)
        asked = self._work.call(self._secrets.of, workspace)
        try:
            kept = await (asyncio.wait_for(asked, PATIENCE) if self._known.get(workspace) else asked)
        except TimeoutError:
            kept = self._known[workspace]
        self._known[workspace] = kept
        return Bot(**json.loads(kept)) if kept else None

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forget the bot of a workspace."""
        workspace = workspace_named(enterprise_id, team_id)
        await self._work.call(self._secrets.forget, workspace)
        self._known.pop(workspace, None)


def pages() -> AsyncCallbackOptions:
    """What a browser shows at the end of an installation."""

    async def installed(args: AsyncSuccessArgs) -> BoltResponse:
        return await args.default.success(args)

    async def failed(args: AsyncFailureArgs) -> BoltResponse:
        if isinstance(args.error, OrganisationWide):
            args.reason, args.suggested_status_code = str(args.error), 400
        return await args.default.failure(args)

    return AsyncCallbackOptions(success=installed, failure=failed)


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
