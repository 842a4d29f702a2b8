"""How a document is cut: sizes, lists, headings, ids, repeats."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bot.content.documents import ReadDocument, near_duplicates, read_document
from bot.content.documents.sentences import sentences

WORDS = (
    "agent answer anger basket call care chat choice claim colour customer delay desk door email error evening fault "
    "form friend gift greeting help hour idea letter line list loss mind moment money morning name note number offer "
    "order page parcel phone place plan plant price question reason receipt refund reply return rule shop size smile"
).split()


def written(folder: Path, text: str, name: str = "note.txt") -> ReadDocument:
    path = folder / name
    path.write_text(text, "utf-8")
    return read_document(path, name=name)


def prose(count: int, seed: int = 0) -> str:
    """Sentences of ten words, each of them different."""
    chance = random.Random(seed)
    return " ".join(" ".join(chance.choices(WORDS, k=10)).capitalize() + "." for _ in range(count))


def test_a_giant_paragraph_is_cut_between_sentences_into_passages_of_usual_size(tmp_path: Path) -> None:
    text = prose(120)
    document = written(tmp_path, text)
    assert all(40 <= len(passage.text.split()) <= 140 for passage in document.passages)
    assert " ".join(passage.text for passage in document.passages) == text


def test_short_paragraphs_share_a_passage_and_long_ones_stand_alone(tmp_path: Path) -> None:
    short, long = prose(1), prose(6, seed=1)
    document = written(tmp_path, f"Title of the Note\n\n{short}\n\n{prose(4, seed=2)}\n\n{long}\n")
    assert [passage.text.split("\n")[0] for passage in document.passages] == [short, long]


def test_a_list_stays_with_the_sentence_that_introduces_it(tmp_path: Path) -> None:
    items = "\n".join(f"{n}. {prose(3, seed=n)}" for n in range(1, 9))
    document = written(tmp_path, f"# Steps\n\nDo these things in this order:\n\n{items}\n", "steps.md")
    assert len(document.passages) > 1
    assert all(passage.text.startswith("Do these things in this order:\n") for passage in document.passages)
    assert document.passages[1].position > document.passages[0].position


def test_an_inner_list_belongs_to_the_item_above_it(tmp_path: Path) -> None:
    document = written(tmp_path, "Check:\n+ the order:\n1. paid\n2. sent\n+ the address\n")
    assert document.passages[0].text == "Check:\n- the order:\n1. paid\n2. sent\n- the address"


def test_headings_make_a_path(tmp_path: Path) -> None:
    text = f"# Handbook\n\n{prose(5)}\n\n## Refunds\n\n### Late\n\n{prose(5, seed=1)}\n\n## Gifts\n\n{prose(5, seed=2)}"
    document = written(tmp_path, text, "handbook.md")
    assert [passage.heading for passage in document.passages] == ["", "Refunds > Late", "Gifts"]
    assert {passage.source.title for passage in document.passages} == {"Handbook"}
    assert document.passages[1].source.where == "Late"


def test_every_top_heading_begins_an_article_of_its_own(tmp_path: Path) -> None:
    document = written(tmp_path, f"# Returns\n\n{prose(5)}\n\n# Gifts\n\nBy Anna Smit\n\n{prose(5, seed=1)}", "all.md")
    assert [(p.source.title, p.source.author) for p in document.passages] == [("Returns", ""), ("Gifts", "Anna Smit")]


def test_questions_and_answers_are_found_under_the_question(tmp_path: Path) -> None:
    text = (
        "Veelgestelde vragen\n\nHoe lang duurt een terugbetaling?\nDat duurt drie tot vijf werkdagen, het hangt af van "
        "je bank en van de dag.\n\nKan ik annuleren?\nJa, zolang je bestelling nog niet onderweg is.\n"
    )
    document = written(tmp_path, text)
    assert [p.heading for p in document.passages] == ["Hoe lang duurt een terugbetaling?", "Kan ik annuleren?"]


def test_lines_that_were_wrapped_by_hand_become_one_paragraph(tmp_path: Path) -> None:
    text = (
        "You can return everything that you bought from us within thirty days,\n"
        "as long as it is in its box and you still have the receipt for it. We\n"
        "pay the postage of every return.\n"
    )
    assert "\n" not in written(tmp_path, text).passages[0].text


def test_an_unchanged_passage_keeps_its_id_when_another_changes(tmp_path: Path) -> None:
    parts = [f"## Part {n}\n\n{prose(6, seed=n)}\n" for n in range(4)]
    before = written(tmp_path, "\n".join(parts), "parts.md")
    parts[1] = f"## Part 1\n\n{prose(7, seed=99)}\n"
    after = written(tmp_path, "\n".join(parts), "parts.md")
    assert [a.id == b.id for a, b in zip(before.passages, after.passages, strict=True)] == [True, False, True, True]


def test_two_passages_never_have_the_same_id(tmp_path: Path) -> None:
    document = written(tmp_path, "## One\n\nAsk for the number.\n\n## Two\n\nAsk for the number.\n", "steps.md")
    assert len({passage.id for passage in document.passages}) == 2
    assert document.passages[0].id != written(tmp_path, "Ask for the number.", "other.md").passages[0].id


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    text = prose(30)
    assert written(tmp_path, text) == written(tmp_path, text)


def test_a_step_that_two_procedures_share_stays_in_both(tmp_path: Path) -> None:
    text = (
        "## Refund\n\n1. Open it.\n2. Click Save and confirm.\n\n## Gift\n\n1. Wrap it.\n2. Click Save and confirm.\n"
    )
    document = written(tmp_path, text, "steps.md")
    assert [passage.text.count("Click Save") for passage in document.passages] == [1, 1]


def test_a_passage_that_says_nearly_the_same_is_left_out(tmp_path: Path) -> None:
    text = prose(8)
    document = written(tmp_path, f"## One\n\n{text}\n\n## Two\n\n{text.replace('.', '!', 1)} Bye.\n", "twice.md")
    assert len(document.passages) == 1
    assert [item.why for item in document.left_out] == ["said before"]


def test_near_duplicates_finds_every_pair_and_only_those() -> None:
    texts = [prose(10, seed=n) for n in range(50)]
    texts += [texts[3].replace("customer", "client"), texts[7] + " One more."]
    assert near_duplicates(texts) == {50: 3, 51: 7}
    assert near_duplicates(["", "", "a", "a"]) == {3: 2}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three? Four…", 4),
        ("We met Dr. Smit at Acme B.V. in Ghent. He smiled.", 2),
        ("Dat kost ca. 5 euro, bijv. Een pen. En meer.", 2),
        ("Soita esim. Matille klo. 9. Hän auttaa.", 2),
        ("It costs 1.50 euro. See p. 262 of the book.", 2),
        ("He said: “Go. Now.” Then he left.", 3),
        ("No end here", 1),
        ("", 0),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_a_text_without_full_stops_is_cut_between_words() -> None:
    parts = sentences("word " * 2000)
    assert all(len(part.split()) <= 250 for part in parts)
    assert sum(len(part.split()) for part in parts) == 2000


def test_a_megabyte_on_one_line_is_read_in_seconds(tmp_path: Path) -> None:
    document = written(tmp_path, prose(16_000))
    assert len(document.passages) > 1000
