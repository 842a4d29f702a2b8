"""The whole app, as it runs: the web routes, the SDK's token validation, desk, store and durable work."""

from __future__ import annotations

import asyncio
import json
import uuid
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr

from bot.build import build, open_conversations, open_desk, open_rituals
from bot.desk.model import Person
from bot.durable import Durable
from bot.settings import Settings
from bot.teams.app import Teams
from bot.web import web_app
from tests.edges.running import BLAME, Running, eventually, numbers
from tests.edges.teams.adaptive import Json, button, faults_of_card, rendered
from tests.edges.teams.fake_connector import CLIENT, TENANT, TOKEN, FakeConnector, Post


class Harness(Running):
    """One running app. Every request to it carries a real token; each test asks as somebody new."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        super().__init__()
        self.outside = self.connector = FakeConnector()
        given: dict[str, Any] = {
            "heartware_env": "test",
            "heartware_data": folder,
            "teams_client_id": CLIENT,
            "teams_tenant_id": TENANT,
            "teams_test_token": SecretStr(TOKEN),
            "teams_openid_metadata_url": self.connector.metadata_url,
        }
        self.settings = Settings(_env_file=None, **given | settings)
        self.run(self._start())

    async def _start(self) -> None:
        parts = build(self.settings)
        if parts.model:
            await asyncio.to_thread(parts.model.load)  # as the process does, or the first answer may come too late
        self.desk, self.engine = open_desk(parts)
        self.conversations = open_conversations(parts, self.engine)
        self.edge = Teams(self.settings, parts.shelf, self.desk, self.conversations)
        self.durable = Durable(self.desk, self.engine, {"teams": self.edge.delivery})
        self.rituals = open_rituals(
            parts, self.engine, {"teams": self.edge.board}, {"teams": self.edge.herald}, {"teams": self.edge.guidepost}
        )
        await self.edge.initialize(self.durable.take, self.rituals)
        await asyncio.to_thread(self.durable.start)
        app = web_app(None, self.durable.ready, self.edge.endpoint)
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://heartware")

    def stop(self) -> None:
        """Stop as the process does."""
        self.run(self._stop())
        self.end()
        self.connector.close()

    async def _stop(self) -> None:
        await self.edge.work.drain(5)
        await asyncio.to_thread(self.durable.drain, 5)
        await self.edge.close()

    # --- what Teams sends ---

    def post(self, body: str | bytes, token: str | None = None, **headers: str) -> httpx.Response:
        """A request; ``token`` is a right one where none is given."""
        given = {"Authorization": f"Bearer {token or self.connector.token()}", "Content-Type": "application/json"}
        return self.run(self.http.post("/api/messages", content=body, headers=given | headers))

    def send(self, activity: Json, token: str | None = None) -> httpx.Response:
        """An activity."""
        return self.post(json.dumps(activity), token)

    def activity(self, user: str, *, scope: str = "personal", **more: Any) -> Json:
        """What every activity has."""
        where = _where(user)
        if scope == "personal":
            self.connector.personal[where[scope]] = user
        data: Json = {"tenant": {"id": TENANT}}
        if scope == "channel":
            data |= {"team": {"id": "19:team@thread.tacv2"}, "channel": {"id": where[scope]}}
        return {
            "type": "message",
            "id": f"17{next(numbers):011d}",
            "timestamp": "2026-11-20T10:00:00.000Z",
            "serviceUrl": self.connector.url,
            "channelId": "msteams",
            "from": {"id": user, "name": "Anna", "aadObjectId": oid(user)},
            "recipient": {"id": f"28:{CLIENT}", "name": "Heartware"},
            "conversation": {"id": where[scope], "conversationType": scope, "tenantId": TENANT},
            "channelData": data,
            "locale": "en-GB",
            **more,
        }

    def message(self, text: str, user: str, **more: Any) -> Json:
        """A message; its activity, to deliver again."""
        activity = self.activity(user, text=text, textFormat="plain", **more)
        assert self.send(activity).status_code == 200
        return activity

    def mention(self, text: str, user: str, *, scope: str = "channel", **more: Any) -> Json:
        """A message that mentions the bot, where others read along."""
        return self.message(f"<at>Heartware</at> {text}", user, scope=scope, **more)

    def invoke(self, name: str, user: str, value: Any, **more: Any) -> httpx.Response:
        """An invoke."""
        return self.send(self.activity(user, type="invoke", name=name, value=value, **more))

    def open(self, command: str, user: str, payload: Json | None = None, **more: Any) -> Json:
        """A dialog's card, as a message extension opens it."""
        context = "message" if payload is not None else "compose"
        value: Json = {"commandId": command, "commandContext": context, "context": {"theme": "default"}}
        if payload is not None:
            value["messagePayload"] = payload
        return self.dialog(self.invoke("composeExtension/fetchTask", user, value, scope="groupChat", **more))

    def submit(self, user: str, data: Json, **more: Any) -> Json:
        """What a button of a dialog leads to."""
        value = {"commandId": "reviewDraft", "commandContext": "compose", "data": data}
        answer = self.invoke("composeExtension/submitAction", user, value, scope="groupChat", **more)
        said: Json = answer.json()
        return said if "composeExtension" in said else self.dialog(answer)

    def dialog(self, answer: httpx.Response) -> Json:
        """The card of a dialog."""
        assert answer.status_code == 200, answer.text
        task = answer.json()["task"]
        assert task["type"] == "continue"
        card: Json = task["value"]["card"]["content"]
        assert faults_of_card(card, dialog=True) == []
        return card

    def press(self, name: str, user: str, post: Post, **inputs: str) -> Json:
        """Press a button of a message; the card that takes its place."""
        said = self.pressed(name, user, post, **inputs)
        assert said["type"] == "application/vnd.microsoft.card.adaptive"
        assert faults_of_card(said["value"]) == []
        card: Json = said["value"]
        return card

    def pressed(self, name: str, user: str, post: Post, **inputs: str) -> Json:
        """Press a button of a message; what Teams is answered."""
        action = button(post.card, name)
        data = {**action["data"], **inputs}
        value = {"action": {"type": "Action.Execute", "verb": action["verb"], "data": data}, "trigger": "manual"}
        where = _where(user)
        scope = next((kind for kind in where if post.conversation.startswith(where[kind])), "personal")
        answer = self.invoke("adaptiveCard/action", user, value, replyToId=post.id, scope=scope)
        assert answer.status_code == 200, answer.text
        said: Json = answer.json()
        return said

    def reviewed(self, user: str, card: Json) -> Json:
        """The review that a dialog leads to, at once or, on a busy machine, at the press of a button."""
        while "[Show it now]" in rendered(card) and "[Warmer]" not in rendered(card):
            card = self.submit(user, button(card, "show")["data"])
        return card

    def task(self, user: str, data: Json, *, fetch: bool = False, **more: Any) -> Json:
        """The card of a dialog that a button of a message opened, or what a button in it leads to."""
        name = "task/fetch" if fetch else "task/submit"
        return self.dialog(self.invoke(name, user, {"data": data, "context": {"theme": "default"}}, **more))

    def installed(self, user: str, action: str = "add", **more: Any) -> Json:
        """Somebody adds the bot, or removes it."""
        activity = self.activity(user, type="installationUpdate", action=action, **more)
        assert self.send(activity).status_code == 200
        return activity

    # --- what people see ---

    def somebody(self) -> str:
        """A new agent."""
        return f"29:u{next(numbers):05d}"

    def person(self, user: str) -> Person:
        return Person(platform="teams", workspace=TENANT, id=oid(user))

    def sees(self, user: str, words: str, *, seconds: float = 40) -> Post:
        """Wait until somebody was shown these words in private."""
        mine = self.connector.of
        return eventually(lambda: next((p for p in reversed(mine(user)) if words in p.shown), None), seconds)


def _where(user: str) -> dict[str, str]:
    return {"personal": f"a:{user}", "groupChat": "19:group@thread.v2", "channel": "19:general@thread.tacv2"}


def oid(user: str) -> str:
    """The directory's id of somebody."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, user))


__all__ = ["BLAME", "Harness", "eventually", "oid", "rendered"]
