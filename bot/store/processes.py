"""Which processes share the database and are alive, so that the work of one that died is taken over."""

from __future__ import annotations

from sqlalchemy import Engine, delete, select, update

from bot.store.database import put
from bot.store.tables import processes

MISSED = 4
"""Beats that a process misses before it counts as dead."""


class Processes:
    """The table ``processes`` as one of them sees it.

    A process counts its row up once a beat. Who sees a row unchanged for some beats of its own takes it for dead, so
    that no two clocks are compared. A process that only stalled writes its row again.
    """

    def __init__(self, engine: Engine, own: str) -> None:
        self.own = own
        self._engine = engine
        self._seen: dict[str, tuple[int, int]] = {}

    def beat(self) -> list[str]:
        """Say that this process lives; the processes that do not."""
        with self._engine.begin() as connection:
            counted = update(processes).where(processes.c.id == self.own).values(beats=processes.c.beats + 1)
            if not connection.execute(counted).rowcount:
                put(connection, processes, {"id": self.own, "beats": 0})
            others = {row.id: row.beats for row in connection.execute(select(processes)) if row.id != self.own}
        self._seen = {id: (beats, self._missed(id, beats)) for id, beats in others.items()}
        return [id for id, (_, missed) in self._seen.items() if missed >= MISSED]

    def _missed(self, id: str, beats: int) -> int:
        before, missed = self._seen.get(id, (-1, 0))
        return missed + 1 if beats == before else 0

    def bury(self, id: str) -> None:
        """Forget a dead process, once what it left is taken over."""
        self._seen.pop(id, None)
        with self._engine.begin() as connection:
            connection.execute(delete(processes).where(processes.c.id == id))
