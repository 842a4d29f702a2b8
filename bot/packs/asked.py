"""What is asked of a team's rules, and what is answered, the same on every platform; only leads get past the door."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from bot.coaching.model import Level
from bot.coaching.wording import Wording
from bot.packs.commands import Choose, Command, Rules
from bot.packs.errors import Declined
from bot.packs.model import Place, Proposal
from bot.packs.packs import Line
from bot.packs.proposing import Proposer, said
from bot.packs.saying import say_choice, say_day, say_trial


class Said(NamedTuple):
    """A sentence."""

    text: str


class Every(NamedTuple):
    """All rules."""

    lines: list[Line]


class Overview(NamedTuple):
    """What was chosen for the workspace (``whole``) and for this channel, what waits, and what is the team's own.

    ``due`` are those of its own that are to be looked at again by ``today``.
    """

    whole: list[Line]
    here: list[Line]
    waiting: list[Proposal]
    due: list[Proposal]
    rest: list[Proposal]
    today: date


class Tried(NamedTuple):
    """What a rule would have flagged, line by line."""

    proposal: Proposal
    lines: list[str]


Answer = Said | Every | Overview | Tried


class Asked:
    """One request of ``person`` (an id) in a place; ``leads``: whether they lead. Blocking."""

    def __init__(
        self, proposer: Proposer, person: str, here: Place, wording: Wording, *, leads: bool, today: date
    ) -> None:
        self._proposer = proposer
        self._person = person
        self._here = here
        self._say = wording.say
        self._wording = wording
        self._leads = leads
        self._today = today

    def done(self, command: Command) -> Answer:
        """Do what was asked."""
        if not self._leads:
            return self._only_leads
        if isinstance(command, Choose):
            return self._chosen(command)
        if not isinstance(command, Rules):
            return Said(self._say("packs.declined.choice"))
        if command.every:
            return Every(self._proposer.packs.lines(self._here.whole))
        return self.overview()

    def overview(self) -> Overview | Said:
        """What a lead sees first."""
        if not self._leads:
            return self._only_leads
        own = self._proposer.own(self._here)
        approved = [one for one in own if one.approved]
        due = [one for one in approved if one.review_by and one.review_by <= self._today]
        packs = self._proposer.packs
        return Overview(
            whole=packs.lines(self._here.whole),
            here=packs.lines(self._here) if self._here.channel else [],
            waiting=[one for one in own if not one.approved],
            due=due,
            rest=[one for one in approved if one not in due],
            today=self._today,
        )

    def tried(self, id: str) -> Tried | Said:
        """What a rule would have flagged."""
        if not self._leads:
            return self._only_leads
        found = self._proposer.get(self._here, id)
        if found is None or found.content.kind != "rule":
            return self._gone
        return Tried(found, say_trial(found, self._proposer.try_rule(found), self._wording))

    def approved(self, id: str, severity: Level) -> Said:
        """It holds from now on."""
        if not self._leads:
            return self._only_leads
        done = self._proposer.approve(self._here, id, self._person, severity)
        if done is None or done.review_by is None:
            return self._gone
        return Said(self._say("packs.approved", what=said(done), day=say_day(done.review_by, self._wording)))

    def declined(self, id: str, reason: str) -> Said:
        """It is forgotten, and its proposer told why."""
        if not self._leads:
            return self._only_leads
        done = self._proposer.decline(self._here, id, self._person, reason)
        return Said(self._say("packs.was-declined", what=said(done))) if done else self._gone

    def kept(self, id: str) -> Said:
        """Another half year."""
        if not self._leads:
            return self._only_leads
        until = self._proposer.keep(self._here, id, self._person)
        return Said(self._say("packs.kept", day=say_day(until, self._wording))) if until else self._gone

    def removed(self, id: str) -> Said:
        """It holds no longer."""
        if not self._leads:
            return self._only_leads
        return Said(self._say("packs.removed")) if self._proposer.remove(self._here, id) else self._gone

    def _chosen(self, command: Choose) -> Said:
        place = self._here if command.here else self._here.whole
        try:
            held = self._proposer.packs.choose(place, command.rule, command.choice)
        except Declined as declined:
            return Said(self._say(f"packs.declined.{declined.problem}", **declined.values))
        choice = say_choice(command.choice, self._wording)
        name = "packs.set-here" if command.here and self._here.channel else "packs.set"
        text = self._say(name, rule=command.rule, choice=choice)
        if held and command.choice in ("off", "may"):
            text = f"{text} {self._say('packs.held', count=held)}"
        return Said(text)

    @property
    def _only_leads(self) -> Said:
        return Said(self._say("wow.only-leads"))

    @property
    def _gone(self) -> Said:
        return Said(self._say("packs.gone"))
