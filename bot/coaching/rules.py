"""Rules as data: find(rules, draft) -> hits, with one function per kind of rule.

A rule of kind ``words`` fires on the exact words that its patterns find in a sentence. A rule of kind ``missing``
fires when the situation asks for something (``when_customer``, ``when_draft``) and none of ``needs`` is in the draft.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from pydantic import Field, field_validator, model_validator

from bot.coaching.model import Effect, Language, Level, Value
from bot.coaching.patterns import Searched, compiled, compiling, likely, matches
from bot.coaching.text import Reading, Sentence

_GROUP = re.compile(r"\\g<([^\W\d]\w*)>")

Where = Literal["anywhere", "opening", "closing"]


class Example(Value):
    """A draft, and the customer's message where the rule looks at it."""

    draft: str
    customer: str = ""

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, value: object) -> object:
        return {"draft": value} if isinstance(value, str) else value


class Advice(Value):
    """What is said of words at fault, or of what is missing: of ``knowledge/advice/`` for what the judge finds."""

    id: str
    criterion: str
    principle: str
    severity: Level
    effect: Effect
    weight: int = Field(default=2, ge=1, le=3)
    hold: bool = False
    why: str
    suggestion: str


class Rule(Advice):
    """One rule of ``knowledge/rules/<language>/``."""

    language: Language
    kind: Literal["words", "missing"] = "words"
    find: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    unless_draft: tuple[str, ...] = ()
    when_customer: tuple[str, ...] = ()
    unless_customer: tuple[str, ...] = ()
    when_draft: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    where: Where = "anywhere"
    at_least: int = Field(default=1, ge=1)
    case: bool = False
    span: Literal["match", "sentence"] = "match"
    mend: str | None = None
    mend_formal: str | None = None
    fires: tuple[Example, ...] = Field(min_length=1)
    quiet: tuple[Example, ...] = Field(min_length=1)

    _compiles = field_validator(
        "find", "unless", "unless_draft", "when_customer", "unless_customer", "when_draft", "needs"
    )(compiling)

    @model_validator(mode="after")
    def _whole(self) -> Rule:
        if self.kind == "words" and not self.find:
            raise ValueError("a rule of kind 'words' needs 'find'")
        if self.kind == "missing" and not self.needs:
            raise ValueError("a rule of kind 'missing' needs 'needs'")
        for name in _GROUP.findall(f"{self.mend or ''}{self.mend_formal or ''}"):
            if any(name not in compiled(pattern, case=self.case).groupindex for pattern in self.find):
                raise ValueError(f"'mend' uses the group '{name}', which not every pattern of 'find' has")
        return self


class Hit(NamedTuple):
    """What was found. ``start`` and ``end`` are positions in the draft as given; None for what is missing."""

    rule: Advice
    start: int | None
    end: int | None
    quote: str
    mended: str | None

    def touches(self, start: int, end: int) -> bool:
        """Whether it shares a character with the words at these positions."""
        return self.start is not None and self.end is not None and self.start < end and start < self.end


NOTHING = Reading("")
Seen = dict[tuple[str, str], list[re.Match[str]]]
"""What each rule, by its id, found in a sentence."""


def find(
    rules: Iterable[Rule],
    draft: Reading,
    *,
    customer: Reading = NOTHING,
    formal: bool = False,
    seen: Seen | None = None,
) -> list[Hit]:
    """Every rule that fires on the draft, in the order of the draft, missing things last.

    ``customer`` is the message that the draft answers, where it is known; ``formal`` chooses the polite form of
    address for what a rule proposes. ``seen`` is filled, and spares a mended draft the search of the sentences that
    stayed as they were.
    """
    seen = {} if seen is None else seen
    hits: list[Hit] = []
    for rule in rules:
        # What most rules look for is plainly not there: asked first, since it costs least.
        if rule.kind == "words" and not likely(rule.find, draft.searched, case=rule.case):
            continue
        if not _situation(rule, draft, customer):
            continue
        if rule.kind == "missing":
            hits.extend(_missing(rule, draft))
        else:
            hits.extend(_words(rule, draft, formal=formal, seen=seen))
    return sorted(hits, key=lambda hit: (hit.start is None, hit.start or 0))


def _situation(rule: Rule, draft: Reading, customer: Reading) -> bool:
    if rule.when_customer and not _any_of(rule.when_customer, customer):
        return False
    if rule.unless_customer and _any_of(rule.unless_customer, customer):
        return False
    if rule.when_draft and not _any_of(rule.when_draft, draft):
        return False
    return not (rule.unless_draft and _any_of(rule.unless_draft, draft))


def _any_of(patterns: tuple[str, ...], reading: Reading) -> bool:
    if not likely(patterns, reading.searched):
        return False
    return any(matches(patterns, sentence.searched) for sentence in reading.sentences)


def _missing(rule: Rule, draft: Reading) -> Iterator[Hit]:
    if not _any_of(rule.needs, draft):
        yield Hit(rule, None, None, "", None)


def _words(rule: Rule, draft: Reading, *, formal: bool, seen: Seen) -> Iterator[Hit]:
    found = list(_places(rule, draft, seen))
    if len(found) < rule.at_least:
        return
    for sentence, match in found[rule.at_least - 1 :]:
        start, end = match.span() if rule.span == "match" else (0, len(sentence.text))
        first, last = draft.original(sentence.start + start, sentence.start + end)
        quote = draft.text[first:last]
        yield Hit(rule, first, last, quote, _mended(rule, match, at_start=start == 0, formal=formal))


def _places(rule: Rule, draft: Reading, seen: Seen) -> Iterator[tuple[Sentence, re.Match[str]]]:
    for sentence in _part(rule.where, draft.sentences):
        known = (rule.id, sentence.text)
        if known not in seen:
            seen[known] = _found(rule, sentence.searched)
        for match in seen[known]:
            yield sentence, match


def _found(rule: Rule, sentence: Searched) -> list[re.Match[str]]:
    """What is said of the sentence: the whole of it once, or all words that do not overlap."""
    found: list[re.Match[str]] = []
    for pattern in likely(rule.find, sentence, case=rule.case):
        for match in pattern.finditer(sentence.text):
            apart = all(match.end() <= other.start() or other.end() <= match.start() for other in found)
            if match.end() > match.start() and apart:
                found.append(match)
    # Asked last, since a rule seldom finds anything.
    if found and matches(rule.unless, sentence):
        return []
    return found[:1] if rule.span == "sentence" else found


def _part(where: Where, all_sentences: Sequence[Sentence]) -> Sequence[Sentence]:
    # The greeting line is a sentence too, and so is "User error."
    if where == "opening":
        return all_sentences[:3]
    if where == "closing":
        return all_sentences[-3:]
    return all_sentences


def _mended(rule: Rule, match: re.Match[str], *, at_start: bool, formal: bool) -> str | None:
    template = rule.mend_formal if formal and rule.mend_formal is not None else rule.mend
    if template is None:
        return None
    text = match.expand(template)
    return text[:1].upper() + text[1:] if at_start else text
