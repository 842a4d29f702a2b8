"""Installed, and removed: exactly one welcome, conversations kept to write to people, nothing kept afterwards."""

from __future__ import annotations

import pytest

from tests.edges.teams.fake_connector import CLIENT
from tests.edges.teams.harness import BLAME, Harness, eventually

BOT = {"id": f"28:{CLIENT}"}
WELCOME = "I read your reply before you send it"


def test_one_welcome_however_teams_tells_of_it(app: Harness) -> None:
    agent = app.somebody()
    installed = app.installed(agent)
    app.send(installed)
    app.send(app.activity(agent, type="conversationUpdate", membersAdded=[BOT, {"id": agent}]))
    app.installed(agent, "add-upgrade")
    post = app.sees(agent, WELCOME)
    app.settled()
    assert app.connector.of(agent) == [post]
    assert len(post.activity["suggestedActions"]["actions"]) == 3


def test_a_client_that_tells_of_the_member_alone_is_greeted_too(app: Harness) -> None:
    agent = app.somebody()
    app.send(app.activity(agent, type="conversationUpdate", membersAdded=[BOT]))
    app.sees(agent, WELCOME)


@pytest.mark.parametrize(("locale", "words"), [("nl-BE", "Ik lees je antwoord"), ("fi", "Luen vastauksesi")])
def test_the_welcome_is_in_their_language(app: Harness, locale: str, words: str) -> None:
    agent = app.somebody()
    app.installed(agent, locale=locale)
    app.sees(agent, words)


@pytest.mark.parametrize("scope", ["channel", "groupChat"])
def test_a_team_is_not_greeted(app: Harness, scope: str) -> None:
    app.installed(app.somebody(), scope=scope)
    app.settled()
    assert app.connector.posts == []


def test_other_members_are_not_greeted(app: Harness) -> None:
    app.send(app.activity(app.somebody(), type="conversationUpdate", membersAdded=[{"id": "29:new"}]))
    app.settled()
    assert app.connector.posts == []


def test_where_to_write_is_kept_and_forgotten(app: Harness) -> None:
    agent = app.somebody()
    app.installed(agent)
    app.sees(agent, WELCOME)
    kept = app.conversations.of(app.person(agent))
    assert kept
    assert (kept.id, kept.user, kept.service) == (f"a:{agent}", agent, app.connector.url)
    app.message(BLAME, agent)
    app.sees(agent, "“User error”")
    app.installed(agent, "remove")
    assert app.conversations.of(app.person(agent)) is None
    assert app.desk.jobs(app.person(agent)) == []
    assert app.desk.week(app.person(agent)).reviews == 0


def test_who_comes_back_is_greeted_again(app: Harness) -> None:
    agent = app.somebody()
    app.installed(agent)
    app.sees(agent, WELCOME)
    app.installed(agent, "remove")
    app.installed(agent)
    eventually(lambda: len(app.connector.of(agent)) == 2)


def test_a_message_alone_is_enough_to_know_where_to_write(app: Harness) -> None:
    agent = app.somebody()
    app.message(BLAME, agent)
    eventually(lambda: app.conversations.of(app.person(agent)))


def test_nothing_is_kept_of_a_chat_that_the_bot_is_no_member_of(app: Harness) -> None:
    agent = app.somebody()
    app.open("reviewDraft", agent)
    app.settled()
    assert app.conversations.of(app.person(agent)) is None
