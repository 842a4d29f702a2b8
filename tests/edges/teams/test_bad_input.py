"""What people and machines send by mistake or in bad faith: a clear answer, never an error of ours, never silence."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.content.places import WORDING as FOLDER
from bot.content.wording import read_wording
from bot.teams.cards.copying import part_card, pieces
from tests.edges.teams.adaptive import Json, elements, faults_of_card, rendered
from tests.edges.teams.fake_connector import TENANT, Post
from tests.edges.teams.harness import BLAME, Harness

WORDING = read_wording(FOLDER / "en.toml")


@pytest.mark.parametrize("body", [
    b"", b"{", b"[1]", b"null", b"7", b'"text"', b"\xff\xfe", b"{}" * 2, b"[" * 100_000, b'{"a":' * 50_000, b"\x00",
])  # fmt: skip
def test_a_body_of_no_sense(app: Harness, body: bytes) -> None:
    assert app.post(body).status_code == 400


def test_what_is_far_too_large_is_not_read(app: Harness) -> None:
    assert app.post(b"x" * 1_100_000).status_code == 413


@pytest.mark.parametrize("lacking", ["type", "from", "conversation", "serviceUrl"])
def test_an_activity_that_lacks_what_each_has(app: Harness, lacking: str) -> None:
    activity = app.activity(app.somebody(), text=BLAME)
    del activity[lacking]
    assert app.send(activity).status_code == 400


@pytest.mark.parametrize("wrong", [
    {"type": 7}, {"from": "Anna"}, {"from": {"id": 7}}, {"conversation": []}, {"serviceUrl": 5}, {"serviceUrl": None},
    {"type": "invoke"}, {"type": "invoke", "name": ""}, {"type": "invoke", "name": "nobody/knows"},
    {"type": "invoke", "name": 5}, {"type": "invoke", "name": "task/other", "value": {}},
])  # fmt: skip
def test_fields_of_the_wrong_kind_and_unknown_invokes(app: Harness, wrong: Json) -> None:
    assert app.send(app.activity(app.somebody()) | wrong).status_code == 400


@pytest.mark.parametrize("name", ["composeExtension/fetchTask", "composeExtension/submitAction", "adaptiveCard/action"])
@pytest.mark.parametrize("value", [
    None, {}, [], "x", 7, {"data": []}, {"data": {"action": {}}}, {"action": 5}, {"action": {"data": {"job": 7}}},
    {"action": {"verb": "warmer", "data": {"job": "unknown"}}}, {"messagePayload": 5, "commandId": "reviewMessage"},
    {"commandId": []}, {"data": {"action": "review", "draft": ["x"], "reader": {}}},
])  # fmt: skip
def test_an_empty_or_odd_invoke_ends_in_a_card(app: Harness, name: str, value: Any) -> None:
    answer = app.invoke(name, app.somebody(), value)
    assert answer.status_code == 200
    assert answer.json()


@pytest.mark.parametrize("value", [None, "", "x", {}, {"actionName": "feedback"}, {"actionValue": {"reaction": 7}}])
def test_feedback_of_no_sense_is_left_alone(app: Harness, value: Any) -> None:
    agent = app.somebody()
    assert app.invoke("message/submitAction", agent, value).status_code == 200
    assert app.desk.export(app.person(agent))["feedback"] == []


@pytest.mark.parametrize("kind", ["messageReaction", "messageUpdate", "typing", "event", "endOfConversation", "x"])
def test_what_asks_for_nothing_gets_nothing(app: Harness, kind: str) -> None:
    assert app.send(app.activity(app.somebody(), type=kind, text=BLAME)).status_code == 200
    app.settled()
    assert app.connector.posts == []


@pytest.mark.parametrize("text", ["", "…", "🙂🙂", "   \u200b ", "&nbsp;"])
def test_a_draft_without_words(app: Harness, text: str) -> None:
    agent = app.somebody()
    app.message(text, agent)
    app.sees(agent, "I can only read text")


def test_only_an_image(app: Harness) -> None:
    agent = app.somebody()
    app.message("", agent, attachments=[{"contentType": "image/png", "contentUrl": "https://x.example/1.png"}])
    app.sees(agent, "I can only read text")


def test_forty_thousand_characters(app: Harness) -> None:
    agent = app.somebody()
    app.message("word " * 8_000, agent)
    app.sees(agent, "at most 20,000 characters")


def copied(app: Harness, agent: str, post: Post) -> str:
    """The whole reply, from all its parts."""
    whole, card = "", app.press("parts", agent, post)
    while True:
        whole += str(next(element for element in elements(card) if element.get("id") == "part")["value"])
        post.activity["attachments"][0]["content"] = card
        onward = next((one for one in card["actions"] if one["title"] == "Next"), None)
        if onward is None:
            return whole
        card = app.press("parts", agent, post, part=onward["data"]["part"])


def test_twenty_thousand_characters_from_draft_to_reply(app: Harness) -> None:
    agent = app.somebody()
    app.message((BLAME + " We will look into it at once. 🙂🙂🙂🙂🙂 ") * 180, agent)
    post = app.sees(agent, "“User error”", seconds=60)
    assert "[Copy it in parts]" in post.shown
    [job] = app.desk.jobs(app.person(agent))
    assert job.review
    assert job.review.rewrite
    assert copied(app, agent, post) == job.review.rewrite.text
    data = {"job": job.id, "action": "insert"}
    assert "Part 1 of" in rendered(app.submit(agent, data))


@pytest.mark.parametrize("sign", ["e", "ä", "🙂", "\u202e"])
@pytest.mark.parametrize("gap", ["", " ", "\n"])
def test_a_reply_in_pieces_is_the_reply_and_each_piece_fits(sign: str, gap: str) -> None:
    reply = (sign * 30 + gap) * 700
    parts = list(pieces(reply))
    assert "".join(parts) == reply
    for number in range(len(parts)):
        assert faults_of_card(part_card(reply, number, WORDING, job="x" * 60, place="chat")) == []


@pytest.mark.parametrize("half", ["\\ud800", "\\udfff", "\\ud83d"])
def test_half_a_character_is_mended(app: Harness, half: str) -> None:
    agent = app.somebody()
    body = json.dumps(app.activity(agent, text=BLAME + " HALF")).replace("HALF", half)
    assert app.post(body).status_code == 200
    app.sees(agent, "“User error”")
    [job] = app.desk.jobs(app.person(agent))
    assert "\ufffd" in job.draft.text


HOSTILE = [
    "**bold** _it_ ~~gone~~ `code` # head\n- list\n1. one [link](https://evil.example) ![x](https://evil.example/i.png)",
    "<at>Everyone</at> <b>tag</b> <script>alert(1)</script> &lt;at&gt; <img src=x onerror=alert(1)>",
    '{"type": "AdaptiveCard"} ${data} {{DATE(2026-01-01)}} {{TIME(x)}}',
    "\u202eright to left\u202c zero\u200bwidth \x00nul\x07bell",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_people_wrote_comes_to_life(app: Harness, text: str) -> None:
    agent = app.somebody()
    app.message(f"{BLAME} {text}", agent)
    post = app.sees(agent, "[Warmer]")
    assert not any(element["type"] == "TextBlock" for element in post.card["body"])
    form = {"action": "review", "draft": f"{BLAME} {text}", "customer": text}
    assert "[Warmer]" in rendered(app.submit(agent, form))
    app.message(f"ask {text}", agent)
    app.settled()


def test_a_conversation_of_an_unknown_kind_counts_as_one_of_many(app: Harness) -> None:
    agent = app.somebody()
    app.message(BLAME, agent, conversation={"id": "19:new@kind", "conversationType": "assembly", "tenantId": TENANT})
    assert app.sees(agent, "“User error”").activity["recipient"]["isTargeted"]
