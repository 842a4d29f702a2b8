"""Over all drafts at hand and thousands made from them: no rewrite adds or loses a fact, however the facts are told.

The facts are told here by plain expressions of their own, not by the code that the rewrite itself trusts.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from bot.coaching.judged import UNJUDGED
from bot.coaching.model import LANGUAGES, Draft, Language
from bot.coaching.review import compose
from bot.coaching.situation import Situation
from bot.coaching.touch import Choice
from bot.content.knowledge import Knowledge
from bot.content.places import KNOWLEDGE, WORDING
from bot.content.shelf import FileShelf

SHELF = FileShelf(Knowledge(KNOWLEDGE), WORDING)
EVALS = Path(__file__).resolve().parents[1] / "evals"
MADE = 350
SEED = 7
FACTS = (
    re.compile(r"\S*\d\S*"),
    re.compile(r"[\w.+-]+@[\w.-]+\w"),
    re.compile(r"https?://\S+"),
    re.compile(r"€|\$|£|euro|%"),
    re.compile(r"<[@#!][^>]*>"),
)
PROMISES = re.compile(
    "guarant|garand|garant|refund|terugbetal|hyvit|voucher|tegoedbon|lahjakort|gratis|ilmai|korting", re.IGNORECASE
)
SPICE = (
    "Order #A-4471 left on 12-05-2026.",
    "See https://shop.example/r?x=1.",
    "Mail help@shop.example or call 020 123 45 67.",
    "It costs € 25,50.",
    "Ask <@U123> on Monday.",
    "Anna de Vries has it.",
)


def told(text: str) -> Counter[str]:
    """The facts of a text, by looks alone."""
    found: Counter[str] = Counter()
    for pattern in FACTS:
        found.update(match.group().strip(".,;:!?()'\"").lower() for match in pattern.finditer(text))
    return found


@cache
def drafts(language: Language) -> list[tuple[str, str]]:
    """Customer and draft: the development drafts, the rules' own examples, and replies of the training data."""
    rows = [json.loads(line) for line in (EVALS / "drafts.jsonl").read_text("utf-8").splitlines()]
    found = [(row["customer"], row["draft"]) for row in rows if row["language"] == language]
    found += [(e.customer, e.draft) for rule in SHELF.knowledge.rules(language) for e in (*rule.fires, *rule.quiet)]
    return [pair for pair in found if pair[1].strip()]


def rewritten(language: Language, customer: str, draft: str) -> str | None:
    reader = SHELF.reader(language)
    review = compose(
        Draft(text=draft, customer=customer, language=language, id="x"),
        reader,
        reader.reading(draft),
        reader.reading(customer),
        Situation.none(),
        UNJUDGED,
        lambda findings: Choice(None, "none-fits"),
        engine="local",
    )
    return review.rewrite.text if review.rewrite else None


@cache
def mended(language: Language) -> list[tuple[str, str, str]]:
    """Customer, draft and rewrite, of the drafts at hand that have one."""
    tried = ((customer, draft, rewritten(language, customer, draft)) for customer, draft in drafts(language))
    return [(customer, draft, after) for customer, draft, after in tried if after is not None]


def check(draft: str, after: str) -> None:
    assert told(draft) == told(after), (draft, after)
    assert len(PROMISES.findall(after)) <= len(PROMISES.findall(draft)), (draft, after)
    assert after.strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_rewrite_of_a_draft_at_hand_changes_a_fact(language: Language) -> None:
    for _, draft, after in mended(language):
        check(draft, after)
    assert len(mended(language)) >= 25


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_rewrite_of_hundreds_of_mixed_drafts_changes_a_fact(language: Language) -> None:
    chance = random.Random(SEED)
    made = 0
    for _ in range(MADE):
        bad, other = chance.choice(mended(language))[1], chance.choice(drafts(language))[1]
        parts = [bad, other, *chance.sample(SPICE, 2)]
        chance.shuffle(parts)
        draft = chance.choice((" ", "\n", "\n\n")).join(parts)
        after = rewritten(language, "", draft)
        if after is not None:
            made += 1
            check(draft, after)
    assert made > MADE / 2
