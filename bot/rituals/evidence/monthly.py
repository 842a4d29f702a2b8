"""The monthly post for leads: last month's figures of their team, once, in private."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.coaching.ledger import month_of
from bot.coaching.rituals import WORKING_WEEK
from bot.rituals.errors import Postponed, Refused, Unsure
from bot.rituals.evidence.reporting import Reporter
from bot.rituals.model import Report, State, Team
from bot.rituals.ports import Board, Evidence, LeadReports, Schedules

log = logging.getLogger(__name__)

AT = time(9)
LATEST = timedelta(days=7)
"""After so long a report is not sent any more: who wants it asks for it."""


class Monthly:
    """Sends each lead who planned prompts a report of the last month, at nine on its first working day.

    A month without figures (of fewer than five people) brings no post. ``boards`` are the edges' by platform; ``now``
    is the clock, in UTC.
    """

    def __init__(
        self,
        schedules: Schedules,
        evidence: Evidence,
        reporter: Reporter,
        sent: LeadReports,
        boards: Mapping[str, Board],
        currency: str,
        *,
        now: Callable[[], datetime],
    ) -> None:
        self._schedules = schedules
        self._evidence = evidence
        self._reporter = reporter
        self._sent = sent
        self._boards = boards
        self._currency = currency
        self._now = now

    def tick(self) -> None:
        """Send what is due."""
        for team, lead in self._due():
            try:
                self._send(team, lead)
            except Exception as error:  # one lead must not hold up the others
                log.error("report of %s failed error=%s", team.workspace, type(error).__name__)

    def _due(self) -> Iterator[tuple[Team, str]]:
        now = self._now()
        if now.day > 1 + LATEST.days + 2:
            return
        for team in self._evidence.teams():
            if team.platform in self._boards:
                zones = {planned.lead: planned.zone for planned in self._schedules.of(team) if planned.lead}
                yield from ((team, lead) for lead, zone in zones.items() if _is_due(now, ZoneInfo(zone)))

    def _send(self, team: Team, lead: str) -> None:
        now = self._now()
        month = month_of(now.date())
        if not self._sent.claim(team, lead, month, now):
            return
        report = self._reporter.report(team)
        if report.figures is None:
            self._sent.mark(team, lead, month, "missed", now)
            return
        self._sent.mark(team, lead, month, "posting", now)
        self._sent.mark(team, lead, month, self._posted(team, lead, report), self._now())

    def _posted(self, team: Team, lead: str, report: Report) -> State:
        try:
            self._boards[team.platform].report(team, lead, report, self._currency)
        except Refused as refused:
            log.info("report of %s refused reason=%s", team.workspace, refused.reason)
            return "refused"
        except Postponed:
            return "claimed"
        except Unsure:
            # A report can be asked for at any time, so rather never than twice.
            return "unsure"
        return "posted"


def _is_due(now: datetime, zone: ZoneInfo) -> bool:
    """Whether it is nine or later on the first working day of the month, by the lead's clock, and not too late."""
    day: date = now.astimezone(zone).date().replace(day=1)
    while day.weekday() not in WORKING_WEEK:
        day += timedelta(days=1)
    at = datetime.combine(day, AT, tzinfo=zone).astimezone(UTC)
    return at <= now < at + LATEST
