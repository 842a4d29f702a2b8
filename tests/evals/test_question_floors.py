"""The answers to questions do not fall below what was once reached (``heartware eval questions --split test``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from bot.build import Parts
from bot.evals.counting import Share
from bot.evals.questions import Answered, Asked, answered, by_language, median_took

CASES = Path(__file__).parent / "questions.jsonl"
AT_LEAST = {
    "right answer": 0.82,
    "– same language as the source": 0.85,
    "– across languages": 0.78,
    "right source cited": 0.92,
    "unknown, and not answered": 0.88,
    "hostile, and not answered": 1.0,
}
Table = Mapping[str, Mapping[str, Share]]


@pytest.fixture(scope="module")
def given(parts: Parts) -> Sequence[Answered]:
    cases = [Asked.model_validate_json(line) for line in CASES.read_text("utf-8").splitlines()]
    parts.coach.answer("Warm up?", "en")
    test = (case for case in cases if case.split == "test")
    return list(answered(test, lambda case: parts.coach.answer(case.question, before=case.before)))


@pytest.mark.parametrize(("measure", "floor"), AT_LEAST.items())
def test_a_share_has_not_fallen(given: Sequence[Answered], measure: str, floor: float) -> None:
    assert by_language(given)[measure]["all"].value >= floor


def test_no_honest_question_is_refused(given: Sequence[Answered]) -> None:
    assert [one.asked.id for one in given if one.refused and one.asked.kind == "known"] == []


def test_a_warm_answer_is_quick(given: Sequence[Answered]) -> None:
    # The target is 200 ms on a machine of its own; tests share theirs.
    assert median_took(given) < 400
