"""What must hold: once however often Teams sends, again where the Connector asks for it, a sentence where all fails."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from bot.teams import patience
from bot.teams.patience import ATTEMPTS, LONGEST, PAUSE, pause
from tests.disks import no_room
from tests.edges.teams.adaptive import rendered
from tests.edges.teams.harness import BLAME, Harness, eventually


@pytest.mark.parametrize("text", [BLAME, "help", "ask What are our core values?", "…"])
def test_a_message_that_comes_again_is_answered_once(app: Harness, text: str) -> None:
    agent = app.somebody()
    message = app.message(text, agent)
    for _ in range(3):
        assert app.send(message).status_code == 200
    eventually(lambda: app.connector.of(agent))
    app.settled()
    assert len(app.connector.of(agent)) == 1


@pytest.mark.parametrize("status", [412, 429, 502, 504])
def test_what_the_connector_refuses_for_now_is_sent_again(app: Harness, status: int) -> None:
    app.connector.fail = [(status, {}), (status, {})]
    agent = app.somebody()
    app.message(BLAME, agent)
    app.sees(agent, "“User error”")
    assert len(app.connector.of(agent)) == 1
    assert len([path for _, path in app.connector.requests if path.endswith("/activities")]) == 3


def test_retry_after_is_kept(app: Harness) -> None:
    app.connector.fail = [(429, {"Retry-After": "2"})]
    agent = app.somebody()
    begun = time.monotonic()
    app.message("help", agent)
    app.sees(agent, "Ask me before you send")
    assert time.monotonic() - begun >= 2


def test_pauses_grow_differ_and_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "PAUSE", PAUSE)
    assert 0.6 * PAUSE < pause(0, None) < 1.4 * PAUSE
    assert 2.8 * PAUSE < pause(2, None) < 5.2 * PAUSE
    assert len({pause(1, None) for _ in range(20)}) > 1
    assert pause(0, "7") == 7
    assert pause(0, "3600") == LONGEST
    assert pause(0, "Wed, 21 Oct 2026 07:28:00 GMT") < 1


def test_a_broken_server_is_asked_again_by_the_workflow(app: Harness) -> None:
    app.connector.fail = [(500, {}), (503, {})]
    agent = app.somebody()
    app.message(BLAME, agent)
    app.sees(agent, "“User error”")


def test_a_review_that_cannot_be_made_ends_in_one_sentence(app: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(job_id: str) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(app.desk, "first", broken)
    agent = app.somebody()
    app.message(BLAME, agent)
    post = app.sees(agent, "Something went wrong on my side", seconds=20)
    assert "secret" not in post.shown
    card = rendered(app.submit(agent, {"action": "review", "draft": BLAME}))
    # The second after as long as a dialog waits.
    assert "Something went wrong on my side" in card or "Reading your draft" in card
    app.settled()
    assert len(app.connector.of(agent)) == 1


def test_what_breaks_in_a_handler_ends_in_one_sentence(app: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: object) -> None:
        raise RuntimeError("secret detail")

    agent = app.somebody()
    app.message(BLAME, agent)
    post = app.sees(agent, "“User error”")
    monkeypatch.setattr(app.desk, "refusal", broken)
    monkeypatch.setattr(app.desk, "job", broken)
    app.message(BLAME, agent)
    app.sees(agent, "Something went wrong on my side")
    assert "Something went wrong" in rendered(app.submit(agent, {"action": "review", "draft": BLAME}))
    value = {"action": {"verb": "erase", "data": {"action": "erase", "job": "x"}}}
    said = app.invoke("adaptiveCard/action", agent, value, replyToId=post.id).json()
    assert said["type"] == "application/vnd.microsoft.activity.message"
    assert "Something went wrong" in said["value"]


@pytest.mark.parametrize("name", ["task/fetch", "task/submit"])
def test_a_dialog_that_breaks_ends_in_one_sentence(app: Harness, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    def broken(*given: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(app.rituals.path, "of", broken)
    data = {"action": "path_question" if name == "task/fetch" else "path_practised"}
    said = rendered(app.task(app.somebody(), data, fetch=name == "task/fetch"))
    assert said == "Something went wrong on my side. Please try again in a moment."


def test_a_message_that_was_deleted_meanwhile_is_no_error(app: Harness) -> None:
    agent = app.somebody()
    app.message(BLAME, agent)
    post = app.sees(agent, "“User error”")
    app.connector.posts.clear()
    assert "Your draft is erased" in rendered(app.press("erase", agent, post))
    app.settled()
    assert app.connector.posts == []


def test_the_answer_to_teams_does_not_wait_for_the_connector(app: Harness) -> None:
    app.connector.fail = [(429, {"Retry-After": "3"})] * (ATTEMPTS - 1)
    agent = app.somebody()
    begun = time.monotonic()
    app.message(BLAME, agent)
    app.message("help", agent)
    assert time.monotonic() - begun < 2
    app.sees(agent, "“User error”", seconds=30)


def test_many_at_once_each_get_their_own_within_two_seconds(app: Harness) -> None:
    agents = [app.somebody() for _ in range(20)]
    begun = time.monotonic()
    for agent in agents:
        app.message(f"{BLAME} Regards, {agent}", agent)
    for agent in agents:
        app.sees(agent, "“User error”")
    assert time.monotonic() - begun < 10
    assert all(len(app.connector.of(agent)) == 1 for agent in agents)


def test_the_client_gives_up_on_what_is_refused_for_good(app: Harness) -> None:
    app.connector.fail = [(400, {})] * 2
    agent = app.somebody()
    app.message("help", agent)
    app.settled()
    assert app.connector.of(agent) == []
    assert isinstance(app.run(app.http.get("/readyz")), httpx.Response)


def test_a_question_that_cannot_be_answered_ends_in_one_sentence_in_its_place(
    app: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(job: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(app.desk, "answer", broken)
    agent = app.somebody()
    app.message("ask What are our core values?", agent)
    app.sees(agent, "Something went wrong on my side", seconds=30)
    app.settled()
    assert len(app.connector.of(agent)) == 1


def test_while_the_database_is_gone_everybody_is_told_in_time_and_answered_when_it_is_back(app: Harness) -> None:
    writer, presser, composer = (app.somebody() for _ in range(3))
    app.message(BLAME, presser)
    post = app.sees(presser, "“User error”")
    app.settled()
    with no_room():
        begun = time.monotonic()
        with ThreadPoolExecutor(3) as threads:
            wrote = threads.submit(app.message, BLAME, writer)
            pressed = threads.submit(app.pressed, "warmer", presser, post)
            composed = threads.submit(app.submit, composer, {"action": "review", "draft": BLAME})
            wrote.result()
            assert "This takes longer than usual" in pressed.result()["value"]
            card = composed.result()
        assert time.monotonic() - begun < 8
        assert "This takes longer than usual" in rendered(card)
        assert "“User error”" not in app.sees(writer, "This takes longer than usual").shown
    app.sees(writer, "“User error”")
    assert "“User error”" in rendered(app.reviewed(composer, card))
