"""An answer that a model composes grows in a direct message, and stands there in one piece at the end."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.edges.slack.harness import Harness, eventually
from tests.local_models import ScriptedServer, streams

RIGHT = "The customer service team of BattlBox may spend a budget of $500 a month, no questions asked."
WRONG = "The team may spend $900 a month on customers, no questions asked."
ALSO = "There are no questions asked about the budget of the customer service team."
SAID = json.dumps({"sentences": [{"text": text, "passages": ["P1"]} for text in (RIGHT, WRONG, ALSO)]})


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as running:
        running.reply = streams(SAID)
        yield running


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, server: ScriptedServer) -> Iterator[Harness]:
    folder = tmp_path_factory.mktemp("heartware")
    harness = Harness(folder, heartware_model="small", openai_base_url=server.url, heartware_model_seconds=10)
    yield harness
    harness.stop()


def test_it_grows_in_place_and_nothing_unchecked_is_ever_shown(app: Harness) -> None:
    agent = app.somebody()
    app.dm("ask How much may the BattlBox service team spend a month?", agent)
    post = eventually(lambda: next((post for post in app.slack.of(agent) if ALSO in post.shown), None), 30)
    assert RIGHT in post.shown
    assert "$900" not in post.shown
    assert "[This answer is wrong]" in post.shown
    assert app.slack.of(agent) == [post]


def test_after_a_command_it_comes_whole(app: Harness) -> None:
    agent = app.somebody()
    app.command("ask How much may the BattlBox service team spend a month?", agent)
    assert ALSO in app.sees(agent, RIGHT).shown
