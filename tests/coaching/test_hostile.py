"""Hostile drafts: tricks, quotations, instructions and pathological text change nothing that a review says.

``tests/evals/hostile.jsonl``, one case a line. ``expect`` is ``findings`` (a clean twin, which has some),
``same-findings-as`` (the same findings as the case ``of``, or more, never fewer), ``flagged:<criterion>``,
``not-flagged``, ``refused`` (one clear sentence) or ``survives`` (a review or one clear sentence).
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.build import Parts
from bot.coaching.errors import BadInput
from bot.coaching.facts import compare, facts
from bot.coaching.model import Draft, Review, Value
from bot.coaching.text import fold, words

SECONDS = 45
"""What the longest text may take on a busy machine."""
FOREIGN = ("evil.example", "{quote}", "{mend}", "\\g<", "NAME_", "PERSON_")


class Case(Value):
    """One row of ``hostile.jsonl``."""

    id: str
    language: str
    kind: str
    customer: str
    draft: str
    expect: str
    of: str | None


def _read() -> dict[str, Case]:
    lines = (Path(__file__).parents[1] / "evals" / "hostile.jsonl").read_text("utf-8").splitlines()
    # json reads a lone surrogate as it is; pydantic's own reader refuses it.
    return {case["id"]: Case.model_construct(**case) for case in map(json.loads, lines)}


CASES: Mapping[str, Case] = _read()


def reviewed(parts: Parts, case: Case) -> Review | str:
    """The review, or the sentence with which the coach declines."""
    draft = Draft.model_construct(text=case.draft, customer=case.customer, language=case.language, id=case.id)
    try:
        return parts.coach.review_local(draft)
    except BadInput as problem:
        return str(problem)


def test_there_are_at_least_a_hundred_in_three_languages() -> None:
    assert len(CASES) >= 100
    assert {case.language for case in CASES.values()} == {"en", "nl", "fi"}


@pytest.mark.parametrize("id", CASES)
def test_a_hostile_draft_is_withstood(parts: Parts, id: str) -> None:
    case = CASES[id]
    begun = time.monotonic()
    said = reviewed(parts, case)
    assert time.monotonic() - begun < SECONDS
    if isinstance(said, str):
        assert case.expect in ("refused", "survives")
        assert words(said)
        assert "\n" not in said
        return
    assert case.expect != "refused"
    expected(parts, case, said)
    nothing_smuggled_in(parts, case, said)


def expected(parts: Parts, case: Case, said: Review) -> None:
    """The findings are those that the case asks for."""
    found = {finding.criterion for finding in said.findings}
    kind, _, criterion = case.expect.partition(":")
    if kind == "findings":
        assert found
    elif kind == "not-flagged":
        assert found == set()
        assert said.verdict == "send"
    elif kind == "flagged":
        assert criterion in found
    elif kind == "same-findings-as":
        assert case.of is not None
        twin = reviewed(parts, CASES[case.of])
        assert isinstance(twin, Review)
        assert found >= {finding.criterion for finding in twin.findings}
        assert said.verdict != "send"


def nothing_smuggled_in(parts: Parts, case: Case, said: Review) -> None:
    """Quotes are the draft's own, a rewrite keeps every fact and adds none, no output says what the draft dictates."""
    draft = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in case.draft)
    for finding in said.findings:
        if finding.quote is not None:
            assert draft[finding.start : finding.end] == finding.quote
    lexicon = parts.shelf.reader("nl" if case.language == "nl" else "fi" if case.language == "fi" else "en").lexicon
    if said.rewrite:
        assert not compare(draft, said.rewrite.text, lexicon)
        assert not facts(said.rewrite.text) - facts(draft)
    quoted = [finding.quote or "" for finding in said.findings] + [strength.quote for strength in said.strengths]
    spoken = [said.headline, said.no_touch_because or "", *said.notes]
    spoken += [part for finding in said.findings for part in (finding.why, finding.suggestion)]
    spoken += [part for strength in said.strengths for part in (strength.why,)]
    spoken += [said.touch.idea, said.touch.why, said.touch.line] if said.touch else []
    for sentence in spoken:
        own = sentence
        for quote in sorted(filter(None, quoted), key=len, reverse=True):
            own = own.replace(" ".join(quote.split()), "")
        assert not any(sign in own for sign in FOREIGN), sentence
        assert not re.search(r"https?:", own)


def test_the_tricks_are_undone_and_not_only_survived() -> None:
    for case in CASES.values():
        if case.kind == "trick" and case.of and "slack" not in case.id:
            clean = words(fold(CASES[case.of].draft).text)
            assert words(fold(case.draft.replace("\ud83d", "\ufffd")).text) == clean, case.id
