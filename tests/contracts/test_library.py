"""What every library does, run against an embedded Chroma folder, a real Chroma server and the search by words."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.coaching.ports import Library
from bot.library.lexical import LexicalLibrary
from tests.contracts.samples import ALL, LONG, PARCEL, ROSES, VALUES, opened, passage
from tests.fakes import HashEmbedder


@pytest.fixture(params=["folder", "server", "words"])
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Library:
    """An empty library."""
    if request.param == "words":
        return LexicalLibrary()
    embedder = HashEmbedder()
    if request.param == "folder":
        return opened(tmp_path, embedder)
    embedder.id = f"hash-{tmp_path.name}"  # a collection of its own on the shared server
    return opened(tmp_path, embedder, request.getfixturevalue("chroma_url"))


def test_an_empty_library_finds_nothing(library: Library) -> None:
    assert library.ids() == set()
    assert library.search("parcel") == []


def test_what_was_put_is_found_whole(library: Library) -> None:
    library.put(ALL)
    assert library.ids() == {"a/1", "a/2", "a/3"}
    for wanted in ALL:
        best = library.search(wanted.text, k=3, language=wanted.language)[0]
        assert best.passage == wanted
        assert best.passage.source.caveat == "written before 2024"


def test_passages_are_had_by_their_ids_in_the_order_asked_for(library: Library) -> None:
    library.put(ALL)
    assert [passage.id for passage in library.get(["a/3", "gone", "a/1", "a/3"])] == ["a/3", "a/1"]
    assert library.get([]) == []


def test_the_best_stands_first_and_scores_are_between_0_and_1(library: Library) -> None:
    library.put(ALL)
    scores = [found.score for found in library.search("a dozen roses for every buyer")]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_putting_again_changes_nothing(library: Library) -> None:
    library.put(ALL)
    before = library.search("a dozen roses")
    library.put(ALL)
    library.put([PARCEL, PARCEL])
    assert library.ids() == {"a/1", "a/2", "a/3"}
    assert library.search("a dozen roses") == before


def test_a_known_id_is_replaced(library: Library) -> None:
    library.put([passage("x", LONG), ROSES])
    library.put([passage("x", "first"), passage("x", "The shop opens at nine.")])
    assert library.ids() == {"x", "a/2"}
    found = library.search("Rule 7 says that parcel number 7 is handled by desk 7.")
    assert "Rule 7" not in " ".join(one.passage.text for one in found)
    assert library.search("The shop opens at nine.")[0].passage.text == "The shop opens at nine."


def test_dropped_passages_are_gone(library: Library) -> None:
    library.put([*ALL, passage("long", LONG)])
    library.drop(["a/1", "long", "never there"])
    assert library.ids() == {"a/2", "a/3"}
    assert {found.passage.id for found in library.search("parcel number 7 is late")} <= {"a/2", "a/3"}
    library.drop(["a/2", "a/3"])
    assert library.ids() == set()
    assert library.search("roses") == []


def test_nothing_to_put_or_drop_is_fine(library: Library) -> None:
    library.put([])
    library.drop([])
    assert library.ids() == set()


def test_no_more_than_k(library: Library) -> None:
    library.put([passage(f"p{number}", f"roses and parcel {number}") for number in range(9)])
    assert len(library.search("roses")) == 5
    assert len(library.search("roses", k=2)) == 2
    assert library.search("roses", k=0) == []


def test_a_long_passage_takes_one_place(library: Library) -> None:
    library.put([passage("long", LONG), *ALL])
    found = [one.passage.id for one in library.search("parcel number 12 is handled by desk 12", k=10)]
    assert found[0] == "long"
    assert len(found) == len(set(found))


def test_a_card_takes_one_place_in_the_questions_language(library: Library) -> None:
    library.put(
        [
            passage("en", "Tajfel and the groups", card="fact/tajfel"),
            passage("nl", "Tajfel en de groepen", language="nl", card="fact/tajfel"),
            passage("fi", "Tajfel ja ryhmät", language="fi", card="fact/tajfel"),
            ROSES,
        ]
    )
    for language in ("en", "nl", "fi"):
        found = [one.passage.id for one in library.search("Tajfel", language=language)]
        assert found[0] == language
        assert len({"en", "nl", "fi"} & set(found)) == 1
    library.drop(["fi"])
    assert library.search("Tajfel", language="fi")[0].passage.card == "fact/tajfel"


def test_a_name_is_found_in_another_language(library: Library) -> None:
    library.put([*ALL, passage("w", "Lahja tuli Wunderkindiltä joulukuussa.", language="fi")])
    assert "w" in [found.passage.id for found in library.search("Wunderkind", language="en")]


@pytest.mark.parametrize("query", ["", "   ", "\n\t", "\0"])
def test_an_empty_query_finds_nothing(library: Library, query: str) -> None:
    library.put(ALL)
    assert library.search(query) == []


@pytest.mark.parametrize(
    "query", ["???", "\ud800", "roses\0\udfff", "🌹", "%s {x} ' \" ; --", "roses " * 20_000, "ß" * 9]
)
def test_a_strange_query_is_only_a_query(library: Library, query: str) -> None:
    library.put(ALL)
    assert len(library.search(query, language="xx")) <= 3


def test_strange_passages_are_kept(library: Library) -> None:
    strange = [passage("nul", "roses\0red"), passage("half", "roses \ud83d blue"), passage("empty", "")]
    library.put(strange)
    assert library.ids() == {"nul", "half", "empty"}
    assert {one.passage.id for one in library.search("roses")} >= {"nul", "half"}


def test_an_unknown_language_is_found_too(library: Library) -> None:
    library.put([*ALL, passage("de", "Die Werkstatt repariert Fahrräder.", language="de")])
    assert library.search("Werkstatt Fahrräder", language="de")[0].passage.id == "de"
    assert library.search(VALUES.text)[0].passage == VALUES
