"""Wishes for the rewrite: met where they can be, and never at the price of a fact."""

from __future__ import annotations

import pytest

from bot.coaching.mend import apply
from bot.coaching.model import Review
from bot.desk.model import Wish
from tests.desk.test_desk import new_desk, take
from tests.fakes import ScriptedModel

HOLLOW = (
    "Dear customer, we apologize for any inconvenience. User error: you entered the wrong password. "
    "Your order 4471 ships on Friday. Anna will call you."
)
DRAFT = "Hi Tom, your order 4471 ships on Friday for €12.50. You must wait until then. Anna"
SHORTER, WARMER = Wish(kind="shorter"), Wish(kind="warmer")
DUTCH = Wish(kind="language", language="nl")


def asked(text: str | None, *wishes: Wish, draft: str = DRAFT) -> tuple[Review, ScriptedModel]:
    """The last review after these wishes, with a model that answers ``text``."""
    model = ScriptedModel(None if text is None else {"text": text})
    desk = new_desk(model)
    take(desk, draft)
    desk.first("j1")
    for wish in wishes:
        found = desk.again("j1", wish)
    return found, model


def test_without_a_model_shorter_leaves_hollow_sentences_out() -> None:
    desk = new_desk()
    take(desk, HOLLOW)
    before = desk.first("j1").rewrite
    after = desk.again("j1", SHORTER).rewrite
    assert before
    assert after
    assert "inconvenience" not in after.text
    assert "4471" in after.text
    assert len(after.text) < len(before.text)
    assert apply(HOLLOW, after.edits) == after.text


def test_without_a_model_a_sentence_can_be_kept() -> None:
    desk = new_desk()
    take(desk, HOLLOW)
    desk.again("j1", SHORTER)
    found = desk.again("j1", Wish(kind="keep", sentence=2)).rewrite
    assert found
    assert "User error: you entered the wrong password." in found.text
    assert "inconvenience" not in found.text


@pytest.mark.parametrize("wish", [WARMER, DUTCH, SHORTER])
def test_without_a_model_what_cannot_be_done_is_said(wish: Wish) -> None:
    desk = new_desk()
    take(desk, DRAFT)
    before = desk.first("j1")
    found = desk.again("j1", wish)
    assert "language model" in found.notes[0]
    assert found.rewrite == before.rewrite


def test_a_model_s_rewrite_is_a_diff_of_the_draft() -> None:
    text = "Hi Tom, your order 4471 ships on Friday for €12.50. I'm sorry you have to wait until then. Anna"
    found, _ = asked(text, WARMER)
    assert found.rewrite
    assert found.rewrite.text == text
    assert apply(DRAFT, found.rewrite.edits) == text
    assert found.rewrite.added == ()
    assert [edit.why for edit in found.rewrite.edits] == ["Warmer, as you asked."]
    assert "Hi Tom" not in DRAFT[found.rewrite.edits[0].start : found.rewrite.edits[0].end]
    assert not any("text stays" in note for note in found.notes)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Hi Tom, your order ships on Friday for €12.50. You must wait until then. Anna", "4471"),
        ("Hi Tom, your order 4471 ships on Monday for €12.50. Please wait until then. Anna", "monday"),
        ("Hi Tom, your order 4471 ships on Friday for €12.50. See www.track.example/4471. Anna", "track.example"),
        ("Hi Tom, your order 4471 ships on Friday for €12.50. Please wait. I guarantee it. Anna", "guarantee"),
        ("Hi Tom, your order 4471 ships on Friday for €10. Please wait until then. Anna", "10"),
        ("Hi Jerry, your order 4471 ships on Friday for €12.50. Please wait until then. Anna", "jerry"),
    ],
)
def test_a_rewrite_that_changes_a_fact_is_dropped_and_said(text: str, word: str) -> None:
    found, _ = asked(text, WARMER)
    assert found.rewrite is None or found.rewrite.text != text
    assert "changed a fact" in found.notes[0]
    assert word in found.notes[0].lower()


@pytest.mark.parametrize(
    ("text", "wishes", "note"),
    [
        (None, [WARMER], "did not answer in time"),
        ("", [WARMER], "no way to do that"),
        (DRAFT, [WARMER], "no way to do that"),
        (DRAFT + ", truly and honestly so, as ever.", [SHORTER], "no way to do that"),
        (
            "Hi Tom, your order 4471 ships on Friday for €12.50. Please wait until then. Anna",
            [Wish(kind="keep", sentence=2), WARMER],
            "did not keep the sentence",
        ),
        (
            "Hi Tom. You entered the wrong password. Order 4471 ships on Friday for €12.50. Wait until then. Anna",
            [WARMER],
            "blame the customer",
        ),
    ],
)
def test_a_rewrite_that_does_not_do_is_dropped_and_said(text: str | None, wishes: list[Wish], note: str) -> None:
    found, _ = asked(text, *wishes)
    assert note in found.notes[0]
    assert found.rewrite is None or found.rewrite.text != text


def test_wishes_add_up() -> None:
    text = "Hi Tom, order 4471 ships on Friday for €12.50. You must wait until then. Anna"
    found, model = asked(text, Wish(kind="keep", sentence=2), WARMER, SHORTER)
    assert found.rewrite
    assert found.rewrite.text == text
    sent = model.asked[-1][1].text
    assert "keep: You must wait until then.\nwarmer\nshorter" in sent


def test_a_translation_keeps_numbers_links_and_names_and_asks_for_a_look() -> None:
    text = "Hoi Tom, je bestelling 4471 gaat vrijdag de deur uit voor € 12,50. Tot dan is het even wachten. Anna"
    found, _ = asked(text, DUTCH)
    assert found.rewrite
    assert found.rewrite.text == text
    assert "Check the days" in found.notes[0]


@pytest.mark.parametrize(
    "text",
    [
        "Hoi Tom, je bestelling 4417 gaat vrijdag de deur uit voor € 12,50. Anna",
        "Hoi, je bestelling 4471 gaat vrijdag de deur uit voor € 12,50. Anna",
        "Hoi Tom, je bestelling 4471 gaat vrijdag de deur uit voor € 12,50. Zie www.volg.example/x. Anna",
    ],
)
def test_a_translation_that_changes_a_fact_is_dropped(text: str) -> None:
    found, _ = asked(text, DUTCH)
    assert found.rewrite is None or found.rewrite.text != text
    assert "changed a fact" in found.notes[0]


def test_personal_data_does_not_reach_the_model_and_comes_back() -> None:
    draft = "Hi Tom, I mailed tom@home.example. You must wait."
    found, model = asked("Hi Tom, I mailed [EMAIL_1]. Thanks for waiting.", WARMER, draft=draft)
    assert "tom@home" not in "\n".join(message.text for message in model.asked[-1])
    assert found.rewrite
    assert found.rewrite.text == "Hi Tom, I mailed tom@home.example. Thanks for waiting."


@pytest.mark.parametrize("brings", ["See evil．example.", "@everyone look.", "<b>Please</b> look.", "[a](b)"])
def test_a_rewording_that_brings_a_link_a_mention_or_markup_is_dropped_and_said(brings: str) -> None:
    review, _ = asked(f"{DRAFT} {brings}", Wish(kind="warmer"))
    assert "so I left it out" in review.notes[0]
    assert review.rewrite is None or brings not in review.rewrite.text
