"""A model that is down slows nobody: the circuit breaker, and the review that its users get."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from bot.coaching.errors import ModelUnavailable
from bot.coaching.ports import Message
from bot.models.breaker import FAILURES, LONGEST_PAUSE, PAUSE, Breaker
from bot.models.llm import ChatModel
from tests.local_models import ScriptedServer, hangs, says, sends


class Clock:
    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def opened(clock: Clock) -> Breaker:
    breaker = Breaker(now=clock)
    for _ in range(FAILURES):
        breaker.failed(tried=breaker.enter())
    return breaker


def is_turned_away(breaker: Breaker) -> bool:
    try:
        breaker.enter()
    except ModelUnavailable:
        return True
    return False


def test_a_few_failures_in_a_row_open_it_and_one_answer_between_them_does_not() -> None:
    breaker = Breaker(now=Clock())
    for _ in range(FAILURES - 1):
        breaker.failed(tried=breaker.enter())
    breaker.succeeded()
    for _ in range(FAILURES - 1):
        breaker.failed(tried=breaker.enter())
    assert not breaker.open
    breaker.failed(tried=breaker.enter())
    assert breaker.open
    assert is_turned_away(breaker)


def test_after_the_pause_one_call_tries_alone_and_its_answer_closes_it() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.at = PAUSE
    assert breaker.enter()
    assert is_turned_away(breaker)
    breaker.succeeded()
    assert not breaker.open
    assert not breaker.enter()


def test_each_trial_that_fails_doubles_the_pause_up_to_a_limit() -> None:
    clock = Clock()
    breaker = opened(clock)
    for pause in (PAUSE, 2 * PAUSE, 4 * PAUSE, 8 * PAUSE, LONGEST_PAUSE, LONGEST_PAUSE):
        clock.at += pause - 0.1
        assert is_turned_away(breaker)
        clock.at += 0.1
        breaker.failed(tried=breaker.enter())


def test_many_calls_that_were_under_way_when_it_opened_do_not_lengthen_the_pause() -> None:
    clock = Clock()
    breaker = Breaker(now=clock)
    under_way = [breaker.enter() for _ in range(50)]
    for tried in under_way:
        breaker.failed(tried=tried)
    clock.at = PAUSE
    assert breaker.enter()


def test_a_trial_that_never_ends_does_not_keep_it_open_for_ever() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.at = PAUSE
    assert breaker.enter()
    clock.at = 2 * PAUSE
    assert breaker.enter()


class Kindness(BaseModel):
    kind: bool


MESSAGES = (Message("user", "Is this kind?"),)


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as running:
        running.reply = says('{"kind": true}')
        ChatModel("warm", api_key="", base_url=running.url, seconds=20).ask(MESSAGES, Kindness)
        yield running


def asked(model: ChatModel, times: int) -> float:
    """Ask in vain; how long that took."""
    begun = time.monotonic()
    for _ in range(times):
        with pytest.raises(ModelUnavailable):
            model.ask(MESSAGES, Kindness)
    return time.monotonic() - begun


def test_a_dead_model_slows_nobody_after_the_first_few(server: ScriptedServer) -> None:
    server.reply = hangs
    model = ChatModel("dead", api_key="", base_url=server.url, seconds=0.3)
    assert asked(model, FAILURES) < FAILURES * 4  # it would be five seconds each
    assert model.breaker.open
    before = len(server.asked)
    asked(model, 100)
    assert len(server.asked) == before


@pytest.mark.parametrize("status", [401, 429, 500, 503])
def test_a_service_that_refuses_everybody_is_left_alone(server: ScriptedServer, status: int) -> None:
    server.reply = sends(status, "{}", **{"Retry-After": "0"})
    model = ChatModel("refusing", api_key="", base_url=server.url, seconds=5)
    asked(model, FAILURES)
    assert model.breaker.open


@pytest.mark.parametrize(
    "reply", [says("", refusal="No."), says("prose"), says('{"kind": "ma'), sends(400, "{}"), sends(200, "<html>")]
)
def test_an_answer_that_is_no_use_is_no_reason_to_leave_the_others_without(
    server: ScriptedServer, reply: object
) -> None:
    server.reply = reply  # type: ignore[assignment]
    model = ChatModel("odd", api_key="", base_url=server.url, seconds=5)
    asked(model, FAILURES + 1)
    assert not model.breaker.open


def test_it_comes_back_by_itself(server: ScriptedServer) -> None:
    server.reply = sends(503, "{}", **{"Retry-After": "0"})
    model = ChatModel("back", api_key="", base_url=server.url, seconds=5)
    clock = Clock()
    model.breaker = Breaker(now=clock)
    asked(model, FAILURES)
    server.reply = says('{"kind": true}')
    asked(model, 1)
    clock.at = PAUSE
    assert model.ask(MESSAGES, Kindness).kind
    assert not model.breaker.open
