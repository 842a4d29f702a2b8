"""Slack waits three seconds for an acknowledgement; a database that is gone, or slow, takes longer.

What takes longer goes on, its sender is told, and what would have been the acknowledgement is shown when it is there.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk.model import Person
from bot.desk.work import Work, nothing
from bot.slack.blocks.form import notice
from bot.slack.clients import Clients
from bot.slack.edge import person_of
from bot.slack.languages import Languages
from bot.slack.text import escape

log = logging.getLogger(__name__)

AGE = 300
"""Seconds for which Slack's signatures are good."""
LONGEST_STAMP = 15
SOON = 2.0
"""Seconds for a listener; the rest of Slack's three is for the way there and back."""


class InTime(AsyncApp):
    """Bolt's app, which acknowledges every request in time, over HTTP and in Socket Mode."""

    late: Late

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """The acknowledgement."""
        task = await self.late.work.soon(super().async_dispatch(req), SOON)
        if not task.done():
            return self.late.acknowledged(req, task)
        if task.result().status == 401:
            _look_at_clock(req)
        return task.result()


class Late:
    """What happens to a request that takes longer."""

    def __init__(self, clients: Clients, languages: Languages, work: Work) -> None:
        self._clients = clients
        self._languages = languages
        self.work = work

    def acknowledged(self, req: AsyncBoltRequest, task: asyncio.Task[BoltResponse]) -> BoltResponse:
        """The acknowledgement instead of the one that ``task`` will give. Events are answered by who reads them."""
        body, person = req.body, person_of(req.context)
        if body.get("type") == "view_submission":
            self.work.spawn(self._view(task, body["view"]["id"], person), otherwise=nothing)
            wording = self._languages.known(person)
            view = notice(escape(wording.say("chat.late")), wording)
            return BoltResponse(status=200, body={"response_action": "update", "view": view})
        if body.get("type") == "event_callback":
            self.work.spawn(_done(task), otherwise=nothing)
        else:
            self.work.spawn(self._answer(task, str(body.get("response_url") or ""), person), otherwise=nothing)
        return BoltResponse(status=200, body="")

    async def _answer(self, task: asyncio.Task[BoltResponse], url: str, person: Person) -> None:
        wording = await self._languages.of(person, await self._clients.of(person))
        await self._say(url, person, {"text": escape(wording.say("chat.late"))})
        said = _body(await task)
        if said:
            await self._say(url, person, said)

    async def _say(self, url: str, person: Person, message: dict[str, Any]) -> None:
        text, blocks = message.get("text", ""), message.get("blocks")
        if url:
            hook = self._clients.hook(url)
            await hook.send(text=text, blocks=blocks, response_type="ephemeral", replace_original=False)
        else:
            client = await self._clients.of(person)
            await client.chat_postMessage(channel=person.id, text=text, blocks=blocks)

    async def _view(self, task: asyncio.Task[BoltResponse], id: str, person: Person) -> None:
        said = _body(await task)
        if said.get("response_action") == "update":
            client: AsyncWebClient = await self._clients.of(person)
            await client.views_update(view_id=id, view=said["view"])


def _look_at_clock(req: AsyncBoltRequest) -> None:
    """Say where a request may have been refused for our clock alone: Slack's signatures are good for five minutes."""
    stamp = "".join(req.headers.get("x-slack-request-timestamp", []))
    apart = abs(time.time() - int(stamp)) if stamp.isascii() and stamp.isdigit() and len(stamp) < LONGEST_STAMP else 0
    if apart > AGE:
        log.warning("refused: the clocks of this machine and of the request are %d seconds apart", apart)


async def _done(task: asyncio.Task[BoltResponse]) -> None:
    await task


def _body(response: BoltResponse) -> dict[str, Any]:
    """What an acknowledgement shows: Bolt writes a text alone as it is."""
    if not response.body or response.status != 200:
        return {}
    if not response.body.startswith("{"):
        return {"text": response.body}
    said: dict[str, Any] = json.loads(response.body)
    return said
