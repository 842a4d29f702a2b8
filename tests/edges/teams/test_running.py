"""The verbs: checked, started and stopped as real processes, against the fake Connector."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.build import Parts
from tests.edges.processes import ran, said_here
from tests.edges.running import Process
from tests.edges.slack.fake_slack import BOT_TOKEN
from tests.edges.teams.fake_connector import CLIENT, TENANT, TOKEN, FakeConnector
from tests.edges.teams.harness import BLAME, Harness

GIVEN = {"HEARTWARE_ENV": "test", "TEAMS_CLIENT_ID": CLIENT, "TEAMS_TENANT_ID": TENANT, "TEAMS_TEST_TOKEN": TOKEN}
REAL = {"TEAMS_CLIENT_ID": CLIENT, "TEAMS_TENANT_ID": TENANT, "TEAMS_CLIENT_SECRET": "secret"}


class Outside(Harness):
    """The harness for an app in a process of its own."""

    def __init__(self, index: Path | None = None) -> None:
        self.connector = FakeConnector()
        process = Process({"TEAMS_OPENID_METADATA_URL": self.connector.metadata_url, **GIVEN}, index)
        self.client, self.started, self.forked = process.client, process.started, process.forked

    def post(self, body: str | bytes, token: str | None = None, **headers: str) -> httpx.Response:
        given = {"Authorization": f"Bearer {token or self.connector.token()}", **headers}
        return self.client.post("/api/messages", content=body, headers=given)


@pytest.fixture
def outside(parts: Parts) -> Iterator[Outside]:
    parts.library()
    harness = Outside(parts.settings.heartware_data)
    yield harness
    assert harness.connector.faults == []
    assert harness.connector.public == []
    harness.connector.close()


@pytest.mark.parametrize(("variables", "named"), [
    ({}, "TEAMS_CLIENT_ID"),
    ({"TEAMS_CLIENT_ID": CLIENT}, "TEAMS_CLIENT_SECRET"),
    ({"TEAMS_CLIENT_ID": CLIENT, "TEAMS_CLIENT_SECRET": "x"}, "TEAMS_TENANT_ID"),
    ({"TEAMS_CLIENT_ID": CLIENT, "TEAMS_CLIENT_SECRET": "x", "TEAMS_TENANT_ID": " , "}, "TEAMS_TENANT_ID"),
    ({**REAL, "TEAMS_TEST_TOKEN": "x"}, "TEAMS_TEST_TOKEN is only for tests"),
    ({**REAL, "TEAMS_OPENID_METADATA_URL": "http://127.0.0.1:9/x"}, "TEAMS_OPENID_METADATA_URL is only for tests"),
])  # fmt: skip
def test_a_missing_or_wrong_setting_stops_the_start(tmp_path: Path, variables: dict[str, str], named: str) -> None:
    code, said = said_here(tmp_path, "teams", **variables)
    assert code == 1
    assert said.startswith(f"heartware: {named}")


def test_with_nothing_set_up_serve_says_what_is_missing(tmp_path: Path) -> None:
    code, said = said_here(tmp_path, "serve")
    assert code == 1
    assert said.startswith("heartware: SLACK_BOT_TOKEN and TEAMS_CLIENT_ID are missing")


def test_the_check_says_that_all_is_well(tmp_path: Path, outside: Outside) -> None:
    code, said = ran(tmp_path, "teams", "--check", TEAMS_OPENID_METADATA_URL=outside.connector.metadata_url, **GIVEN)
    assert code == 0
    assert said.splitlines() == [
        "ok    settings",
        "ok    TEAMS_CLIENT_ID",
        f"ok    TEAMS_TENANT_ID: {TENANT}",
        "ok    keys of the Bot Framework",
    ]


@pytest.mark.parametrize(("wrong", "words"), [
    ({"TEAMS_CLIENT_ID": "bot"}, "TEAMS_CLIENT_ID: it is no id"),
    ({"TEAMS_TENANT_ID": "contoso"}, "TEAMS_TENANT_ID: contoso: it is no id"),
    ({"TEAMS_OPENID_METADATA_URL": "http://127.0.0.1:9/openidconfiguration"}, "they cannot be reached"),
    ({"TEAMS_TENANT_ID": ""}, "TEAMS_TENANT_ID is missing"),
])  # fmt: skip
def test_the_check_says_what_is_wrong(tmp_path: Path, outside: Outside, wrong: dict[str, str], words: str) -> None:
    given = {**GIVEN, "TEAMS_OPENID_METADATA_URL": outside.connector.metadata_url, **wrong}
    code, said = said_here(tmp_path, "teams", "--check", **given)
    assert code == 1
    assert words in said


def test_teams_alone(tmp_path: Path, outside: Outside) -> None:
    process = outside.started(tmp_path, "teams")
    agent = outside.somebody()
    assert outside.send(outside.activity(agent, text=BLAME)).status_code == 200
    outside.sees(agent, "“User error”")
    assert outside.client.post("/slack/events", json={}).status_code == 404
    process.terminate()
    assert process.wait(60) == 0


def test_one_process_serves_slack_and_teams(tmp_path: Path, outside: Outside) -> None:
    slack = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_SIGNING_SECRET": "s" * 32}
    process = outside.forked(tmp_path, "serve", **slack)
    assert outside.client.post("/slack/events", json={}).status_code == 401
    assert outside.post(json.dumps({}), "bad").status_code == 401
    agent = outside.somebody()
    assert outside.send(outside.activity(agent, text=BLAME)).status_code == 200
    outside.sees(agent, "“User error”")
    process.terminate()
    assert process.wait(60) == 0
