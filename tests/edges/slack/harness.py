"""The whole app on loopback, as it runs: Bolt behind uvicorn, desk, store and durable work, against the fake Slack."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import uvicorn
from pydantic import SecretStr

from bot.build import build, open_desk, open_installations, open_rituals
from bot.coaching.model import Draft
from bot.durable import Durable
from bot.settings import Settings
from bot.slack.app import Slack
from bot.web import web_app
from tests.edges.running import BLAME, Running, eventually, numbers
from tests.edges.slack.block_kit import Json
from tests.edges.slack.fake_slack import BOT_TOKEN, BOT_USER, TEAM, FakeSlack, Post, View

SECRET = "s" * 32


class Harness(Running):
    """One running app. Every request to it is signed and goes over HTTP; each test asks as somebody new."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        super().__init__()
        self.outside = self.slack = FakeSlack()
        self.run(self.slack.start())
        given: dict[str, Any] = {
            "heartware_data": folder,
            "slack_bot_token": SecretStr(BOT_TOKEN),
            "slack_signing_secret": SecretStr(SECRET),
            "slack_api_url": self.slack.api_url,
        }
        self.settings = Settings(_env_file=None, **given | settings)
        self.run(self._start())
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=30)

    async def _start(self) -> None:
        parts = build(self.settings)
        await asyncio.to_thread(parts.coach.review_local, Draft(text="Thank you."))
        if parts.model:
            await asyncio.to_thread(parts.model.load)  # as the process does, or the first answer may come too late
        self.desk, self.engine = open_desk(parts)
        secrets = open_installations(parts, self.engine, "slack")
        self.edge = Slack(self.settings, parts.shelf, self.desk, self.engine, secrets)
        self.durable = Durable(self.desk, self.engine, {"slack": self.edge.delivery})
        self.rituals = open_rituals(
            parts,
            self.engine,
            {"slack": self.edge.board},
            {"slack": self.edge.herald},
            {"slack": self.edge.guidepost},
        )
        self.bolt = self.edge.bolt(self.durable.take, self.rituals)
        await asyncio.to_thread(self.durable.start)
        config = uvicorn.Config(web_app(self.bolt, self.durable.ready), host="127.0.0.1", port=0, log_config=None)
        self._server = uvicorn.Server(config)
        self._serving = asyncio.create_task(self._server._serve())
        while not self._server.started:
            await asyncio.sleep(0.01)
        self.port = self._server.servers[0].sockets[0].getsockname()[1]

    def stop(self) -> None:
        """Stop as the process does."""
        self.run(self._stop())
        self.end()

    async def _stop(self) -> None:
        self._server.should_exit = True
        await self._serving
        await self.edge.work.drain(5)
        await asyncio.to_thread(self.durable.drain, 5)
        await self.edge.close()
        await self.slack.stop()

    # --- what Slack sends ---

    def send(self, body: str, kind: str, *, secret: str = SECRET, age: int = 0, **headers: str) -> httpx.Response:
        """A signed request."""
        stamp = str(int(time.time()) - age)
        signature = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
        signed = {
            "Content-Type": kind,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={signature}",
            **headers,
        }
        return self.http.post("/slack/events", content=body.encode(), headers=signed)

    def form(self, fields: Json) -> httpx.Response:
        """A request as of a form."""
        return self.send(urlencode(fields), "application/x-www-form-urlencoded")

    def command(self, text: str, user: str, *, channel: str = "C0SUPPORT", **more: str) -> httpx.Response:
        """``/coach``; where the app acknowledges with a text, that is shown to the agent, as in Slack."""
        fields = {
            "command": "/coach",
            "text": text,
            "user_id": user,
            "channel_id": channel,
            "team_id": TEAM,
            "trigger_id": self.slack.trigger(),
            "response_url": self.slack.response_url(channel, user),
            **more,
        }
        answer = self.form(fields)
        if answer.status_code == 200 and answer.content:
            shown: Json = answer.json() if answer.text.startswith("{") else {"text": answer.text}
            self.slack.posts.append(Post(channel, user, shown["text"], shown.get("blocks", []), ts="ack"))
        return answer

    def interact(self, kind: str, user: str, *, home: str = TEAM, **more: Any) -> httpx.Response:
        """A shortcut, a button or a submitted view, by somebody whose own workspace is ``home``."""
        payload = {
            "type": kind,
            "user": {"id": user, "team_id": home},
            "team": {"id": TEAM},
            "trigger_id": self.slack.trigger(),
            **more,
        }
        return self.form({"payload": json.dumps(payload)})

    def shortcut(self, text: str, user: str, *, message: Json | None = None, **more: Any) -> httpx.Response:
        """``Review this reply`` on a message."""
        given = {"type": "message", "user": "U0OTHER", "ts": "1.2", "text": text} | (message or {})
        channel = {"id": "C0SUPPORT", "name": "support"}
        return self.interact(
            "message_action", user, callback_id="review_message", message=given, channel=channel, **more
        )

    def press(
        self, action: str, user: str, place: Post | View, *, containing: str = "", home: str = TEAM, **more: Any
    ) -> httpx.Response:
        """Press a button of a message or a modal, as it stands there; ``containing`` is in its value."""
        blocks = place.blocks if isinstance(place, Post) else place.view["blocks"]
        element = _element(blocks, action, containing)
        pressed = {"type": element["type"], "action_id": action, "value": element.get("value"), **more}
        where: Json
        if isinstance(place, Post):
            where = {
                "channel": {"id": place.channel},
                "message": {"ts": place.ts},
                "container": {"type": "message", "is_ephemeral": place.vanishes},
                "response_url": self.slack.response_url(place.channel, user, replaces=place),
            }
        else:
            where = {"view": {"id": place.id, **place.view, "type": place.view["type"]}, "container": {"type": "view"}}
        return self.interact("block_actions", user, home=home, actions=[pressed], **where)

    def submit(self, view: View, user: str, values: Json) -> httpx.Response:
        """Submit a modal; what the app answers is done to it, as in Slack."""
        state = {"values": {name: {name: value} for name, value in values.items()}}
        answer = self.interact("view_submission", user, view={"id": view.id, **view.view, "state": state})
        said = answer.json() if answer.content else {}
        if said.get("response_action") == "update":
            view.view = said["view"]
        elif not said:
            view.open = False
        return answer

    def event(self, event: Json, user: str, **more: Any) -> httpx.Response:
        """An event, with its envelope."""
        envelope = {
            "type": "event_callback",
            "team_id": TEAM,
            "api_app_id": "A0APP",
            "event_id": f"Ev{next(numbers)}",
            "event_time": int(time.time()),
            "authorizations": [{"team_id": TEAM, "user_id": BOT_USER, "is_bot": True}],
            "event": {"user": user, "team": TEAM, **event},
            "is_ext_shared_channel": "user_team" in event,
            **more,
        }
        return self.send(json.dumps(envelope), "application/json")

    def dm(self, text: str, user: str, *, thread: str = "", **more: Any) -> Json:
        """A direct message; its event, to deliver again or to answer in its thread."""
        event: Json = {
            "type": "message",
            "channel_type": "im",
            "channel": f"D{user[1:]}",
            "ts": f"{1_800_000_000 + next(numbers)}.000200",
            "text": text,
            "user": user,
            **({"thread_ts": thread} if thread else {}),
            **more,
        }
        assert self.event(event, user).status_code == 200
        return event

    def mention(self, text: str, user: str, *, channel: str = "C0SUPPORT", thread: str = "", **more: Any) -> Json:
        """A mention in a channel."""
        event: Json = {
            "type": "app_mention",
            "channel": channel,
            "ts": f"{1_800_000_000 + next(numbers)}.000300",
            "text": f"<@{BOT_USER}> {text}",
            **({"thread_ts": thread} if thread else {}),
            **more,
        }
        assert self.event(event, user).status_code == 200
        return event

    # --- what people see ---

    def somebody(self) -> str:
        """A new agent."""
        return f"U{next(numbers):05d}"

    def sees(self, user: str, words: str, *, seconds: float = 40) -> Post:
        """Wait until somebody was shown these words in private."""
        return eventually(lambda: next((p for p in reversed(self.slack.of(user)) if words in p.shown), None), seconds)

    def view(self, words: str, *, seconds: float = 40) -> View:
        """Wait until these words stand in a modal."""
        views = self.slack.views
        return eventually(lambda: next((v for v in reversed(views.values()) if words in v.shown), None), seconds)


def _element(blocks: list[Json], action: str, containing: str) -> Json:
    for block in blocks:
        elements = [*block.get("elements", []), *(block[n] for n in ("accessory", "element") if n in block)]
        for element in elements:
            if element.get("action_id") == action and containing in (element.get("value") or ""):
                return dict(element)
    raise AssertionError(f"there is no {action} with {containing!r}")


__all__ = ["BLAME", "SECRET", "Harness", "eventually"]
