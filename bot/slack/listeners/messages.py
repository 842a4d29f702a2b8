"""Direct messages: each at the top begins a thread about a draft; in the thread come the follow-ups."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk.model import Job
from bot.slack.blocks.limits import Block
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
        self._channel = channel
        self._ts: str = event.get("thread_ts") or ts
        self._at_top = self._ts == ts
        super().__init__(
            edge,
            context,
            client,
            id=job_id(context, channel, ts),
            text=plain(event.get("text") or ""),
            address={"at": "dm", "channel": channel, "thread": self._ts},
            thread=f"{channel}/{self._ts}",
        )

    async def before(self) -> list[Job]:
        """What stands in the thread; for a message at the top the drafts of all threads."""
        if not self._at_top:
            return await self.edge.work.call(self.edge.desk.in_thread, self.job.person, self.job.thread)
        kept = await self.edge.work.call(self.edge.desk.jobs, self.job.person)
        return [job for job in kept if job.draft.text and job.thread.startswith(f"{self._channel}/")]

    async def say(self, text: str, blocks: list[Block]) -> None:
        """Answer in the thread."""
        await self.client.chat_postMessage(channel=self._channel, thread_ts=self._ts, text=text, blocks=blocks)
