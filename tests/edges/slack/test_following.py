"""What goes on with something asked before: questions that follow questions, and wishes for a draft, wherever asked."""

from __future__ import annotations

from collections.abc import Callable
from unittest.mock import patch

import pytest

from bot.desk.model import Person
from tests.edges.slack.fake_slack import TEAM, Post, View
from tests.edges.slack.harness import BLAME, Harness, eventually

Say = Callable[[str, str], object]
TRAINING = "ask What is the culture training at Zappos?"
HOW_LONG = "And how long does it last?"
HOLLOW = "We sincerely apologise for any inconvenience this may have caused. Your order arrives on Friday."
GONE = "~We sincerely apologise for any inconvenience this may have caused.~"


def test_a_question_in_the_thread_of_a_question_goes_on_with_it(app: Harness) -> None:
    agent = app.somebody()
    first = app.dm(TRAINING, agent)
    app.sees(agent, "Sources", seconds=60)
    app.dm(HOW_LONG, agent, thread=first["ts"])
    second = eventually(lambda: app.slack.of(agent)[1:])[0]
    assert "4 weeks" in second.shown
    assert second.thread_ts == first["ts"]


@pytest.mark.parametrize("ask", ["command", "mention"])
def test_questions_elsewhere_go_on_with_each_other_too(app: Harness, ask: str) -> None:
    agent = app.somebody()
    say: Say = app.command if ask == "command" else app.mention
    say(TRAINING, agent)
    app.sees(agent, "Sources", seconds=60)
    say(f"ask {HOW_LONG}", agent)
    assert "4 weeks" in eventually(lambda: app.slack.of(agent)[1:])[0].shown


def test_a_question_knows_nothing_of_other_threads_and_other_people(app: Harness) -> None:
    agent, other = app.somebody(), app.somebody()
    app.dm(TRAINING, agent)
    app.sees(agent, "Sources", seconds=60)
    app.slack.posts.clear()
    for somebody in (agent, other):
        app.dm(f"ask {HOW_LONG}", somebody)
        app.sees(somebody, "I don't know")


def test_a_draft_in_the_thread_of_a_question_is_reviewed(app: Harness) -> None:
    agent = app.somebody()
    first = app.dm(TRAINING, agent)
    app.sees(agent, "Sources", seconds=60)
    app.dm(f"{BLAME} " * 4, agent, thread=first["ts"])
    app.sees(agent, "“User error”")


@pytest.mark.parametrize("ask", ["command", "mention", "dm"])
def test_a_wish_is_about_the_latest_draft_of_the_place(app: Harness, ask: str) -> None:
    agent = app.somebody()
    ways: dict[str, Say] = {"command": app.command, "mention": app.mention, "dm": app.dm}
    say = ways[ask]
    say(BLAME, agent)
    app.sees(agent, "“User error”")
    say(HOLLOW, agent)
    app.sees(agent, "[Copy the rewrite]")
    say("shorter, please", agent)
    app.sees(agent, GONE)
    assert len(app.slack.of(agent)) == 3


def test_a_wish_without_a_draft_says_so(app: Harness) -> None:
    agent = app.somebody()
    app.command("shorter", agent)
    app.sees(agent, "That draft is erased by now")


def test_a_review_among_two_colleagues_is_changed_in_its_place(app: Harness) -> None:
    agent = app.somebody()
    app.command(HOLLOW, agent, channel="D0COLLEAGUE")
    shown = app.sees(agent, "[Useful]")
    app.press("shorter", agent, shown)
    eventually(lambda: GONE in shown.shown)
    assert app.slack.of(agent) == [shown]


@pytest.mark.parametrize("place", ["command", "dm", "modal"])
def test_a_wish_that_fails_says_so_and_leaves_the_review(app: Harness, place: str) -> None:
    agent = app.somebody()
    ways: dict[str, Say] = {"command": app.command, "dm": app.dm, "modal": app.shortcut}
    ways[place](BLAME, agent)
    shown: Post | View = app.view("[Useful]") if place == "modal" else app.sees(agent, "[Useful]")
    with patch.object(type(app.desk), "again", side_effect=RuntimeError(BLAME)):
        app.press("shorter", agent, shown)
        eventually(lambda: "Something went wrong on my side" in shown.shown)
    assert "“User error”" in shown.shown
    assert "[Shorter]" in shown.shown
    app.press("shorter", agent, shown)
    eventually(lambda: "Please try again in a moment" not in shown.shown)


def test_a_wish_is_kept_no_longer_than_its_answer(app: Harness) -> None:
    agent = app.somebody()
    app.command(HOLLOW, agent)
    shown = app.sees(agent, "[Useful]")
    app.press("shorter", agent, shown)
    eventually(lambda: GONE in shown.shown)
    person = Person(platform="slack", workspace=TEAM, id=agent)
    eventually(lambda: len(app.desk.jobs(person)) == 1)
