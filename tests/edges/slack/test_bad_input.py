"""What people and machines send by mistake or in bad faith: a clear sentence in private, or nothing at all."""

from __future__ import annotations

import json

import pytest

from tests.edges.slack.fake_slack import BOT_USER, Person
from tests.edges.slack.harness import BLAME, Harness, eventually


@pytest.mark.parametrize("wrong", [{"secret": "x" * 32}, {"age": 400}, {"age": -400}])
def test_a_bad_or_stale_signature_is_refused(app: Harness, wrong: dict[str, object]) -> None:
    body = json.dumps({"type": "event_callback", "event": {"type": "message", "channel_type": "im"}})
    assert app.send(body, "application/json", **wrong).status_code == 401  # type: ignore[arg-type]


def test_no_signature_is_refused(app: Harness) -> None:
    assert app.http.post("/slack/events", json={"type": "event_callback"}).status_code == 401


@pytest.mark.parametrize("body", ["[1]", "null", "7", '"text"', "", "{", "\ufffd" * 10, "payload=%7B"])
def test_a_signed_body_of_no_sense_is_no_error_of_ours(app: Harness, body: str) -> None:
    assert app.send(body, "application/json").status_code < 500
    assert app.send(body, "application/x-www-form-urlencoded").status_code < 500


def test_what_is_far_too_large_is_not_read(app: Harness) -> None:
    assert app.send("x" * 1_100_000, "application/json").status_code == 413


@pytest.mark.parametrize("text", ["…", "🙂🙂", "   \u200b "])
def test_a_draft_without_words(app: Harness, text: str) -> None:
    agent = app.somebody()
    app.dm(text, agent)
    app.sees(agent, "I can only read text")
    app.slack.posts.clear()
    app.command(f"{text} ⁉", agent)
    app.sees(agent, "There is no draft to review")


def test_forty_thousand_characters(app: Harness) -> None:
    agent = app.somebody()
    app.command("word " * 8_000, agent)
    app.sees(agent, "at most 20,000 characters")
    app.slack.posts.clear()
    app.dm("word " * 8_000, agent)
    app.sees(agent, "at most 20,000 characters")
    app.slack.posts.clear()
    app.mention("word " * 8_000, agent)
    app.sees(agent, "at most 20,000 characters")
    app.shortcut("word " * 8_000, agent)
    app.view("at most 20,000 characters")


def test_twenty_thousand_characters_still_fit_into_blocks(app: Harness) -> None:
    agent = app.somebody()
    app.command((BLAME + " We will look into the matter at once. ") * 180, agent)
    post = app.sees(agent, "“User error”", seconds=30)
    app.press("copy", agent, post)
    assert app.view("Part 2").view["blocks"]


def test_only_an_image(app: Harness) -> None:
    agent = app.somebody()
    app.dm("", agent, subtype="file_share", files=[{"id": "F1", "mimetype": "image/png"}])
    app.sees(agent, "I can only read text")
    app.shortcut("", agent, message={"files": [{"id": "F1"}]})
    app.view("I can only read text")


def test_the_message_of_another_bot_is_not_answered_and_not_reviewed(app: Harness) -> None:
    agent = app.somebody()
    app.dm(BLAME, agent, bot_id="B0OTHER")
    app.dm(BLAME, agent, subtype="bot_message", bot_id="B0OTHER")
    app.mention(BLAME, agent, bot_id="B0OTHER")
    app.settled()
    assert not app.slack.of(agent)
    app.shortcut(BLAME, agent, message={"bot_id": "B0OTHER"})
    app.view("An app wrote this message")


def test_its_own_messages_edits_and_deletions_are_no_drafts(app: Harness) -> None:
    agent = app.somebody()
    app.dm(BLAME, BOT_USER, bot_id="B0BOT")
    app.dm("", agent, subtype="message_changed", message={"text": BLAME})
    app.dm("", agent, subtype="message_deleted")
    app.settled()
    assert not app.slack.posts


def test_a_message_in_a_thread(app: Harness) -> None:
    agent = app.somebody()
    app.shortcut(BLAME, agent, message={"thread_ts": "1.0"})
    app.view("“User error”")
    app.dm("Reply in a channel's thread", agent, channel="C0SUPPORT", channel_type="channel", thread_ts="1.0")
    app.settled()
    assert not app.slack.posts


def test_a_guest_is_answered_like_anybody(app: Harness) -> None:
    agent = app.somebody()
    app.slack.people[agent] = Person(guest=True)
    app.command(BLAME, agent)
    app.sees(agent, "“User error”")


def test_somebody_of_another_workspace_is_told_so(app: Harness) -> None:
    stranger = app.somebody()
    app.mention(BLAME, stranger, user_team="T0ELSEWHERE", team="T0ELSEWHERE", source_team="T0ELSEWHERE")
    app.sees(stranger, "you are in another one")
    app.dm(BLAME, stranger, user_team="T0ELSEWHERE", team="T0ELSEWHERE", source_team="T0ELSEWHERE")
    app.settled()
    assert not [post for post in app.slack.of(stranger) if "User error" in post.shown]
    app.shortcut(BLAME, stranger, home="T0ELSEWHERE")
    app.view("you are in another one")


def test_a_button_of_an_old_version(app: Harness) -> None:
    agent = app.somebody()
    app.command(BLAME, agent)
    post = app.sees(agent, "“User error”")
    post.blocks[-1] = {
        "type": "actions",
        "elements": [{"type": "button", "action_id": "polish_v0", "text": {"text": "Polish"}}],
    }
    app.press("polish_v0", agent, post)
    app.sees(agent, "This button is from an older version")


def test_a_form_of_an_old_version(app: Harness) -> None:
    agent = app.somebody()
    app.command("", agent)
    form = app.view("Who reads it")
    form.view = {**form.view, "callback_id": "polish_v0"}
    app.submit(form, agent, {"draft": {"value": BLAME}})
    assert "from an older version" in form.shown


@pytest.mark.parametrize("text", [
    "<!channel> <!here> <!everyone> please read & answer <@U123> <#C1|general>",
    "*bold* _it_ ~gone~ `code` ```block``` > quote & <b>tag</b> &lt;!channel&gt;",
    "Send <https://evil.example|your refund> to <mailto:a@b.example|us> & wait. User error.",
])  # fmt: skip
def test_nothing_that_people_wrote_comes_to_life(app: Harness, text: str) -> None:
    agent = app.somebody()
    app.command(text, agent)
    app.dm(text, agent)
    app.mention(text, agent)
    app.shortcut(text, agent)
    eventually(lambda: len(app.slack.of(agent)) == 3)
    app.view("[Useful]")
