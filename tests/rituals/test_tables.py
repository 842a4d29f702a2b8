"""Tables of other systems, whatever spreadsheet wrote them, and the yearly round."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.coaching.errors import BadInput
from bot.rituals.gifts.round import yearly_round
from bot.rituals.model import Outcome
from bot.rituals.tables import best, read_customers, read_outcomes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_outcomes_are_read_whatever_spreadsheet_wrote_them(tmp_path: Path, encoding: str, separator: str) -> None:
    lines = ["Ticket,Date,CSAT,Reopened,Note", "77,2026-10-30,4.5,ja,café", "", "78,2026-10-31,,nee,"]
    path = tmp_path / "outcomes.csv"
    path.write_bytes("\r\n".join(line.replace(",", separator) for line in lines).encode(encoding))
    assert list(read_outcomes(path)) == [
        Outcome("77", date(2026, 10, 30), 4.5, True, None),
        Outcome("78", date(2026, 10, 31), None, False, None),
    ]


@pytest.mark.parametrize(("content", "words"), [
    ("", "this file is empty"),
    ("ticket,when\n", ":1: the first line must name the columns ticket, date; date is missing among ticket, when"),
    ("ticket,date\n1,yesterday\n", ":2: a day is written like 2026-11-22"),
    ("ticket,date\n1,10/11/2026\n", ":2: a day is written like 2026-11-22"),
    ("ticket,date\n,2026-10-30\n", ":2: ticket is empty"),
    ("ticket,date,csat\n1,2026-10-30,good\n", ":2: csat is a number"),
    ('ticket,date,csat\n"1,2026-10-30,4\n2,2026-10-30,4\n', ":2: this line has 1 of the 3 cells"),
    ("ticket,date,reopened\n1,2026-10-30,maybe\n", ":2: 'maybe' is neither yes nor no"),
])  # fmt: skip
def test_a_file_that_is_not_that_is_said_with_its_line(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "outcomes.csv"
    path.write_text(content)
    with pytest.raises(BadInput, match=words):
        list(read_outcomes(path))


@pytest.mark.parametrize("day", ["2026-10-30", "30.10.2026", "30-10-2026", "2026-10-30T23:59:00Z", "2026-10-30 08:15"])
def test_a_day_is_read_however_it_is_written(tmp_path: Path, day: str) -> None:
    path = tmp_path / "outcomes.csv"
    path.write_text(f"Tiketti;Pvm\n1;{day}\n")
    assert [outcome.day for outcome in read_outcomes(path)] == [date(2026, 10, 30)]


@pytest.mark.parametrize(("written", "value"), [
    ("25,50 €", 25.5), ("€ 1.234,50", 1234.5), ("1250.505", 1250.505), ("1 234", 1234.0), ("-3", -3.0), ("", 0.0),
    ("1e3", 1000.0),
])  # fmt: skip
def test_a_value_is_read_however_it_is_written(tmp_path: Path, written: str, value: float) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(f"Klant;Klantwaarde;Actief\nA;{written};ja\n", "utf-8")
    assert [customer.value for customer in read_customers(path)] == [value]


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
    few = yearly_round(read_customers(path), cost=12.5, budget=40)
    assert few.table().splitlines()[1:] == ["'=HYPERLINK(1),1,900.00,2,,", "D,2,700.00,5,,", "C,3,700.00,1,,"]
    assert few.total == 37.5
    whole = yearly_round(read_customers(path), cost=1, budget=10_000).table().splitlines()
    assert len(whole) == 1 + 600
    assert {line.split(",")[1] for line in whole[1:]} == {str(month) for month in range(1, 12)}
    assert len(yearly_round(read_customers(path), cost=0.1, budget=30).chosen) == 300


@pytest.mark.parametrize("value", ["much", "nan", "inf", "1e999", "12 apples"])
def test_a_value_that_is_no_number_is_said_with_its_line(tmp_path: Path, value: str) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(f"customer,lifetime_value,active\nA,{value},yes\n")
    with pytest.raises(BadInput, match=":2: lifetime_value and years are numbers"):
        read_customers(path)


def test_a_customer_of_whom_nobody_says_whether_they_are_active_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text("customer,lifetime_value,active\nA,1,\n")
    with pytest.raises(BadInput, match=":2: active is empty"):
        read_customers(path)


def test_a_hundred_thousand_rows(tmp_path: Path) -> None:
    path = tmp_path / "outcomes.csv"
    path.write_text("ticket,date,csat\n" + "\n".join(f"{n},2026-10-30,4" for n in range(100_000)))
    assert sum(1 for _ in read_outcomes(path)) == 100_000
