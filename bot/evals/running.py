"""The measurements of ``heartware eval``: read the cases, run the coach, make the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from bot.build import Parts
from bot.coaching.errors import BadInput
from bot.coaching.model import LANGUAGES, Found, Value
from bot.evals.counting import Share
from bot.evals.drafts import Case, by_kind, by_language, changed_facts, judge
from bot.evals.privacy import Text, false_masks, see
from bot.evals.privacy import by_kind as hidden_by_kind
from bot.evals.questions import Asked, answered, median_took
from bot.evals.questions import by_language as by_answer
from bot.evals.search import Question, recall

CASES = Path(__file__).resolve().parents[2] / "tests" / "evals"
Rows = list[dict[str, object]]
Told = Callable[[int, int], None]
V = TypeVar("V", bound=Value)


def drafts(parts: Parts, path: Path | None, split: str, told: Told) -> dict[str, Rows]:
    """The judgement of drafts, by language and by kind."""
    cases = [case for case in _read(Case, path or CASES / "drafts.jsonl") if split in ("all", case.split)]
    judged = []
    for one in judge(cases, parts.coach.review_local):
        judged.append(one)
        told(len(judged), len(cases))
    changed = changed_facts(judged, parts.shelf.knowledge.lexicon)
    groups = ("all", *LANGUAGES)
    return {
        f"Drafts ({len(cases)} cases, {split})": [
            *_rows("measure", by_language(judged), groups),
            {"measure": "facts changed by a rewrite", "all": len(changed), **dict.fromkeys(LANGUAGES, "")},
        ],
        "The words at fault hit, by kind": _rows("kind", by_kind(judged), groups, short=True),
    }


def search(parts: Parts, path: Path | None, split: str, told: Told) -> dict[str, Rows]:
    """Recall for each pair of query language and source language."""
    questions = [q for q in _read(Question, path or CASES / "search.jsonl") if split in ("all", q.split)]
    asked = 0

    def find(query: str, k: int) -> Sequence[Found]:
        nonlocal asked
        asked += 1
        told(asked, len(questions))
        return parts.coach.search(query, k)

    pairs = recall(find, questions)
    return {f"Search ({len(questions)} questions, {split})": _rows("query → source", pairs, ("recall@1", "recall@5"))}


def privacy(parts: Parts, path: Path | None, split: str, told: Told) -> dict[str, Rows]:
    """The masking of personal data, by kind and by language, and what is masked that is none."""
    texts = [text for text in _read(Text, path or CASES / "privacy.jsonl") if split in ("all", text.split)]
    seen = []
    for one in see(texts, parts.finder()):
        seen.append(one)
        told(len(seen), len(texts))
    columns = ("all", *LANGUAGES)
    return {
        f"Personal data hidden ({len(texts)} texts, {split})": _rows("kind", hidden_by_kind(seen), columns),
        "Hidden that is none": _rows("measure", false_masks(seen), columns),
    }


def questions(parts: Parts, path: Path | None, split: str, told: Told) -> dict[str, Rows]:
    """The answers to questions, by kind and language, without any model."""
    cases = [case for case in _read(Asked, path or CASES / "questions.jsonl") if split in ("all", case.split)]
    parts.coach.answer_local("Warm up?", "en")
    given = []
    for one in answered(cases, lambda case: parts.coach.answer_local(case.question, before=case.before)):
        given.append(one)
        told(len(given), len(cases))
    rows = _rows("measure", by_answer(given), ("all", *LANGUAGES))
    return {f"Questions ({len(cases)}, {split}; median {median_took(given):.0f} ms)": rows}


def _rows(
    first: str, table: Mapping[str, Mapping[str, Share]], columns: tuple[str, ...], *, short: bool = False
) -> Rows:
    def cell(share: Share | None) -> str:
        if share is None:
            return ""
        return f"{share.hits}/{share.total}" if short else str(share)

    return [{first: name, **{column: cell(shares.get(column)) for column in columns}} for name, shares in table.items()]


def _read(model: type[V], path: Path) -> Iterator[V]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror}): give a file of cases with --cases.") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield model.model_validate_json(line)
            except ValidationError as error:
                raise BadInput(f"{path}:{number}: this is not a case ({error.errors()[0]['msg']}).") from None
