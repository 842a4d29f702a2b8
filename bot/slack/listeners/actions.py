"""The buttons under a review."""

from __future__ import annotations

import functools
import json
import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.coaching.model import Review
from bot.desk.errors import Erased
from bot.desk.following import NOTHING
from bot.desk.model import Job, Wish
from bot.rituals.model import Team
from bot.slack.blocks.copying import copy_modal, line_modal
from bot.slack.blocks.form import notice, review_modal, why
from bot.slack.blocks.limits import Block, button, section
from bot.slack.blocks.review import Place, review_blocks, review_text
from bot.slack.clients import hasty
from bot.slack.edge import Edge, job_id, person_of
from bot.slack.text import escape

log = logging.getLogger(__name__)

WISHES = ("warmer", "shorter", "touch")


def register(app: AsyncApp, edge: Edge) -> None:
    """Listen to every button; one that is not known any more is answered too."""

    def on(name: str, handle: Callable[[Pressed], Awaitable[None]]) -> None:
        @app.action(name)
        async def pressed(
            ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
        ) -> None:
            await ack()
            press = Pressed(edge, body, context, client)
            failed, late = (functools.partial(press.tell, f"chat.{what}") for what in ("failed", "late"))
            edge.work.spawn(press.seen_to(handle), otherwise=failed, late=late)

    for wish in WISHES:

        @app.action(wish)
        async def wished(
            ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
        ) -> None:
            press = Pressed(edge, body, context, client)
            try:
                await edge.work.call(press.take_wish, job_id(context, body["trigger_id"]))
            except Erased:
                edge.work.spawn(press.tell("chat.erased"), otherwise=lambda: press.tell("chat.failed"))
            await ack()

    on("not_here", Pressed.silence)
    on("undo", Pressed.unsilence)
    on("copy", Pressed.copy)
    on("use_touch", Pressed.use_touch)
    on("changes", Pressed.pick)
    on("feedback", Pressed.feedback)
    on("useful", Pressed.feedback)
    on("not_useful", Pressed.feedback)
    on("more", Pressed.more)


def register_last(app: AsyncApp, edge: Edge) -> None:
    """Listen to what no other listener knows: a button of an older version."""

    @app.action(re.compile(".*"))
    async def unknown(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        await ack()
        press = Pressed(edge, body, context, client)
        edge.work.spawn(press.tell("slack.old-button"), otherwise=lambda: press.tell("chat.failed"))

    @app.view(re.compile(".*"))
    async def unknown_form(ack: AsyncAck, context: AsyncBoltContext, client: AsyncWebClient) -> None:
        wording = await edge.languages.of(person_of(context), client)
        await ack(response_action="update", view=notice(wording.say("slack.old-button"), wording))


class Pressed:
    """One press. The review that it belongs to is shown again in its place."""

    def __init__(self, edge: Edge, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        self._edge = edge
        self._desk = edge.desk
        self._call = edge.work.call
        self._client = client
        self._person = person_of(context)
        self._action: dict[str, Any] = body["actions"][0]
        self._trigger: str = body.get("trigger_id", "")
        self._url: str = body.get("response_url", "")
        self._view: dict[str, Any] = body.get("view") or {}
        self._channel: str = (body.get("channel") or {}).get("id", "")
        self._vanishes = bool((body.get("container") or {}).get("is_ephemeral"))
        self._ts: str = (body.get("message") or {}).get("ts", "")

    async def seen_to(self, handle: Callable[[Pressed], Awaitable[None]]) -> None:
        """Do what the button says; where the draft is erased, say so."""
        try:
            await handle(self)
        except Erased:
            await self.tell("chat.erased")

    def take_wish(self, id: str) -> None:
        """Take a wish for another wording or touch, to be shown in the place of the review. Raises Erased."""
        addresses = {
            "modal": {"at": "view", "view": self._view.get("id", "")},
            "dm": {"at": "dm", "channel": self._channel, "ts": self._ts},
            "ephemeral": {"at": "response", "url": self._url},
        }
        wish, of = Wish(kind=self._action["action_id"]), self._desk.job(self._value[0])
        address = {**addresses[self._place], "pressed": "yes"}
        job = Job(id=id, person=self._person, draft=NOTHING, wish=wish, follows=of.id, address=address)
        self._edge.take(job)

    async def silence(self) -> None:
        """Never this finding again, for this person; with a way back."""
        job, rule, criterion = self._value
        kept = await self._call(self._desk.keeps, job, rule)
        if not kept:
            await self._call(self._desk.silence, self._person, rule)
        review = await self._call(self._desk.review, job)
        wording = self._edge.shelf.wording(review.language)
        sentence = "chat.kept-by-team" if kept else "chat.silenced"
        about = escape(wording.say(sentence, about=wording.say(f"criterion.{criterion}")))
        if kept:
            await self._show(job, review, first=[section(about)])
            return
        undo = section(about, accessory=button(wording.say("chat.undo"), "undo", f"{job}|{rule}"))
        await self._show(job, review, first=[undo])

    async def unsilence(self) -> None:
        """Show it again."""
        job, rule = self._value
        await self._call(self._desk.unsilence, self._person, rule)
        await self._show(job, await self._call(self._desk.review, job))

    async def copy(self) -> None:
        """The rewrite in a field to copy it from."""
        await self._open(await self._copying(self._value[0], None, share="" if self._place == "dm" else self._url))
        team = Team(platform="slack", workspace=self._person.workspace)
        await self._call(self._edge.rituals.reporter.used, team, self._value[0])

    async def use_touch(self) -> None:
        """The touch's line in a field to copy it from."""
        job = self._value[0]
        review = await self._call(self._desk.review, job)
        wording = self._edge.shelf.wording(review.language)
        if review.touch is None:
            await self.tell("chat.erased")
            return
        await self._open(line_modal(review.touch.line, wording))
        team = Team(platform="slack", workspace=self._person.workspace)
        await self._call(self._edge.rituals.reporter.used, team, job, "touch")

    async def pick(self) -> None:
        """Only some of the changes."""
        kept = json.loads(self._view["private_metadata"])
        picked = tuple(sorted(int(option["value"]) for option in self._action["selected_options"]))
        view = await self._copying(kept["job"], picked, share=kept["share"])
        await self._client.views_update(view_id=self._view["id"], view=view)

    async def feedback(self) -> None:
        """Useful or not; where not, ask why."""
        useful, job = (
            self._value if "|" in self._action["value"] else (self._action["action_id"], self._action["value"])
        )
        await self._call(self._desk.useful, self._person, job, useful == "useful")
        wording = await self._edge.languages.of(self._person, self._client)
        if useful == "useful":
            await self.tell("chat.thanks")
        else:
            await self._open(why(job, wording))

    async def more(self) -> None:
        """The menu: to the direct messages, or erase."""
        what, job = self._value
        if what == "erase":
            await self._call(self._desk.erase, job)
            await self._replace(await self._sentence("chat.erased-now"))
            return
        review = await self._call(self._desk.review, job)
        await self._client.chat_postMessage(
            channel=self._person.id, text=review_text(review), blocks=await self._blocks(job, review, place="dm")
        )
        await self.tell("slack.in-messages")

    async def tell(self, sentence: str) -> None:
        """A sentence beside the review, to this person alone."""
        text = await self._sentence(sentence)
        if self._url and self._place == "ephemeral":
            await self._edge.clients.hook(self._url).send(text=text, response_type="ephemeral", replace_original=False)
        elif self._place == "modal":
            wording = await self._edge.languages.of(self._person, self._client)
            await self._open(notice(text, wording), instead=sentence)
        else:
            await self._client.chat_postMessage(channel=self._person.id, text=text)

    @property
    def _value(self) -> list[str]:
        """The ids that the button carries."""
        value: str = self._action.get("value") or self._action["selected_option"]["value"]
        return value.split("|")

    @property
    def _place(self) -> Place:
        if self._view:
            return "modal"
        return "dm" if self._channel.startswith("D") and not self._vanishes else "ephemeral"

    async def _sentence(self, name: str) -> str:
        wording = await self._edge.languages.of(self._person, self._client)
        return escape(wording.say(name))

    async def _blocks(self, job: str, review: Review, *, place: Place) -> list[Block]:
        draft = (await self._call(self._desk.job, job)).draft.text
        wording = self._edge.shelf.wording(review.language)
        return review_blocks(review, draft, wording, job=job, place=place)

    async def _show(self, job: str, review: Review, *, first: list[Block] | None = None) -> None:
        """Show the review where the button stands."""
        blocks = [*(first or []), *await self._blocks(job, review, place=self._place)]
        if self._view:
            modal = review_modal(blocks, self._edge.shelf.wording(review.language))
            await self._client.views_update(view_id=self._view["id"], view=modal)
        else:
            await self._replace(review_text(review), blocks)

    async def _replace(self, text: str, blocks: list[Block] | None = None) -> None:
        blocks = blocks or [section(text)]
        if self._view:
            wording = await self._edge.languages.of(self._person, self._client)
            await self._client.views_update(view_id=self._view["id"], view=review_modal(blocks, wording))
            return
        answer = await self._edge.clients.hook(self._url).send(text=text, blocks=blocks, replace_original=True)
        if answer.status_code != 200:
            await self._client.chat_postMessage(channel=self._person.id, text=text, blocks=blocks)

    async def _copying(self, job: str, picked: tuple[int, ...] | None, *, share: str) -> Block:
        review = await self._call(self._desk.review, job)
        wording = self._edge.shelf.wording(review.language)
        if review.rewrite is None:
            return notice(wording.say("chat.erased"), wording)
        draft = (await self._call(self._desk.job, job)).draft.text
        return copy_modal(review.rewrite, draft, wording, job=job, share=share, picked=picked)

    async def _open(self, view: Block, *, instead: str = "slack.form-late") -> None:
        """Open a modal, on top of one that is open; say a sentence ``instead`` where it is too late for one."""
        client = hasty(self._client)
        open_view = client.views_push if self._view else client.views_open
        try:
            await open_view(trigger_id=self._trigger, view=view)
        except SlackApiError as error:
            log.info("no modal error=%s", error.response.get("error"))
            if error.response.get("error") not in ("expired_trigger_id", "exchanged_trigger_id", "ratelimited"):
                raise
            await self._client.chat_postMessage(channel=self._person.id, text=await self._sentence(instead))
