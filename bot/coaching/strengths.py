"""Words of the draft that already do the customer good, so that a review is not only fault-finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import Field, field_validator

from bot.coaching.model import Finding, Language, Principle, Strength, Value
from bot.coaching.patterns import compiling, likely, matches
from bot.coaching.rules import Example
from bot.coaching.text import Reading
from bot.coaching.touch import cite


class Praise(Value):
    """What to praise, from ``knowledge/strengths/<language>.yaml``."""

    id: str
    language: Language
    principle: str
    find: tuple[str, ...] = Field(min_length=1)
    unless: tuple[str, ...] = ()
    why: str
    fires: tuple[Example, ...] = Field(min_length=1)
    quiet: tuple[Example, ...] = Field(min_length=1)

    _compiles = field_validator("find", "unless")(compiling)

    def quote(self, reading: Reading) -> tuple[int, int] | None:
        """Where the praiseworthy words stand in the draft as given; None where there are none."""
        for sentence in reading.sentences:
            for pattern in likely(self.find, sentence.searched):
                match = pattern.search(sentence.text)
                if match and match.end() > match.start() and not matches(self.unless, sentence.searched):
                    return reading.original(sentence.start + match.start(), sentence.start + match.end())
        return None


def strengths(
    praise: Sequence[Praise], reading: Reading, principles: Mapping[str, Principle], *, taken: Sequence[Finding]
) -> tuple[Strength, ...]:
    """What to praise, in the order of the file, one a principle, never on words that a finding speaks of."""
    found: dict[str, Strength] = {}
    for entry in praise:
        span = entry.quote(reading)
        if span is None or entry.principle in found:
            continue
        start, end = span
        if any(f.start is not None and f.end is not None and f.start < end and start < f.end for f in taken):
            continue
        quote = reading.text[start:end]
        why = entry.why.replace("{quote}", " ".join(quote.split()))
        found[entry.principle] = Strength(quote=quote, why=why, principle=cite(principles[entry.principle]))
    return tuple(found.values())
