"""Who is a lead: those whom HEARTWARE_LEADS lists by their object id. Teams tells a bot of no admins."""

from __future__ import annotations

from bot.desk.model import Person


class Leads:
    """``listed`` are object ids of the directory, in small letters."""

    def __init__(self, listed: tuple[str, ...]) -> None:
        self._listed = frozenset(listed)

    def has(self, person: Person) -> bool:
        """Whether this person leads."""
        return person.id.lower() in self._listed
