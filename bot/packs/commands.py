"""What somebody asks for in words: to propose something, to see the rules, to choose for one of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from bot.coaching.wording import Wording
from bot.packs.model import CHOICES, Choice

What = Literal["choose", "rule", "touch"]


class Rules(NamedTuple):
    """Show the rules: those that were changed, or ``every``."""

    every: bool = False


class Choose(NamedTuple):
    """Choose for a rule; ``choice`` is None for as it was shipped, ``here``: for this channel alone."""

    rule: str
    choice: Choice | None
    here: bool


class Unclear(NamedTuple):
    """A rule is named, and no choice that there is."""


Command = Rules | Choose | Unclear


def read_propose(text: str, wordings: Iterable[Wording]) -> What | None:
    """What is to be proposed, where that is all there is: a draft may well begin with these words."""
    said = " ".join(text.lower().split())
    for wording in wordings:
        for name, what in (("propose", "choose"), ("propose-rule", "rule"), ("propose-touch", "touch")):
            if said in _phrases(wording, name):
                return what  # type: ignore[return-value]  # one of the three
    return None


def read_rules(text: str, wordings: Iterable[Wording]) -> Command | None:
    """The command, where the text begins with the word for rules in any of the languages."""
    first, *rest = text.lower().split() or [""]
    for wording in wordings:
        if first in _phrases(wording, "rules"):
            return _read(rest, list(wordings))
    return None


def _read(rest: list[str], wordings: list[Wording]) -> Command:
    def means(word: str, name: str) -> bool:
        return any(word in _phrases(wording, name) for wording in wordings)

    if not rest:
        return Rules()
    if len(rest) == 1 and means(rest[0], "all"):
        return Rules(every=True)
    here = means(rest[-1], "here")
    rule, *words = rest[:-1] if here else rest
    if len(words) == 1:
        if means(words[0], "default"):
            return Choose(rule, None, here)
        for choice in CHOICES:
            if means(words[0], choice):
                return Choose(rule, choice, here)
    return Unclear()


def _phrases(wording: Wording, name: str) -> list[str]:
    return [phrase.strip() for phrase in wording.say(f"packs.command.{name}").split("|")]
