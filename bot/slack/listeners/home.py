"""App Home: shown when it is opened, and again after each choice."""

from __future__ import annotations

import json
from typing import Any, Literal

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.coaching.model import LANGUAGES, Language
from bot.coaching.wording import Wording
from bot.desk.model import Person
from bot.desk.saying import say_rule
from bot.rituals.model import Team
from bot.slack.blocks.home import home, touches
from bot.slack.clients import hasty
from bot.slack.edge import Edge, person_of
from bot.slack.text import escape


def register(app: AsyncApp, edge: Edge) -> None:
    """Listen to App Home and to what can be pressed there."""

    @app.event("app_home_opened")
    async def opened(event: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        if event.get("tab") == "home":
            await Home(edge, context, client).show()

    @app.action("show_again")
    async def show_again(
        ack: AsyncAck, action: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        await ack()
        await edge.work.call(edge.desk.unsilence, person_of(context), action["value"])
        await Home(edge, context, client).show()

    @app.action("language")
    async def language(
        ack: AsyncAck, action: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        await ack()
        value = action["selected_option"]["value"]
        chosen: Language | Literal[""] = next((known for known in LANGUAGES if known == value), "")
        await edge.work.call(edge.desk.prefer, person_of(context), language=chosen)
        await Home(edge, context, client).show()

    @app.action("quiet")
    async def quiet(ack: AsyncAck, action: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        await ack()
        await edge.work.call(edge.desk.prefer, person_of(context), quiet=action["value"] == "on")
        await Home(edge, context, client).show()

    @app.action("touches")
    async def all_touches(
        ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        await ack()
        await Home(edge, context, client).touches(body["trigger_id"])

    @app.action("export")
    async def export(ack: AsyncAck, context: AsyncBoltContext, client: AsyncWebClient) -> None:
        await ack()
        shown = Home(edge, context, client)
        edge.work.spawn(shown.export(), otherwise=lambda: shown.show("chat.failed"))

    @app.action("delete")
    async def delete(ack: AsyncAck, context: AsyncBoltContext, client: AsyncWebClient) -> None:
        await ack()
        person = person_of(context)
        team = Team(platform="slack", workspace=person.workspace)
        await edge.work.call(edge.rituals.forget_person, team, person.id)
        await edge.work.call(edge.desk.delete, person)
        await Home(edge, context, client).show("home.deleted")


class Home:
    """One person's App Home."""

    def __init__(self, edge: Edge, context: AsyncBoltContext, client: AsyncWebClient) -> None:
        self._edge = edge
        self._person: Person = person_of(context)
        self._client = client

    async def show(self, told: str = "") -> None:
        """Publish it as it is now; ``told`` names a sentence to say first."""
        call, desk = self._edge.work.call, self._edge.desk
        preferences = await call(desk.preferences, self._person)
        week = await call(desk.week, self._person)
        wording = await self._wording()
        silenced = {rule: say_rule(rule, self._edge.shelf, wording) for rule in preferences.silenced}
        view = home(preferences, week, silenced, wording, told=wording.say(told) if told else "")
        await self._client.views_publish(user_id=self._person.id, view=view)

    async def touches(self, trigger: str) -> None:
        """Open all touches."""
        wording = await self._wording()
        language: Language = next(known for known in LANGUAGES if known == wording.language)
        view = touches(self._edge.shelf.catalogue(language).values(), wording)
        try:
            await hasty(self._client).views_open(trigger_id=trigger, view=view)
        except SlackApiError:
            await self.show("chat.failed")

    async def export(self) -> None:
        """Everything kept of this person, as a file in their direct messages."""
        call = self._edge.work.call
        kept = {
            **await call(self._edge.desk.export, self._person),
            **await call(self._edge.rituals.export, self._person),
        }
        lead = (await self._wording()).say("home.exported")
        posted = await self._client.chat_postMessage(channel=self._person.id, text=escape(lead))
        await self._client.files_upload_v2(
            channel=posted["channel"],
            filename="heartware-my-data.json",
            content=json.dumps(kept, indent=1, ensure_ascii=False),
        )

    async def _wording(self) -> Wording:
        return await self._edge.languages.of(self._person, self._client)
