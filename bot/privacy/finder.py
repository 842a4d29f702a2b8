"""The Finder of the core's port: every kind of personal data, each by the room's own subject."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.coaching.errors import LibraryUnavailable
from bot.coaching.ports import Span
from bot.privacy import addresses, codes, documents, numbers, online, phones, plates, secrets
from bot.privacy.learned import agreed
from bot.privacy.name_lists import read_name_lists
from bot.privacy.names import Names
from bot.privacy.tagger import Tagger


class PersonalData:
    """Finds personal data in English, Dutch and Finnish texts.

    ``folder`` holds the lists of names; ``orders`` counts order numbers as personal. Names and addresses are found by
    rules alone without a ``tagger``. Raises BadKnowledge where a list cannot be read.
    """

    def __init__(self, folder: Path, *, orders: bool = False, tagger: Tagger | None = None) -> None:
        self._names = Names(read_name_lists(folder))
        self._orders = orders
        self._tagger = tagger

    def find(self, text: str, language: str = "") -> list[Span]:
        """The spans found; they may overlap. ``language`` weighs doubtful finds; empty: as if in any language."""
        worded = [*addresses.find(text, language), *self._names.find(text, language)]
        found = [
            *online.find(text, language),
            *secrets.find(text, language),
            *codes.find(text, language),
            *numbers.find(text, language),
            *phones.find(text, language),
            *documents.find(text, language),
            *plates.find(text, language),
            *self._agreed(worded, text),
        ]
        return [*found, *documents.find_orders(text)] if self._orders else found

    def _agreed(self, worded: Sequence[Span], text: str) -> Iterable[Span]:
        """The names and addresses of the rules and the tagger; of the rules alone on a machine without the encoder."""
        try:
            return agreed(worded, self._tagger.tag(text), text) if self._tagger else worded
        except LibraryUnavailable:
            return worded
