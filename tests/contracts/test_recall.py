"""Multilingual in fact: the shipped knowledge answers the questions that nobody looked at while tuning."""

from __future__ import annotations

from pathlib import Path

from bot.content.knowledge import Knowledge
from bot.content.places import KNOWLEDGE
from bot.evals.search import Question, answerable, recall
from bot.library.bearings import read_anchors
from bot.library.embedder import LocalEmbedder
from bot.library.opening import open_library
from bot.library.vectors import CachedEmbedder, shipped_path

CASES = Path(__file__).resolve().parents[1] / "evals" / "search.jsonl"


def test_questions_find_their_answer_in_all_nine_pairs(tmp_path: Path) -> None:
    embedder = CachedEmbedder(LocalEmbedder(), shipped=shipped_path(KNOWLEDGE, LocalEmbedder.id))
    library = open_library(tmp_path, embedder, read_anchors(KNOWLEDGE / "anchors.tsv"))
    passages = Knowledge(KNOWLEDGE).passages()
    library.put(passages)
    questions = [Question.model_validate_json(line) for line in CASES.read_text("utf-8").splitlines()]
    held_out = answerable((question for question in questions if question.split == "test"), passages)
    table = recall(lambda query, k: library.search(query, k=k), held_out)
    assert table["within a language"]["recall@5"].value >= 0.8
    assert table["across languages"]["recall@5"].value >= 0.8
    assert min(shares["recall@5"].value for shares in table.values()) >= 0.7
