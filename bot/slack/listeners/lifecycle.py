"""The end of an installation, and what to say where something went wrong."""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.rituals.model import Team
from bot.slack.edge import Edge, person_of, workspace_of
from bot.slack.text import escape

log = logging.getLogger(__name__)


def register(app: AsyncApp, edge: Edge) -> None:
    """Listen to the end of an installation, and to errors."""

    @app.event("app_uninstalled")
    async def uninstalled(context: AsyncBoltContext) -> None:
        await edge.work.call(edge.desk.uninstalled, "slack", workspace_of(context))
        team = Team(platform="slack", workspace=workspace_of(context))
        await edge.work.call(edge.rituals.forget, team)
        if app.installation_store:
            await app.installation_store.async_delete_all(enterprise_id=context.enterprise_id, team_id=context.team_id)

    @app.event("tokens_revoked")
    async def revoked(event: dict[str, Any], context: AsyncBoltContext) -> None:
        if event["tokens"].get("bot") and app.installation_store:
            await app.installation_store.async_delete_bot(enterprise_id=context.enterprise_id, team_id=context.team_id)

    @app.error
    async def failed(
        error: Exception, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> BoltResponse:
        # The text of an error may hold a draft, so only its kind is logged.
        log.error("request failed kind=%s error=%s", body.get("type", "command"), type(error).__name__)
        person = person_of(context)
        if person.id:
            text = escape((await edge.languages.of(person, client)).say("chat.failed"))
            if "response_url" in body:
                await edge.clients.hook(body["response_url"]).send(text=text, replace_original=False)
            else:
                await client.chat_postMessage(channel=person.id, text=text)
        return BoltResponse(status=200)
