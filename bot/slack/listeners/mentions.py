"""Mentions in a channel: only the person who wrote one sees the answer."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.blocks.limits import Block
from bot.slack.edge import Edge, job_id
from bot.slack.listeners.talk import Talk
from bot.slack.text import plain, without_mention


def register(app: AsyncApp, edge: Edge) -> None:
    """Listen to mentions."""

    @app.event("app_mention")
    async def mention(event: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        if not event.get("bot_id"):
            await Mention(edge, event, context, client).handle()


class Mention(Talk):
    """One mention. It is answered in the same thread, by a message that vanishes when Slack is loaded again."""

    def __init__(self, edge: Edge, event: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        text = plain(without_mention(event.get("text") or "", context.bot_user_id or "")).strip()
        super().__init__(
            edge,
            context,
            client,
            id=job_id(context, event["channel"], event["ts"]),
            text=text or edge.shelf.wording("en").say("desk.command.help"),
            address={"at": "thread", "channel": event["channel"], "thread": event.get("thread_ts", "")},
            thread=f"{event['channel']}/{event.get('thread_ts', '')}",
        )

    async def say(self, text: str, blocks: list[Block]) -> None:
        """Answer in the thread for its author alone; in their direct messages where that cannot be."""
        address, person = self.job.address, self.job.person.id
        try:
            await self.client.chat_postEphemeral(
                channel=address["channel"], user=person, text=text, blocks=blocks, thread_ts=address["thread"] or None
            )
        except SlackApiError:
            await self.client.chat_postMessage(channel=person, text=text, blocks=blocks)
