"""A rule tried on past examples before it goes live: what it would have flagged, and how many good replies of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bot.coaching.patterns import Searched, matches
from bot.coaching.rules import Rule, find
from bot.coaching.text import Reading

SAMPLES = 3
"""Examples shown of each kind."""
TOO_MANY = 0.02
"""A rule that alarms more of the good replies than this will tire its readers."""


class Past(NamedTuple):
    """A text of the past; ``good`` is None where nobody said whether it was."""

    text: str
    good: bool | None = None


class Count(NamedTuple):
    """How many of so many texts a rule flags, and the sentences of some."""

    flagged: int
    of: int
    samples: tuple[str, ...]


class Trial(NamedTuple):
    """What a rule would have done."""

    good: Count
    bad: Count
    unknown: Count

    @property
    def tiring(self) -> bool:
        """Whether it alarms more good replies than people bear."""
        return self.good.flagged > TOO_MANY * self.good.of


def tried(rule: Rule, past: Iterable[Past]) -> Trial:
    """What a rule finds in texts of the past."""
    counts: dict[bool | None, tuple[int, int, tuple[str, ...]]] = {}
    for one in past:
        flagged, of, samples = counts.get(one.good, (0, 0, ()))
        # What the plain words do not show, reading closely will not find either, and takes a hundred times as long.
        reading = Reading(one.text if matches(rule.find, Searched(one.text.replace("’", "'"))) else "")
        hits = find([rule], reading)
        if hits and len(samples) < SAMPLES:
            at = hits[0].start or 0
            sentence = next((s for s in reading.sentences if reading.original(s.start, s.end)[1] > at), None)
            if sentence and sentence.text not in samples:
                samples = (*samples, sentence.text)
        counts[one.good] = (flagged + bool(hits), of + 1, samples)
    return Trial(*(Count(*counts.get(good, (0, 0, ()))) for good in (True, False, None)))
