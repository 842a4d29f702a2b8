"""Reading a draft: tricks undone, sentences found, quotations set aside, positions always true."""

from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.text import Reading, _undone, fold, sentences


def said(text: str) -> list[str]:
    return [sentence.text for sentence in sentences(text)]


def test_sentences_end_at_points_questions_and_line_breaks() -> None:
    assert said("Hi Anna,\nThanks! Did it work? Let me know.") == [
        "Hi Anna,",
        "Thanks!",
        "Did it work?",
        "Let me know.",
    ]


def test_abbreviations_and_numbers_do_not_end_a_sentence() -> None:
    assert len(said("Dhr. de Vries heeft o.a. 3.5 GB gebruikt.")) == 1
    assert len(said("Soitan sinulle 3. toukokuuta klo 9.30.")) == 1
    assert len(said("Dat regel ik voor u. Neem contact op. Fijne dag.")) == 3
    assert len(said("Ticket no. 4471 is open.")) == 1
    assert len(said("No. That is not it.")) == 2
    assert len(said("Version 2.0.1 fixes this, e.g. on Android.")) == 1


def test_tricks_do_not_hide_words() -> None:
    assert fold("y\u200bou").text == "you"
    assert fold("ｙｏｕ").text == "you"
    assert fold("уou").text == "you"  # Cyrillic у
    assert fold("\u202eyou").text == "you"
    assert fold("\u202e.gnorw eht deretne uoY\u202c Sorry.").text == "You entered the wrong. Sorry."
    assert fold("käytta\u0308ja\u0308").text == "käyttäjä"


def test_marks_that_no_word_bears_do_not_hide_words() -> None:
    assert fold("y\u0336o\u0336u\u0336").text == "you"
    assert fold("ẏọụ").text == "you"
    assert fold("w\u0301\u0302rong").text == "wrong"
    assert fold("vóór käyttäjä coördinatie déjà").text == "vóór käyttäjä coördinatie déjà"
    assert fold("Nguyễn, Łukasz").text == "Nguyễn, Łukasz"


def test_html_entities_are_read_as_they_are_shown() -> None:
    assert fold("Y&#111;u&nbsp;entered &amp; AT&T; left").text == "You entered & AT&T; left"
    reading = Reading("Y&#111;u&#33; ok")
    first, last = reading.original(0, 4)
    assert reading.text[first:last] == "Y&#111;u&#33;"


def test_control_and_private_signs_do_not_hide_words() -> None:
    assert fold("y\x00o\x7f\ue000\ufffdu").text == "you"
    assert fold("you\x0bentered").text == "you entered"


def test_emphasis_does_not_hide_words() -> None:
    assert fold("*You* wro*ng wro**ng").text == "You wrong wrong"
    assert fold("*You* entered the _wrong_ `PIN`, ~sorry~.").text == "You entered the wrong PIN, sorry."
    assert fold("snake_case, 2 * 3").text == "snake_case, 2 * 3"


def test_other_scripts_stay_what_they_are() -> None:
    assert fold("Привет").text == "Привет"
    assert fold("αβγ").text == "αβγ"


def test_a_span_of_the_folded_text_points_at_the_original() -> None:
    draft = "Hello. Y\u200bou’re wr\u200bong."
    reading = Reading(draft)
    start = reading.folded.text.index("You're")
    first, last = reading.original(start, start + len("You're wrong"))
    assert draft[first:last] == "Y\u200bou’re wr\u200bong"


def test_quoted_lines_are_not_the_agents_words() -> None:
    reading = Reading("> You are useless!\nThanks for telling us.")
    assert [s.text for s in reading.sentences] == ["Thanks for telling us."]
    assert "useless" not in reading.own
    assert len(reading.own) == len(reading.folded.text)


@given(st.text())
def test_every_sentence_stands_where_it_says(text: str) -> None:
    reading = Reading(text)
    for sentence in reading.sentences:
        assert reading.folded.text[sentence.start : sentence.end] == sentence.text
        start, end = reading.original(sentence.start, sentence.end)
        assert 0 <= start < end <= len(text)


@given(st.text(st.characters(max_codepoint=0x2030)))
def test_a_text_with_nothing_to_undo_is_taken_as_it_is(text: str) -> None:
    assert fold(text) == _undone(text)


@given(st.text())
def test_folding_knows_the_origin_of_each_letter(text: str) -> None:
    folded = fold(text)
    assert len(folded.origin) == len(folded.text) + 1
    assert list(folded.origin) == sorted(folded.origin)
