"""The words of an audit: a text of a file, what was found in it, and what became of the whole."""

from __future__ import annotations

from typing import Literal, NamedTuple

from bot.coaching.model import Level, Value

Kind = Literal["reply", "help"]
"""A reply answers a customer's message; a help text, an article or an error message answers none."""
Unread = Literal["no-text", "too-long"]
"""Why a row could not be reviewed."""


class Entry(NamedTuple):
    """A row of the file: ``line`` is where it begins."""

    line: int
    id: str
    text: str
    customer: str = ""
    language: str = ""
    kind: Kind = "reply"


class Fault(Value):
    """A finding in a text: the rule, the text's own words (empty: something is missing), and what to do instead."""

    rule: str
    criterion: str
    severity: Level
    effect: str
    hold: bool
    words: str
    why: str
    suggestion: str
    principle: str
    title: str
    source: str


class Audited(Value):
    """What was found in a text; ``repeats`` are the ids of rows that say the same, a few of ``repeated``."""

    line: int
    id: str
    language: str
    faults: tuple[Fault, ...]
    overall: float
    rewrite: str = ""
    repeats: tuple[str, ...] = ()
    repeated: int = 0

    @property
    def weight(self) -> int:
        """How bad it is, for the ranking: what must not go out first, then what destroys, then what is missing."""
        return sum(_weight(fault) for fault in self.faults)

    @property
    def level(self) -> Literal["hold", "must", "may", ""]:
        """The gravest of its findings."""
        if any(fault.hold for fault in self.faults):
            return "hold"
        if any(fault.severity == "must" for fault in self.faults):
            return "must"
        return "may" if self.faults else ""


def _weight(fault: Fault) -> int:
    if fault.hold:
        return 1000
    if fault.severity == "may":
        return 1
    return 100 if fault.effect == "destroys" else 30
