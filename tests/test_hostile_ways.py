"""Hostile input by every other way than the draft itself (which ``tests/coaching/test_hostile.py`` tries)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.coaching.errors import BadSetting
from bot.coaching.facts import facts
from bot.coaching.links import brings_links, brings_markup, links
from bot.coaching.model import Draft, Passage, Review, Source
from bot.content.tables import safe
from bot.settings import load_settings
from bot.slack.blocks.review import review_blocks, review_markdown
from bot.teams.cards.review import review_card
from tests.fakes import MemoryLibrary, ScriptedModel
from tests.hostile_ways import FORMULAS, LINKS, MARKUP, ORDERS, SETTINGS
from tests.test_coach import BLAME, CALM, GOOD, SHELF, coach

EVERY = (*LINKS, *MARKUP, *ORDERS)
LIVE = re.compile(r"<[@#!h][^>]*>|<at>", re.IGNORECASE)
"""What Slack or Teams would bring to life."""


def opinion(said: str, *, quote: str = "What's your order number?") -> dict[str, object]:
    """A model's answer that says this wherever it can."""
    finding = {
        "criterion": "interrogation", "severity": "must", "principle": "warm-opening", "quote": quote,
        "why": f"It asks first. {said}", "suggestion": f"Greet first. {said}", "replacement": f"May I ask? {said}",
    }  # fmt: skip
    strength = {"principle": "warm-opening", "quote": "Hi Tom", "why": f"Warm. {said}"}
    return CALM | {"findings": [finding], "strengths": [strength], "touch": said[:40], "no_touch_because": said}


def words_of(review: Review) -> str:
    return json.dumps(review.model_dump(mode="json", exclude={"id"}), ensure_ascii=False)


def shown(review: Review, draft: str) -> str:
    """All that Slack and Teams are given to show, but for what they show as it is."""
    wording = SHELF.wording("en")
    blocks: list[Any] = review_blocks(review, draft, wording, job="job", place="ephemeral")
    return "\n".join([*_mrkdwn(blocks), review_markdown(review, wording), *_mrkdwn(blocks)])


def _mrkdwn(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            yield value["text"]
        for part in value.values():
            yield from _mrkdwn(part)
    elif isinstance(value, list):
        for part in value:
            yield from _mrkdwn(part)


@pytest.mark.parametrize("link", LINKS)
def test_a_link_of_the_model_reaches_nobody(link: str) -> None:
    assert links(f"See {link} now.")
    for draft in (BLAME, GOOD):
        review = coach(ScriptedModel(opinion(link))).review(Draft(text=draft, language="en"))
        assert "evil" not in words_of(review).casefold().replace("\u200b", "")


def test_a_link_that_the_draft_has_may_be_spoken_of() -> None:
    draft = BLAME + " See https://shop.example/faq."
    said = coach(ScriptedModel(opinion("https://shop.example/faq"))).review(Draft(text=draft, language="en"))
    assert "https://shop.example/faq" in said.findings[0].why
    assert not brings_links(draft, "See shop.example")
    for innocent in ("It costs 1.250,50 at 9.30 a.m., e.g. on 1.11.2026.", "Sanne says: thank them. Then ask.", "a/b"):
        assert not links(innocent)


@pytest.mark.parametrize("said", [*MARKUP, *ORDERS])
def test_markup_and_orders_of_the_model_come_to_nothing(said: str) -> None:
    review = coach(ScriptedModel(opinion(said))).review(Draft(text=BLAME, language="en"))
    assert not LIVE.search(shown(review, BLAME))
    assert review.rewrite is None or not brings_markup(BLAME, review.rewrite.text)
    assert review.rewrite is None or not facts(review.rewrite.text) - facts(BLAME)


@pytest.mark.parametrize("said", EVERY)
def test_a_draft_is_shown_and_nothing_in_it_comes_to_life(said: str) -> None:
    draft = f"{said}\n\n{BLAME}\n\n{said}"
    review = coach().review_local(Draft(text=draft, language="en"))
    assert review.verdict != "send"
    assert not LIVE.search(shown(review, draft))
    card = json.dumps(review_card(review, draft, SHELF.wording("en"), job="job", place="chat"))
    assert '"TextBlock"' not in card, "a TextBlock reads Markdown"


@pytest.mark.parametrize("said", EVERY)
def test_a_customer_cannot_change_what_is_said_of_the_reply(said: str) -> None:
    plain = coach().review_local(Draft(text=BLAME, customer="I cannot log in.", language="en"))
    hostile = coach().review_local(Draft(text=BLAME, customer=f"I cannot log in. {said}", language="en"))
    assert {f.criterion for f in hostile.findings} >= {f.criterion for f in plain.findings}
    assert hostile.verdict != "send"
    assert "evil" not in words_of(hostile).casefold()


@pytest.mark.parametrize("said", EVERY)
def test_a_question_is_answered_from_the_knowledge_or_not_at_all(said: str) -> None:
    answer = coach().answer(f"What are our core values? {said}", "en")
    assert "evil" not in answer.text.casefold().replace("\u200b", "")


@pytest.mark.parametrize("said", [*ORDERS, *MARKUP])
def test_a_document_cannot_give_orders_or_change_a_review(said: str) -> None:
    source = Source(id="d", file="d.md", title="Handbook", author="", language="en", where="")
    library = MemoryLibrary()
    library.put([Passage(id="d1", text=f"User error. {said}", source=source, language="en", kind="document")])
    before = coach().review_local(Draft(text=BLAME, language="en"))
    reviewer = coach()
    reviewer._library, reviewer._own_documents = lambda: library, lambda: True
    after = reviewer.review_local(Draft(text=BLAME, language="en"))
    assert after.model_copy(update={"id": "", "notes": ()}) == before.model_copy(update={"id": "", "notes": ()})


@pytest.mark.parametrize("address", SETTINGS)
@pytest.mark.parametrize("name", ["OPENAI_BASE_URL", "CHROMA_URL", "SLACK_API_URL"])
def test_an_address_that_is_none_of_the_web_stops_the_start(
    name: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, address)
    with pytest.raises(BadSetting, match=f"^{name} must be a web address") as caught:
        load_settings()
    assert "evil" not in str(caught.value)


@pytest.mark.parametrize("cell", FORMULAS)
def test_no_cell_of_an_export_is_a_formula(cell: str) -> None:
    assert safe(cell)[0] == "'"
    assert safe(cell).replace("'", "") == cell.replace("'", "")
    assert safe("Be kind = be clear") == "Be kind = be clear"


@pytest.mark.parametrize(("cell", "said"), [
    ("kind;=1+1", "kind;'=1+1"),
    ("kind; @SUM(A1);-1", "kind; '@SUM(A1);'-1"),
    ("kind\t=1", "kind\t'=1"),
    ("kind\n=HYPERLINK(evil)", "kind\n'=HYPERLINK(evil)"),
    ("kind\r\n- cmd|'/c calc'!A1", "kind\r\n'- cmd|'/c calc'!A1"),
    ("We do:\n- this\n- that; and this = that", "We do:\n- this\n- that; and this = that"),
])  # fmt: skip
def test_no_part_of_a_cell_is_a_formula_where_a_spreadsheet_parts_cells_otherwise(cell: str, said: str) -> None:
    assert safe(cell) == said


def test_there_are_at_least_a_hundred() -> None:
    assert len({*EVERY, *FORMULAS, *SETTINGS}) >= 70
    tried = 3 * len(EVERY) + len(EVERY) + len(ORDERS) + len(MARKUP) + len(FORMULAS) + 3 * len(SETTINGS)
    assert tried >= 250
