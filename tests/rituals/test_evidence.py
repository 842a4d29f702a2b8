"""The evidence on SQLite and PostgreSQL: counts of whole months, and nothing in them that names a person."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from bot.coaching.errors import BadInput
from bot.desk.model import Person
from bot.rituals.evidence import Reporter
from bot.rituals.model import Outcome, Team
from bot.rituals.tables import best, read_customers, read_outcomes, yearly_round
from bot.store.evidence import SqlEvidence
from bot.store.ledger import SqlGestures
from bot.store.people import SqlPeople
from bot.store.pseudonyms import Pseudonyms
from tests.store.conftest import review

TEAM = Team(platform="slack", workspace="T1")
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


@pytest.fixture
def reporter(engine: Engine) -> Reporter:
    pseudonyms = Pseudonyms("a secret of the tests")
    return Reporter(
        SqlEvidence(engine), SqlGestures(engine), pseudonyms, now=lambda: datetime(2026, 11, 22, 12, tzinfo=UTC)
    )


def asked(engine: Engine, reporter: Reporter, people: int, each: int = 20, *, workspace: str = "T1") -> None:
    """Reviews in October, every second ready; those that were ready had the better outcome."""
    for number in range(people * each):
        person = Person(platform="slack", workspace=workspace, id=f"UPERSON{number % people}")
        job, ready = f"{workspace}-job-{number}", number // people % 2 == 0
        SqlPeople(engine).reviewed(person, job, date(2026, 10, 1 + number % 28), review("send" if ready else "revise"))
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
    assert "77" not in str(rows[0])[:3]


def test_the_only_team_need_not_be_named(engine: Engine, reporter: Reporter) -> None:
    with pytest.raises(BadInput, match="none yet"):
        reporter.team()
    asked(engine, reporter, 1, each=1)
    assert reporter.team() == TEAM
    asked(engine, reporter, 1, each=1, workspace="T2")
    with pytest.raises(BadInput, match="T1, T2"):
        reporter.team()
    assert reporter.team("T2").workspace == "T2"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_outcomes_are_read_whatever_spreadsheet_wrote_them(tmp_path: Path, encoding: str, separator: str) -> None:
    lines = ["Ticket,Date,CSAT,Reopened,Note", "77,2026-10-30,4.5,ja,café", "", "78,2026-10-31,,nee,"]
    path = tmp_path / "outcomes.csv"
    path.write_bytes("\r\n".join(line.replace(",", separator) for line in lines).encode(encoding))
    assert read_outcomes(path) == [
        Outcome("77", date(2026, 10, 30), 4.5, True, None),
        Outcome("78", date(2026, 10, 31), None, False, None),
    ]


@pytest.mark.parametrize(("content", "words"), [
    ("", ":1: the first line must name the columns"),
    ("ticket,day\n", "date is missing"),
    ("ticket,date\n1,yesterday\n", ":2: a date is written like"),
    ("ticket,date,csat\n1,2026-10-30,good\n", ":2: a date is written like 2026-11-22, and csat is a number"),
    ("ticket,date,reopened\n1,2026-10-30,maybe\n", ":2: 'maybe' is neither yes nor no"),
])  # fmt: skip
def test_a_file_that_is_not_that_is_said_with_its_line(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "outcomes.csv"
    path.write_text(content)
    with pytest.raises(BadInput, match=words):
        read_outcomes(path)


def test_the_best_customers_are_active_and_above_average(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text("customer;lifetime_value;active\nA;1000,50;yes\nB;900;no\nC;10;yes\nD;20;yes\n")
    assert best(read_customers(path)) == ["A"]
    assert best([]) == []


def test_the_yearly_round_is_what_the_budget_bears_and_holds_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    rows = [
        "customer,lifetime_value,active,years",
        "=HYPERLINK(1),900,yes,2",
        "B,800,no,9",
        "C,700,yes,1",
        "D,700,yes,5",
    ]
    path.write_text("\n".join([*rows, *(f"X{n},{n % 500},yes,1" for n in range(1000))]))
    plan = yearly_round(read_customers(path), cost=12.5, budget=40).splitlines()
    assert plan[1:] == ["'=HYPERLINK(1),1,900.00,2,,", "D,2,700.00,5,,", "C,3,700.00,1,,"]
    whole = yearly_round(read_customers(path), cost=1, budget=10_000).splitlines()
    assert len(whole) == 1 + 600
    assert {line.split(",")[1] for line in whole[1:]} == {str(month) for month in range(1, 12)}


@pytest.mark.parametrize("value", ["much", "nan", "inf", "1e999"])
def test_a_value_that_is_no_number_is_said_with_its_line(tmp_path: Path, value: str) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(f"customer,lifetime_value,active\nA,{value},yes\n")
    with pytest.raises(BadInput, match=":2: lifetime_value and years are numbers"):
        read_customers(path)


def test_a_hundred_thousand_rows(tmp_path: Path) -> None:
    path = tmp_path / "outcomes.csv"
    path.write_text("ticket,date,csat\n" + "\n".join(f"{n},2026-10-30,4" for n in range(100_000)))
    assert len(read_outcomes(path)) == 100_000
