"""What somebody asks of the rituals of their team, by ``wow …`` or by a button, and what they get; on every platform.

The answers are for the one who asks. An edge draws them in its own shapes.
"""

from __future__ import annotations

from datetime import time
from typing import NamedTuple

from bot.coaching.ledger import Month
from bot.coaching.model import LANGUAGES, Language
from bot.coaching.rituals import Plan
from bot.coaching.wording import Wording
from bot.desk.model import Person
from bot.rituals.commands import FOR_LEADS, Command, Verb
from bot.rituals.daily.planning import Next
from bot.rituals.evidence.figures import tell
from bot.rituals.forms import PlanForm, StoryForm, Wrong, schedule_of, wrong_in
from bot.rituals.gifts.giving import Declined, Logged
from bot.rituals.model import File, Report, Schedule, Story, Team
from bot.rituals.saying import say_clock, say_day, say_moment, say_money, say_plan
from bot.rituals.stories.book import book, book_html
from bot.rituals.together import Rituals


class Said(NamedTuple):
    """A sentence."""

    text: str


class Helped(NamedTuple):
    """What can be asked."""


class Form(NamedTuple):
    """The form that plans a prompt, as this schedule has it."""

    schedule: Schedule


class Tell(NamedTuple):
    """The form that a story is told in; ``value`` is chosen already, empty where none is."""

    value: str = ""


class Listed(NamedTuple):
    """All schedules of the team, each with its next prompt."""

    planned: tuple[tuple[Schedule, Next | None], ...]


class Previewed(NamedTuple):
    """The next prompt, in the schedule's language."""

    coming: Next | None
    language: Language


class Budgeted(NamedTuple):
    """What is left of the month."""

    month: Month


class Sent(NamedTuple):
    """Files, and the sentence that goes with them: a page for the browser and the same for the printer."""

    text: str
    files: tuple[File, ...]


Answer = Said | Helped | Form | Tell | Listed | Previewed | Budgeted | Logged | Report | Sent


class Asked:
    """One request of one person. Synchronous. ``leads``: whether they lead; ``zone``: the time zone that they live in,
    empty where it is not known."""

    def __init__(self, rituals: Rituals, person: Person, wording: Wording, *, leads: bool, zone: str = "") -> None:
        self._rituals = rituals
        self._planner = rituals.planner
        self._person = person
        self._team = Team(platform=person.platform, workspace=person.workspace)
        self._wording = wording
        self._language = language_of(wording)
        self._leads = leads
        self._zone = zone

    def done(self, command: Command | None, channel: str) -> Answer:
        """Do what the text after ``wow`` asks for; ``channel`` is where it was asked, empty in a direct message."""
        if command is None:
            return self._say("wow.unknown")
        if command.verb in FOR_LEADS and not self._leads:
            return self._say("wow.only-leads")
        if command.verb == "help":
            return Helped()
        if command.verb == "schedule":
            return Form(self._likely(channel))
        if command.verb == "list":
            return self._listed()
        if command.verb == "gift":
            return self._gift(command.rest)
        if command.verb == "insight":
            report = self._rituals.reporter.report(self._team)
            return self._page(report) if command.rest else report
        if command.verb == "share":
            return Tell()
        if command.verb == "book":
            return self.book(command.rest)
        schedule = self._schedule(channel)
        return self._of(command.verb, schedule) if schedule else self._say("wow.nothing-planned")

    def paused(self, id: str, paused: bool) -> Answer:
        """No prompts for now, or again."""
        schedule = self._lead_of(id)
        return self._turned(schedule, paused) if isinstance(schedule, Schedule) else schedule

    def change(self, id: str) -> Answer:
        """The form with what is planned."""
        schedule = self._lead_of(id)
        return Form(schedule) if isinstance(schedule, Schedule) else schedule

    def join(self, id: str) -> Said:
        """Get the prompts by direct message from now on."""
        schedule = self._planner.get(id)
        if schedule is None or not schedule.each or schedule.team != self._team:
            return self._say("wow.gone")
        self._planner.join(schedule, self._person.id, self._zone or schedule.zone)
        return self._say("wow.joined", at=say_clock(schedule.plan.at, self._wording))

    def stop(self, id: str) -> Said:
        """Get no more."""
        self._planner.leave(id, self._person.id)
        return self._say("wow.stopped")

    def undo(self, id: str) -> Said:
        """Take a gesture back."""
        giver = self._rituals.giver
        if not giver.undo(self._team, self._person.id, id):
            return self._say("gift.undone-not")
        left = say_money(giver.month(self._team).left, giver.budget.currency, self._wording)
        return self._say("gift.undone", left=left)

    def take_back(self, id: str) -> Said:
        """Forget a story."""
        gone = self._rituals.teller.take_back(self._team, self._person.id, id)
        return self._say("story.taken-back" if gone else "story.taken-back-not")

    def tell(self, form: StoryForm, name: str) -> Story:
        """A story as it may be shown; ``name`` is who told it, and is kept only where they agreed."""
        return self._rituals.teller.tell(
            self._team,
            self._person.id,
            form.text,
            whom=form.whom,
            value=form.value,
            language=self._language,
            name=name if "name" in form.uses else "",
            in_book="book" in form.uses,
            inspires="prompt" in form.uses,
        )

    def values(self) -> dict[str, str]:
        """The titles of the values that a story may show, by id."""
        return self._rituals.prompter.values(self._language)

    def wanted(self, form: PlanForm) -> Schedule | Wrong | Said:
        """The schedule that a form asks for; where it cannot be taken, why. It is not kept yet, see ``save``."""
        if not self._leads:
            return self._say("wow.only-leads")
        wrong = wrong_in(form)
        if wrong:
            return wrong
        wanted = schedule_of(form, self._team, self._person.id, None)
        return schedule_of(form, self._team, self._person.id, self._planner.get(wanted.id))

    def invites(self, schedule: Schedule) -> bool:
        """Whether its channel is to be asked who wants the prompts: once, where each gets their own."""
        known = self._planner.get(schedule.id)
        return schedule.each and not (known and known.each)

    def save(self, schedule: Schedule) -> Said:
        """Keep a schedule."""
        self._planner.save(schedule)
        when = say_plan(schedule, self._wording)
        if schedule.each:
            return self._say("wow.saved-each", when=when)
        coming = self._planner.next(schedule)
        if coming is None:
            return self._say("wow.saved-none", when=when)
        return self._say("wow.saved", when=when, first=say_moment(coming.at, self._wording))

    def _of(self, verb: Verb, schedule: Schedule) -> Answer:
        """What is asked of one schedule."""
        if verb == "preview":
            return Previewed(self._planner.next(schedule), schedule.language)
        if verb in ("pause", "resume"):
            return self._turned(schedule, verb == "pause")
        if verb == "skip":
            day, would = self._planner.skip_tomorrow(schedule)
            return self._say("wow.skipped" if would else "wow.skipped-anyway", day=say_day(day, self._wording))
        if verb == "now":
            return self._now(schedule)
        self._planner.remove(schedule)
        return self._say("wow.removed")

    def _now(self, schedule: Schedule) -> Said:
        state = self._planner.post_now(schedule)
        if state is None:
            return self._say("wow.posted-already")
        # What went wrong, the lead of the schedule was told.
        return self._say("wow.posted-now" if state == "posted" else "wow.not-posted-now")

    def _turned(self, schedule: Schedule, paused: bool) -> Answer:
        schedule = self._planner.pause(schedule, paused)
        if paused:
            return self._say("wow.paused")
        coming = self._planner.next(schedule)
        if coming is None:
            return self._say("wow.resumed-none")
        return self._say("wow.resumed", next=say_moment(coming.at, self._wording))

    def _gift(self, text: str) -> Answer:
        giver = self._rituals.giver
        if not text:
            return Budgeted(giver.month(self._team))
        given = giver.log(self._team, self._person.id, text, self._language, lead=self._leads)
        if not isinstance(given, Declined):
            return given
        amount = say_money(given.cents, giver.budget.currency, self._wording)
        return self._say(f"gift.declined.{given.problem}", amount=amount, currency=giver.budget.currency)

    def book(self, period: str) -> Sent | Said:
        """The stories of a period that may stand in the book."""
        # What sets type takes a third of a second to import, which no start has to wait for.
        from bot.rituals.stories.book_pdf import book_pdf

        if not self._leads:
            return self._say("wow.only-leads")
        days = self._rituals.teller.period(period)
        if days is None:
            return self._say("story.period")
        stories = self._rituals.teller.told(self._team, *days)
        if not stories:
            return self._say("story.book-empty")
        made = book(stories, self.values(), *days, self._wording, day=self._rituals.today())
        name = f"culture-book-{days[0]}-{days[1]}"
        page = File(f"{name}.html", book_html(made, self._wording).encode())
        said = self._wording.say("story.book-here", count=len(stories))
        return Sent(said, (page, File(f"{name}.pdf", book_pdf(made, self._wording))))

    def _page(self, report: Report) -> Sent:
        """The month for an executive, whatever was said after the command."""
        from bot.rituals.evidence.page_pdf import page_files

        told = tell(report, self._rituals.giver.budget.currency, self._wording)
        return Sent(self._wording.say("insight.page-here"), page_files(told, report.month, self._wording))

    def _listed(self) -> Answer:
        schedules = self._planner.of(self._team)
        if not schedules:
            return self._say("wow.nothing-planned-anywhere")
        return Listed(tuple((schedule, self._planner.next(schedule)) for schedule in schedules))

    def _likely(self, channel: str) -> Schedule:
        """The channel's schedule, or else what is likely."""
        known = next((one for one in self._planner.of(self._team) if one.channel == channel), None)
        return known or Schedule(
            team=self._team,
            channel=channel,
            lead=self._person.id,
            language=self._language,
            zone=self._zone or "UTC",
            plan=Plan(at=time(9)),
        )

    def _schedule(self, channel: str) -> Schedule | None:
        """The channel's schedule, or else the only one there is."""
        schedules = self._planner.of(self._team)
        here = [schedule for schedule in schedules if schedule.channel == channel]
        return next(iter(here or (schedules if len(schedules) == 1 else [])), None)

    def _lead_of(self, id: str) -> Schedule | Said:
        """The schedule, where a lead of its team asks for it; else why not."""
        if not self._leads:
            return self._say("wow.only-leads")
        schedule = self._planner.get(id)
        return schedule if schedule and schedule.team == self._team else self._say("wow.gone")

    def _say(self, name: str, **values: object) -> Said:
        return Said(self._wording.say(name, **values))


def language_of(wording: Wording) -> Language:
    """The language of these sentences, for what the knowledge has by language."""
    return next((code for code in LANGUAGES if code == wording.language), "en")
