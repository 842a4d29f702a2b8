"""What the five source documents force on reading: rows I-01 to I-06 of SYSTEMS.md.

Every test reads a small text of the same shape, and the source document itself where it lies beside the repository.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.coaching.model import Passage
from bot.content.documents import ReadDocument, read_document

SHAPES = Path(__file__).parent / "documents"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"

NAMES = {
    "one-paragraph": "000_aa6c0d3920d2a764.txt",
    "spun": "001_69f31497417bd9d5.txt",
    "pasted-twice": "002_fc4e3a17ec0279cd.txt",
    "compilation": "003_2599c0a29f989ae7.txt",
    "icons-and-talk": "004_ee5a84c40c79a53d.txt",
}


def both(shape: str) -> list[Path]:
    seed = SEEDS / NAMES[shape]
    return [SHAPES / f"{shape}.txt", *([seed] if seed.exists() else [])]


def each(shape: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The test is run on the small text of this shape and on the source document of this shape."""
    return pytest.mark.parametrize("path", both(shape), ids=lambda path: path.stem)


def read(path: Path) -> ReadDocument:
    return read_document(path, name=path.name)


def text_of(document: ReadDocument) -> str:
    return "\n".join(passage.text for passage in document.passages)


def reasons(document: ReadDocument) -> set[str]:
    return {item.why for item in document.left_out}


def with_words(document: ReadDocument, words: str) -> Passage:
    return next(passage for passage in document.passages if words in passage.text)


def only_seed(name: str) -> Path:
    path = SEEDS / NAMES[name]
    if not path.exists():
        pytest.skip("the source document is not here; its shape is tested above")
    return path


# I-01


@each("spun")
def test_spun_words_become_plain_ones_and_the_originals_are_kept(path: Path) -> None:
    document = read(path)
    text = text_of(document).casefold()
    for plain in (
        "customer satisfaction",
        "customer relations",
        "win-win",
        "good calls and good business",
        "right now",
    ):
        assert plain in text
    for spun in ("gratification", "shopper relations", "earn-acquire", "excellent calls", "ideal now"):
        assert spun not in text
    assert any("Purchaser Gratification" in passage.original for passage in document.passages)


@each("spun")
def test_what_was_put_into_plain_words_is_a_paraphrase(path: Path) -> None:
    for passage in read(path).passages:
        assert passage.paraphrase == (passage.original != "" and passage.original != passage.text)


def test_one_odd_phrase_alone_does_not_make_a_document_spun(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("The purchaser signs here for the reason that the law asks for it. We keep the paper for a year.")
    (passage,) = read(path).passages
    assert "purchaser" in passage.text
    assert not passage.paraphrase


def test_the_question_of_the_spun_article_reads_as_its_author_meant_it() -> None:
    document = read(only_seed("spun"))
    assert "will your customers reorder" in text_of(document).casefold()
    assert "a correlation between good calls and good business" in text_of(document)
    assert with_words(document, "point of view").original.count("place of look at") == 1


# I-02


@each("pasted-twice")
def test_a_text_pasted_twice_is_read_once(path: Path) -> None:
    document = read(path)
    (twice,) = [item for item in document.left_out if item.why == "pasted twice"]
    assert twice.place.startswith("lines ")
    sentence = document.passages[0].text.split("?")[0]
    assert text_of(document).count(sentence) == 1


@each("pasted-twice")
def test_tags_photo_credit_and_comment_form_are_left_out(path: Path) -> None:
    document = read(path)
    assert {"tags", "photo credit", "comment form"} <= reasons(document)
    for words in ("Technorati", "uploaded by", "Post a Comment", "Reminder"):
        assert words not in text_of(document)


@each("pasted-twice")
def test_comments_are_cited_as_comments_one_by_one(path: Path) -> None:
    document = read(path)
    comments = [passage for passage in document.passages if passage.kind == "comment"]
    assert len(comments) >= 3
    assert all("comments" in passage.source.where for passage in comments)
    assert with_words(document, "numbers").source.author == "Steve"
    kinds = [passage.kind for passage in document.passages]
    assert kinds == sorted(kinds, reverse=True), "the comments come after the article"


# I-03


@each("icons-and-talk")
def test_icon_names_cart_and_advertisement_are_left_out_and_reported(path: Path) -> None:
    document = read(path)
    assert {"icon names", "navigation", "advertisement"} <= reasons(document)
    text = text_of(document)
    for words in ("chevron", "Shopping Cart", "liput ovat myynnissä", "sinun on oltava siellä"):
        assert words not in text
    icons = next(item for item in document.left_out if item.why == "icon names")
    assert icons.what.startswith("arrow-right cart")
    assert icons.place == "line 1"


@each("icons-and-talk")
def test_the_talk_keeps_its_speakers(path: Path) -> None:
    talk = [passage for passage in read(path).passages if passage.heading]
    assert all(passage.text.split(":")[0] in ("John", "Amer", "Maija", "Aamer") for passage in talk[1:])


# I-04


@each("icons-and-talk")
def test_misheard_names_get_the_probable_one_as_a_guess(path: Path) -> None:
    document = read(path)
    for heard, guess in (("Gorgeous", "Gorgias"), ("Bob", "Bobbie"), ("Splendy", "Splendies")):
        passage = with_words(document, f"[probably {guess}]")
        assert heard in passage.original
        assert "[probably" not in passage.original
        assert passage.paraphrase


def test_a_name_that_is_an_everyday_word_is_left_alone_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("Gorgeous weather today, said Bob from the warehouse, and he gave everybody an ice cream for it.")
    assert "probably" not in text_of(read(path))


@each("icons-and-talk")
def test_the_finnish_talk_is_finnish(path: Path) -> None:
    assert read(path).languages.keys() == {"fi"}


# I-05


@each("compilation")
def test_each_article_has_its_own_title_author_and_address(path: Path) -> None:
    sources = {passage.source.title: passage.source for passage in read(path).passages}
    assert len(sources) == (6 if path.parent == SEEDS else 4)
    first, *_, last = sources.values()
    assert first.author in ("Maz Iqbal", "Robin Harper")
    assert "http://" in first.where
    assert last.author in ("Gregory Ciotti", "voorbeeldnieuws.example")


def test_the_six_articles_of_the_compilation_are_told_apart() -> None:
    document = read(only_seed("compilation"))
    authors = list(dict.fromkeys((p.source.title.split()[0], p.source.author) for p in document.passages))
    assert authors == [
        ("Wat", "Maz Iqbal"),
        ("Stads", ""),
        ("Zappos:", "managementsite"),
        ("The", "Gregory Ciotti"),
        ("3", "marketingfacts.nl"),
        ("De", "Gregory Ciotti"),
    ]


@each("compilation")
def test_each_passage_is_tagged_with_its_own_language(path: Path) -> None:
    document = read(path)
    assert document.languages.keys() == {"en", "nl"}
    for passage in document.passages:
        dutch = sum(passage.text.count(f" {word} ") for word in ("de", "het", "een", "van", "niet"))
        english = sum(passage.text.count(f" {word} ") for word in ("the", "to", "of", "that", "with"))
        assert passage.language == ("nl" if dutch > english else "en"), passage.text


@each("compilation")
def test_words_that_ran_together_are_parted(path: Path) -> None:
    document = read(path)
    text = text_of(document)
    assert "youwant" not in text
    assert "isthe " not in text
    assert "you want" in text
    assert "youwant" in with_words(document, "you want to" if path.parent == SHAPES else "you want your").original


def test_words_of_the_compilation_are_parted_where_it_is_safe() -> None:
    text = text_of(read(only_seed("compilation")))
    for words in ("customers need to solve", "few consumers", "Solution Access Value", "customers? How"):
        assert words in text
    for whole in ("SEOmoz", "ManagementSite", "LinkExchange", "klantinzicht", "word-of-mouth", "something"):
        assert whole in text


@each("compilation")
def test_picture_names_bylines_and_signatures_are_left_out(path: Path) -> None:
    document = read(path)
    assert {"picture name", "byline", "signature"} <= reasons(document)
    assert "Written by" not in text_of(document)


# I-06


@pytest.mark.parametrize("path", [path for shape in NAMES for path in both(shape)], ids=lambda path: path.stem)
def test_every_passage_names_its_file_and_the_line_it_begins_on(path: Path) -> None:
    lines = path.read_text("utf-8").split("\n")
    for passage in read(path).passages:
        assert passage.source.file == path.name
        assert passage.source.title
        line = " ".join(lines[passage.position - 1].split())
        words = (passage.original or passage.text).replace("- ", "", 1).split()
        assert any(" ".join(words[i : i + 2]) in line for i in range(len(words))), passage.text


@pytest.mark.parametrize("path", [path for shape in NAMES for path in both(shape)], ids=lambda path: path.stem)
def test_no_word_of_a_source_is_lost_unreported(path: Path) -> None:
    """Whatever stands in the file stands in a passage, a heading, a title, or in the report with its line."""
    document = read(path)
    kept = text_of(document) + " ".join(
        f"{p.original} {p.heading} {p.source.title} {p.source.where} {p.source.author}" for p in document.passages
    )
    kept = "".join(letter for letter in kept.casefold() if letter.isalnum())
    reported: set[int] = set()
    for item in document.left_out:
        numbers = [int(part) for part in item.place.replace("–", " ").split() if part.isdigit()]
        reported.update(range(numbers[0], numbers[-1] + 1))
    for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1):
        for sentence in line.replace("?", ".").split(". "):
            letters = "".join(letter for letter in sentence.casefold() if letter.isalnum())
            assert number in reported or letters in kept, f"line {number}: {sentence}"
