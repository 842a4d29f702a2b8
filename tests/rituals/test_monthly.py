"""The month's figures come to each lead once, in private, and only where there are figures."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time, timedelta

import pytest
from sqlalchemy import Engine

from bot.coaching.model import LANGUAGES
from bot.coaching.rituals import Plan
from bot.desk.model import Person
from bot.rituals.errors import Postponed, Refused, Unsure
from bot.rituals.evidence.figures import tell
from bot.rituals.evidence.monthly import Monthly
from bot.rituals.evidence.page import page_html
from bot.rituals.evidence.page_pdf import page_pdf
from bot.rituals.evidence.reporting import Reporter
from bot.rituals.model import Key, Report, Schedule, Team, Told
from bot.store.evidence import SqlEvidence
from bot.store.lead_reports import SqlLeadReports
from bot.store.ledger import SqlGestures
from bot.store.people import SqlPeople
from bot.store.pseudonyms import Pseudonyms
from bot.store.schedules import SqlSchedules
from bot.store.seal import Seal
from tests.fakes import Clock
from tests.store.conftest import review
from tests.test_coach import SHELF

SEAL = Seal("a secret of the tests")
TEAM = Team(platform="slack", workspace="T1")


class Letterbox:
    """What leads get. ``then`` happens after each."""

    def __init__(self) -> None:
        self.got: list[tuple[str, Report]] = []
        self.then: Callable[[], None] = lambda: None

    def report(self, team: Team, lead: str, report: Report, currency: str) -> None:
        self.got.append((lead, report))
        self.then()

    def post(self, schedule: Schedule, told: Told) -> None:
        raise AssertionError("no prompt is due")

    def find(self, schedule: Schedule, key: Key) -> bool:
        raise AssertionError("no prompt is due")

    def tell_lead(self, schedule: Schedule, sentence: str, **values: object) -> bool:
        raise AssertionError("no prompt is due")


@pytest.fixture
def box() -> Letterbox:
    return Letterbox()


def monthly(engine: Engine, box: Letterbox, clock: Clock) -> Monthly:
    evidence = SqlEvidence(engine)
    reporter = Reporter(evidence, SqlGestures(engine, SEAL), Pseudonyms("a secret of the tests"), now=clock)
    return Monthly(SqlSchedules(engine), evidence, reporter, SqlLeadReports(engine), {"slack": box}, "EUR", now=clock)


def asked(engine: Engine, people: int = 6, *, month: int = 10) -> None:
    for number in range(people * 2):
        person = Person(platform="slack", workspace="T1", id=f"U{number % people}")
        SqlPeople(engine, SEAL).reviewed(person, f"{month}-{number}", date(2026, month, 1 + number), review())


def plan(engine: Engine, channel: str, lead: str, zone: str = "Europe/Helsinki") -> None:
    schedule = Schedule(team=TEAM, channel=channel, lead=lead, language="en", zone=zone, plan=Plan(at=time(9)))
    SqlSchedules(engine).save(schedule, [])


def test_it_comes_at_nine_on_the_first_working_day_by_the_leads_clock_and_once(
    engine: Engine, box: Letterbox, clock: Clock
) -> None:
    asked(engine)
    plan(engine, "C1", "UANNA")
    plan(engine, "C2", "UANNA")
    plan(engine, "C3", "UBEN", "America/New_York")
    one, other = monthly(engine, box, clock), monthly(engine, box, clock)
    clock.to("2026-11-02T06:59:00")  # the first of November is a Sunday
    one.tick()
    assert box.got == []
    clock.to("2026-11-02T07:00:00")
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda process: process.tick(), [one, other] * 4))
    assert [lead for lead, _ in box.got] == ["UANNA"]
    assert box.got[0][1].month == date(2026, 10, 1)
    clock.to("2026-11-02T14:00:00")
    one.tick()
    clock.to("2026-11-05T12:00:00")
    other.tick()
    assert [lead for lead, _ in box.got] == ["UANNA", "UBEN"]


def test_a_plan_whose_lead_is_forgotten_brings_nobody_a_post(engine: Engine, box: Letterbox, clock: Clock) -> None:
    asked(engine)
    plan(engine, "C1", "")
    clock.to("2026-11-02T12:00:00")
    monthly(engine, box, clock).tick()
    assert box.got == []


def test_figures_of_fewer_than_five_bring_no_post(engine: Engine, box: Letterbox, clock: Clock) -> None:
    asked(engine, 4)
    plan(engine, "C1", "UANNA")
    clock.to("2026-11-02T12:00:00")
    monthly(engine, box, clock).tick()
    assert box.got == []


def test_after_a_week_down_it_does_not_come_any_more(engine: Engine, box: Letterbox, clock: Clock) -> None:
    asked(engine)
    plan(engine, "C1", "UANNA")
    clock.to("2026-11-09T08:00:00")
    monthly(engine, box, clock).tick()
    assert box.got == []


@pytest.mark.parametrize(("what", "comes"), [
    (Postponed("later"), 2), (Unsure("who knows"), 1), (Refused("token"), 1), (RuntimeError("broken"), 1),
])  # fmt: skip
def test_what_becomes_of_it_where_the_platform_does_not_take_it(
    engine: Engine, box: Letterbox, clock: Clock, what: Exception, comes: int
) -> None:
    def fail() -> None:
        raise what

    asked(engine)
    plan(engine, "C1", "UANNA")
    box.then = fail
    clock.to("2026-11-02T12:00:00")
    sending = monthly(engine, box, clock)
    sending.tick()
    box.then = lambda: None
    clock.at += timedelta(minutes=5)
    sending.tick()
    sending.tick()
    assert len(box.got) == comes


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_for_an_executive_has_figures_a_chart_and_a_next_step(
    engine: Engine, clock: Clock, language: str
) -> None:
    clock.to("2026-11-02T12:00:00")
    asked(engine)
    asked(engine, month=9)
    reporter = Reporter(SqlEvidence(engine), SqlGestures(engine, SEAL), Pseudonyms("a secret"), now=clock)
    wording = SHELF.wording(language)
    told = tell(reporter.report(TEAM), "EUR", wording)
    page = page_html(told, wording)
    assert page.count("<svg") == 1
    assert told.step in page
    assert "<script" not in page
    assert page_pdf(told, wording).startswith(b"%PDF")
    clock.to("2026-01-02T12:00:00")
    nothing = tell(reporter.report(TEAM), "EUR", wording)
    assert "<svg" not in page_html(nothing, wording)
    assert page_pdf(nothing, wording)
