"""CSV files of other systems: outcomes of tickets, customers with their value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from statistics import fmean
from typing import NamedTuple, NoReturn, TypeVar

from bot.coaching.errors import BadInput
from bot.coaching.ledger import number_of
from bot.content.tables import open_table
from bot.rituals.model import Outcome

T = TypeVar("T")

YES = frozenset("1 yes y true x ja kyllä k".split())
NO = frozenset("0 no n false nee ei e".split())
NAMES = {
    "ticket": "ticket ticket_id ticketnummer tiketti tapaus",
    "date": "date day datum päivä pvm päivämäärä",
    "csat": "csat satisfaction tevredenheid tyytyväisyys",
    "reopened": "reopened heropend avattu_uudestaan avattu_uudelleen",
    "repurchased": "repurchased bought_again opnieuw_gekocht ostanut_uudestaan ostanut_uudelleen",
    "customer": "customer customer_id klant klantnummer asiakas asiakasnumero",
    "lifetime_value": "lifetime_value ltv klantwaarde elinkaariarvo asiakasarvo",
    "active": "active actief aktiivinen",
    "years": "years jaren vuosia vuodet",
}
"""What a column may be called, in small letters and with ``_`` for a space."""
DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y")
"""Ways to write a day that mean one day alone: 10/11/2026 is another in London than in New York."""


def read_outcomes(path: Path) -> Iterator[Outcome]:
    """From columns ``ticket``, ``date``, and any of ``csat``, ``reopened``, ``repurchased``.

    Raises BadInput with the line.
    """
    for row in _rows(path, ("ticket", "date")):
        yield Outcome(
            row.needed("ticket"),
            row.read("date", _day, "a day is written like 2026-11-22"),
            row.read("csat", number_of, "csat is a number, such as 4.5") if row.given("csat") else None,
            row.said("reopened"),
            row.said("repurchased"),
        )


class Customer(NamedTuple):
    """A customer as another system lists them: ``years`` is how long they have been one."""

    id: str
    value: float
    active: bool
    years: float = 0.0


def read_customers(path: Path) -> list[Customer]:
    """From columns ``customer``, ``lifetime_value``, ``active`` and, where it is known, ``years``.

    Raises BadInput with the line.
    """
    numbers = "lifetime_value and years are numbers, such as 1250.50"
    return [
        Customer(
            row.needed("customer"),
            row.read("lifetime_value", number_of, numbers) if row.given("lifetime_value") else 0.0,
            bool(row.needed("active") and row.said("active")),
            row.read("years", number_of, numbers) if row.given("years") else 0.0,
        )
        for row in _rows(path, ("customer", "lifetime_value", "active"))
    ]


def best(customers: Sequence[Customer]) -> list[str]:
    """The ids of those who are active and of above average value (row S4-15)."""
    average = fmean(customer.value for customer in customers) if customers else 0
    return [customer.id for customer in customers if customer.active and customer.value > average]


class _Row(NamedTuple):
    path: Path
    line: int
    cells: dict[str, str]

    def given(self, name: str) -> str:
        return self.cells.get(name, "")

    def needed(self, name: str) -> str:
        return self.given(name) or self._wrong(f"{name} is empty")

    def read(self, name: str, how: Callable[[str], T], otherwise: str) -> T:
        try:
            return how(self.given(name))
        except ValueError:
            return self._wrong(otherwise)

    def said(self, name: str) -> bool | None:
        text = self.given(name).lower()
        if not text:
            return None
        return text in YES or (text not in NO and self._wrong(f"'{text[:40]}' is neither yes nor no"))

    def _wrong(self, what: str) -> NoReturn:
        raise BadInput(f"{self.path}:{self.line}: {what}.")


def _rows(path: Path, needed: Sequence[str]) -> Iterator[_Row]:
    with open_table(path) as table:
        names = [_named(name) for name in table.names]
        missing = [name for name in needed if name not in names]
        if missing:
            there = "".join(sign for sign in ", ".join(table.names)[:200] if sign.isprintable())
            raise BadInput(
                f"{path}:1: the first line must name the columns {', '.join(needed)}; {missing[0]} is missing among "
                f"{there}."
            )
        # Some spreadsheets leave out the empty cells at the end of a line.
        last = max(names.index(name) for name in needed)
        for line, cells in table.rows:
            row = {name: cell.strip() for name, cell in zip(names, cells, strict=False)}
            if not any(row.values()):
                continue
            if len(cells) <= last:
                few = f"this line has {len(cells)} of the {len(names)} cells that the first line names"
                raise BadInput(f"{path}:{line}: {few}; is a quotation mark missing?")
            yield _Row(path, line, row)


def _named(column: str) -> str:
    plain = column.strip().lower().replace(" ", "_").replace("-", "_")
    return next((name for name, others in NAMES.items() if plain in others.split()), plain)


def _day(text: str) -> date:
    """Raises ValueError."""
    for way in DAYS:
        try:
            return datetime.strptime(text, way).date()
        except ValueError:
            continue
    return datetime.fromisoformat(text).date()
