"""CSV files of other systems: outcomes of tickets, customers with their value; whatever spreadsheet wrote them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from statistics import fmean

from bot.coaching.errors import BadInput
from bot.rituals.model import Outcome

YES = frozenset("1 yes y true x ja kyllä k".split())
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


def read_best_customers(path: Path) -> list[str]:
    """Ids of active customers of above average value, from columns ``customer``, ``lifetime_value``, ``active``.

    Row S4-15. Raises BadInput with the line.
    """
    rows = []
    for line, row in _rows(path, ("customer", "lifetime_value", "active")):
        try:
            value = float(row["lifetime_value"].replace(",", "."))
        except ValueError:
            raise BadInput(f"{path}:{line}: lifetime_value is a number, such as 1250.50.") from None
        rows.append((row["customer"], value, bool(_said(row["active"], path, line))))
    average = fmean(value for _, value, _ in rows) if rows else 0
    return [customer for customer, value, active in rows if active and value > average]


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
