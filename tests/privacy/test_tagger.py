"""The learned tagger: real weights, long texts, many threads, and machines or files that lack what it needs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.coaching.errors import BadKnowledge, LibraryUnavailable
from bot.coaching.redact import Mask
from bot.content.places import KNOWLEDGE
from bot.encoder.encoder import Encoder
from bot.library.embedder import load_encoder
from bot.privacy.finder import PersonalData
from bot.privacy.tagger import Tagger

FOLDER = KNOWLEDGE / "privacy"
FILE = FOLDER / "names.npz"
TAGGER = Tagger(FILE, load_encoder)  # loads nothing until it is asked


def hidden(text: str, language: str, tagger: Tagger | None = TAGGER) -> str:
    return Mask(PersonalData(FOLDER, tagger=tagger), language).hide(text)


@pytest.mark.parametrize(
    ("language", "text", "masked"),
    [
        ("en", "The witness was Olwyn Peakeham, outside.", "The witness was [NAME_1], outside."),
        ("nl", "hoi met sannemiek kruidhof, pakketje is kwijt", "hoi met [NAME_1], pakketje is kwijt"),
        ("fi", "moi täs jenna kukkola, paketti puuttuu", "moi täs [NAME_1], paketti puuttuu"),
    ],
)
def test_a_name_that_no_list_has_is_hidden_by_what_stands_around_it(language: str, text: str, masked: str) -> None:
    assert hidden(text, language) == masked
    assert hidden(text, language, None) != masked


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The Austin sofa in Jasmine fabric is out of stock."),
        ("nl", "De bank Iris is uitverkocht en komt in mei weer binnen."),
        ("fi", "Sohva Ilona on loppu, mutta Aurora on saatavilla."),
    ],
)
def test_a_product_with_a_person_s_name_is_left_to_read(language: str, text: str) -> None:
    assert hidden(text, language) == text


def test_every_word_is_tagged_once_in_order_however_long_the_text() -> None:
    text = "The parcel is at the depot; we bring it tomorrow, between nine and noon.  \n" * 100
    text += "Kind regards,\nOlwyn Peakeham"
    words = TAGGER.tag(text)
    assert [text[word.start : word.end] for word in words] == text.split()
    assert [text[word.start : word.end] for word in words if word.chances["NAME"] > 0.5] == ["Olwyn", "Peakeham"]


@pytest.mark.parametrize("text", ["", " \n\t", "…", "\u200b", "🙂"])
def test_a_text_without_words_has_no_names(text: str) -> None:
    assert all(max(word.chances.values()) < 0.5 for word in TAGGER.tag(text))


def test_many_threads_get_their_own_words() -> None:
    texts = [f"Order {number} is for Tess Harrow." for number in range(8)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(TAGGER.tag, texts))
    for found, text in zip(together, texts, strict=True):
        assert [text[word.start : word.end] for word in found] == text.split()
        assert found[4].chances["NAME"] > 0.5


def test_without_the_encoder_the_rules_go_on_alone() -> None:
    def none() -> Encoder:
        raise LibraryUnavailable("There is no encoder here.")

    assert hidden("Dear Anna, call me.", "en", Tagger(FILE, none)) == "Dear [NAME_1], call me."


def test_a_broken_file_is_named_and_nothing_goes_on_without_it(tmp_path: Path) -> None:
    broken = tmp_path / "names.npz"
    broken.write_bytes(b"nothing")
    with pytest.raises(BadKnowledge, match=r"names\.npz:1: .*shipped"):
        hidden("Dear Anna", "en", Tagger(broken, load_encoder))
