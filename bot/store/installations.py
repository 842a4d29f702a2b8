"""What lets the bot into the workspaces that installed it: one sealed text each."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Engine, and_, delete, select

from bot.desk.errors import Erased
from bot.store.database import put
from bot.store.seal import Seal
from bot.store.tables import installations


class SqlInstallations:
    """The table ``installations``, as far as it is of one platform."""

    def __init__(self, engine: Engine, seal: Seal, platform: str) -> None:
        self._engine = engine
        self._seal = seal
        self._platform = platform

    def put(self, workspace: str, secret: str) -> None:
        """Keep it; what was kept of the workspace before is replaced."""
        row = {"platform": self._platform, "workspace": workspace, "sealed": self._seal.close(secret)}
        with self._engine.begin() as connection:
            put(connection, installations, row, replace=("sealed",))

    def of(self, workspace: str) -> str | None:
        """What was kept of a workspace; None too where it was sealed with another key."""
        with self._engine.connect() as connection:
            sealed = connection.execute(select(installations.c.sealed).where(self._is(workspace))).scalar()
        try:
            return self._seal.open(sealed) if sealed else None
        except Erased:
            return None

    def forget(self, workspace: str) -> None:
        """Forget a workspace."""
        with self._engine.begin() as connection:
            connection.execute(delete(installations).where(self._is(workspace)))

    def _is(self, workspace: str) -> ColumnElement[bool]:
        return and_(installations.c.platform == self._platform, installations.c.workspace == workspace)
