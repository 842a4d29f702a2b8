"""A daily prompt in a language model's words: believed only where code sees nothing in it that was not given."""

from __future__ import annotations

import re
from collections.abc import Callable

from pydantic import BaseModel, ConfigDict

from bot.coaching.facts import Fact, facts
from bot.coaching.lexicon import Lexicon
from bot.coaching.rituals import DailyPrompt
from bot.coaching.text import sentences

LONGEST = 320
SHORTEST = 20
MOST_SENTENCES = 3
HARMLESS = frozenset({"date", "amount"})
"""Days and small numbers in words: ``today``, ``one customer``."""
_MARKS = re.compile(r"[\[\]{}<>*_`#|\n]|\d")


class DailyText(BaseModel):
    """The one structured answer that is asked of the model."""

    model_config = ConfigDict(extra="forbid")

    text: str


def fits(text: str, prompt: DailyPrompt, lexicon: Lexicon | None, identify: Callable[[str], str]) -> bool:
    """Whether the text may be posted for this prompt of the catalogue, whose value and source it then carries.

    In its language; one to three sentences; no number, name, link, amount, quotation or promise, and so no source,
    that the prompt does not have; no formatting, and no place left to fill in.
    """
    if not SHORTEST <= len(text) <= LONGEST or len(list(sentences(text))) > MOST_SENTENCES or _MARKS.search(text):
        return False
    return identify(text) == prompt.language and not _stated(text, lexicon) - _stated(prompt.text, lexicon)


def _stated(text: str, lexicon: Lexicon | None) -> set[Fact]:
    return {fact for fact in facts(text, lexicon) if fact.kind not in HARMLESS}
