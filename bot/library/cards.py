"""Which passages are the same card in different languages."""

from __future__ import annotations

from collections import defaultdict


class Cards:
    """Passage ids by card and language."""

    def __init__(self) -> None:
        self._places: dict[str, tuple[str, str]] = {}
        self._ids: defaultdict[str, dict[str, str]] = defaultdict(dict)

    def add(self, id: str, card: str, language: str) -> None:
        """Note a passage; one without a card is noted as belonging to none."""
        self.remove(id)
        if card:
            self._places[id] = (card, language)
            self._ids[card][language] = id

    def remove(self, id: str) -> None:
        """Forget a passage; an unknown id is ignored."""
        if id in self._places:
            card, language = self._places.pop(id)
            self._ids[card].pop(language, None)

    def in_language(self, id: str, language: str) -> str:
        """The id of the same card in that language, or ``id`` itself where there is none."""
        card, _ = self._places.get(id, ("", ""))
        return self._ids[card].get(language, id) if card else id
