"""What the path needs from outside, and what it needs of an edge, as protocols."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.desk.model import Person
from bot.rituals.path.model import Note, Sending, Told, Turn, Walk


class Walks(Protocol):
    """Where it is kept who walks the path. Shared by all processes."""

    def save(self, turn: Turn) -> None:
        """Keep how somebody's path stands, in the place of what was kept before."""
        ...

    def get(self, person: Person) -> Turn | None:
        """Somebody's path."""
        ...

    def due(self, now: datetime, most: int) -> list[Turn]:
        """Paths whose next step has come, the oldest first."""
        ...

    def claim(self, turn: Turn, then: datetime | None, now: datetime, *, give: bool) -> bool:
        """Move a path on to ``then`` and, where a step is to be given, count it and note that it is on its way.

        False, and nothing, where another process did it already.
        """
        ...

    def mark(self, person: Person, sending: Sending, now: datetime) -> None:
        """Note what becomes of the last step."""
        ...

    def take_over(self, before: datetime, now: datetime) -> list[Turn]:
        """Paths whose step was begun before then and not ended, each given to one process alone."""
        ...

    def write(self, person: Person, note: Note) -> None:
        """Keep a note, sealed, in the place of the one of that week."""
        ...

    def notes(self, person: Person) -> list[Note]:
        """Somebody's notes by round and week, the last word last."""
        ...


class Guidepost(Protocol):
    """How an edge speaks to somebody in private. Called in worker threads.

    Raises Refused and Postponed where nothing was sent for certain, Unsure where nobody knows.
    """

    def step(self, walk: Walk, told: Told) -> None:
        """Show a step."""
        ...

    def tell(self, person: Person, sentence: str, **values: object) -> None:
        """Say a sentence of the wording in the person's language. A value ``who`` is a user id of that platform."""
        ...
