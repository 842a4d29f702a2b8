"""The main job through the shell: a draft in, a review out; deepened where a model is set, local where it fails."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coach import LONGEST_DRAFT, Coach
from bot.coaching.errors import BadInput
from bot.coaching.model import Draft, Review
from bot.content.documents import language_of
from bot.content.knowledge import Knowledge
from bot.content.places import KNOWLEDGE, PROMPTS, WORDING
from bot.content.prompts import read_prompt
from bot.content.shelf import FileShelf
from bot.library.embedder import load_encoder
from bot.privacy.finder import PersonalData
from bot.privacy.tagger import Tagger
from tests.fakes import HashEmbedder, MemoryLibrary, ScriptedModel

SHELF = FileShelf(Knowledge(KNOWLEDGE), WORDING)
BLAME = "User error. You entered the wrong password. What's your order number?"
GOOD = "Hi Tom, I've just sent a new code to your phone. It works for ten minutes. Does that get you in? Sanne"
CALM = {"findings": [], "strengths": [], "touch": "", "no_touch_because": "", "tone": 0.9, "empathy": 0.9}


def coach(
    model: ScriptedModel | None = None, *, embedder: HashEmbedder | None = None, tagger: Tagger | None = None
) -> Coach:
    return Coach(
        SHELF,
        identify=lambda text, otherwise: language_of(text, otherwise=otherwise),
        embedder=embedder or HashEmbedder(),
        judge=None,
        library=MemoryLibrary,
        finder=lambda: PersonalData(KNOWLEDGE / "privacy", tagger=tagger),
        model=model,
        prompt=read_prompt(PROMPTS / "review.md"),
    )


def review(text: str, customer: str = "", language: str = "") -> Review:
    return coach().review(Draft(text=text, customer=customer, language=language))


def test_blame_is_found_on_its_exact_words_and_mended() -> None:
    found = review(BLAME)
    assert found.verdict == "revise"
    assert found.findings[0].quote == "User error"
    assert found.rewrite is not None
    assert "User error" not in found.rewrite.text
    assert found.touch is None
    assert found.no_touch_because


def test_a_good_reply_is_sent_as_it_is() -> None:
    found = review(GOOD, "I can't log in, the code does not come.")
    assert found.verdict == "send"
    assert found.findings == ()
    assert found.rewrite is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Thank you for the photos, they show clearly what happened to the parcel."),
        ("nl", "Bedankt voor de foto's, daarop is goed te zien wat er met het pakket is gebeurd."),
        ("fi", "Kiitos kuvista, niistä näkee hyvin mitä paketille on tapahtunut."),
    ],
)
def test_the_language_is_found_from_the_draft(language: str, text: str) -> None:
    assert review(text).language == language


@pytest.mark.parametrize(("stated", "used"), [("nl", "nl"), ("NL-be", "nl"), (" fi ", "fi"), ("sv", "sv")])
def test_a_stated_language_is_believed(stated: str, used: str) -> None:
    assert review("Ok!", language=stated).language == used


@pytest.mark.parametrize("stated", ["English", "n", "12", "../en"])
def test_a_stated_language_that_is_no_code_is_one_clear_sentence(stated: str) -> None:
    with pytest.raises(BadInput, match="not a language code"):
        review("Ok!", language=stated)


def test_a_draft_of_one_word_takes_the_language_of_the_customer() -> None:
    assert review("Ok!", "Kiitos paljon, nyt se toimii taas hyvin!").language == "fi"


def test_a_language_without_rules_gets_an_honest_smaller_review() -> None:
    found = review("Sie haben das falsche Passwort eingegeben. Bitte lesen Sie die Anleitung genau durch.")
    assert found.language == "de"
    assert found.partial
    assert "tone only" in found.notes[0]


@pytest.mark.parametrize("text", ["", "   ", "\n", "...", "\0\0", "😀"])
def test_nothing_to_review_is_one_clear_sentence(text: str) -> None:
    with pytest.raises(BadInput, match="no draft"):
        review(text)


def test_a_megabyte_is_one_clear_sentence() -> None:
    with pytest.raises(BadInput, match="at most 20,000"):
        review("blame " * 200_000)


@pytest.mark.parametrize(
    "text",
    [
        "Thanks",
        "Th\0anks for\0 your patience",
        "Thanks \ud800 for waiting",
        "مرحبا، شكرا على رسالتك",
        "你好，谢谢你的来信。",
        "<@U123> <!channel> <https://x.example|click> *bold* User error",
        "x" * LONGEST_DRAFT,
        "you " * 4_000,
        "(" * 5_000 + "a",
    ],
)
def test_odd_drafts_are_reviewed_and_can_be_written_as_json(text: str) -> None:
    found = review(text)
    assert found.model_dump_json()
    for finding in found.findings:
        if finding.start is not None:
            assert text[finding.start : finding.end].replace("\ud800", "\ufffd") == finding.quote


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.text(max_size=200))
def test_every_quote_is_in_the_draft_and_no_more_than_three(text: str, customer: str) -> None:
    try:
        found = review(text, customer, "en")
    except BadInput:
        return
    spans = sorted((f.start, f.end) for f in found.findings if f.start is not None and f.end is not None)
    assert len(found.findings) <= 3
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    for finding in found.findings:
        assert (finding.start is None) == (finding.quote is None)
        if finding.start is not None:
            assert finding.quote == text[finding.start : finding.end]


def test_the_model_deepens_the_same_review() -> None:
    said = CALM | {
        "findings": [
            {
                "criterion": "interrogation",
                "severity": "must",
                "principle": "warm-opening",
                "quote": "What's your order number?",
                "why": "It asks before it welcomes.",
                "suggestion": "Greet first.",
                "replacement": "May I have your order number?",
            }
        ]
    }
    found = coach(ScriptedModel(said)).review(Draft(text=BLAME))
    assert found.engine == "scripted"
    assert found.prompt == "review@2"
    assert found.findings[0].quote == "What's your order number?"


def test_a_model_that_fails_leaves_the_local_review_and_says_so() -> None:
    found = coach(ScriptedModel(None)).review(Draft(text=BLAME))
    local = coach().review(Draft(text=BLAME))
    assert found.findings == local.findings
    assert found.engine == "local"
    assert found.partial
    assert any("did not answer" in note for note in found.notes)


def test_personal_data_does_not_reach_the_model() -> None:
    model = ScriptedModel(CALM)
    text = "I mailed anna@home.example and called 06-12345678 about NL91ABNA0417164300."
    coach(model).review(Draft(text=text, customer="My card is 4111 1111 1111 1111", language="en"))
    sent = "\n".join(message.text for message in model.asked[0])
    for secret in ("anna@home.example", "12345678", "NL91ABNA0417164300", "4111"):
        assert secret not in sent
    assert "[EMAIL_1]" in sent


def test_where_personal_data_cannot_be_hidden_nothing_goes_to_the_model(tmp_path: Path) -> None:
    model = ScriptedModel(CALM)
    damaged = tmp_path / "names.npz"
    damaged.write_bytes(b"half a file")
    found = coach(model, tagger=Tagger(damaged, load_encoder)).review(Draft(text=BLAME))
    assert model.asked == []
    assert (found.engine, found.partial) == ("local", True)
    assert found.findings


def test_words_in_the_draft_that_look_like_places_of_the_prompt_stay_words() -> None:
    model = ScriptedModel(CALM)
    coach(model).review(Draft(text="Your code is ${principles} and {touches}.", language="en"))
    assert "${principles} and {touches}" in model.asked[0][1].text


def test_a_broken_embedder_leaves_a_review_by_the_rules() -> None:
    found = Coach(
        SHELF,
        identify=lambda text, otherwise: "en",
        embedder=None,
        judge=None,
        library=MemoryLibrary,
        finder=lambda: PersonalData(KNOWLEDGE / "privacy"),
    ).review(Draft(text=BLAME))
    assert found.findings
    assert found.partial


def test_an_empty_question_is_one_clear_sentence() -> None:
    with pytest.raises(BadInput, match="no question"):
        coach().answer("  ")


def test_the_model_is_offered_no_touch_for_someone_who_grieves() -> None:
    model = ScriptedModel(CALM)
    draft = "I've moved the delivery to Friday. The link is in your mail."
    coach(model).review(
        Draft(text=draft, customer="My mother died last week, please move the delivery.", language="en")
    )
    coach(model).review(Draft(text=draft, customer="Thanks! Can you move the delivery to Friday?", language="en"))
    grieving, calm = (messages[1].text for messages in model.asked)
    none = "Touches to choose from (id: idea):\nnone\n"
    assert none in grieving
    assert none not in calm


def test_the_model_sees_neither_a_name_nor_an_address_nor_a_number_of_a_person() -> None:
    model = ScriptedModel(CALM)
    customer = "I live at Lindelaan 48, 3571 KD Utrecht, BSN 123456782, mail p.vos@post.example. Regards, Pieter Vos"
    coach(model).review(Draft(text="Hi Pieter, Vos on Lindelaan 48 is what I have.", customer=customer, language="en"))
    sent = " ".join(message.text for message in model.asked[0])
    assert not [datum for datum in ("Pieter", "Vos", "Lindelaan", "123456782", "p.vos@") if datum in sent]
