"""What stands in a chat: the review, its buttons, follow-ups, questions, help; and a mention among others."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.edges.teams.adaptive import Json, button, elements, rendered
from tests.edges.teams.fake_connector import TENANT, Post
from tests.edges.teams.harness import BLAME, Harness, eventually

HOLLOW = "We sincerely apologise for any inconvenience this may have caused. Your order arrives on Friday."
PLACES = ["personal", "channel", "groupChat"]


def asked(app: Harness, agent: str, place: str, draft: str = BLAME) -> Post:
    """A review at a place."""
    if place == "personal":
        app.message(draft, agent)
    else:
        app.mention(draft, agent, scope=place)
    return app.sees(agent, "[Warmer]")


def rule_of(post: Post, words: str) -> str:
    """The rule behind a finding, as the card offers it."""
    offered = next(element for element in elements(post.card) if element.get("id") == "rule")["choices"]
    return str(next(one["value"] for one in offered if words in one["title"]))


@pytest.mark.parametrize("place", PLACES)
def test_a_draft_is_reviewed_for_its_author_alone(app: Harness, place: str) -> None:
    agent = app.somebody()
    post = asked(app, agent, place)
    assert post.to == agent
    assert "“User error”" in post.shown
    assert "Ron Kaufman (000_aa6c0d3920d2a764.txt)" in post.shown
    assert post.shown.index("before you send") < post.shown.index("“User error”")
    assert app.connector.of(agent) == [post]


def test_the_review_is_marked_as_made_by_ai_and_asks_whether_it_was_of_use(app: Harness) -> None:
    agent = app.somebody()
    activity = asked(app, agent, "personal").activity
    assert activity["entities"][0]["additionalType"] == ["AIGeneratedContent"]
    assert activity["channelData"]["feedbackLoop"] == {"type": "default"}
    assert "before you send" in activity["summary"]


def test_the_improved_reply_stands_in_a_field_to_change_and_copy(app: Harness) -> None:
    agent = app.somebody()
    post = asked(app, agent, "personal")
    field = next(element for element in elements(post.card) if element.get("id") == "reply")
    assert field["isMultiline"]
    assert field["value"].endswith("What's your order number?")
    assert "User error" not in field["value"]


@pytest.mark.parametrize("place", PLACES)
def test_not_here_silences_the_rule_for_good_and_can_be_undone(app: Harness, place: str) -> None:
    agent = app.somebody()
    post = asked(app, agent, place)
    card = app.press("not_here", agent, post, rule=rule_of(post, "order number"))
    assert "I will not show you this again: a question before a welcome." in rendered(card)
    assert "“What's your order number?”" not in rendered(card)
    assert len(app.desk.preferences(app.person(agent)).silenced) == 1
    eventually(lambda: "I will not show you this again" in post.shown)
    app.press("undo", agent, post)
    eventually(lambda: "“What's your order number?”" in post.shown)
    assert app.desk.preferences(app.person(agent)).silenced == ()


@pytest.mark.parametrize("place", PLACES)
def test_shorter_leaves_out_what_says_nothing(app: Harness, place: str) -> None:
    agent = app.somebody()
    post = asked(app, agent, place, HOLLOW)
    gone = "~We sincerely apologise for any inconvenience this may have caused.~"
    assert gone in rendered(app.press("shorter", agent, post))
    eventually(lambda: gone in post.shown)


def test_warmer_without_a_model_says_so(app: Harness) -> None:
    agent = app.somebody()
    card = app.press("warmer", agent, asked(app, agent, "personal"))
    assert "For that I need a language model" in rendered(card)


def test_erase_leaves_nothing_and_later_buttons_say_so(app: Harness) -> None:
    agent = app.somebody()
    post = asked(app, agent, "personal")
    before = replace(post)
    assert rendered(app.press("erase", agent, post)) == "Your draft is erased."
    eventually(lambda: post.shown == "Your draft is erased.")
    assert app.desk.jobs(app.person(agent)) == []
    assert "That draft is erased by now" in rendered(app.press("warmer", agent, before))


def test_useful_or_not_and_why_is_remembered(app: Harness) -> None:
    agent = app.somebody()
    post = asked(app, agent, "personal")
    card = app.press("feedback", agent, post, useful="not_useful", why="Call me on 06 12345678")
    assert "Thank you, that helps." in rendered(card)
    [row] = app.desk.export(app.person(agent))["feedback"]
    assert not row["useful"]
    assert "12345678" not in row["why"]


@pytest.mark.parametrize(("given", "why"), [
    ('{"feedbackText":"too strict"}', "too strict"),
    ("too strict", "too strict"),
    ("{}", ""),
    ("[1]", "[1]"),
    ("", ""),
])  # fmt: skip
def test_the_thumbs_come_in_two_forms(app: Harness, given: str, why: str) -> None:
    agent = app.somebody()
    post = asked(app, agent, "personal")
    value = {"actionName": "feedback", "actionValue": {"reaction": "dislike", "feedback": given}}
    eventually(lambda: app.desk.jobs(app.person(agent))[0].address.get("activity"))
    assert app.invoke("message/submitAction", agent, value, replyToId=post.id).status_code == 200
    [row] = app.desk.export(app.person(agent))["feedback"]
    assert (row["useful"], row["why"]) == (False, why)
    assert row["id"] == app.desk.jobs(app.person(agent))[0].id


def test_a_whole_value_that_is_a_text_is_read_too(app: Harness) -> None:
    agent = app.somebody()
    value = json.dumps({"actionName": "feedback", "actionValue": {"reaction": "like", "feedback": "{}"}})
    assert app.invoke("message/submitAction", agent, value, replyToId="17").status_code == 200
    assert app.desk.week(app.person(agent)).useful == 1


def test_somebody_elses_button_does_nothing(app: Harness) -> None:
    agent, other = app.somebody(), app.somebody()
    post = asked(app, agent, "personal")
    assert "That draft is erased by now" in rendered(app.press("erase", other, post))
    assert len(app.desk.jobs(app.person(agent))) == 1


def test_a_follow_up_is_about_the_latest_draft(app: Harness) -> None:
    agent = app.somebody()
    asked(app, agent, "personal")
    app.message(HOLLOW, agent)
    app.sees(agent, "We sincerely apologise")
    app.message("Can you make it shorter?", agent)
    app.sees(agent, "~We sincerely apologise for any inconvenience this may have caused.~")
    assert len(app.connector.of(agent)) == 3


def test_a_follow_up_on_nothing_says_so(app: Harness) -> None:
    agent = app.somebody()
    app.message("shorter", agent)
    app.sees(agent, "That draft is erased by now")


def test_a_question_is_streamed_with_citations(app: Harness) -> None:
    agent = app.somebody()
    app.message("ask What are the ten core values?", agent)
    post = app.sees(agent, "[1]")
    eventually(lambda: "additionalType" in post.activity["entities"][0])  # the last of the stream
    assert post.versions[0]["text"] == "Looking it up…"
    entities: list[Json] = post.activity["entities"]
    assert entities[0]["additionalType"] == ["AIGeneratedContent"]
    claims = entities[0]["citation"]
    assert [claim["position"] for claim in claims] == list(range(1, len(claims) + 1))
    for claim in claims:
        assert len(claim["appearance"]["name"]) <= 80
        assert len(claim["appearance"]["abstract"]) <= 160
        assert ".txt" in claim["appearance"]["name"]


def test_a_question_in_a_channel_is_answered_to_that_person_alone(app: Harness) -> None:
    agent = app.somebody()
    app.mention("ask What are the ten core values?", agent)
    post = app.sees(agent, "[1]")
    assert post.activity["recipient"] == {"id": agent, "isTargeted": True}


@pytest.mark.parametrize(("word", "locale", "words"), [
    ("help", "en-GB", "Ask me before you send"),
    ("hulp", "nl-NL", "Vraag het me voordat je verstuurt"),
    ("ohje", "fi-FI", "Kysy minulta ennen kuin lähetät"),
    ("help", "de-DE", "Ask me before you send"),
])  # fmt: skip
def test_help_in_the_language_of_their_teams_with_three_things_to_try(
    app: Harness, word: str, locale: str, words: str
) -> None:
    agent = app.somebody()
    app.message(word, agent, locale=locale)
    post = app.sees(agent, words)
    suggested = post.activity["suggestedActions"]
    assert suggested["to"] == [agent]
    assert len(suggested["actions"]) == 3
    for action in suggested["actions"]:
        assert action["type"] == "imBack"


def test_a_mention_with_nothing_gets_help(app: Harness) -> None:
    agent = app.somebody()
    app.mention("", agent)
    assert app.sees(agent, "Ask me before you send").to == agent


def test_where_targeted_messages_are_off_the_answer_comes_in_the_chat_with_the_bot(app: Harness) -> None:
    app.connector.no_targeted = True
    agent = app.somebody()
    app.mention(BLAME, agent)
    assert app.sees(agent, "“User error”").conversation == f"a:{agent}"
    app.mention("help", agent)
    assert app.sees(agent, "Ask me before you send").conversation == f"a:{agent}"


def test_a_mention_in_a_thread_is_answered_in_the_thread(app: Harness) -> None:
    agent = app.somebody()
    thread = "19:general@thread.tacv2;messageid=1700000000001"
    app.mention(BLAME, agent, conversation={"id": thread, "conversationType": "channel", "tenantId": TENANT})
    assert app.sees(agent, "“User error”").conversation == thread


def test_another_bot_is_not_answered(app: Harness) -> None:
    app.message(BLAME, "28:other-bot")
    app.settled()
    assert app.connector.posts == []


def test_the_passages_of_an_answer_open_and_who_keeps_them_hears_that_it_is_wrong(app: Harness) -> None:
    agent = app.somebody()
    app.message("ask What are the ten core values?", agent)
    post = app.sees(agent, "[Open the passages]")
    opened = app.task(agent, button(post.card, "answer_open")["data"], fetch=True)
    assert ".txt" in rendered(opened)
    form = app.task(agent, button(post.card, "answer_wrong")["data"], fetch=True)
    assert "[ ] Tell my name" in rendered(form)
    which = next(element for element in elements(form) if element.get("id") == "which")["value"]
    said = app.task(agent, {**button(form, "answer_said")["data"], "which": which, "remark": "There are twelve."})
    assert "Nobody is named yet who keeps this" in rendered(said)
    assert "I no longer have that passage" in rendered(
        app.task(agent, {"action": "answer_open", "ids": "["}, fetch=True)
    )


def test_a_question_after_a_question_keeps_the_thread(app: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    before: list[list[str]] = []
    answer = app.desk._coach.answer

    def heard(question: str, language: str = "", **more: Any) -> Any:
        before.append([*more["before"]])
        return answer(question, language, **more)

    monkeypatch.setattr(app.desk._coach, "answer", heard)
    agent = app.somebody()
    for place in ("personal", "channel"):
        app.message("ask What are the ten core values?", agent, scope=place)
        app.sees(agent, "[1]")
        app.settled()
        app.message("And which of them is about humility?", agent, scope=place)
        eventually(lambda: before[1:])
        app.settled()
        assert before[-1][-1:] == ["What are the ten core values?"]
        app.desk.delete(app.person(agent))
        before.clear()


def test_the_line_of_a_touch_is_copied_from_a_field(app: Harness) -> None:
    agent = app.somebody()
    kind = "Thank you for your patience. Your parcel arrives on Friday; here is how to follow it."
    card = app.submit(agent, {"action": "review", "draft": kind, "customer": "Third order here, when does it come?"})
    card = app.reviewed(agent, card)
    if "[Use it]" not in rendered(card):
        pytest.skip("no touch fits this any more: choose another reply")
    line = app.submit(agent, button(card, "use_touch")["data"])
    assert "<The line, to change and copy>" in rendered(line)
    assert "[Warmer]" in rendered(app.submit(agent, button(line, "show")["data"]))


@pytest.mark.parametrize("place", ["chat", "dialog"])
def test_only_some_of_the_changes_are_taken(app: Harness, place: str) -> None:
    agent = app.somebody()
    if place == "chat":
        post = asked(app, agent, "personal")
        all_of_them = app.press("choose", agent, post)
        post.activity["attachments"][0]["content"] = all_of_them
        one = app.press("choose", agent, post, changes="0,7,x")
        none = app.press("choose", agent, post, changes="")
    else:
        card = app.reviewed(agent, app.submit(agent, {"action": "review", "draft": BLAME}))
        all_of_them = app.submit(agent, button(card, "choose")["data"])
        one = app.submit(agent, {**button(all_of_them, "choose")["data"], "changes": "0,7,x"})
        none = app.submit(agent, {**button(all_of_them, "choose")["data"], "changes": ""})
    replies = [next(e for e in elements(card) if e.get("id") == "reply")["value"] for card in (all_of_them, one, none)]
    assert "User error" not in replies[0] + replies[1]
    assert "You entered the wrong password" in replies[1]
    assert "You entered the wrong password" not in replies[0]
    assert replies[2] == BLAME


def test_an_answer_grows_in_its_place(app: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = app.desk.answer

    def growing(job: Any, told: Any) -> Any:
        whole = answer(job, told)
        told(whole.text[:20])
        told(whole.text[:40])
        return whole

    monkeypatch.setattr(app.desk, "answer", growing)
    agent = app.somebody()
    app.message("ask What are the ten core values?", agent)
    post = app.sees(agent, "[Open the passages]")
    assert "[1]" in post.text
    assert post.text.count(post.text[:30]) == 1
    assert app.connector.of(agent) == [post]
