"""CSV files of other systems: outcomes of tickets, customers with their value; whatever spreadsheet wrote them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from math import isfinite
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from bot.coaching.errors import BadInput
from bot.rituals.model import Outcome

YES = frozenset("1 yes y true x ja kyllä k".split())
LARGEST_ROUND = 600
NO = frozenset("0 no n false nee ei e".split())


def read_outcomes(path: Path) -> list[Outcome]:
    """From columns ``ticket``, ``date``, and any of ``csat``, ``reopened``, ``repurchased``.

    Raises BadInput with the line.
    """
    found = []
    for line, row in _rows(path, ("ticket", "date")):
        try:
            day = date.fromisoformat(row["date"])
            csat = float(row["csat"].replace(",", ".")) if row.get("csat") else None
        except ValueError:
            raise BadInput(f"{path}:{line}: a date is written like 2026-11-22, and csat is a number.") from None
        reopened, repurchased = (_said(row.get(name, ""), path, line) for name in ("reopened", "repurchased"))
        found.append(Outcome(row["ticket"], day, csat, reopened, repurchased))
    return found


class Customer(NamedTuple):
    """A customer as another system lists them: ``years`` is how long they have been one."""

    id: str
    value: float
    active: bool
    years: float


def read_customers(path: Path) -> list[Customer]:
    """From columns ``customer``, ``lifetime_value``, ``active`` and, where it is known, ``years``.

    Raises BadInput with the line.
    """
    found = []
    for line, row in _rows(path, ("customer", "lifetime_value", "active")):
        try:
            value, years = (float((row.get(name) or "0").replace(",", ".")) for name in ("lifetime_value", "years"))
        except ValueError:
            raise BadInput(f"{path}:{line}: lifetime_value and years are numbers, such as 1250.50.") from None
        if not (isfinite(value) and isfinite(years)):
            raise BadInput(f"{path}:{line}: lifetime_value and years are numbers, such as 1250.50.")
        found.append(Customer(row["customer"], value, bool(_said(row["active"], path, line)), years))
    return found


def best(customers: Sequence[Customer]) -> list[str]:
    """The ids of those who are active and of above average value (row S4-15)."""
    average = fmean(customer.value for customer in customers) if customers else 0
    return [customer.id for customer in customers if customer.active and customer.value > average]


def yearly_round(customers: Sequence[Customer], cost: float, budget: float) -> str:
    """A plan for the year as CSV: which active customers get something, in which month.

    Rows S4-08: at most 600, by what they spent and for how long, as many as the budget bears at this cost each; S4-02:
    none in December, when a gift is half expected. Best first, the months in turn.
    """
    chosen = sorted((c for c in customers if c.active), key=lambda c: (-c.value, -c.years, c.id))
    chosen = chosen[: min(LARGEST_ROUND, int(budget / cost))]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["customer", "month", "lifetime_value", "years", "gesture", "sent"])
    for number, customer in enumerate(chosen):
        writer.writerow([_cell(customer.id), 1 + number % 11, f"{customer.value:.2f}", f"{customer.years:g}", "", ""])
    return text.getvalue()


def _cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _rows(path: Path, needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    text = _text(path)
    head = text.partition("\n")[0]
    separator = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(text), delimiter=separator)
    names = [(name or "").strip().lower() for name in reader.fieldnames or []]
    missing = [name for name in needed if name not in names]
    if missing:
        raise BadInput(f"{path}:1: the first line must name the columns {', '.join(needed)}; {missing[0]} is missing.")
    reader.fieldnames = names
    for row in reader:
        if any(row.values()):
            yield reader.line_num, {name: (row.get(name) or "").strip() for name in names}


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path}: this file cannot be read ({error.strerror}).") from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _said(text: str, path: Path, line: int) -> bool | None:
    if not text:
        return None
    if text.lower() in YES:
        return True
    if text.lower() in NO:
        return False
    raise BadInput(f"{path}:{line}: '{text}' is neither yes nor no.")
