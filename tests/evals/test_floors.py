"""The judgement of the development drafts does not fall below what was once reached (``heartware eval drafts``)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.build import Parts
from bot.evals.counting import Share
from bot.evals.drafts import Case, by_language, changed_facts, judge

CASES = Path(__file__).parent / "drafts.jsonl"
AT_LEAST = {"bad flagged": 0.74, "words hit": 0.72, "better first": 0.92, "touch where wanted": 0.70}
AT_MOST = {"false alarm": 0.10, "touch where none": 0.08}
Table = Mapping[str, Mapping[str, Share]]


@pytest.fixture(scope="module")
def judged(parts: Parts) -> tuple[Table, list[str]]:
    cases = [Case.model_validate_json(line) for line in CASES.read_text("utf-8").splitlines()]
    reviews = list(judge((case for case in cases if case.split == "test"), parts.coach.review_local))
    return by_language(reviews), changed_facts(reviews, parts.shelf.knowledge.lexicon)


@pytest.mark.parametrize(("measure", "floor"), AT_LEAST.items())
def test_a_share_has_not_fallen(judged: tuple[Table, list[str]], measure: str, floor: float) -> None:
    assert judged[0][measure]["all"].value >= floor


@pytest.mark.parametrize(("measure", "ceiling"), AT_MOST.items())
def test_a_share_has_not_risen(judged: tuple[Table, list[str]], measure: str, ceiling: float) -> None:
    assert judged[0][measure]["all"].value <= ceiling


def test_no_rewrite_changes_a_fact(judged: tuple[Table, list[str]]) -> None:
    assert judged[1] == []
