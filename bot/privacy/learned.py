"""Rules and tagger together: what the one finds and the other does not believe, and what neither would find alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.coaching.ports import Span
from bot.coaching.redact import NAME
from bot.privacy.tagger import Tagged

ADDRESS = "ADDRESS"
SURE = 0.95
"""From here on a word is believed to belong to a name or an address although no rule finds it."""
LIKELY = 0.15
"""The same for a word beside one that is believed."""
DOUBTFUL = 0.3
"""What a rule finds is left alone where none of its words is as likely as this. All three were chosen on the ``dev``
texts of ``tests/evals/privacy.jsonl``, which no tagger was taught with."""

_GAP = {NAME: re.compile(r"(?:(?<=\b\w)\.|(?<=\b\w\w)\.)?[ \t\u00a0]*"), ADDRESS: re.compile(r"[\s.,;/|()-]*")}
"""What may stand between two words of one span: after an initial a full stop, within an address more."""
_GENITIVES = ("'s", "’s")


def agreed(found: Iterable[Span], words: Sequence[Tagged], text: str) -> Iterator[Span]:
    """The names and addresses that rules found and the tagger does not doubt, and those that it is sure of itself."""
    for span in found:
        on = [word.chances[span.kind] for word in words if word.start < span.end and span.start < word.end]
        if not on or max(on) >= DOUBTFUL:
            yield span
    for kind in _GAP:
        yield from _sure(words, text, kind)


def _sure(words: Sequence[Tagged], text: str, kind: str) -> Iterator[Span]:
    """Runs of likely words of which one at least is sure."""
    run: list[Tagged] = []
    for word in words:
        likely = word.chances[kind] >= LIKELY
        if run and not (likely and _GAP[kind].fullmatch(text, _end(text, run[-1]), _start(text, word))):
            yield from _span(run, text, kind)
            run = []
        if likely:
            run.append(word)
    yield from _span(run, text, kind)


def _span(run: Sequence[Tagged], text: str, kind: str) -> Iterator[Span]:
    if run and max(word.chances[kind] for word in run) >= SURE:
        start, end = _start(text, run[0]), _end(text, run[-1])
        if start < end:
            yield Span(start, end, kind)


def _start(text: str, word: Tagged) -> int:
    """Where a word begins without what stands before its letters."""
    start = word.start
    while start < word.end and not text[start].isalnum():
        start += 1
    return start


def _end(text: str, word: Tagged) -> int:
    """Where a word ends without what stands behind its letters, and without a genitive."""
    end = word.end
    while end > word.start and not text[end - 1].isalnum():
        end -= 1
    return end - 2 if text[word.start : end].endswith(_GENITIVES) else end
