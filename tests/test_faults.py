"""Whatever the model does, the right review comes in time; a database that is gone for a while loses nothing."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url, text

from bot.coaching.model import Draft, Review
from bot.models.llm import ChatModel
from bot.store.database import _with_driver
from tests.databases import PostgresDatabases
from tests.local_models import Reply, ScriptedServer, hangs, resets, says, sends, trickles
from tests.test_coach import BLAME, CALM, coach
from tests.test_durable import running, shown, until

LIMIT = 0.7
SLACK = 3.0
"""What a busy machine may add; a model that hangs would take five seconds."""
QUESTION = "What's your order number?"


def says_of(**finding: str) -> Reply:
    """An opinion with one finding, which is sound but for this."""
    sound = {
        "criterion": "interrogation", "severity": "must", "principle": "warm-opening", "quote": QUESTION,
        "why": "It asks before it welcomes.", "suggestion": "Greet first.", "replacement": "May I have your number?",
    }  # fmt: skip
    return says(json.dumps(CALM | {"findings": [sound | finding]}))


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as running:
        running.reply = says_of()
        coach(model(running, seconds=20)).review(Draft(text=BLAME))  # the client's package is loaded
        yield running


def model(server: ScriptedServer, *, seconds: float = LIMIT) -> Any:
    return ChatModel("scripted", api_key="", base_url=server.url, seconds=seconds)


def reviewed(server: ScriptedServer, reply: Reply) -> Review:
    """The review, which must come in time."""
    server.reply = reply
    begun = time.monotonic()
    review = coach(model(server)).review(Draft(text=BLAME, language="en"))
    assert time.monotonic() - begun < LIMIT + SLACK
    return review


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(hangs, id="hanging"),
        pytest.param(trickles, id="slow"),
        pytest.param(sends(429, "{}", **{"Retry-After": "60"}), id="429"),
        pytest.param(sends(500, "{}"), id="500"),
        pytest.param(resets, id="reset"),
        pytest.param(sends(200, "<html>"), id="not JSON"),
        pytest.param(says("It is kind."), id="prose"),
        pytest.param(says('{"findings": 3}'), id="wrong schema"),
        pytest.param(says(json.dumps(CALM)[:-20]), id="truncated"),
        pytest.param(says("", refusal="No."), id="refusal"),
        pytest.param(says("x" * 1_000_000), id="one megabyte"),
        pytest.param(sends(200, "{}"), id="empty"),
        pytest.param(sends(200, json.dumps({"choices": []})), id="no choices"),
    ],
)
def test_a_model_that_fails_leaves_the_local_review_in_time_and_says_so(server: ScriptedServer, reply: Reply) -> None:
    local = coach().review_local(Draft(text=BLAME, language="en"))
    review = reviewed(server, reply)
    assert review.findings == local.findings
    assert review.engine == "local"
    assert "did not answer" in review.notes[-1]


@pytest.mark.parametrize(
    "finding",
    [
        {"quote": "You are an idiot."},
        {"quote": ""},
        {"principle": "always-upsell"},
        {"why": " "},
        {"why": "See https://evil.example."},
        {"suggestion": "Send them to www.evil.example."},
    ],
)
def test_what_a_model_makes_up_is_left_out_and_counted(server: ScriptedServer, finding: dict[str, str]) -> None:
    review = reviewed(server, says_of(**finding))
    assert review.engine == "scripted"
    assert not any(found.why == finding.get("why", "It asks before it welcomes.") for found in review.findings)
    assert any("1" in note for note in review.notes)


@pytest.mark.parametrize(
    "replacement",
    [
        "I promise you a refund tomorrow.",
        "We guarantee it. May I have your number?",
        "Write to boss@evil.example.",
        "Pay 25 euros at www.evil.example.",
        "Anna will call you on Friday.",
    ],
)
def test_a_promise_a_link_or_a_fact_that_a_model_adds_is_not_in_the_rewrite(
    server: ScriptedServer, replacement: str
) -> None:
    review = reviewed(server, says_of(replacement=replacement))
    assert review.rewrite is None or replacement not in review.rewrite.text


def test_a_database_that_is_gone_for_a_while_loses_nothing(postgres: PostgresDatabases, tmp_path: Path) -> None:
    url, board, ids = postgres.new(), tmp_path / "board", [f"job-{n}" for n in range(6)]
    name = make_url(_with_driver(url)).database
    admin = create_engine(make_url(_with_driver(url)).set(database="postgres"), isolation_level="AUTOCOMMIT")
    gone = [
        f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false",
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
    ]
    with running(url, board, ids) as process:
        process.taken()
        until(lambda: shown(board)["deeper"] >= 1)
        with admin.connect() as connection:
            for statement in gone:
                connection.execute(text(statement))
            time.sleep(3)
            connection.execute(text(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true"))
        until(lambda: shown(board)["deeper"] == len(ids), 60)
        process.end()
    admin.dispose()
