"""The verbs: checked, started, stopped and killed as real processes, against the fake Slack."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any, NoReturn

import httpx
import pytest

from bot.build import Parts
from bot.coaching.errors import BadKnowledge
from bot.privacy import tagger
from bot.slack.manifest import scopes
from tests.edges.model import DEEPER, Model
from tests.edges.processes import ran, said_here, start
from tests.edges.running import Process, Running, calm
from tests.edges.slack.fake_slack import APP_TOKEN, BOT_TOKEN, FakeSlack
from tests.edges.slack.harness import BLAME, SECRET, Harness, eventually

GIVEN = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_SIGNING_SECRET": SECRET}


class Outside(Harness):
    """The harness for an app in a process of its own."""

    def __init__(self, index: Path | None = None) -> None:
        Running.__init__(self)
        self.slack = FakeSlack()
        self.run(self.slack.start())
        process = Process({"SLACK_API_URL": self.slack.api_url, **GIVEN}, index)
        self.http, self.port, self.started, self.forked = process.client, process.port, process.started, process.forked

    def settled(self) -> None:
        calm(lambda: len(self.slack.calls))


@pytest.fixture
def outside(parts: Parts) -> Iterator[Outside]:
    parts.library()
    harness = Outside(parts.settings.heartware_data)
    yield harness
    assert harness.slack.faults == []
    assert harness.slack.public == []
    harness.run(harness.slack.stop())


def test_damaged_weights_stop_the_start_with_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = "names.npz:1: these weights cannot be used; take the file as it was shipped."

    def damaged(*_: object) -> NoReturn:
        raise BadKnowledge(said)

    monkeypatch.setattr(tagger, "read_taught", damaged)
    assert said_here(tmp_path, "serve", **GIVEN) == (1, f"heartware: {said}\n")


@pytest.mark.parametrize(("variables", "named"), [
    ({}, "SLACK_BOT_TOKEN"),
    ({"SLACK_BOT_TOKEN": BOT_TOKEN}, "SLACK_SIGNING_SECRET"),
    ({"SLACK_CLIENT_ID": "1.2"}, "SLACK_CLIENT_SECRET"),
    ({"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_API_URL": "slack"}, "SLACK_API_URL"),
    ({**GIVEN, "PORT": "99999"}, "PORT"),
])  # fmt: skip
def test_a_missing_or_wrong_setting_stops_the_start(tmp_path: Path, variables: dict[str, str], named: str) -> None:
    code, said = said_here(tmp_path, "slack", **variables)
    assert code == 1
    assert said.startswith(f"heartware: {named}")


def test_the_check_says_that_all_is_well(tmp_path: Path, outside: Outside) -> None:
    given = {**GIVEN, "SLACK_APP_TOKEN": APP_TOKEN, "SLACK_API_URL": outside.slack.api_url}
    code, said = ran(tmp_path, "slack", "--check", **given)
    assert code == 0
    assert said.splitlines() == [
        "ok    settings",
        "ok    SLACK_BOT_TOKEN: Team, U0BOT",
        "ok    scopes",
        "ok    SLACK_APP_TOKEN",
    ]


@pytest.mark.parametrize(("wrong", "words"), [
    ({"SLACK_BOT_TOKEN": "xoxb-wrong"}, "SLACK_BOT_TOKEN: Slack refuses it (invalid_auth)"),
    ({"SLACK_APP_TOKEN": "xapp-wrong"}, "SLACK_APP_TOKEN: Slack refuses it (invalid_auth)"),
    ({"SLACK_API_URL": "http://127.0.0.1:9/api"}, "SLACK_API_URL: Slack cannot be reached"),
    ({"SLACK_SIGNING_SECRET": "", "SLACK_APP_TOKEN": ""}, "SLACK_SIGNING_SECRET is missing"),
])  # fmt: skip
def test_the_check_says_what_is_wrong(tmp_path: Path, outside: Outside, wrong: dict[str, str], words: str) -> None:
    given = {**GIVEN, "SLACK_APP_TOKEN": APP_TOKEN, "SLACK_API_URL": outside.slack.api_url, **wrong}
    code, said = said_here(tmp_path, "slack", "--check", **given)
    assert code == 1
    assert words in said


def test_the_check_names_a_missing_scope(tmp_path: Path, outside: Outside) -> None:
    outside.slack.scopes = ("chat:write", "commands")
    code, said = said_here(tmp_path, "slack", "--check", **GIVEN, SLACK_API_URL=outside.slack.api_url)
    assert code == 1
    missing = sorted(set(scopes()) - set(outside.slack.scopes))
    assert f"scopes: missing {', '.join(missing)}: update the app" in said


def test_it_serves_and_ends_the_work_in_flight_when_told_to_stop(tmp_path: Path, outside: Outside) -> None:
    with Model() as model:
        model.seconds = 2
        process = outside.started(tmp_path, "serve", HEARTWARE_MODEL="small", OPENAI_BASE_URL=model.url)
        assert outside.http.get("/healthz").json() == {"status": "ok"}
        agents = [outside.somebody() for _ in range(5)]
        for agent in agents:
            outside.command(BLAME, agent)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    for agent in agents:
        assert "After a deeper look" in outside.slack.of(agent)[-1].shown


def test_in_socket_mode_no_port_is_opened(tmp_path: Path, outside: Outside) -> None:
    given: dict[str, Any] = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "PORT": str(outside.port)}
    process = start(tmp_path, "slack", SLACK_API_URL=outside.slack.api_url, **given)
    eventually(lambda: outside.slack.connected, 100)
    with pytest.raises(httpx.TransportError):
        outside.http.get("/healthz")
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0


@pytest.mark.timeout(240)
def test_killed_in_the_middle_of_20_reviews_each_agent_gets_one_answer(tmp_path: Path, outside: Outside) -> None:
    with Model() as model:
        model.seconds = 3
        given = {"HEARTWARE_MODEL": "small", "OPENAI_BASE_URL": model.url}
        process = outside.forked(tmp_path, "serve", **given)
        agents = [outside.somebody() for _ in range(20)]
        outside.slack.minute = 10  # few streams a minute are allowed, and that limit is waited for
        for ask, agent in zip(cycle((outside.command, outside.dm)), agents):
            ask(BLAME, agent)
        process.kill()
        process.wait()
        time.sleep(0.5)
        model.seconds = 0.1
        process = outside.forked(tmp_path, "serve", **given)
        for agent in agents:
            outside.sees(agent, "[Useful]", seconds=90)
            outside.sees(agent, DEEPER, seconds=40)
        outside.settled()
        process.send_signal(signal.SIGTERM)
        process.wait(30)
    for agent in agents:
        # What was shown before the end may stand there too; what is shown after it is shown once.
        deeper = [post for post in outside.slack.of(agent) if DEEPER in post.shown]
        assert len(deeper) == 1
        assert len(outside.slack.of(agent)) <= 2
