"""The Shelf port over the shipped files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from bot.coaching.asking import Questions
from bot.coaching.model import LANGUAGES, Care, CatalogueTouch, Language
from bot.coaching.review import Reader
from bot.coaching.situation import Sign
from bot.coaching.wording import Wording
from bot.content.knowledge import Knowledge, passage_of_touch
from bot.content.wording import read_wording


class FileShelf:
    """Knowledge and wording from their folders; each language is read when it is first asked for."""

    def __init__(self, knowledge: Knowledge, wording: Path) -> None:
        self.knowledge = knowledge
        self._folder = wording
        self.reader = cache(self._reader)
        self.wording = cache(self._wording)
        self.touch_passages = cache(self._touch_passages)

    def _reader(self, language: Language) -> Reader:
        return Reader(
            rules=self.knowledge.rules(language),
            advice=self.knowledge.advice(language),
            praise=self.knowledge.praise(language),
            principles=self.knowledge.principles(language),
            lexicon=self.knowledge.lexicon(language),
            wording=self.wording(language),
        )

    def _wording(self, language: str) -> Wording:
        known = language if language in LANGUAGES else "en"
        return read_wording(self._folder / f"{known}.toml")

    def signs(self, language: Language) -> Sequence[Sign]:
        """The signs of situations in a language."""
        return self.knowledge.signs(language)

    def catalogue(self, language: Language) -> Mapping[str, CatalogueTouch]:
        """The touches in a language, by id."""
        return self.knowledge.touches(language)

    def questions(self, language: Language) -> Questions:
        """How questions are read in a language."""
        return self.knowledge.questions(language)

    def names(self, language: Language) -> frozenset[str]:
        """The names that the knowledge holds in a language, in small letters."""
        return self.knowledge.names(language)

    def care(self) -> Mapping[str, Care]:
        """Who keeps each card of the knowledge true, by ``Passage.card``."""
        return self.knowledge.care

    def _touch_passages(self, language: Language) -> Mapping[str, str]:
        return {touch.id: passage_of_touch(touch).text for touch in self.knowledge.touches(language).values()}
