"""Many workspaces by OAuth: installed in a browser, tokens renewed, everything forgotten when it is uninstalled."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import httpx
import pytest
from pydantic import SecretStr

from bot.desk.model import Person
from bot.slack.manifest import scopes
from tests.edges.slack.harness import BLAME, Harness, eventually

OTHER = "T0OTHER"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Harness]:
    harness = Harness(
        tmp_path_factory.mktemp("heartware"),
        slack_bot_token=SecretStr(""),
        slack_client_id="1.2",
        slack_client_secret=SecretStr("hidden"),
    )
    yield harness
    harness.stop()


def begun(app: Harness) -> httpx.Request:
    """The way back to the app, as a browser takes it; its cookie would only go over HTTPS."""
    page = app.http.get("/slack/install")
    state = re.findall(r"state=([\w-]+)", page.text)[0]
    assert f"scope={','.join(scopes())}&" in page.text
    given = {"code": "good-code", "state": state}
    cookie = {"Cookie": f"slack-app-oauth-state={state}"}
    return app.http.build_request("GET", "/slack/oauth_redirect", params=given, headers=cookie)


def install(app: Harness) -> None:
    """What a browser does."""
    assert app.http.send(begun(app)).status_code == 200


def test_a_workspace_that_did_not_install_gets_a_plain_sentence(app: Harness) -> None:
    agent = app.somebody()
    app.command(BLAME, agent, team_id="T0STRANGER")
    app.sees(agent, "Something went wrong on my side")


def test_installed_asked_and_uninstalled(app: Harness) -> None:
    install(app)
    agent = app.somebody()
    event = {"type": "message", "channel_type": "im", "channel": f"D{agent[1:]}", "ts": "9.1", "text": BLAME}
    envelope = {"team_id": OTHER, "authorizations": [{"team_id": OTHER, "user_id": "U0BOT", "is_bot": True}]}
    app.event({**event, "team": OTHER}, agent, **envelope)
    app.sees(agent, "“User error”")
    asked = Person(platform="slack", workspace=OTHER, id=agent)
    assert app.desk.week(asked).reviews == 1
    app.event({"type": "app_uninstalled"}, "", **envelope)
    eventually(lambda: app.desk.week(asked).reviews == 0)
    assert app.desk.export(asked)["drafts"] == []
    app.settled()
    app.slack.posts.clear()
    app.event({**event, "team": OTHER, "ts": "9.2"}, agent, **envelope)
    app.settled()
    assert not [post for post in app.slack.of(agent) if "User error" in post.shown]


def test_tokens_are_renewed_before_they_end(app: Harness) -> None:
    install(app)
    before = set(app.slack.tokens)
    store = app.bolt.installation_store
    assert store
    found = app.run(store.async_find_bot(enterprise_id=None, team_id=OTHER))
    assert found
    found.bot_token_expires_at = int(time.time()) + 60
    app.run(store.async_save_bot(found))
    agent = app.somebody()
    app.command(BLAME, agent, team_id=OTHER)
    app.sees(agent, "“User error”")
    [renewed] = set(app.slack.tokens) - before
    kept = app.run(store.async_find_bot(enterprise_id=None, team_id=OTHER))
    assert kept
    assert kept.bot_token == renewed


def test_no_token_stands_in_clear_in_the_database(app: Harness) -> None:
    install(app)
    token = list(app.slack.tokens)[-1]
    folder = app.settings.heartware_data
    files = [path.read_bytes() for path in folder.rglob("heartware.db*")]
    assert files
    assert not [found for found in files if token.encode() in found or b"xoxe-1-" in found]


def test_a_whole_organisation_cannot_install_it_and_is_told_so(app: Harness) -> None:
    app.slack.organisation_wide = True
    page = app.http.send(begun(app))
    app.slack.organisation_wide = False
    assert page.status_code == 400
    assert "choose one workspace, not the organisation" in page.text


def test_a_state_counts_once(app: Harness) -> None:
    request = begun(app)
    assert [app.http.send(request).status_code for _ in range(2)] == [200, 401]
