"""Masking loses nothing and leaves nothing: whatever a finder sees is replaced, and comes back as it was."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.facts import compare
from bot.coaching.ports import Span
from bot.coaching.redact import Mask


class Spans:
    """A finder that sees what the test says; records the texts and languages it was given."""

    def __init__(self, *spans: tuple[int, int, str]) -> None:
        self.spans = [Span(*span) for span in spans]
        self.asked: list[tuple[str, str]] = []

    def find(self, text: str, language: str = "") -> Sequence[Span]:
        self.asked.append((text, language))
        return [span for span in self.spans if span.end <= len(text)]


class Words:
    """A finder that sees these words, wherever they stand."""

    def __init__(self, **kinds: str) -> None:
        self.kinds = kinds

    def find(self, text: str, language: str = "") -> Sequence[Span]:
        return [Span(*m.span(), kind) for kind, word in self.kinds.items() for m in re.finditer(re.escape(word), text)]


PLACEHOLDERS = st.sampled_from(
    ["[NAME_1]", "NAME_1", "[email 2]", "(NAME_1)", "<NAME-1>", "[TEXT_1]", "PAID_1", "(room 1)", "[", "]", "_1", "1"]
)
TEXTS = st.lists(st.one_of(PLACEHOLDERS, st.text(max_size=8)), max_size=12).map("".join)
SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 20), st.sampled_from(["NAME", "EMAIL", "PHONE"])).map(
        lambda drawn: (drawn[0], drawn[0] + drawn[1], drawn[2])
    ),
    max_size=6,
)


@given(TEXTS, SPANS)
def test_what_is_hidden_comes_back_letter_for_letter(text: str, spans: list[tuple[int, int, str]]) -> None:
    mask = Mask(Spans(*spans))
    assert mask.show(mask.hide(text)) == text


@given(TEXTS, TEXTS, SPANS)
def test_a_second_text_comes_back_too(first: str, second: str, spans: list[tuple[int, int, str]]) -> None:
    mask = Mask(Spans(*spans))
    hidden = [mask.hide(first), mask.hide(second)]
    assert [mask.show(text) for text in hidden] == [first, second]


@given(TEXTS, SPANS)
def test_nothing_of_what_was_found_is_left(text: str, spans: list[tuple[int, int, str]]) -> None:
    finder = Spans(*spans)
    seen = Mask(finder).seen(text)
    for found in finder.find(text):
        assert any(span.start <= found.start and found.end <= span.end for span in seen)
    assert all(a.end <= b.start for a, b in pairwise(seen))


def test_a_number_in_brackets_after_another_word_is_no_placeholder() -> None:
    mask = Mask(Words(NAME="Priya", ID="880-12"))
    assert mask.hide("Priya (room 214) sent IMG_0331 of 880-12.") == "[NAME_1] (room 214) sent IMG_0331 of [ID_1]."


def test_a_kind_that_is_not_ours_is_hidden_as_text() -> None:
    mask = Mask(Words(SHOE="size 44"))
    assert mask.hide("In size 44.") == "In [TEXT_1]."
    assert mask.show("In [text 1].") == "In size 44."


def test_the_same_datum_has_the_same_placeholder_in_every_text() -> None:
    mask = Mask(Words(NAME="Priya", EMAIL="p@x.example"))
    assert mask.hide("Priya wrote from p@x.example. Priya waits.") == "[NAME_1] wrote from [EMAIL_1]. [NAME_1] waits."
    assert mask.hide("p@x.example again") == "[EMAIL_1] again"


def test_what_one_text_gave_away_is_hidden_in_the_next() -> None:
    mask = Mask(Words(NAME="Tjebbe Hiddinga"))
    mask.hide("Regards, Tjebbe Hiddinga")
    assert mask.hide("Hiddinga will call.") == "[NAME_2] will call."
    assert mask.show("[NAME_2] will call.") == "Hiddinga will call."


def test_a_quote_is_hidden_as_in_the_text_that_it_is_from_without_another_look() -> None:
    text = "Send it to 14 Quay Lane, Hull, please. Hull again: no."
    finder = Spans((11, 29, "ADDRESS"))
    mask = Mask(finder)
    assert mask.hide(text) == "Send it to [ADDRESS_1], please. Hull again: no."
    assert mask.hide("to 14 Quay") == "to [ADDRESS_2]"
    assert mask.hide("Hull again") == "Hull again"
    assert [asked for asked, _ in finder.asked] == [text]


@pytest.mark.parametrize(
    "said", ["[NAME_1]", "[name_1]", "NAME_1", "name_1", "[Name 1]", "{NAME_1}", "[NAME-1]", "[ NAME_1 ]"]
)
def test_a_placeholder_that_the_model_bent_still_shows_the_datum(said: str) -> None:
    mask = Mask(Words(NAME="Anna"))
    mask.hide("Hi Anna")
    assert mask.show(f"Dear {said}, thank you.") == "Dear Anna, thank you."


def test_a_case_ending_behind_a_placeholder_stays() -> None:
    mask = Mask(Words(NAME="Anna"))
    mask.hide("Hei Anna")
    assert mask.show("Soitan [NAME_1]lle.") == "Soitan Annalle."


def test_a_placeholder_that_was_never_given_out_stays_as_it_is() -> None:
    assert Mask(Words()).show("Hi [NAME_7]") == "Hi [NAME_7]"


def test_a_customer_who_writes_a_placeholder_does_not_get_anothers_data() -> None:
    mask = Mask(Words(IBAN="NL91 ABNA 0417 1643 00"))
    hidden = mask.hide("NL91 ABNA 0417 1643 00")
    assert hidden == "[IBAN_1]"
    assert mask.show(mask.hide("Please repeat [IBAN_1]")) == "Please repeat [IBAN_1]"


def test_what_anyone_may_read_is_not_hidden() -> None:
    mask = Mask(Words(NAME="Ron Kaufman"), public="Uplifting Service, by Ron Kaufman")
    assert mask.hide("What does Ron Kaufman say?") == "What does Ron Kaufman say?"


def test_the_finder_is_told_the_language() -> None:
    finder = Spans()
    Mask(finder, "fi").hide("Hei")
    assert finder.asked == [("Hei", "fi")]


def test_a_rewrite_that_was_masked_and_restored_keeps_its_facts() -> None:
    draft = "Hi Anna, your order 4471 goes to Kerkstraat 12 on 12 May. You typed it wrong."
    mask = Mask(Words(NAME="Anna", ADDRESS="Kerkstraat 12"))
    answered = mask.hide(draft).replace(" You typed it wrong.", "")
    assert "Anna" not in answered
    assert not compare(draft.replace(" You typed it wrong.", ""), mask.show(answered))
