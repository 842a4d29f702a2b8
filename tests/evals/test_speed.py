"""``heartware bench``: its rows are what they say, and a prompt stays small and begins the same each time."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import pytest

from bot.build import Parts
from bot.coaching.model import LANGUAGES, Draft
from bot.coaching.opinion import Opinion
from bot.content.knowledge import Knowledge
from bot.content.places import KNOWLEDGE
from bot.evals.speed import beside, people, running
from bot.evals.speed import documents as documents_
from bot.evals.speed.documents import documents, growth
from bot.evals.speed.everyday import draft
from bot.evals.speed.loopback import CONTENT
from bot.evals.speed.model import tokens
from bot.evals.speed.timing import rounded, row
from bot.verbs import measuring
from tests.edges.processes import here
from tests.fakes import HashEmbedder, ScriptedModel
from tests.test_coach import CALM, coach

CASES = Path(__file__).parent / "drafts.jsonl"
PASSAGES = Knowledge(KNOWLEDGE).passages()
DRAFTS = {"en": "Sorry, that is our policy.", "nl": "Helaas, dat is ons beleid.", "fi": "Valitettavasti näin meillä."}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_prompt_begins_the_same_whatever_the_draft_so_that_a_provider_can_keep_it(language: str) -> None:
    model = ScriptedModel(CALM)
    for text in (DRAFTS[language], f"{DRAFTS[language]} 12345", f"Hi Anna. {DRAFTS[language]}"):
        coach(model).review(Draft(text=text, customer=text[::-1], language=language))
    system = [messages[0] for messages in model.asked]
    assert [message.role for message in system] == ["system"] * 3
    assert len({message.text for message in system}) == 1
    for messages in model.asked:
        assert DRAFTS[language] not in messages[0].text
        assert messages[1].text.index("Touches to choose from") < messages[1].text.index("CUSTOMER")


def test_a_prompt_takes_at_most_a_fifth_of_what_the_whole_handbook_takes(parts: Parts) -> None:
    rows = tokens(parts, CASES, drafts=3)
    assert [one["language"] for one in rows] == list(LANGUAGES)
    for one in rows:
        assert float(str(one["review ÷ handbook"])) <= 0.2
        assert int(str(one["of these the same each time, first"]).rstrip("%")) >= 90


def test_the_model_of_the_bench_answers_in_the_form_of_a_review() -> None:
    assert Opinion.model_validate(CONTENT).findings == []


def test_no_two_drafts_and_no_two_documents_are_the_same() -> None:
    assert len({draft(number).text for number in range(50)}) == 50
    made = list(islice(documents(PASSAGES), 300))
    assert len({passage.text for passage in made}) == len({passage.id for passage in made}) == 300
    assert {passage.language for passage in made} == set(LANGUAGES)


def test_a_row_for_each_size_of_a_library_that_grows() -> None:
    rows = growth(HashEmbedder(), PASSAGES[:40], (3, 6))
    assert [one["documents"] for one in rows] == [3, 6]


def test_a_linter_that_is_not_installed_says_how_to_have_it(
    parts: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "find_spec", lambda module: None)
    few = tmp_path / "few.jsonl"
    few.write_text("\n".join(line for line in CASES.read_text("utf-8").splitlines() if '"en-blame-0' in line))
    rows = beside.beside(parts, few)
    assert rows[0]["review ÷ this"] == 1.0
    assert [one["what"] for one in rows[2:]] == [f"{name}: {beside.HOW}" for name in beside.LINTERS]


@pytest.mark.parametrize("size", ["QUICK", "ALL"])
def test_each_size_of_the_bench_has_its_rows(size: str) -> None:
    scale: running.Scale = getattr(running, size)
    assert scale.documents[:2] == (10, 100)
    assert scale.people[:2] == (1, 10)


def test_the_verb_measures_everything_and_prints_it_for_people_and_for_machines(
    parts: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny = running.Scale((3, 6), (1, 2), 2, times=1, cold=1, drafts=1)
    monkeypatch.setattr(running, "ALL", tiny)
    # These have tests of their own, and take seconds.
    monkeypatch.setattr(running, "everyday", lambda parts, *, times, cold: [row("review", [1.0] * times)])
    monkeypatch.setattr(running, "beside", lambda parts, cases: [row(cases.name, [1.0])])
    monkeypatch.setattr(running, "tokens", lambda parts, cases, *, drafts: [row(cases.name, [1.0] * drafts)])
    monkeypatch.setattr(people, "AT_LEAST", 2)
    monkeypatch.setattr(documents_, "SEARCHES", 2)
    monkeypatch.setattr(measuring, "built", lambda **_: parts)  # whose index is made already
    done = here("bench", "--all", "--json", data=tmp_path)
    tables = json.loads(done.out)
    assert done.code == 0
    assert [row["documents"] for row in tables["More documents"]] == [3, 6]
    assert [row["what"] for row in tables["More people at once"]] == ["1 at once", "2 at once"]
    assert tables["Indexing"][0]["documents of a hundred words"] == 2
    assert all(set(rows[0]) == set(row) for rows in tables.values() for row in rows)
    monkeypatch.setattr(running, "bench", lambda *_, **__: tables)
    shown = here("bench", data=tmp_path).out
    assert all(title in shown for title in tables)
    assert "review with that model" in shown


def test_times_are_told_as_a_person_reads_them() -> None:
    assert row("search", [1.0, 2.0, 30.4]) == {
        "what": "search",
        "median ms": 2.0,
        "p95 ms": 30,
        "longest ms": 30,
        "times": 3,
    }
    assert rounded(0.1234) == 0.12
