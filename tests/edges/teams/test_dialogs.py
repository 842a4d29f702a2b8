"""The message extension: a form in the compose box, the review of a message, and what their dialogs lead to."""

from __future__ import annotations

import time
from typing import Any

import pytest

from bot.teams.handlers import extensions
from tests.edges.teams.adaptive import Json, button, elements, rendered
from tests.edges.teams.harness import BLAME, Harness, eventually


def payload(html: str, **more: Any) -> Json:
    """A message that the extension is asked on."""
    return {
        "id": "1700000000009",
        "messageType": "message",
        "body": {"contentType": "html", "content": html},
        "from": {"user": {"id": "oid-x", "displayName": "Bea", "userIdentityType": "aadUser"}},
        **more,
    }


def press(app: Harness, agent: str, card: Json, name: str, **inputs: str) -> Json:
    return app.submit(agent, {**button(card, name)["data"], **inputs})


def test_from_the_compose_box_a_form_and_then_the_review(app: Harness) -> None:
    agent = app.somebody()
    form = app.open("reviewDraft", agent)
    assert "<Who reads it> (New here) (Worried) (Expert) (Angry)" in rendered(form)
    given = {"draft": BLAME, "customer": "Where is it?!", "reader": "angry", "long_time": "yes", "channel": "chat"}
    card = app.reviewed(agent, press(app, agent, form, "review", **given))
    assert "“User error”" in rendered(card)
    [job] = app.desk.jobs(app.person(agent))
    assert (job.reader, job.long_time, job.channel, job.draft.customer) == ("angry", True, "chat", "Where is it?!")


def test_on_a_message_the_review_at_once(app: Harness) -> None:
    agent = app.somebody()
    begun = time.monotonic()
    html = "<p>User error.&nbsp;You entered the <b>wrong</b> password.</p><p>What&#39;s your order number?</p>"
    card = app.open("reviewMessage", agent, payload(html))
    assert time.monotonic() - begun < 2
    assert "“User error”" in rendered(card)
    assert "“You entered the wrong password”" in rendered(card)
    assert "Made by AI" in rendered(card)
    app.settled()
    assert app.connector.posts == []


def test_the_reply_is_inserted_as_it_was_changed(app: Harness) -> None:
    agent = app.somebody()
    card = app.open("reviewMessage", agent, payload(f"<p>{BLAME}</p>"))
    said = press(app, agent, card, "insert", reply="My *own* words")
    [attachment] = said["composeExtension"]["attachments"]
    assert said["composeExtension"]["type"] == "result"
    assert rendered(attachment["content"]) == "My *own* words"


def test_the_buttons_of_a_dialog(app: Harness) -> None:
    agent = app.somebody()
    card = app.open("reviewMessage", agent, payload(f"<p>{BLAME}</p>"))
    assert "For that I need a language model" in rendered(press(app, agent, card, "warmer"))
    rule = next(element for element in elements(card) if element.get("id") == "rule")["choices"][0]["value"]
    silenced = press(app, agent, card, "not_here", rule=rule)
    assert "I will not show you this again" in rendered(silenced)
    assert "“User error”" in rendered(press(app, agent, silenced, "undo"))
    assert "Thank you" in rendered(press(app, agent, card, "feedback", useful="useful", why=""))
    assert "Your draft is erased" in rendered(press(app, agent, card, "erase"))
    for name in ("warmer", "insert"):
        assert "erased by now" in rendered(press(app, agent, card, name))


@pytest.mark.parametrize(("draft", "words"), [
    ("", "There is no draft to review"),
    ("🙂🙂", "There is no draft to review"),
    ("word " * 8_000, "at most 20,000 characters"),
])  # fmt: skip
def test_a_form_that_cannot_be_taken_comes_back_with_the_reason(app: Harness, draft: str, words: str) -> None:
    agent = app.somebody()
    card = press(app, agent, app.open("reviewDraft", agent), "review", draft=draft, customer="Where is it?")
    assert words in rendered(card)
    assert "[Review]" in rendered(card)


@pytest.mark.parametrize(("message", "words"), [
    (payload(""), "I can only read text"),
    (payload("<attachment id='1'></attachment><img src='x'>"), "I can only read text"),
    (payload("<p>Hello</p>", **{"from": {"application": {"id": "1"}}}), "An app wrote this message"),
    ({}, "I can only read text"),
    ({"body": "text"}, "I can only read text"),
    (payload("<p>" + "word " * 8_000), "at most 20,000 characters"),
])  # fmt: skip
def test_a_message_that_cannot_be_reviewed(app: Harness, message: Json, words: str) -> None:
    assert words in rendered(app.open("reviewMessage", app.somebody(), message))


def test_a_command_of_an_old_version_opens_the_form(app: Harness) -> None:
    assert "[Review]" in rendered(app.open("polishV0", app.somebody()))


def test_a_button_of_an_old_version_says_so(app: Harness) -> None:
    assert "from an older version" in rendered(app.submit(app.somebody(), {"action": "polish"}))


def test_a_dialog_that_is_asked_for_again_is_the_same_review(app: Harness) -> None:
    agent = app.somebody()
    first = app.open("reviewMessage", agent, payload(f"<p>{BLAME}</p>"), id="f:same")
    second = app.open("reviewMessage", agent, payload(f"<p>{BLAME}</p>"), id="f:same")
    assert second == first
    assert len(app.desk.jobs(app.person(agent))) == 1


def test_what_takes_long_is_asked_for_again_by_a_button(app: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    first = app.desk.first

    def slow(job_id: str) -> object:
        time.sleep(2.5)
        return first(job_id)

    monkeypatch.setattr(app.desk, "first", slow)
    assert extensions.SOON <= 1.5
    monkeypatch.setattr(extensions, "SOON", 0.5)  # what remains of the two seconds is for a busy machine
    agent = app.somebody()
    begun = time.monotonic()
    card = app.open("reviewMessage", agent, payload(f"<p>{BLAME}</p>"))
    assert time.monotonic() - begun < 2
    assert rendered(card) == "Reading your draft…\n[Show it now]"
    assert rendered(press(app, agent, card, "show")) == rendered(card)
    eventually(lambda: "“User error”" in rendered(press(app, agent, card, "show")))
