"""The real OpenAI client against a real local model server, and against one that does everything wrong."""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from bot.coaching.errors import ModelUnavailable
from bot.coaching.ports import Message
from bot.models.llm import ChatModel
from tests.local_models import Reply, ScriptedServer, hangs, real_model, resets, says, sends, trickles

SECRET = "the-customer-is-Anna-de-Vries"
MESSAGES = (Message("system", "Answer in JSON."), Message("user", f"Is this kind? {SECRET}"))


class Kindness(BaseModel):
    model_config = ConfigDict(extra="forbid")
    kind: bool
    why: str


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as running:
        yield running


def model(url: str, seconds: float = 10.0) -> ChatModel:
    return ChatModel("scripted", api_key="", base_url=url, seconds=seconds)


def test_a_real_model_answers_in_the_form_asked_for() -> None:
    with real_model() as url:
        answer = ChatModel("smollm2", api_key="", base_url=url, seconds=90).ask(MESSAGES, Kindness)
    assert isinstance(answer.kind, bool)


def test_the_form_is_asked_for_by_json_schema_not_by_a_tool_call(server: ScriptedServer) -> None:
    server.reply = says('{"kind": true, "why": "warm"}')
    assert model(server.url).ask(MESSAGES, Kindness) == Kindness(kind=True, why="warm")
    sent = server.asked[-1]
    assert sent["response_format"]["type"] == "json_schema"
    assert "tools" not in sent
    assert [message["role"] for message in sent["messages"]] == ["system", "user"]


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(sends(500, '{"error": {"message": "boom"}}', **{"Retry-After": "0"}), id="500"),
        pytest.param(sends(429, '{"error": {"message": "slow"}}', **{"Retry-After": "0"}), id="429"),
        pytest.param(sends(401, '{"error": {"message": "bad key"}}'), id="bad key"),
        pytest.param(sends(200, "<html>proxy</html>"), id="not JSON"),
        pytest.param(says("Of course! It is kind."), id="prose"),
        pytest.param(says('{"kind": "maybe"}'), id="wrong form"),
        pytest.param(says('{"kind": true, "wh'), id="cut short"),
        pytest.param(says("", refusal="I cannot judge."), id="refusal"),
        pytest.param(says("x" * 1_000_000), id="one megabyte"),
        pytest.param(resets, id="reset"),
    ],
)
def test_whatever_a_model_does_wrong_is_one_plain_error_without_the_text(
    server: ScriptedServer, reply: Reply, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    server.reply = reply
    with pytest.raises(ModelUnavailable) as caught:
        model(server.url).ask(MESSAGES, Kindness)
    assert SECRET not in str(caught.value)
    assert SECRET not in caplog.text


@pytest.mark.parametrize("reply", [hangs, trickles])
def test_a_slow_model_is_given_up_within_the_time_limit(server: ScriptedServer, reply: Reply) -> None:
    server.reply = says('{"kind": true, "why": "warm"}')
    slow = model(server.url, seconds=0.6)
    ChatModel.ask(model(server.url), MESSAGES, Kindness)  # the first call imports the client
    server.reply = reply
    begun = time.monotonic()
    with pytest.raises(ModelUnavailable, match="no answer within"):
        slow.ask(MESSAGES, Kindness)
    assert time.monotonic() - begun < 4  # it would be five


def test_a_server_that_is_not_there_is_one_plain_error() -> None:
    with pytest.raises(ModelUnavailable, match="failed"):
        model("http://127.0.0.1:9").ask(MESSAGES, Kindness)


def test_one_failure_is_tried_again(server: ScriptedServer) -> None:
    answers = [sends(500, "{}", **{"Retry-After": "0"}), says(json.dumps({"kind": True, "why": ""}))]
    server.reply = lambda request: answers.pop(0)(request)
    assert model(server.url).ask(MESSAGES, Kindness).kind


def test_the_recommended_model_is_current() -> None:
    """The SDK's own list of models with a shut-down date does not name what ``.env.example`` recommends."""
    from openai.types.shared import chat_model

    example = (Path(__file__).resolve().parents[2] / ".env.example").read_text("utf-8")
    found = re.search(r"HEARTWARE_MODEL=(\S+)", example)
    assert found
    source = Path(chat_model.__file__).read_text("utf-8")
    known, _, deprecated = source.partition("Deprecated values")
    assert f'"{found[1]}"' in known
    assert deprecated
    assert f'"{found[1]}"' not in deprecated
