"""The evidence on SQLite and PostgreSQL: counts of whole months, and nothing in them that names a person."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, text

from bot.coaching.errors import BadInput
from bot.desk.model import Person
from bot.rituals.evidence.reporting import Reporter
from bot.rituals.model import Outcome, Team
from bot.store.evidence import SqlEvidence
from bot.store.ledger import SqlGestures
from bot.store.people import SqlPeople
from bot.store.pseudonyms import Pseudonyms
from bot.store.seal import Seal
from tests.store.conftest import review

SEAL = Seal("a secret of the tests")
TEAM = Team(platform="slack", workspace="T1")
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


@pytest.fixture
def reporter(engine: Engine) -> Reporter:
    pseudonyms = Pseudonyms("a secret of the tests")
    return Reporter(
        SqlEvidence(engine), SqlGestures(engine, SEAL), pseudonyms, now=lambda: datetime(2026, 11, 22, 12, tzinfo=UTC)
    )


def asked(engine: Engine, reporter: Reporter, people: int, each: int = 20, *, workspace: str = "T1") -> None:
    """Reviews in October, every second ready; those that were ready had the better outcome."""
    for number in range(people * each):
        person = Person(platform="slack", workspace=workspace, id=f"UPERSON{number % people}")
        job, ready = f"{workspace}-job-{number}", number // people % 2 == 0
        SqlPeople(engine, SEAL).reviewed(
            person, job, date(2026, 10, 1 + number % 28), review("send" if ready else "revise")
        )
        team = Team(platform="slack", workspace=workspace)
        reporter.asked(team, job, f"#{number}")
        csat = 5 - number % 3 / 10 if ready else 3 + number % 3 / 10
        reporter.import_outcomes(team, [Outcome(str(number), date(2026, 10, 30), csat, not ready, None)])


def test_five_people_are_shown_with_the_link_of_their_tickets(engine: Engine, reporter: Reporter) -> None:
    asked(engine, reporter, 5)
    reporter.used(TEAM, "T1-job-0")
    reporter.used(TEAM, "T1-job-0")
    report = reporter.report(TEAM)
    assert report.month == date(2026, 10, 1)
    assert report.figures
    assert (report.figures.reviews, report.figures.ready) == (100, 0.5)
    [csat, reopened] = report.links
    assert csat.measure == "csat"
    assert csat.found
    assert csat.difference > 1
    assert (reopened.measure, reopened.n_ready, reopened.n_other) == ("reopened", 50, 50)


def test_four_people_are_not_nor_are_other_teams(engine: Engine, reporter: Reporter) -> None:
    asked(engine, reporter, 4)
    asked(engine, reporter, 5, workspace="T2")
    report = reporter.report(TEAM)
    assert report.figures is None
    assert report.links == ()


def test_no_query_from_the_leads_side_returns_a_person_or_a_job(engine: Engine, reporter: Reporter) -> None:
    asked(engine, reporter, 6, each=2)
    evidence = SqlEvidence(engine)
    answers = {
        "figures": evidence.figures(TEAM, *OCTOBER),
        "tickets": evidence.tickets(TEAM, *OCTOBER),
        "teams": evidence.teams(),
        "import_outcomes": evidence.import_outcomes(TEAM, []),
        "asked": evidence.asked(TEAM, "j", "t"),  # type: ignore[func-returns-value]
        "used": evidence.used(TEAM, "j", "fix", OCTOBER[0]),  # type: ignore[func-returns-value]
        "forget": evidence.forget(TEAM),  # type: ignore[func-returns-value]
    }
    assert set(answers) == {name for name in dir(evidence) if not name.startswith("_")}
    assert "UPERSON" not in str(answers)
    assert "job" not in str(answers)


def test_tickets_are_kept_unreadable(engine: Engine, reporter: Reporter) -> None:
    reporter.asked(TEAM, "j1", "TICKET-77")
    reporter.import_outcomes(TEAM, [Outcome("ticket-77", date(2026, 10, 30), 5.0)])
    with engine.connect() as connection:
        rows = [connection.execute(text(f"SELECT ticket FROM {table}")).scalar() for table in ("tickets", "outcomes")]
    assert rows[0] == rows[1]
    assert "ticket" not in str(rows[0]).lower()


def test_the_only_team_need_not_be_named(engine: Engine, reporter: Reporter) -> None:
    with pytest.raises(BadInput, match="none yet"):
        reporter.team()
    asked(engine, reporter, 1, each=1)
    assert reporter.team() == TEAM
    asked(engine, reporter, 1, each=1, workspace="T2")
    with pytest.raises(BadInput, match="T1, T2"):
        reporter.team()
    assert reporter.team("T2").workspace == "T2"
