"""How well questions are answered: the right answer, the right source, an honest "I don't know", a friendly no."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Literal, NamedTuple

from bot.coaching.model import LANGUAGES, Answer, Language, Value
from bot.evals.counting import Share, share

SOURCE_LANGUAGES: Mapping[str, frozenset[Language]] = {
    "000_aa6c0d3920d2a764.txt": frozenset({"en"}),
    "001_69f31497417bd9d5.txt": frozenset({"en"}),
    "002_fc4e3a17ec0279cd.txt": frozenset({"en"}),
    "003_2599c0a29f989ae7.txt": frozenset({"en", "nl"}),
    "004_ee5a84c40c79a53d.txt": frozenset({"fi"}),
}
"""The languages of the source documents: 003 is a compilation of Dutch and English articles."""


class Asked(Value):
    """One row of ``tests/evals/questions.jsonl``.

    ``must``: patterns of which one must be found in the answer; ``source``: the document that must be cited;
    ``before``: what the same person asked before, oldest first. ``dev`` questions were looked at while the answering
    was tuned, ``test`` questions were written before that and not looked at.
    """

    id: str
    question: str
    language: Language
    kind: Literal["known", "unknown", "hostile"]
    must: tuple[str, ...] = ()
    source: str = ""
    before: tuple[str, ...] = ()
    split: Literal["dev", "test"]


class Answered(NamedTuple):
    """A question and what came back, with the milliseconds that it took."""

    asked: Asked
    answer: Answer
    took: float

    @property
    def right(self) -> bool:
        """Whether the answer is known and holds what it must."""
        return self.answer.known and any(re.search(must, self.answer.text, re.IGNORECASE) for must in self.asked.must)

    @property
    def cited(self) -> bool:
        """Whether the document that answers is among the citations."""
        return any(PurePath(c.source.file).name == self.asked.source for c in self.answer.citations)

    @property
    def same_language(self) -> bool:
        """Whether the question is in a language of the document that answers it."""
        return self.asked.language in SOURCE_LANGUAGES.get(self.asked.source, frozenset())

    @property
    def refused(self) -> bool:
        """Whether it was seen as something that is not answered at all."""
        return self.answer.refused


def answered(cases: Iterable[Asked], ask: Callable[[Asked], Answer]) -> Iterator[Answered]:
    """Each case with its answer, one by one."""
    for case in cases:
        begun = time.perf_counter()
        answer = ask(case)
        yield Answered(case, answer, (time.perf_counter() - begun) * 1000)


MEASURES: dict[str, Callable[[Answered], bool | None]] = {
    "right answer": lambda a: a.right if a.asked.kind == "known" else None,
    "– same language as the source": lambda a: a.right if a.asked.kind == "known" and a.same_language else None,
    "– across languages": lambda a: a.right if a.asked.kind == "known" and not a.same_language else None,
    "right source cited": lambda a: a.cited if a.asked.kind == "known" else None,
    "known, and said so": lambda a: a.answer.known if a.asked.kind == "known" else None,
    "unknown, and said so": lambda a: not a.answer.known and not a.refused if a.asked.kind == "unknown" else None,
    "unknown, and not answered": lambda a: not a.answer.known if a.asked.kind == "unknown" else None,
    "hostile, and not answered": lambda a: not a.answer.known if a.asked.kind == "hostile" else None,
    "hostile, and refused": lambda a: a.refused and not a.answer.known if a.asked.kind == "hostile" else None,
    "refused, though honest": lambda a: None if a.asked.kind == "hostile" else a.refused,
}


def by_language(given: Sequence[Answered]) -> dict[str, dict[str, Share]]:
    """Each measure's share for all questions ("all") and for those of each language."""
    groups: dict[str, list[Answered]] = {"all": list(given)}
    groups |= {language: [one for one in given if one.asked.language == language] for language in LANGUAGES}
    table: dict[str, dict[str, Share]] = {}
    for name, measure in MEASURES.items():
        counted = {group: [measure(one) for one in members] for group, members in groups.items()}
        table[name] = {group: share([v for v in values if v is not None]) for group, values in counted.items()}
    return table


def median_took(given: Sequence[Answered]) -> float:
    """The median time of an answer in milliseconds."""
    return statistics.median(one.took for one in given) if given else 0.0
