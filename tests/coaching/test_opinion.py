"""What a language model says is held against the draft: only what is true of it reaches the agent."""

from __future__ import annotations

from typing import Any

import pytest

from bot.coaching.model import Draft, Review, Scores
from bot.coaching.opinion import Opinion, assemble, unmasked
from bot.coaching.redact import Mask
from bot.content.knowledge import Knowledge
from bot.content.places import KNOWLEDGE, WORDING
from bot.content.wording import read_wording
from bot.privacy.finder import PersonalData

SHIPPED = Knowledge(KNOWLEDGE)
PRINCIPLES = SHIPPED.principles("en")
TOUCHES = SHIPPED.touches("en")
TOUCH = next(iter(TOUCHES.values()))
DRAFT = Draft(text="User error. You get € 20 back on Monday, see https://shop.example/r.", language="en", id="d1")
LOCAL = Review(
    id="d1",
    language="en",
    verdict="send",
    headline="Send it.",
    scores=Scores(overall=0.7, tone=0.7, empathy=None),
    findings=(),
    strengths=(),
    rewrite=None,
    touch=None,
    no_touch_because="none fits",
    engine="local",
    prompt=None,
    partial=False,
    notes=(),
)


def finding(**changes: str) -> dict[str, str]:
    return {
        "criterion": "blame",
        "severity": "must",
        "principle": "words-show-mindset",
        "quote": "User error",
        "why": "It blames.",
        "suggestion": "Say what happened.",
        "replacement": "Something went wrong",
    } | changes


def opinion(*findings: dict[str, str], **changes: Any) -> Opinion:
    said = {"findings": findings, "strengths": [], "touch": "", "no_touch_because": "", "tone": 0.5, "empathy": 0.5}
    return Opinion.model_validate(said | changes)


def assembled(said: Opinion, local: Review = LOCAL) -> Review:
    return assemble(
        DRAFT,
        local,
        said,
        principles=PRINCIPLES,
        offered={TOUCH.id: TOUCH},
        lexicon=SHIPPED.lexicon("en"),
        wording=read_wording(WORDING / "en.toml"),
        engine="gpt",
        prompt="review@1",
    )


def test_a_true_finding_is_kept_with_its_place_and_its_edit() -> None:
    review = assembled(opinion(finding()))
    [found] = review.findings
    assert (found.quote, found.start, found.end) == ("User error", 0, 10)
    assert review.verdict == "revise"
    assert review.rewrite is not None
    assert review.rewrite.text == DRAFT.text.replace("User error", "Something went wrong")
    assert (review.engine, review.prompt) == ("gpt", "review@1")


@pytest.mark.parametrize(
    "lie",
    [
        pytest.param({"quote": "You idiot"}, id="a quote that is not in the draft"),
        pytest.param({"principle": "be-nice"}, id="a principle that does not exist"),
        pytest.param({"quote": ""}, id="words at fault without words"),
        pytest.param({"why": "See https://evil.example for more."}, id="a link from nowhere"),
        pytest.param({"suggestion": "Write to x@evil.example."}, id="an address from nowhere"),
        pytest.param({"why": " "}, id="no reason"),
        pytest.param({"criterion": "no-answer"}, id="something missing that is quoted"),
    ],
)
def test_a_finding_that_does_not_hold_is_left_out_and_said_so(lie: dict[str, str]) -> None:
    review = assembled(opinion(finding(**lie)))
    assert review.findings == ()
    assert review.verdict == "send"
    assert any("1 remark" in note for note in review.notes)


@pytest.mark.parametrize(
    "replacement",
    [
        "Something went wrong and you get € 40 back",
        "Something went wrong, we promise a refund",
        "Something went wrong, ask Peter",
        "See https://evil.example",
    ],
)
def test_a_replacement_that_adds_a_fact_or_a_promise_is_advice_without_a_rewrite(replacement: str) -> None:
    review = assembled(opinion(finding(replacement=replacement)))
    assert len(review.findings) == 1
    assert review.rewrite is None


def test_a_replacement_that_loses_a_fact_is_not_made() -> None:
    review = assembled(opinion(finding(quote="You get € 20 back on Monday", replacement="You get it back")))
    assert review.rewrite is None


def test_at_most_three_findings_and_none_on_the_same_words() -> None:
    quotes = ("User error", "User", "You get", "back", "on", "see")
    review = assembled(opinion(*(finding(quote=quote, replacement="") for quote in quotes)))
    assert [found.quote for found in review.findings] == ["User error", "You get", "back"]


def test_what_must_not_go_out_stays_held_whatever_the_model_says() -> None:
    held = assembled(opinion(finding(criterion="unauthorised-promise", quote="€ 20"))).findings
    local = LOCAL.model_copy(update={"verdict": "hold", "findings": held})
    review = assembled(opinion(), local)
    assert review.verdict == "hold"
    assert review.findings == held


def test_a_touch_is_one_of_those_offered() -> None:
    review = assembled(opinion(touch=TOUCH.id))
    assert review.touch is not None
    assert review.touch.line == TOUCH.line
    assert assembled(opinion(touch="made-up")).touch is None


def test_no_touch_on_top_of_words_that_hurt() -> None:
    assert assembled(opinion(finding(), touch=TOUCH.id)).touch is None


def test_a_strength_quotes_the_draft() -> None:
    said = [{"quote": "You get € 20 back", "why": "Clear.", "principle": "answer-first"}]
    assert len(assembled(opinion(strengths=said)).strengths) == 1
    said[0]["quote"] = "You are the best"
    assert assembled(opinion(strengths=said)).strengths == ()


def test_personal_data_is_hidden_from_the_model_and_shown_to_the_agent() -> None:
    mask = Mask(PersonalData(KNOWLEDGE / "privacy"), "en")
    hidden = mask.hide("Mail anna@shop.example or call +31 6 1234 5678, IBAN NL91 ABNA 0417 1643 00.")
    assert hidden == "Mail [EMAIL_1] or call [PHONE_1], IBAN [IBAN_1]."
    shown = unmasked(opinion(finding(quote="Mail [EMAIL_1]")), mask)
    assert shown.findings[0].quote == "Mail anna@shop.example"


def test_prices_versions_times_and_order_numbers_are_not_hidden() -> None:
    text = "Version 2.0.1 costs € 1.250,00 since 10:30 on 12-05-2026; order #4471-22 and A-88213."
    assert Mask(PersonalData(KNOWLEDGE / "privacy"), "en").hide(text) == text
