"""With a language model: the local review at once, then the deeper one in its place; and follow-ups that it rewords."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from bot.teams.handlers import pressed
from tests.edges.model import DEEPER, Model
from tests.edges.teams.adaptive import button, rendered
from tests.edges.teams.harness import BLAME, Harness, eventually

MESSAGE = {"id": "1", "body": {"contentType": "text", "content": BLAME}, "from": {"user": {"id": "x"}}}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, model: Model) -> Iterator[Harness]:
    folder = tmp_path_factory.mktemp("heartware")
    harness = Harness(folder, heartware_model="small", openai_base_url=model.url, heartware_model_seconds=5)
    yield harness
    harness.stop()


@pytest.mark.parametrize("scope", ["personal", "channel"])
def test_a_message_is_deepened_in_place(app: Harness, scope: str) -> None:
    agent = app.somebody()
    app.message(BLAME, agent, scope=scope)
    post = app.sees(agent, "Looking deeper with the language model")
    assert "“User error”" in post.shown
    assert "[Warmer]" in post.shown
    eventually(lambda: DEEPER in post.shown)
    assert "Looking deeper" not in post.shown
    assert app.connector.of(agent) == [post]


def test_after_a_dialog_the_deeper_review_follows_in_the_chat_and_in_the_dialog(app: Harness) -> None:
    agent = app.somebody()
    app.installed(agent)
    app.sees(agent, "before you send")
    begun = time.monotonic()
    card = app.open("reviewMessage", agent, MESSAGE)
    assert time.monotonic() - begun < 2
    assert "follows in your chat with me" in rendered(card)
    post = app.sees(agent, DEEPER)
    assert post.shown.startswith("‹After a deeper look with the language model:›")
    shown = app.submit(agent, button(card, "show")["data"])
    assert DEEPER in rendered(shown)
    assert "follows in your chat" not in rendered(shown)


def test_who_has_no_chat_with_the_bot_finds_the_deeper_review_in_the_dialog(app: Harness) -> None:
    agent = app.somebody()
    card = app.open("reviewMessage", agent, MESSAGE)
    eventually(lambda: DEEPER in rendered(app.submit(agent, button(card, "show")["data"])))
    app.settled()
    assert app.connector.posts == []


def test_a_model_that_is_down_leaves_the_local_review_and_says_so(app: Harness, model: Model) -> None:
    model.works = False
    agent = app.somebody()
    app.message(BLAME, agent)
    post = app.sees(agent, "The language model did not answer in time", seconds=20)
    model.works = True
    assert "“User error”" in post.shown


def test_warmer_rewords_in_place(app: Harness) -> None:
    agent = app.somebody()
    app.message(BLAME, agent)
    post = app.sees(agent, DEEPER)
    app.press("warmer", agent, post)
    eventually(lambda: "*Hello! Something in the password was not right." in post.shown)
    assert "[Warmer]" in post.shown


def test_a_slow_rewording_shows_that_it_is_under_way(
    app: Harness, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent = app.somebody()
    app.message(BLAME, agent)
    post = app.sees(agent, DEEPER)
    model.seconds = 3
    assert pressed.SOON <= 1.5
    monkeypatch.setattr(pressed, "SOON", 0.5)  # what remains of the two seconds is for a busy machine
    begun = time.monotonic()
    card = app.press("warmer", agent, post)
    assert time.monotonic() - begun < 2
    assert "One moment, I am working on it" in rendered(card)
    assert "[Warmer]" not in rendered(card)
    eventually(lambda: "*Hello! Something in the password was not right." in post.shown)
    model.seconds = 0.5


def test_an_erased_draft_is_not_answered_any_more(app: Harness, model: Model) -> None:
    model.seconds = 2
    agent = app.somebody()
    app.message(BLAME, agent)
    post = app.sees(agent, "Looking deeper")
    app.press("erase", agent, post)
    time.sleep(3)
    model.seconds = 0.5
    assert post.shown == "Your draft is erased."
