"""No query from the lead's side gives back a person or a draft: every public method of what stands behind ``/wow``."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.coaching.ledger import Budget, Gesture
from bot.coaching.rituals import Plan
from bot.desk.model import Person
from bot.rituals.asked import Asked
from bot.rituals.commands import Command
from bot.rituals.daily.planning import Planner
from bot.rituals.daily.prompting import Prompter
from bot.rituals.evidence.figures import tell
from bot.rituals.evidence.page import page_html
from bot.rituals.evidence.reporting import Reporter
from bot.rituals.gifts.giving import Giver
from bot.rituals.model import EVERYBODY, Key, Outcome, Report, Schedule, Team, Told
from bot.rituals.stories.telling import Teller
from bot.store.evidence import SqlEvidence
from bot.store.ledger import SqlGestures
from bot.store.people import SqlPeople
from bot.store.prompt_texts import SqlPromptTexts
from bot.store.pseudonyms import Pseudonyms
from bot.store.schedules import SqlSchedules
from bot.store.seal import Seal
from bot.store.stories import SqlStories
from tests.fakes import Clock
from tests.store.conftest import review
from tests.test_coach import SHELF

SEAL = Seal("a secret of the tests")
TEAM = Team(platform="slack", workspace="T1")
OCTOBER, NOVEMBER = date(2026, 10, 5), date(2026, 11, 22)
LEAD = Person(platform="slack", workspace="T1", id="ULEAD")
PLANNED = Schedule(
    team=TEAM, channel="C1", lead="ULEAD", language="en", zone="Europe/Helsinki", each=True, plan=Plan(at=time(9))
)
PEOPLE = [f"UQUOKKA{number}" for number in range(6)]
REASON, UNTOLD, TICKET = "the quokka reason", "the quokka story that nobody agreed to show", "QUOKKA-TICKET"
KEYS = Pseudonyms("a secret of the tests")
TRACES = ("QUOKKA", "quokka", *(KEYS.of("person", "T1", person) for person in PEOPLE))
"""What must never come back: ids and pseudonyms of people, their reasons, their untold stories, their jobs."""


class Board:
    """A channel in which everything arrives."""

    def post(self, schedule: Schedule, told: Told) -> None: ...

    def find(self, schedule: Schedule, key: Key) -> bool:
        return True

    def report(self, team: Team, lead: str, report: Report, currency: str) -> None: ...

    def tell_lead(self, schedule: Schedule, sentence: str, **values: object) -> bool:
        return True


class Side:
    """All that a lead's command reaches, over a database in which six people left traces."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        clock.at = datetime(2026, 11, 22, 12, tzinfo=UTC)
        self.evidence, self.schedules = SqlEvidence(engine), SqlSchedules(engine)
        self.gestures = SqlGestures(engine, SEAL)
        budget = Budget(a_month=500_00, at_once=100_00, currency="EUR")

        def hide(text: str, _: str) -> str:
            return text

        self.giver = Giver(self.gestures, budget, KEYS, SHELF.knowledge.gifts, hide=hide, now=clock)
        self.teller = Teller(SqlStories(engine, SEAL), KEYS, hide=hide, now=clock)
        texts = SqlPromptTexts(engine)
        self.prompter = Prompter(
            self.schedules, SHELF.knowledge.daily_prompts, SHELF, {"slack": Board()}, texts=texts, now=clock
        )
        self.planner = Planner(self.schedules, self.prompter, now=clock)
        self.reporter = Reporter(self.evidence, self.gestures, KEYS, now=clock)
        people = SqlPeople(engine, SEAL)
        self.planner.save(PLANNED)
        for number, id in enumerate(PEOPLE):
            person, job = Person(platform="slack", workspace="T1", id=id), f"quokka-job-{number}"
            people.reviewed(person, job, OCTOBER, review("revise"))
            people.useful(person, job, OCTOBER, False, REASON)
            self.reporter.asked(TEAM, job, f"{TICKET}-{number}")
            self.reporter.import_outcomes(TEAM, [Outcome(f"{TICKET}-{number}", OCTOBER, 4.0)])
            self.reporter.used(TEAM, job)
            self.giver.log(TEAM, id, "1 card id:77", "en")
            self.planner.join(PLANNED, id, "Europe/Helsinki")
            self.teller.tell(TEAM, id, UNTOLD, whom="customer", value="value-wow", language="en")


@pytest.fixture
def side(engine: Engine, clock: Clock) -> Side:
    return Side(engine, clock)


GIVEN: dict[str, Any] = {
    "team": TEAM, "since": date(2000, 1, 1), "until": date(2100, 1, 1), "workspace": "T1", "language": "en",
    "schedule": PLANNED, "id": PLANNED.id, "day": NOVEMBER, "text": "1 card id:77", "month": "2026-11",
    "before": "2099-01", "customer": KEYS.of("customer", "T1", "77"), "person": "ULEAD", "recipient": EVERYBODY,
    "now": datetime(2026, 11, 23, 12, tzinfo=UTC), "key": Key(PLANNED.id, EVERYBODY, NOVEMBER), "granted": 1,
    "prompt": next(iter(SHELF.knowledge.daily_prompts("en").values())), "paused": True, "zone": "UTC",
    "job": "new", "ticket": "new", "kind": "fix", "outcomes": [], "rows": [], "customers": ["77"], "best": True,
    "gesture": Gesture("new", NOVEMBER, 0, "card"), "by": "nobody", "whom": "customer", "value": "value-wow",
}  # fmt: skip
ENDS = ("forget", "forget_person", "remove", "leave", "stop")
"""They erase, and give nothing: called last."""


def methods(of: object) -> list[str]:
    names = [name for name, _ in inspect.getmembers(of, inspect.ismethod) if not name.startswith("_")]
    return sorted(names, key=lambda name: name in ENDS)


def called(of: object, name: str) -> object:
    method: Callable[..., object] = getattr(of, name)
    wanted = inspect.signature(method).parameters.values()
    required = [p for p in wanted if p.default is inspect.Parameter.empty and p.kind is not p.VAR_KEYWORD]
    missing = [p.name for p in required if p.name not in GIVEN]
    assert not missing, f"teach GIVEN what to give {type(of).__name__}.{name} for {missing}"
    return method(**{p.name: GIVEN[p.name] for p in required})


@pytest.mark.parametrize("part", ["reporter", "giver", "teller", "planner", "prompter", "evidence", "gestures"])
def test_no_method_gives_back_a_person_or_what_they_wrote(side: Side, part: str) -> None:
    of = getattr(side, part)
    assert methods(of)
    for name in methods(of):
        said = repr(called(of, name))
        assert not any(trace in said for trace in TRACES), f"{part}.{name}: {said[:300]}"


@pytest.mark.parametrize("asked", ["insight", "insight page", "list", "preview", "book", "gift", "help", "schedule"])
def test_no_command_of_a_lead_shows_a_person_or_what_they_wrote(side: Side, asked: str) -> None:
    wording = SHELF.wording("en")

    class Parts:
        """What ``Asked`` takes of the rituals."""

        reporter, giver, teller = side.reporter, side.giver, side.teller
        planner, prompter, today = side.planner, side.prompter, staticmethod(lambda: NOVEMBER)

    verb, _, rest = asked.partition(" ")
    answer = Asked(Parts(), LEAD, wording, leads=True).done(Command(verb, rest), "C1")  # type: ignore[arg-type]
    assert not any(trace in repr(answer) for trace in TRACES)


def test_the_report_of_a_month_has_figures_and_nobody_in_them(side: Side) -> None:
    report = side.reporter.report(TEAM)
    assert report.figures
    assert report.figures.reviews == 6
    page = page_html(tell(report, "EUR", SHELF.wording("en")), SHELF.wording("en"))
    assert not any(trace in page for trace in TRACES)
