"""Evidence for leads: a month's figures of a team, and whether good replies go with good business."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from bot.coaching.errors import BadInput
from bot.coaching.insight import FEWEST, MEASURES, insight, link
from bot.rituals.model import Outcome, Report, Team, Use
from bot.rituals.ports import Evidence, Gestures, Pseudonyms

YEAR = timedelta(days=365)
MONTHS = 6
"""Months that a trend goes back, with the one that is reported."""


class Reporter:
    """Whole months only, so that no two reports can be subtracted to find one person. ``now`` is the clock, in UTC."""

    def __init__(
        self, evidence: Evidence, gestures: Gestures, pseudonyms: Pseudonyms, *, now: Callable[[], datetime]
    ) -> None:
        self._evidence = evidence
        self._gestures = gestures
        self._pseudonyms = pseudonyms
        self._now = now

    def report(self, team: Team) -> Report:
        """The last whole month."""
        this = self._now().date().replace(day=1)
        months = [_before(this, back) for back in range(1, MONTHS + 1)]
        month, until = months[0], _last_day(months[0])
        figures = insight(
            month,
            self._evidence.figures(team, month, until),
            {day: self._evidence.figures(team, day, _last_day(day)) for day in months[1:]},
            [gesture.cents for gesture in self._gestures.given(team, month, until)],
        )
        people, tickets = self._evidence.tickets(team, until - YEAR, until)
        links = [link(tickets, measure) for measure in MEASURES if people[measure] >= FEWEST] if figures else []
        return Report(month, figures, tuple(found for found in links if found))

    def team(self, workspace: str = "") -> Team:
        """The team of this workspace, or the only one there is. Raises BadInput where that is not one team."""
        known = [team for team in self._evidence.teams() if workspace in ("", team.workspace)]
        if len(known) == 1:
            return known[0]
        listed = ", ".join(team.workspace for team in self._evidence.teams()) or "none yet"
        raise BadInput(f"--workspace must name one of the workspaces that use Heartware: {listed}.")

    def used(self, team: Team, job: str, kind: Use = "fix") -> None:
        """Count that a rewrite or a touch was taken."""
        self._evidence.used(team, job, kind, self._now().date())

    def asked(self, team: Team, job: str, ticket: str) -> None:
        """Remember which ticket a review was asked for; its id is kept as a pseudonym."""
        self._evidence.asked(team, job, self._ticket(team, ticket))

    def import_outcomes(self, team: Team, outcomes: Iterable[Outcome]) -> int:
        """Keep what became of tickets; how many."""
        hidden = (outcome._replace(ticket=self._ticket(team, outcome.ticket)) for outcome in outcomes)
        return self._evidence.import_outcomes(team, hidden)

    def forget(self, team: Team) -> None:
        """Forget everything of a team."""
        self._evidence.forget(team)

    def _ticket(self, team: Team, ticket: str) -> str:
        return self._pseudonyms.of("ticket", team.workspace, ticket.strip().lstrip("#").lower())


def _before(month: date, back: int) -> date:
    """The first day of the month that lies so many months back."""
    years, number = divmod(month.year * 12 + month.month - 1 - back, 12)
    return date(years, number + 1, 1)


def _last_day(month: date) -> date:
    return _before(month, -1) - timedelta(days=1)
