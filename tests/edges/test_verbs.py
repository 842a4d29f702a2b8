"""The verbs as a person or a program uses them, in a folder of their own, without a network."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.edges.model import OPINION
from tests.edges.processes import forked, heartware, here
from tests.edges.running import BLAME
from tests.local_models import ScriptedServer, real_model, says


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("heartware")


def test_a_review_is_printed_plain_where_it_is_piped(data: Path) -> None:
    ran = heartware("review", BLAME, data=data)
    assert ran.code == 0
    assert ran.out.startswith("● ")
    assert "“User error”" in ran.out
    assert "\x1b" not in ran.out
    assert "[-User error-]" in ran.out


def test_a_review_as_json_is_the_contract(data: Path) -> None:
    review = json.loads(here("review", "--json", BLAME, data=data).out)
    assert set(review) == {
        "id", "language", "verdict", "headline", "scores", "findings", "strengths", "rewrite", "touch",
        "no_touch_because", "engine", "prompt", "partial", "notes",
    }  # fmt: skip
    finding = review["findings"][0]
    assert set(finding) == {
        "criterion", "severity", "quote", "start", "end", "why", "suggestion", "principle", "category", "effect",
    }  # fmt: skip
    assert BLAME[finding["start"] : finding["end"]] == finding["quote"]
    assert set(finding["principle"]) == {"id", "title", "source"}
    assert "000_aa6c0d3920d2a764.txt" in finding["principle"]["source"]
    assert set(review["rewrite"]) == {"text", "edits", "kept", "added"}
    assert set(review["rewrite"]["edits"][0]) == {"start", "end", "text", "why"}


def test_the_draft_may_come_on_standard_input(data: Path) -> None:
    assert "“User error”" in forked("review", data=data, stdin=BLAME.encode()).out
    assert "“User error”" in here("review", "-", data=data, stdin=BLAME.encode()).out


def test_drafts_line_by_line_are_answered_in_order_and_a_bad_line_stops_nothing(data: Path) -> None:
    lines = [
        json.dumps({"id": "a", "draft": BLAME}),
        "not json",
        json.dumps({"id": "c", "draft": ""}),
        json.dumps({"id": "d", "draft": 7}),
        json.dumps(["e"]),
        "",
        json.dumps({"id": 6, "draft": "Bedankt voor je bericht, het is geregeld.", "customer": "Kan dit?"}),
        '{"id": "g", "draft": "half \\ud800 a letter"}',
        json.dumps({"id": "h", "draft": BLAME, "language": "en", "customer": None}),
    ]
    ran = forked("review", "--jsonl", data=data, stdin="\n".join(lines).encode() + b"\n\xff\xfe\n")
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", None, "c", "d", None, "6", "g", "h", None]
    assert [("error" in answer) for answer in answers] == [False, True, True, True, True, False, False, False, True]
    assert answers[5]["language"] == "nl"


def test_a_search_answers_with_id_source_language_and_score(data: Path) -> None:
    found = json.loads(forked("search", "wrong password, user error or oops", "--k", "3", "--json", data=data).out)
    assert len(found) == 3
    assert all(set(passage) == {"id", "text", "source", "language", "score"} for passage in found)
    assert any("000_aa6c0d3920d2a764.txt" in passage["source"] for passage in found)
    assert all(0 <= passage["score"] <= 1 for passage in found)


def test_searches_line_by_line(data: Path) -> None:
    stdin = b'{"id": 1, "query": "core values"}\n{"id": 2}\n{"id": 3, "query": ""}\n'
    answers = [json.loads(line) for line in here("search", "--jsonl", data=data, stdin=stdin).out.splitlines()]
    assert answers[0]["passages"]
    assert "error" in answers[1]
    assert answers[2] == {"id": 3, "passages": []}


def test_a_question_is_answered_with_its_source(data: Path) -> None:
    ran = here("ask", "--json", "How much may the BattlBox service team spend a month?", data=data)
    answer = json.loads(ran.out)
    assert answer["known"]
    assert "500" in answer["text"]
    assert "004_ee5a84c40c79a53d.txt" in answer["citations"][0]["source"]


def test_questions_line_by_line(data: Path) -> None:
    stdin = json.dumps({"id": "q", "question": "Hoeveel kernwaarden heeft Zappos?"}).encode()
    [answer] = [json.loads(line) for line in here("ask", "--jsonl", data=data, stdin=stdin).out.splitlines()]
    assert answer["id"] == "q"
    assert answer["language"] == "nl"
    assert "10" in answer["text"]
    assert set(answer["citations"][0]) >= {"source", "passage"}


def test_documents_are_indexed_found_and_forgotten(data: Path, tmp_path: Path) -> None:
    handbook = tmp_path / "handbook.md"
    handbook.write_text("# Parking\n\nVisitors park their zeppelins on the roof, next to the cactus garden.\n")
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.4 nothing more")
    ran = here("index", str(tmp_path), data=data)
    assert ran.code == 1
    assert "handbook.md" in ran.out
    assert "bad.pdf" in ran.out
    found = json.loads(here("search", "where do zeppelins park", "--k", "1", "--json", data=data).out)
    assert "handbook.md" in found[0]["source"]
    bad.unlink()
    assert "unchanged" in here("index", str(tmp_path), data=data).out
    handbook.unlink()
    assert "removed" in here("index", data=data).out
    found = json.loads(here("search", "where do zeppelins park", "--k", "5", "--json", data=data).out)
    assert not any("handbook.md" in passage["source"] for passage in found)


def test_a_broken_index_is_made_again_with_the_documents_that_were_in_it(tmp_path: Path) -> None:
    data, docs = tmp_path / "data", tmp_path / "docs"
    docs.mkdir()
    (docs / "handbook.md").write_text("# Parking\n\nVisitors park their zeppelins on the roof.\n")
    assert forked("index", str(docs), data=data).code == 0
    database = data / "index" / "chroma.sqlite3"
    database.write_bytes(b"not a database" * 1000)
    ran = forked("search", "where do zeppelins park", "--k", "1", "--json", data=data)
    assert ran.code == 0
    assert "set aside" in ran.err
    assert "handbook.md" in json.loads(ran.out)[0]["source"]


def test_the_data_files_are_checked(data: Path) -> None:
    ran = here("check", data=data)
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "variables", "says"),
    [
        (("review", ""), {}, "no draft"),
        (("review", "x" * 20_001), {}, "at most 20,000"),
        (("ask", " "), {}, "no question"),
        (("index", "/no/such/place"), {}, "/no/such/place"),
        (("review", "Hi"), {"CHROMA_URL": "nonsense"}, "CHROMA_URL"),
        (("search", "x"), {"CHROMA_URL": "http://127.0.0.1:9"}, "CHROMA_URL"),
        (("review", "Hi"), {"HEARTWARE_MODEL": "gpt-5.4-mini"}, "OPENAI_API_KEY"),
        (("eval", "everything"), {}, "drafts, search, questions or privacy"),
        (("eval", "--cases", "/no/such/file"), {}, "/no/such/file"),
    ],
)
def test_bad_input_and_wrong_settings_end_in_one_sentence(
    data: Path, arguments: tuple[str, ...], variables: dict[str, str], says: str
) -> None:
    ran = here(*arguments, data=data, stdin=b"", **variables)
    assert ran.code == 1
    assert says in ran.err.replace("\n", "")
    assert ran.err.startswith("heartware: ")


def test_a_data_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    ran = forked("search", "values", data=file / "below")
    assert ran.code == 1
    assert "HEARTWARE_DATA" in ran.err
    assert forked("review", BLAME, data=file / "below").code == 0


def test_help_names_every_verb(data: Path) -> None:
    ran = heartware("--help", data=data)
    assert all(verb in ran.out for verb in ("review", "ask", "search", "index", "check", "eval", "bench"))


def test_a_model_that_is_set_deepens_the_review(data: Path) -> None:
    with ScriptedServer() as server:
        server.reply = says(json.dumps(OPINION))
        model = {"HEARTWARE_MODEL": "small", "OPENAI_BASE_URL": server.url}
        review = json.loads(here("review", "--json", BLAME, data=data, stdin=b"", **model).out)
        alone = json.loads(here("review", "--json", "--local", BLAME, data=data, stdin=b"", **model).out)
    assert (review["engine"], review["prompt"]) == ("small", "review@2")
    assert review["findings"][0]["quote"] == "What's your order number?"
    assert alone["engine"] == "local"
    assert len(server.asked) == 1


def test_a_model_that_is_down_leaves_the_local_review_and_says_so(data: Path) -> None:
    model = {"HEARTWARE_MODEL": "small", "OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}
    ran = here("review", BLAME, data=data, stdin=b"", **model)
    assert ran.code == 0
    assert "“User error”" in ran.out
    assert "did not answer in time" in ran.out


def test_a_real_small_model_gives_a_review_that_holds(data: Path) -> None:
    """SmolLM2 cannot judge a reply, nor quickly; whatever it says, what reaches the agent is true of the draft."""
    with real_model(context=16_384) as url:
        model = {"HEARTWARE_MODEL": "smollm2", "OPENAI_BASE_URL": url, "HEARTWARE_MODEL_SECONDS": "6"}
        review = json.loads(here("review", "--json", BLAME, data=data, stdin=b"", **model).out)
    assert review["verdict"] in ("send", "revise", "hold")
    for finding in review["findings"]:
        assert finding["quote"] is None or finding["quote"] in BLAME


def test_what_is_due_for_review_is_named(data: Path) -> None:
    later = {"HEARTWARE_ENV": "test", "HEARTWARE_NOW": "2027-01-31T09:00:00"}
    ran = here("check", data=data, stdin=b"", **later)
    assert ran.code == 0
    assert "was to be reviewed by 2027-01" in ran.out
    assert (
        "was to be reviewed"
        not in here("check", data=data, stdin=b"", **later | {"HEARTWARE_NOW": "2026-11-21T09:00:00"}).out
    )
