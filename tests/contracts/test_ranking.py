"""The pure parts of searching: pieces, bearings, words and the order."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.errors import BadKnowledge
from bot.content.places import KNOWLEDGE
from bot.library.bearings import Bearings, read_anchors, take_bearings
from bot.library.embedder import LocalEmbedder
from bot.library.lexical import LexicalIndex, terms
from bot.library.pieces import pieces
from bot.library.ranking import Candidate, best, nearness_of, sureness, weigh_words
from bot.library.vectors import CachedEmbedder, shipped_path
from tests.contracts.samples import LONG, passage


@given(st.text(max_size=3000))
def test_pieces_lose_nothing(text: str) -> None:
    cut = pieces(text)
    assert len(cut) != 1
    if cut:
        assert " ".join(cut).split() == text.split()
        assert max(len(piece.split()) for piece in cut) <= 60


def test_a_text_without_full_stops_is_cut_too() -> None:
    assert [len(piece.split()) for piece in pieces("word " * 200)] == [40] * 5
    assert pieces("One short sentence. And another.") == []
    assert pieces(LONG)[0].startswith("Rule 0 ")


def test_the_language_of_a_question_is_told_from_its_vector() -> None:
    embedder = CachedEmbedder(LocalEmbedder(), shipped=shipped_path(KNOWLEDGE, LocalEmbedder.id))
    bearings = take_bearings(embedder, read_anchors(KNOWLEDGE / "anchors.tsv"))
    asked = {"en": "Who pays for this?", "nl": "Wie betaalt dat dan?", "fi": "Kuka tämän oikein maksaa?"}
    for language, question in asked.items():
        assert bearings.language_of(np.asarray(embedder.queries([question])[0], dtype=np.float32)) == language


def test_the_same_meaning_is_near_in_every_language() -> None:
    """The language is the first number, the meaning the other two; only the meaning counts."""
    offsets = {"en": 5.0, "nl": -5.0, "fi": 0.0}
    rows = {
        language: np.asarray([[at, 1, 0], [at, 0, 1], [at, -1, 0], [at, 0, -1]], dtype=np.float32)
        for language, at in offsets.items()
    }
    bearings = Bearings(rows, rows)
    question = bearings.question(np.asarray([5, 1, 0], dtype=np.float32), "en")
    near = bearings.nearness(question, np.asarray([[5, 1, 0], [-5, 1, 0], [0, 1, 0]], np.float32), list(offsets))
    assert np.allclose(near, near[0])
    far = bearings.nearness(question, np.asarray([[5, 0, 1]], np.float32), ["en"])
    assert far[0] < near[0]


@pytest.mark.parametrize(
    ("text", "line"), [("", 1), ("en\tnl\n", 1), ("en\tnl\none\n", 2), ("en\tnl\none\ttwee\nthree\t \n", 3)]
)
def test_anchors_that_are_not_whole_are_refused_with_their_line(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "anchors.tsv"
    path.write_text(text, "utf-8")
    with pytest.raises(BadKnowledge, match=rf"^{path}:{line}: "):
        read_anchors(path)
    with pytest.raises(BadKnowledge, match=r"missing\.tsv:1: "):
        read_anchors(tmp_path / "missing.tsv")


def test_terms_forgive_endings_and_punctuation() -> None:
    assert terms("Wunderkindiltä") == terms("wunderkind") == ["wunder"]
    assert terms("$1,600.50!") == ["160050"]
    assert terms("…") == []


def test_words_of_the_own_language_do_not_count_in_another() -> None:
    index = LexicalIndex()
    index.add("en", "the hotel is open", "en")
    index.add("nl", "het hotel is open, 265 kamers", "nl")
    assert set(index.shares("hotel", language="en")) == {"en"}
    assert set(index.shares("hotel 265", language="en")) == {"en", "nl"}
    assert set(index.shares("hotel")) == {"en", "nl"}
    index.remove("nl")
    index.remove("nl")
    assert index.shares("265") == {}


@given(st.lists(st.text("abc ", max_size=30), max_size=8), st.text("abc ", max_size=30))
def test_the_share_of_a_question_is_between_0_and_1(texts: list[str], query: str) -> None:
    index = LexicalIndex()
    for number, text in enumerate(texts):
        index.add(str(number), text, "en")
    assert all(0 < share <= 1 for share in index.shares(query, language="en").values())


def test_words_reorder_a_language_and_names_rise_above_all() -> None:
    one, two = passage("one", "x"), passage("two", "x")
    other = passage("other", "x", language="nl")
    candidates = [Candidate(one, 0.2), Candidate(two, 0.1), Candidate(other, 0.15)]
    some = {c.passage.id: c.score for c in weigh_words(candidates, {"two": 0.5})}
    assert some == {"two": 0.2, "one": 0.1, "other": 0.15}
    named = {c.passage.id: c.score for c in weigh_words(candidates, {"other": 1.0})}
    assert named["other"] > named["one"] == 0.2


def test_of_a_card_only_the_best_is_kept() -> None:
    one, two = passage("one", "x", card="c"), passage("two", "x", language="nl", card="c")
    found = best([Candidate(one, -3.0), Candidate(two, 3.0), Candidate(passage("d", "x"), 0.5)], k=5)
    assert [(f.passage.id, f.score) for f in found] == [("two", 1.0), ("d", 0.5)]
    assert best([], k=5) == []


@given(st.floats(-2, 2), st.floats(-2, 2))
def test_nearer_is_surer(one: float, other: float) -> None:
    assert 0 <= sureness(one) <= 1
    assert (sureness(one) <= sureness(other)) or one > other
    assert nearness_of(one, []) == one
    assert min(one, other) - 1e-9 <= nearness_of(one, [other]) <= max(one, other) + 1e-9
