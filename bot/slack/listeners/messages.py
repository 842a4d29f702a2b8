"""Direct messages: each at the top begins a thread about a draft; in the thread come the follow-ups."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk.errors import Erased
from bot.desk.model import Wish
from bot.desk.wishes import read_wish
from bot.slack.blocks.limits import Block
from bot.slack.blocks.review import review_blocks, review_text
from bot.slack.edge import Edge, job_id
from bot.slack.listeners.talk import Talk
from bot.slack.text import plain

WRITTEN_BY_PEOPLE = (None, "file_share", "thread_broadcast")
"""Subtypes of messages that somebody sent; all others tell of edits, deletions and apps."""


def register(app: AsyncApp, edge: Edge) -> None:
    """Listen to direct messages."""

    @app.event("message")
    async def message(event: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        by_somebody = event.get("subtype") in WRITTEN_BY_PEOPLE and not event.get("bot_id")
        if event.get("channel_type") == "im" and by_somebody:
            await DirectMessage(edge, event, context, client).handle()


class DirectMessage(Talk):
    """One direct message."""

    def __init__(self, edge: Edge, event: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        channel, ts = event["channel"], event["ts"]
        self._thread: str = event.get("thread_ts") or ts
        self._root = job_id(context, channel, self._thread)
        super().__init__(
            edge,
            context,
            client,
            id=job_id(context, channel, ts),
            text=plain(event.get("text") or ""),
            address={"at": "dm", "channel": channel, "thread": self._thread},
        )

    def take(self) -> bool:
        """Keep the draft; from now on the follow-ups of the thread are about it."""
        new = super().take()
        if new and self.job.id != self._root:
            try:
                root = self.edge.desk.job(self._root)
                self.edge.desk.answer_at(self._root, {**root.address, "latest": self.job.id})
            except Erased:
                return new
        return new

    def wished(self) -> Coroutine[Any, Any, None] | None:
        """What the thread's draft becomes by a wish, such as "shorter"."""
        wish = read_wish(self.job.draft.text, self.edge.languages.every()) if self.job.id != self._root else None
        return self._again(wish) if wish else None

    async def say(self, text: str, blocks: list[Block]) -> None:
        """Answer in the thread."""
        channel = self.job.address["channel"]
        await self.client.chat_postMessage(channel=channel, thread_ts=self._thread, text=text, blocks=blocks)

    async def _again(self, wish: Wish) -> None:
        call, desk = self.edge.work.call, self.edge.desk
        try:
            root = await call(desk.job, self._root)
            id = root.address.get("latest", self._root)
            review = await call(desk.again, id, wish)
            job = await call(desk.job, id)
        except Erased:
            await self.tell("chat.erased")
            return
        wording = self.edge.shelf.wording(review.language)
        await self.say(review_text(review), review_blocks(review, job.draft.text, wording, job=id, place="dm"))
