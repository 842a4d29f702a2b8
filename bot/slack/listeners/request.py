"""One request of ``/wow`` or of a button below what it shows: who asks, and how they are answered."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.coaching.wording import Wording
from bot.rituals.asked import Asked
from bot.slack.blocks.limits import Block
from bot.slack.clients import hasty
from bot.slack.edge import Edge, is_outsider, person_of
from bot.slack.text import escape

log = logging.getLogger(__name__)


class Request:
    """One request. It is answered for its sender alone."""

    def __init__(
        self, edge: Edge, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient, *, channel: str
    ) -> None:
        self.edge = edge
        self.call = edge.work.call
        self.client = client
        self.person = person_of(context)
        self.outside = is_outsider(context, body)
        self.channel = channel
        self.url: str = body.get("response_url", "")
        self._trigger: str = body.get("trigger_id", "")

    async def leads(self) -> bool:
        """Whether a lead asks."""
        return not self.outside and await self.edge.leads.has(self.person, self.client)

    async def asked(self, *, leads: bool = False, zone: bool = False) -> Asked:
        """The request as the rituals take it. ``leads`` and ``zone``: whether Slack is to be asked for these."""
        return Asked(
            self.edge.rituals,
            self.person,
            await self.wording(),
            leads=leads and await self.leads(),
            zone=await self.zone() if zone else "",
        )

    async def wording(self) -> Wording:
        """The sentences in the language of who asks."""
        return await self.edge.languages.of(self.person, self.client)

    async def refused(self) -> None:
        """Say that this is for the own workspace only."""
        await self.say((await self.wording()).say("slack.outsider"))

    async def failed(self) -> None:
        """Say that something went wrong."""
        await self.say((await self.wording()).say("chat.failed"))

    async def late(self) -> None:
        """Say that it takes longer."""
        await self.say((await self.wording()).say("chat.late"))

    async def say(self, text: str) -> None:
        """Answer with a sentence."""
        await self.show(escape(text), None)

    async def show(self, text: str, blocks: list[Block] | None) -> None:
        """Answer below what was asked; in the direct messages where that is too late."""
        if self.url:
            hook = self.edge.clients.hook(self.url)
            answer = await hook.send(text=text, blocks=blocks, response_type="ephemeral", replace_original=False)
            if answer.status_code == 200:
                return
        await self.client.chat_postMessage(channel=self.person.id, text=text, blocks=blocks)

    async def zone(self) -> str:
        """The time zone of who asks; empty where Slack does not say."""
        user = (await hasty(self.client).users_info(user=self.person.id))["user"]
        return user.get("tz") or ""

    async def open(self, view: Block) -> None:
        """Open a modal; say so where Slack does not."""
        try:
            await hasty(self.client).views_open(trigger_id=self._trigger, view=view)
        except SlackApiError as error:
            log.info("no modal error=%s", error.response.get("error"))
            await self.say((await self.wording()).say("slack.form-late"))


def on_button(
    app: AsyncApp, edge: Edge, name: str, handle: Callable[[Request, str], Coroutine[Any, Any, None]]
) -> None:
    """Listen to a button; ``handle`` is given its value."""

    @app.action(name)
    async def pressed(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        await ack()
        request = Request(edge, body, context, client, channel=(body.get("channel") or {}).get("id", ""))
        work = request.refused() if request.outside else handle(request, body["actions"][0]["value"])
        edge.work.spawn(work, otherwise=request.failed, late=request.late)
