"""The bot's sentences as Teams takes them: commands without a stroke, Markdown, and what only Teams says so."""

from __future__ import annotations

import re
from functools import cache

from bot.coaching.model import LANGUAGES
from bot.coaching.ports import Shelf
from bot.coaching.wording import Wording

OWN = "teams."


class Words:
    """The sentences by language. ``teams.home.language-auto`` takes the place of ``home.language-auto``, and so on."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self.of = cache(self._of)

    def _of(self, language: str) -> Wording:
        general = self._shelf.wording(language)
        own = {name.removeprefix(OWN): said for name, said in general.sentences.items() if name.startswith(OWN)}
        said = {name: own.get(name) or in_teams(text) for name, text in general.sentences.items()}
        return general.model_copy(update={"sentences": said})

    def every(self) -> list[Wording]:
        """The sentences in all languages, for what people may type."""
        return [self.of(language) for language in LANGUAGES]


def in_teams(text: str) -> str:
    """A sentence that is written for Slack too, where commands begin with a stroke, and Markdown is another."""
    text = re.sub(r"`/(?:coach )?", "`", text)
    text = re.sub(r"(?m)^\*([^*\n]+)\*$", r"\n**\1**\n", text).removeprefix("\n")
    return re.sub(r"(?m)^• ", "- ", text)
