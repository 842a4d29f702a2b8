"""The Finder of the core's port: every kind of personal data, each by the room's own subject."""

from __future__ import annotations

from pathlib import Path

from bot.coaching.ports import Span
from bot.privacy import addresses, documents, numbers, online, phones
from bot.privacy.name_lists import read_name_lists
from bot.privacy.names import Names


class PersonalData:
    """Finds personal data in English, Dutch and Finnish texts.

    ``folder`` holds the lists of names; ``orders`` counts order numbers as personal. Raises BadKnowledge where a list
    cannot be read.
    """

    def __init__(self, folder: Path, *, orders: bool = False) -> None:
        self._names = Names(read_name_lists(folder))
        self._orders = orders

    def find(self, text: str, language: str = "") -> list[Span]:
        """The spans found; they may overlap. ``language`` weighs doubtful finds; empty: as if in any language."""
        found = [
            *online.find(text, language),
            *numbers.find(text, language),
            *phones.find(text, language),
            *documents.find(text, language),
            *addresses.find(text, language),
            *self._names.find(text, language),
        ]
        return [*found, *documents.find_orders(text)] if self._orders else found
