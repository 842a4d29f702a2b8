"""What must hold when Slack, the network or this process does not: once, in private, and never in silence."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from unittest.mock import patch

import pytest

from bot.coach import Coach
from bot.slack import in_time
from bot.slack.listeners import talk
from tests.disks import no_room
from tests.edges.slack.harness import BLAME, Harness, eventually
from tests.edges.slack.test_asking import FORM


def test_duplicate_deliveries_are_answered_once(app: Harness) -> None:
    agent = app.somebody()
    for event in (app.dm(BLAME, agent), app.mention(BLAME, agent)):
        app.sees(agent, "“User error”")
        for retry in ("1", "2", "3"):
            assert app.event(event, agent, event_id=f"EvSame{retry}").status_code == 200
    for text in ("help", "ask What is heartware?", "…"):
        event = app.dm(text, agent)
        app.event(event, agent)
        app.event(event, agent)
    app.sees(agent, "Sources", seconds=30)
    app.settled()
    assert len(app.slack.of(agent)) == 5


def test_the_same_command_twice_is_answered_once(app: Harness) -> None:
    agent = app.somebody()
    for _ in range(2):
        app.command(BLAME, agent, trigger_id="the-same", response_url=app.slack.response_url("C1", agent))
    app.sees(agent, "“User error”")
    app.settled()
    assert len(app.slack.of(agent)) == 1


def test_a_rate_limit_is_waited_for_as_slack_says(app: Harness) -> None:
    agent = app.somebody()
    app.slack.refuse("chat.postMessage", "429", "429")
    begun = time.monotonic()
    app.dm(BLAME, agent)
    app.sees(agent, "“User error”")
    assert time.monotonic() - begun >= 2
    assert len(app.slack.of(agent)) == 1


@pytest.mark.parametrize("method", ["chat.postMessage", "chat.postEphemeral", "views.update", "response_url"])
def test_a_broken_slack_is_asked_again(app: Harness, method: str) -> None:
    agent = app.somebody()
    app.slack.refuse(method, "500", "500")
    ask: dict[str, Callable[[str, str], object]] = {
        "chat.postMessage": app.dm,
        "chat.postEphemeral": app.mention,
        "views.update": app.shortcut,
        "response_url": app.command,
    }
    ask[method](BLAME, agent)

    def shown() -> list[str]:
        return [post.shown for post in app.slack.of(agent)] + [view.shown for view in app.slack.views.values()]

    eventually(lambda: any("“User error”" in words for words in shown()), 20)
    app.settled()
    assert len([post for post in app.slack.of(agent) if "“User error”" in post.shown]) <= 1


@pytest.mark.parametrize("error", ["expired_trigger_id", "exchanged_trigger_id", "ratelimited", "429"])
def test_a_shortcut_whose_modal_cannot_open_is_answered_in_the_messages(app: Harness, error: str) -> None:
    agent = app.somebody()
    app.slack.refuse("views.open", error)
    app.shortcut(BLAME, agent)
    assert app.sees(agent, "“User error”").channel == f"D{agent[1:]}"


def test_a_form_that_cannot_open_says_what_to_do(app: Harness) -> None:
    agent = app.somebody()
    app.slack.later += 10
    trigger = app.slack.trigger()
    app.slack.later += 10
    app.command("", agent, trigger_id=trigger)
    app.sees(agent, "write your draft right after /coach")
    app.slack.posts.clear()
    app.interact("shortcut", agent, callback_id="review_draft", trigger_id=trigger)
    app.sees(agent, "write your draft right after /coach")


def test_a_modal_closed_before_the_review_came_is_answered_in_the_messages(app: Harness) -> None:
    agent = app.somebody()
    app.slack.refuse("views.update", "not_found")
    app.shortcut(BLAME, agent)
    assert app.sees(agent, "“User error”").channel == f"D{agent[1:]}"


def test_a_response_url_that_is_used_up_is_answered_in_the_messages(app: Harness) -> None:
    agent = app.somebody()
    app.slack.refuse("response_url", "404")
    app.command(BLAME, agent)
    assert app.sees(agent, "“User error”").channel == f"D{agent[1:]}"


def test_a_review_that_fails_ends_in_one_plain_sentence(app: Harness) -> None:
    agent = app.somebody()
    with patch.object(type(app.desk), "first", side_effect=RuntimeError(f"secret {BLAME}")):
        app.command(BLAME, agent)
        app.sees(agent, "Something went wrong on my side", seconds=40)
    app.settled()
    assert len(app.slack.of(agent)) == 1
    assert "secret" not in app.slack.of(agent)[0].shown


@pytest.mark.parametrize("place", ["command", "dm", "mention", "shortcut", "button", "question", "home"])
def test_an_error_before_the_job_is_kept_ends_in_one_plain_sentence(
    app: Harness, place: str, capfd: pytest.CaptureFixture[str]
) -> None:
    agent = app.somebody()
    if place == "button":
        app.command(BLAME, agent)
        post = app.sees(agent, "[Useful]")
        with patch.object(type(app.desk), "again", side_effect=RuntimeError(BLAME)):
            app.press("shorter", agent, post)
            app.sees(agent, "Something went wrong on my side")
    elif place == "question":
        with patch.object(Coach, "answer", side_effect=RuntimeError(BLAME)):
            app.command("ask What is heartware?", agent)
            app.sees(agent, "Something went wrong on my side")
    elif place == "home":
        with patch.object(type(app.desk), "week", side_effect=RuntimeError(BLAME)):
            app.event({"type": "app_home_opened", "tab": "home", "channel": "D1"}, agent)
            app.sees(agent, "Something went wrong on my side")
    else:
        ask: dict[str, Callable[[str, str], object]] = {
            "command": app.command,
            "dm": app.dm,
            "mention": app.mention,
            "shortcut": app.shortcut,
        }
        with patch.object(type(app.desk), "take", side_effect=RuntimeError(BLAME)):
            ask[place](BLAME, agent)
            app.sees(agent, "Something went wrong on my side")
    app.settled()
    told = [post for post in app.slack.of(agent) if "went wrong on my side" in post.shown]
    assert len(told) == 1
    assert "wrong password" not in "".join(capfd.readouterr())


def test_where_nobody_can_be_told_nothing_breaks(app: Harness) -> None:
    agent = app.somebody()
    with patch.object(type(app.desk), "take", side_effect=RuntimeError):
        app.slack.refuse("chat.postMessage", "account_inactive")
        app.dm(BLAME, agent)
    app.settled()
    app.command(BLAME, agent)
    app.sees(agent, "“User error”")


def test_while_the_database_is_gone_everybody_is_told_in_time_and_answered_when_it_is_back(
    app: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert in_time.SOON <= 2
    monkeypatch.setattr(in_time, "SOON", 0.5)  # what remains of the three seconds is for a busy machine
    monkeypatch.setattr(talk, "SOON", 0.5)
    before, agents = app.somebody(), [app.somebody() for _ in range(3)]
    app.dm(BLAME, before)
    post = app.sees(before, "[Warmer]")
    app.settled()
    with no_room():
        begun = time.monotonic()
        with ThreadPoolExecutor(5) as threads:
            asked: list[Future[object]] = [
                threads.submit(app.command, BLAME, agents[0]),
                threads.submit(app.dm, BLAME, agents[1]),
                threads.submit(app.mention, BLAME, agents[2]),
                threads.submit(app.press, "warmer", before, post),
                threads.submit(app.press, "copy", before, post),
            ]
            for one in asked:
                one.result()
        assert time.monotonic() - begun < 3
        for agent in (*agents, before):
            assert "“User error”" not in app.sees(agent, "This takes longer than usual").shown
    for agent in agents:
        app.sees(agent, "“User error”")


def test_a_form_sent_while_the_database_is_gone_says_so_and_then_shows_the_review(app: Harness) -> None:
    agent = app.somebody()
    app.command("", agent)
    form = app.view("Who reads it")
    with no_room():
        app.submit(form, agent, FORM | {"draft": {"type": "plain_text_input", "value": BLAME}})
        assert "This takes longer than usual" in form.shown
    eventually(lambda: "“User error”" in form.shown)


def test_a_request_refused_for_the_clock_alone_is_logged_as_such(
    app: Harness, caplog: pytest.LogCaptureFixture
) -> None:
    assert app.send("{}", "application/json", age=4000).status_code == 401
    assert "4000 seconds apart" in caplog.text
