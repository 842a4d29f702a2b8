"""The same app over Socket Mode: frames instead of requests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

from tests.edges.slack.fake_slack import APP_TOKEN, TEAM
from tests.edges.slack.harness import BLAME, Harness, eventually


@pytest.fixture
def connected(app: Harness) -> Iterator[Harness]:
    async def connect() -> AsyncSocketModeHandler:
        handler = AsyncSocketModeHandler(app.bolt, APP_TOKEN)
        await handler.client.connect()  # type: ignore[no-untyped-call]
        return handler

    handler = app.run(connect())
    eventually(lambda: app.slack.connected)
    yield app
    app.run(handler.client.close())  # type: ignore[no-untyped-call]


def command(app: Harness, text: str, agent: str) -> dict[str, str]:
    return {
        "command": "/coach",
        "text": text,
        "user_id": agent,
        "channel_id": "C0SUPPORT",
        "team_id": TEAM,
        "trigger_id": app.slack.trigger(),
        "response_url": app.slack.response_url("C0SUPPORT", agent),
    }


def test_a_command_is_acknowledged_and_reviewed(connected: Harness) -> None:
    agent = connected.somebody()
    envelope = connected.run(connected.slack.frame("slash_commands", command(connected, BLAME, agent)))
    eventually(lambda: envelope in connected.slack.acked)
    connected.sees(agent, "“User error”")


def test_help_comes_with_the_acknowledgement(connected: Harness) -> None:
    agent = connected.somebody()
    envelope = connected.run(connected.slack.frame("slash_commands", command(connected, "help", agent)))
    said = eventually(lambda: connected.slack.acked.get(envelope))
    assert "Only you see what I answer" in said["text"]


def test_a_direct_message_that_slack_sends_twice_is_answered_once(connected: Harness) -> None:
    agent = connected.somebody()
    event = {"type": "message", "channel_type": "im", "channel": f"D{agent[1:]}", "ts": "1.5", "text": BLAME}
    payload = {"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "event": {**event, "user": agent}}
    for _ in range(2):
        envelope = connected.run(connected.slack.frame("events_api", payload))
        eventually(lambda: envelope in connected.slack.acked)  # noqa: B023 it is waited for at once
    connected.sees(agent, "“User error”")
    connected.settled()
    assert len(connected.slack.of(agent)) == 1
