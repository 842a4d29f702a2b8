"""``/wow`` and what hangs on it: plan the daily prompt, take part, take part no longer."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Coroutine
from datetime import time
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.coaching.errors import BadInput
from bot.coaching.rituals import Plan
from bot.coaching.wording import Wording
from bot.rituals.calendar import off, zone_of
from bot.rituals.commands import FOR_LEADS, Command, Verb, read_command
from bot.rituals.figures import tell
from bot.rituals.giving import Declined
from bot.rituals.model import Schedule, Team
from bot.rituals.planning import Next
from bot.rituals.saying import say_clock, say_day, say_moment, say_money, say_plan
from bot.slack.blocks.gifts import budget_blocks, declined_text, logged_blocks
from bot.slack.blocks.insight import insight_blocks
from bot.slack.blocks.limits import Block, section
from bot.slack.blocks.wow import (
    Filled,
    filled,
    invitation_blocks,
    list_blocks,
    notice,
    preview_blocks,
    schedule_form,
)
from bot.slack.clients import hasty
from bot.slack.edge import Edge, is_outsider, known_language, person_of
from bot.slack.listeners import stories
from bot.slack.text import escape, plain

log = logging.getLogger(__name__)

_CHANNEL = re.compile(r"<#([A-Z0-9]+)(?:\|[^>]*)?>")
NOT_THERE = frozenset({"channel_not_found", "not_in_channel", "is_archived", "user_not_in_channel"})


def register(app: AsyncApp, edge: Edge) -> None:
    """Listen to ``/wow``, its form and its buttons."""

    @app.command("/wow")
    async def wow(ack: AsyncAck, command: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        await ack()
        asked = Asked(edge, command, context, client, channel=command["channel_id"])
        edge.work.spawn(asked.command(command.get("text") or ""), otherwise=asked.failed)

    def on(name: str, handle: Callable[[Asked, str], Coroutine[Any, Any, None]]) -> None:
        @app.action(name)
        async def pressed(
            ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
        ) -> None:
            await ack()
            asked = Asked(edge, body, context, client, channel=(body.get("channel") or {}).get("id", ""))
            edge.work.spawn(handle(asked, body["actions"][0]["value"]), otherwise=asked.failed)

    on("wow_change", Asked.change)
    on("wow_pause", Asked.pause)
    on("wow_resume", Asked.resume)
    on("wow_join", Asked.join)
    on("wow_stop", Asked.stop)
    on("wow_undo", Asked.undo)

    @app.view("wow_schedule")
    async def planned(ack: AsyncAck, view: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        asked = Asked(edge, {"response_url": view["private_metadata"]}, context, client, channel="")
        await ack(**await asked.plan(filled(view["state"])))


class Asked:
    """One request. Everything but the invitation is answered for its sender alone."""

    def __init__(
        self, edge: Edge, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient, *, channel: str
    ) -> None:
        self._edge = edge
        self._planner = edge.rituals.planner
        self._call = edge.work.call
        self._client = client
        self._person = person_of(context)
        self._team = Team(platform="slack", workspace=self._person.workspace)
        self._outside = is_outsider(context)
        self._channel = channel
        self._trigger: str = body.get("trigger_id", "")
        self._url: str = body.get("response_url", "")

    async def command(self, text: str) -> None:
        """Do what the text after ``/wow`` asks for."""
        wording = await self._wording()
        command = read_command(plain(_CHANNEL.sub("", text)), self._edge.languages.every())
        if self._outside:
            await self._say(wording.say("slack.outsider"))
        elif command is None:
            await self._say(wording.say("wow.unknown"))
        elif command.verb in FOR_LEADS and not await self._leads():
            await self._say(wording.say("wow.only-leads"))
        else:
            named = _CHANNEL.search(text)
            await self._done(command, named.group(1) if named else self._channel, wording)

    async def _done(self, command: Command, channel: str, wording: Wording) -> None:
        if command.verb == "help":
            await self._show(wording.say("wow.help"), [section(wording.say("wow.help"))])
        elif command.verb == "schedule":
            await self._open(await self._form(channel, wording))
        elif command.verb == "list":
            await self._listed(wording)
        elif command.verb == "gift":
            await self._given(command.rest, wording)
        elif command.verb == "insight":
            report = await self._call(self._edge.rituals.reporter.report, self._team)
            told = tell(report, self._edge.rituals.giver.budget.currency, wording)
            await self._show(wording.say("insight.short"), insight_blocks(told, wording))
        elif command.verb == "share":
            await self._open(stories.form(self._edge, wording, value="", channel=channel))
        elif command.verb == "book":
            await self._say(await stories.send_book(self._edge, self._person, command.rest, wording, self._client))
        else:
            schedule = await self._schedule(channel)
            if schedule is None:
                await self._say(wording.say("wow.nothing-planned"))
            else:
                await self._say_done(command.verb, schedule, wording)

    async def _say_done(self, verb: Verb, schedule: Schedule, wording: Wording) -> None:
        if verb == "preview":
            coming = await self._call(self._planner.next, schedule)
            own = self._edge.shelf.wording(schedule.language)
            await self._show(wording.say("wow.title"), preview_blocks(coming, own))
        elif verb == "pause":
            await self.pause(schedule.id)
        elif verb == "resume":
            await self.resume(schedule.id)
        elif verb == "skip":
            day, would = await self._call(self._planner.skip_tomorrow, schedule)
            await self._say(wording.say("wow.skipped" if would else "wow.skipped-anyway", day=say_day(day, wording)))
        elif verb == "now":
            state = await self._call(self._planner.post_now, schedule)
            if state is None or state == "posted":
                await self._say(wording.say("wow.posted-now" if state else "wow.posted-already"))
        elif verb == "remove":
            await self._call(self._planner.remove, schedule)
            await self._say(wording.say("wow.removed"))

    async def pause(self, id: str) -> None:
        """No prompts for now."""
        await self._turned(id, paused=True)

    async def resume(self, id: str) -> None:
        """Prompts again."""
        await self._turned(id, paused=False)

    async def _turned(self, id: str, *, paused: bool) -> None:
        wording = await self._wording()
        schedule = await self._lead_of(id, wording)
        if schedule is None:
            return
        schedule = await self._call(self._planner.pause, schedule, paused)
        if paused:
            await self._say(wording.say("wow.paused"))
            return
        coming = await self._call(self._planner.next, schedule)
        if coming:
            await self._say(wording.say("wow.resumed", next=say_moment(coming.at, wording)))
        else:
            await self._say(wording.say("wow.resumed-none"))

    async def _given(self, text: str, wording: Wording) -> None:
        giver = self._edge.rituals.giver
        language = known_language(wording)
        if not text:
            month = await self._call(giver.month, self._team)
            blocks = budget_blocks(month, giver.budget, giver.advice(language), wording)
            await self._show(wording.say("gift.how"), blocks)
            return
        given = await self._call(giver.log, self._team, self._person.id, text, language, lead=False)
        if isinstance(given, Declined) and given.problem == "over-limit" and await self._leads():
            given = await self._call(giver.log, self._team, self._person.id, text, language, lead=True)
        if isinstance(given, Declined):
            await self._say(declined_text(given, giver.budget, wording))
        else:
            await self._show(wording.say("wow.title"), logged_blocks(given, giver.budget, wording))

    async def undo(self, id: str) -> None:
        """Take a gesture back."""
        giver, wording = self._edge.rituals.giver, await self._wording()
        if await self._call(giver.undo, self._team, self._person.id, id):
            left = (await self._call(giver.month, self._team)).left
            await self._say(wording.say("gift.undone", left=say_money(left, giver.budget.currency, wording)))
        else:
            await self._say(wording.say("gift.undone-not"))

    async def change(self, id: str) -> None:
        """Open the form with what is planned."""
        wording = await self._wording()
        schedule = await self._lead_of(id, wording)
        if schedule:
            await self._open(schedule_form(wording, schedule, url=self._url))

    async def join(self, id: str) -> None:
        """Get the prompts by direct message from now on."""
        wording = await self._wording()
        schedule = await self._call(self._planner.get, id)
        if schedule is None or not schedule.each:
            await self._say(wording.say("wow.gone"))
            return
        zone = (await self._user()).get("tz") or schedule.zone
        await self._call(self._planner.join, schedule, self._person.id, zone)
        await self._say(wording.say("wow.joined", at=say_clock(schedule.plan.at, wording)))

    async def stop(self, id: str) -> None:
        """Get no more."""
        await self._call(self._planner.leave, id, self._person.id)
        await self._say((await self._wording()).say("wow.stopped"))

    async def plan(self, form: Filled) -> dict[str, Any]:
        """Keep what the form says; how the submission is answered."""
        wording = await self._wording()
        if not await self._leads():
            return _shown(notice(escape(wording.say("wow.only-leads")), wording))
        wrong = _wrong(form)
        if wrong:
            return _errors(wrong[0], wording.say(f"wow.wrong.{wrong[1]}"))
        schedule = self._planned(form)
        known = await self._call(self._planner.get, schedule.id)
        if known:
            kept = {"paused": known.plan.paused, "skipped": known.plan.skipped}
            schedule = schedule.model_copy(update={"plan": schedule.plan.model_copy(update=kept)})
        try:
            await self._announced(schedule, invite=schedule.each and not (known and known.each))
        except SlackApiError as error:
            if error.response["error"] in NOT_THERE:
                return _errors("channel", wording.say("wow.wrong.channel"))
            raise
        await self._call(self._planner.save, schedule)
        return _shown(notice(escape(await self._saved(schedule, wording)), wording))

    def _planned(self, form: Filled) -> Schedule:
        first, last = form.closed
        return Schedule(
            team=self._team,
            channel=form.channel,
            lead=self._person.id,
            language=form.language,
            zone=zone_of(form.zone).key,
            each=form.each,
            plan=Plan(
                at=form.at,
                days=form.days,
                country=form.country,
                start=form.start,
                closed=(first, last) if first and last else None,
                late=form.late,
            ),
        )

    async def _announced(self, schedule: Schedule, *, invite: bool) -> None:
        """Say it in the channel: the invitation to all, or to the lead alone that it is planned; so it is known that
        the bot may write there."""
        client, channel = hasty(self._client), schedule.channel
        if invite:
            blocks, text = invitation_blocks(schedule, self._edge.shelf.wording(schedule.language))
            await client.chat_postMessage(channel=channel, text=text, blocks=blocks)
        else:
            wording = await self._wording()
            said = escape(f"{wording.say('wow.form.title')}: {say_plan(schedule, wording)}")
            await client.chat_postEphemeral(channel=channel, user=self._person.id, text=said)

    async def _saved(self, schedule: Schedule, wording: Wording) -> str:
        when = say_plan(schedule, wording)
        if schedule.each:
            return wording.say("wow.saved-each", when=when)
        coming = await self._call(self._planner.next, schedule)
        if coming is None:
            return wording.say("wow.saved-none", when=when)
        return wording.say("wow.saved", when=when, first=say_moment(coming.at, wording))

    async def _form(self, channel: str, wording: Wording) -> Block:
        """The form as the channel's schedule has it, or else with what is likely."""
        user = await self._user()
        known = next((s for s in await self._call(self._planner.of, self._team) if s.channel == channel), None)
        likely = Schedule(
            team=self._team,
            channel="" if channel.startswith("D") else channel,
            lead=self._person.id,
            language=known_language(wording),
            zone=user.get("tz") or "UTC",
            plan=Plan(at=time(9)),
        )
        return schedule_form(wording, known or likely, url=self._url)

    async def _listed(self, wording: Wording) -> None:
        schedules = await self._call(self._planner.of, self._team)
        if not schedules:
            await self._say(wording.say("wow.nothing-planned-anywhere"))
            return
        planned: list[tuple[Schedule, Next | None]] = [
            (schedule, await self._call(self._planner.next, schedule)) for schedule in schedules
        ]
        await self._show(wording.say("wow.form.list-title"), list_blocks(planned, wording))

    async def _schedule(self, channel: str) -> Schedule | None:
        """The channel's schedule, or else the only one there is."""
        schedules = await self._call(self._planner.of, self._team)
        here = [schedule for schedule in schedules if schedule.channel == channel]
        return next(iter(here or (schedules if len(schedules) == 1 else [])), None)

    async def _lead_of(self, id: str, wording: Wording) -> Schedule | None:
        """The schedule, where a lead asks for it; else say why not."""
        schedule = await self._call(self._planner.get, id)
        if not await self._leads():
            await self._say(wording.say("wow.only-leads"))
        elif schedule is None:
            await self._say(wording.say("wow.gone"))
        else:
            return schedule
        return None

    async def _leads(self) -> bool:
        return not self._outside and await self._edge.leads.has(self._person, self._client)

    async def _user(self) -> dict[str, Any]:
        answer = await hasty(self._client).users_info(user=self._person.id)
        user: dict[str, Any] = answer["user"]
        return user

    async def _wording(self) -> Wording:
        return await self._edge.languages.of(self._person, self._client)

    async def failed(self) -> None:
        """Say that something went wrong."""
        await self._say((await self._wording()).say("chat.failed"))

    async def _say(self, text: str) -> None:
        await self._show(escape(text), None)

    async def _show(self, text: str, blocks: list[Block] | None) -> None:
        if self._url:
            hook = self._edge.clients.hook(self._url)
            answer = await hook.send(text=text, blocks=blocks, response_type="ephemeral", replace_original=False)
            if answer.status_code == 200:
                return
        await self._client.chat_postMessage(channel=self._person.id, text=text, blocks=blocks)

    async def _open(self, view: Block) -> None:
        try:
            await hasty(self._client).views_open(trigger_id=self._trigger, view=view)
        except SlackApiError as error:
            log.info("no modal error=%s", error.response.get("error"))
            await self._say((await self._wording()).say("slack.form-late"))


def _wrong(form: Filled) -> tuple[str, str] | None:
    """The field that cannot be taken as it is, and why."""
    first, last = form.closed
    if not form.days:
        return "days", "days"
    try:
        zone_of(form.zone)
    except BadInput:
        return "zone", "zone"
    try:
        off(form.country)
    except BadInput:
        return "country", "country"
    if (first is None) != (last is None) or (first and last and last < first):
        return "closed_to", "dates"
    return None


def _errors(field: str, text: str) -> dict[str, Any]:
    return {"response_action": "errors", "errors": {field: text}}


def _shown(view: Block) -> dict[str, Any]:
    return {"response_action": "update", "view": view}
