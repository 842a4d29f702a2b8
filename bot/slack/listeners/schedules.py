"""The daily prompt: planned, shown, paused and removed by leads; taken part in, and no longer, by anybody."""

from __future__ import annotations

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
from bot.rituals.commands import Verb
from bot.rituals.model import Schedule
from bot.rituals.planning import Next
from bot.rituals.saying import say_clock, say_day, say_moment, say_plan
from bot.slack.blocks.limits import Block
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
from bot.slack.edge import Edge, known_language
from bot.slack.listeners.request import Request, on_button
from bot.slack.text import escape

NOT_THERE = frozenset({"channel_not_found", "not_in_channel", "is_archived", "user_not_in_channel"})


def register(app: AsyncApp, edge: Edge) -> None:
    """Listen to the form and the buttons."""
    on_button(app, edge, "wow_change", lambda asked, id: Schedules(asked).change(id))
    on_button(app, edge, "wow_pause", lambda asked, id: Schedules(asked).turn(id, paused=True))
    on_button(app, edge, "wow_resume", lambda asked, id: Schedules(asked).turn(id, paused=False))
    on_button(app, edge, "wow_join", lambda asked, id: Schedules(asked).join(id))
    on_button(app, edge, "wow_stop", lambda asked, id: Schedules(asked).stop(id))

    @app.view("wow_schedule")
    async def planned(ack: AsyncAck, view: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        asked = Request(edge, {"response_url": view["private_metadata"]}, context, client, channel="")
        await ack(**await Schedules(asked).plan(filled(view["state"])))


class Schedules:
    """What somebody asks of the schedules of their team."""

    def __init__(self, asked: Request) -> None:
        self._asked = asked
        self._call = asked.call
        self._planner = asked.edge.rituals.planner

    async def do(self, verb: Verb, channel: str) -> None:
        """What a word after ``/wow`` asks for, of a channel's schedule or of all."""
        wording = await self._asked.wording()
        if verb == "schedule":
            await self._asked.open(await self._form(channel, wording))
            return
        if verb == "list":
            await self._listed(wording)
            return
        schedule = await self._schedule(channel)
        if schedule is None:
            await self._asked.say(wording.say("wow.nothing-planned"))
        else:
            await self._done(verb, schedule, wording)

    async def _done(self, verb: Verb, schedule: Schedule, wording: Wording) -> None:
        if verb == "preview":
            coming = await self._call(self._planner.next, schedule)
            own = self._asked.edge.shelf.wording(schedule.language)
            await self._asked.show(wording.say("wow.title"), preview_blocks(coming, own))
        elif verb == "pause":
            await self.turn(schedule.id, paused=True)
        elif verb == "resume":
            await self.turn(schedule.id, paused=False)
        elif verb == "skip":
            day, would = await self._call(self._planner.skip_tomorrow, schedule)
            await self._asked.say(
                wording.say("wow.skipped" if would else "wow.skipped-anyway", day=say_day(day, wording))
            )
        elif verb == "now":
            state = await self._call(self._planner.post_now, schedule)
            if state is None or state == "posted":
                await self._asked.say(wording.say("wow.posted-now" if state else "wow.posted-already"))
        elif verb == "remove":
            await self._call(self._planner.remove, schedule)
            await self._asked.say(wording.say("wow.removed"))

    async def turn(self, id: str, *, paused: bool) -> None:
        """No prompts for now, or prompts again."""
        wording = await self._asked.wording()
        schedule = await self._lead_of(id, wording)
        if schedule is None:
            return
        schedule = await self._call(self._planner.pause, schedule, paused)
        if paused:
            await self._asked.say(wording.say("wow.paused"))
            return
        coming = await self._call(self._planner.next, schedule)
        if coming:
            await self._asked.say(wording.say("wow.resumed", next=say_moment(coming.at, wording)))
        else:
            await self._asked.say(wording.say("wow.resumed-none"))

    async def change(self, id: str) -> None:
        """Open the form with what is planned."""
        wording = await self._asked.wording()
        schedule = await self._lead_of(id, wording)
        if schedule:
            await self._asked.open(schedule_form(wording, schedule, url=self._asked.url))

    async def join(self, id: str) -> None:
        """Get the prompts by direct message from now on."""
        wording = await self._asked.wording()
        schedule = await self._call(self._planner.get, id)
        if schedule is None or not schedule.each:
            await self._asked.say(wording.say("wow.gone"))
            return
        zone = (await self._asked.user()).get("tz") or schedule.zone
        await self._call(self._planner.join, schedule, self._asked.person.id, zone)
        await self._asked.say(wording.say("wow.joined", at=say_clock(schedule.plan.at, wording)))

    async def stop(self, id: str) -> None:
        """Get no more."""
        await self._call(self._planner.leave, id, self._asked.person.id)
        await self._asked.say((await self._asked.wording()).say("wow.stopped"))

    async def plan(self, form: Filled) -> dict[str, Any]:
        """Keep what the form says; how the submission is answered."""
        wording = await self._asked.wording()
        if not await self._asked.leads():
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
            team=self._asked.team,
            channel=form.channel,
            lead=self._asked.person.id,
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
        client, channel = hasty(self._asked.client), schedule.channel
        if invite:
            blocks, text = invitation_blocks(schedule, self._asked.edge.shelf.wording(schedule.language))
            await client.chat_postMessage(channel=channel, text=text, blocks=blocks)
        else:
            wording = await self._asked.wording()
            said = escape(f"{wording.say('wow.form.title')}: {say_plan(schedule, wording)}")
            await client.chat_postEphemeral(channel=channel, user=self._asked.person.id, text=said)

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
        user = await self._asked.user()
        known = next((s for s in await self._call(self._planner.of, self._asked.team) if s.channel == channel), None)
        likely = Schedule(
            team=self._asked.team,
            channel="" if channel.startswith("D") else channel,
            lead=self._asked.person.id,
            language=known_language(wording),
            zone=user.get("tz") or "UTC",
            plan=Plan(at=time(9)),
        )
        return schedule_form(wording, known or likely, url=self._asked.url)

    async def _listed(self, wording: Wording) -> None:
        schedules = await self._call(self._planner.of, self._asked.team)
        if not schedules:
            await self._asked.say(wording.say("wow.nothing-planned-anywhere"))
            return
        planned: list[tuple[Schedule, Next | None]] = [
            (schedule, await self._call(self._planner.next, schedule)) for schedule in schedules
        ]
        await self._asked.show(wording.say("wow.form.list-title"), list_blocks(planned, wording))

    async def _schedule(self, channel: str) -> Schedule | None:
        """The channel's schedule, or else the only one there is."""
        schedules = await self._call(self._planner.of, self._asked.team)
        here = [schedule for schedule in schedules if schedule.channel == channel]
        return next(iter(here or (schedules if len(schedules) == 1 else [])), None)

    async def _lead_of(self, id: str, wording: Wording) -> Schedule | None:
        """The schedule, where a lead asks for it; else say why not."""
        schedule = await self._call(self._planner.get, id)
        if not await self._asked.leads():
            await self._asked.say(wording.say("wow.only-leads"))
        elif schedule is None:
            await self._asked.say(wording.say("wow.gone"))
        else:
            return schedule
        return None


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
