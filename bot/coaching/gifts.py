"""What is known of gifts: what goes down well, what to be careful with, what to avoid (rows S4-05…S4-24)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from bot.coaching.model import Language, Source, Value

Verdict = Literal["prefer", "careful", "avoid", "always"]
"""always: goes along with what is given, such as the note with a card."""


class GiftAdvice(Value):
    """One piece of advice. ``words`` are beginnings of words that name such a gift. ``line`` is a text to use."""

    id: str
    language: Language
    verdict: Verdict
    words: tuple[str, ...] = ()
    advice: str
    line: str = ""
    source: Source
    rows: tuple[str, ...]


def advice_on(what: str, known: Iterable[GiftAdvice]) -> list[GiftAdvice]:
    """The advice on what somebody is about to give: warnings first."""
    found = [
        one
        for one in known
        if one.words and re.search(rf"\b(?:{'|'.join(map(re.escape, one.words))})", what, re.IGNORECASE)
    ]
    return sorted(found, key=lambda one: ("avoid", "careful", "prefer", "always").index(one.verdict))
