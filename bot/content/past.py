"""The shipped example replies, good and bad, on which a new rule can be tried. No real draft is kept to try it on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from bot.coaching.model import Language
from bot.coaching.rules import Rule

GOOD, BAD = 0.7, 0.4
"""Marks from which on a marked reply counts as good, and up to which as bad."""


def shipped_replies(root: Path, language: Language, rules: tuple[Rule, ...]) -> Iterator[tuple[str, bool]]:
    """Replies of a language and whether each is good: those that the judge was taught with, and the rules' examples."""
    for row in _rows(root / "judgement" / f"drafts.{language}.jsonl"):
        yield str(row["draft"]), not row["bad"]
    for row in _rows(root / "judgement" / f"replies.{language}.jsonl"):
        score = float(str(row["score"]))
        if score >= GOOD or score <= BAD:
            yield str(row["reply"]), score >= GOOD
    for rule in rules:
        yield from ((example.draft, False) for example in rule.fires if example.draft)
        yield from ((example.draft, True) for example in rule.quiet if example.draft)


def _rows(path: Path) -> Iterator[dict[str, object]]:
    if path.exists():
        with path.open(encoding="utf-8") as file:
            yield from (json.loads(line) for line in file if line.strip())
