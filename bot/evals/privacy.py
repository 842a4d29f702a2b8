"""How much personal data is hidden, and how much is hidden that is none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from bot.coaching.model import Language, Value
from bot.coaching.ports import Finder, Span
from bot.coaching.redact import Mask
from bot.evals.counting import Share, share

WORDED = frozenset({"NAME", "ADDRESS"})
"""Kinds that have no checksum and no format of their own."""
OTHER = "OTHER"
"""Numbers that a company gives a person (customer, policy, member): they count in no share but their own."""


class Labelled(Value):
    """Personal data in a text, as a person marked it."""

    start: int
    end: int
    kind: str


class Text(Value):
    """A message or draft; without spans it holds only look-alikes.

    No tagger was taught with these. What the ``dev`` texts showed, the rules were mended for; ``test`` texts were
    written by authors who saw nothing of the project. Only their totals were looked at, and once these were noted
    (``knowledge/privacy/DATA_CARD.md``) their misses among what has a form.
    """

    id: str
    language: Language
    text: str
    spans: tuple[Labelled, ...]
    split: Literal["dev", "test"]


class Seen(NamedTuple):
    """A text and what of it was hidden."""

    text: Text
    found: Sequence[Span]

    def hidden(self, label: Labelled) -> bool:
        """Whether no letter or digit of the datum would be left to read."""
        return all(
            any(span.start <= at < span.end for span in self.found)
            for at in range(label.start, label.end)
            if self.text.text[at].isalnum()
        )

    def false(self) -> Iterator[bool]:
        """For each place hidden whether there is nothing personal."""
        for found in self.found:
            yield not any(found.start < label.end and label.start < found.end for label in self.text.spans)


def see(texts: Iterable[Text], finder: Finder) -> Iterator[Seen]:
    """Each text with what a mask hides of it, one by one."""
    for text in texts:
        yield Seen(text, Mask(finder, text.language).seen(text.text))


def by_kind(seen: Sequence[Seen]) -> Mapping[str, Mapping[str, Share]]:
    """The share of data hidden in full, by kind and language; then all with a checksum or format, and all others."""
    table: defaultdict[str, defaultdict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for one in seen:
        for label in one.text.spans:
            group = "names and addresses" if label.kind in WORDED else "checksum or format"
            for row in (label.kind,) if label.kind == OTHER else (label.kind, group):
                for column in ("all", one.text.language):
                    table[row][column].append(one.hidden(label))
    rows = sorted(table, key=lambda row: (row.islower(), row))
    return {row: {column: share(hits) for column, hits in table[row].items()} for row in rows}


def false_masks(seen: Sequence[Seen]) -> Mapping[str, Mapping[str, Share]]:
    """Of all that is hidden the share that is no personal data; of the texts with look-alikes only those touched."""
    false: defaultdict[str, list[bool]] = defaultdict(list)
    touched: defaultdict[str, list[bool]] = defaultdict(list)
    for one in seen:
        for column in ("all", one.text.language):
            false[column].extend(one.false())
            if not one.text.spans:
                touched[column].append(bool(one.found))
    return {
        name: {column: share(hits) for column, hits in columns.items()}
        for name, columns in (("false among masks", false), ("look-alike texts touched", touched))
    }
