"""Rules as data: find(rules, draft) -> hits, with one function per kind of rule.

A rule of kind ``words`` fires on the exact words that its patterns find in a sentence. A rule of kind ``missing``
fires when the situation asks for something (``when_customer``, ``when_draft``) and none of ``needs`` is in the draft.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from pydantic import Field, field_validator, model_validator

from bot.coaching.model import Effect, Language, Level, Value
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

    @field_validator("find", "unless", "unless_draft", "when_customer", "unless_customer", "when_draft", "needs")
    @classmethod
    def _compiles(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            try:
                compiled(pattern, case=False)
            except re.error as error:
                raise ValueError(f"the pattern {pattern!r} is not a regular expression ({error})") from error
        return patterns

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


@cache
def compiled(pattern: str, *, case: bool) -> re.Pattern[str]:
    """The pattern, compiled once; small and capital letters are the same unless ``case``."""
    return re.compile(pattern, 0 if case else re.IGNORECASE)


NOTHING = Reading("")


def find(rules: Iterable[Rule], draft: Reading, *, customer: Reading = NOTHING, formal: bool = False) -> list[Hit]:
    """Every rule that fires on the draft, in the order of the draft, missing things last.

    ``customer`` is the message that the draft answers, where it is known; ``formal`` chooses the polite form of
    address for what a rule proposes.
    """
    hits: list[Hit] = []
    for rule in rules:
        if not _situation(rule, draft, customer):
            continue
        if rule.kind == "missing":
            hits.extend(_missing(rule, draft))
        else:
            hits.extend(_words(rule, draft, formal=formal))
    return sorted(hits, key=lambda hit: (hit.start is None, hit.start or 0))


def matches(patterns: Sequence[str], sentence: str) -> bool:
    """Whether any of the patterns is found in the sentence."""
    return any(compiled(pattern, case=False).search(sentence) for pattern in patterns)


def _situation(rule: Rule, draft: Reading, customer: Reading) -> bool:
    if rule.when_customer and not _any_of(rule.when_customer, customer.sentences):
        return False
    if rule.unless_customer and _any_of(rule.unless_customer, customer.sentences):
        return False
    if rule.when_draft and not _any_of(rule.when_draft, draft.sentences):
        return False
    return not (rule.unless_draft and _any_of(rule.unless_draft, draft.sentences))


def _any_of(patterns: Sequence[str], parts: Iterable[Sentence]) -> bool:
    return any(matches(patterns, part.text) for part in parts)


def _missing(rule: Rule, draft: Reading) -> Iterator[Hit]:
    if not _any_of(rule.needs, draft.sentences):
        yield Hit(rule, None, None, "", None)


def _words(rule: Rule, draft: Reading, *, formal: bool) -> Iterator[Hit]:
    found = list(_places(rule, draft))
    if len(found) < rule.at_least:
        return
    for sentence, match in found[rule.at_least - 1 :]:
        start, end = match.span() if rule.span == "match" else (0, len(sentence.text))
        first, last = draft.original(sentence.start + start, sentence.start + end)
        quote = draft.text[first:last]
        yield Hit(rule, first, last, quote, _mended(rule, match, at_start=start == 0, formal=formal))


def _places(rule: Rule, draft: Reading) -> Iterator[tuple[Sentence, re.Match[str]]]:
    for sentence in _part(rule.where, draft.sentences):
        text = sentence.text
        if matches(rule.unless, text):
            continue
        taken: list[tuple[int, int]] = []
        for pattern in rule.find:
            for match in compiled(pattern, case=rule.case).finditer(text):
                if match.end() > match.start() and not any(s < match.end() and match.start() < e for s, e in taken):
                    taken.append(match.span())
                    yield sentence, match
                    if rule.span == "sentence":
                        break
            if taken and rule.span == "sentence":
                break


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
