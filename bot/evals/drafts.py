"""How well reviews judge the development drafts: what is flagged, on which words, what is left alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from bot.coaching.facts import compare
from bot.coaching.lexicon import Lexicon
from bot.coaching.model import Draft, Language, Review, Value
from bot.evals.counting import Share, share


class Case(Value):
    """One row of ``tests/evals/drafts.jsonl``."""

    id: str
    language: Language
    kind: str
    customer: str
    draft: str
    bad: bool
    words: tuple[str, ...] = ()
    missing: str = ""
    pair: str = ""
    better: bool | None = None
    touch: Literal["wanted", "none", "either"] = "either"
    split: Literal["dev", "test"]


class Judged(NamedTuple):
    """A case and its review."""

    case: Case
    review: Review

    @property
    def flagged(self) -> bool:
        """Whether the coach found anything."""
        return bool(self.review.findings)

    @property
    def hit(self) -> bool:
        """Whether a finding is on the words at fault, or names what is missing."""
        if self.case.missing:
            return any(finding.criterion == self.case.missing for finding in self.review.findings)
        spans = [(f.start, f.end) for f in self.review.findings if f.start is not None and f.end is not None]
        for words in self.case.words:
            at = self.case.draft.find(words)
            if any(start < at + len(words) and at < end for start, end in spans):
                return True
        return False


MEASURES: dict[str, Callable[[Judged], bool | None]] = {
    "bad flagged": lambda j: j.flagged if j.case.bad else None,
    "words hit": lambda j: j.hit if j.case.bad and (j.case.words or j.case.missing) else None,
    "false alarm": lambda j: None if j.case.bad else j.flagged,
    "touch where none": lambda j: j.review.touch is not None if j.case.touch == "none" else None,
    "touch where wanted": lambda j: j.review.touch is not None if j.case.touch == "wanted" else None,
}


def judge(cases: Iterable[Case], review: Callable[[Draft], Review]) -> Iterator[Judged]:
    """Each case with its review, one by one."""
    for case in cases:
        draft = Draft(text=case.draft, customer=case.customer, language=case.language, id=case.id)
        yield Judged(case, review(draft))


def by_language(judged: Sequence[Judged]) -> dict[str, dict[str, Share]]:
    """Each measure's share for all rows ("all") and each language; "better first" counts pairs."""
    groups: dict[str, list[Judged]] = {"all": list(judged)}
    for one in judged:
        groups.setdefault(one.case.language, []).append(one)
    table: dict[str, dict[str, Share]] = {}
    for name, measure in MEASURES.items():
        counted = {group: [measure(j) for j in members] for group, members in groups.items()}
        table[name] = {group: share([v for v in values if v is not None]) for group, values in counted.items()}
    table["better first"] = {group: share(list(_pairs(members))) for group, members in groups.items()}
    return table


def _pairs(judged: Sequence[Judged]) -> Iterator[bool]:
    pairs: defaultdict[str, dict[bool, float]] = defaultdict(dict)
    for one in judged:
        if one.case.pair and one.case.better is not None:
            pairs[one.case.pair][one.case.better] = one.review.scores.overall
    for scores in pairs.values():
        if len(scores) == 2:
            yield scores[True] > scores[False]


def by_kind(judged: Sequence[Judged]) -> dict[str, dict[str, Share]]:
    """For each kind of fault the share hit, for all rows and each language."""
    table: defaultdict[str, defaultdict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for one in judged:
        if one.case.bad and (one.case.words or one.case.missing):
            for group in ("all", one.case.language):
                table[one.case.kind][group].append(one.hit)
    return {kind: {group: share(hits) for group, hits in groups.items()} for kind, groups in sorted(table.items())}


def changed_facts(judged: Iterable[Judged], lexicon: Callable[[Language], Lexicon]) -> list[str]:
    """The ids of the cases whose rewrite added or lost a fact. Must be empty."""
    return [
        one.case.id
        for one in judged
        if one.review.rewrite and compare(one.case.draft, one.review.rewrite.text, lexicon(one.case.language))
    ]
