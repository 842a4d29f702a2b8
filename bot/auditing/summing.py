"""The figures of an audit: by criterion, by principle, by language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.auditing.model import Audited


@dataclass
class Summary:
    """Counts over the texts, each once. ``levels`` counts texts by their gravest finding, in any language."""

    texts: int = 0
    repeated: int = 0
    unread: dict[str, int] = field(default_factory=dict)
    levels: Counter[str] = field(default_factory=Counter)
    criteria: Counter[str] = field(default_factory=Counter)
    principles: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    at_fault: Counter[str] = field(default_factory=Counter)
    """Texts with a finding, by language."""

    def count(self, found: Audited) -> None:
        """Count one text."""
        self.texts += 1
        self.levels[found.level or "good"] += 1
        self.languages[found.language] += 1
        self.at_fault[found.language] += bool(found.faults)
        self.criteria.update({fault.criterion for fault in found.faults})
        self.principles.update({fault.principle for fault in found.faults})


def summed(found: Iterable[Audited], *, repeated: int, unread: Iterable[tuple[str, int]]) -> Summary:
    """The figures of what was found."""
    summary = Summary(repeated=repeated, unread=dict(unread))
    for one in found:
        summary.count(one)
    return summary
