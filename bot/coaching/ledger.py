"""The surprise-and-delight ledger: a month's money, what a gesture may cost, amounts as people write them.

Row S4-11: a team budget, $500 a month, no questions asked; S4-05: what costs nothing counts as much. All money is in
cents, so that nothing is ever rounded.
"""

from __future__ import annotations

import re
from datetime import date
from math import isfinite
from typing import Literal, NamedTuple

from bot.coaching.model import Value

SYMBOLS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "kr": "SEK", "zł": "PLN", "₹": "INR"}
LONGEST = 300
"""Characters that a gesture is described in at most."""

AmountProblem = Literal["no-amount", "negative", "currency", "no-text", "too-long"]

_AMOUNT = re.compile(
    r"""(?P<before>[^\W\d_]{1,3}|[€$£¥₹])?\s?
        (?P<sign>[-−–])?\s?
        (?P<number>
            [1-9]\d{0,2}(?P<group>[.,'\s])\d{3}(?:(?P=group)\d{3})*(?:(?!(?P=group))[.,]\d{1,2})?
            |\d+(?:[.,]\d{1,2})?
        )
        \s?(?P<after>[€$£¥₹]|[A-Za-zł]{2,3}(?=\s|$))?
        (?=\s|$)""",
    re.VERBOSE,
)


class BadAmount(ValueError):
    """What somebody wrote names no amount that can be taken; ``problem`` says why."""

    def __init__(self, problem: AmountProblem) -> None:
        super().__init__(problem)
        self.problem: AmountProblem = problem


class Budget(Value):
    """What a team may give: cents ``a_month``, and ``at_once`` without asking.

    ``carries``: what is left of a month is there in the next, up to one month's budget. ``funding`` says who pays.
    """

    a_month: int
    at_once: int
    currency: str
    carries: bool = False
    funding: str = ""


class Month(NamedTuple):
    """A month's money: ``granted`` and ``spent``, in cents."""

    month: str
    granted: int
    spent: int

    @property
    def left(self) -> int:
        """What can still be given."""
        return self.granted - self.spent


class Gesture(NamedTuple):
    """One gesture. ``customer`` and ``by`` are pseudonyms, never ids; an empty customer was not named.

    ``by`` is written so that only who gave it takes it back, and is empty in what is read.
    """

    id: str
    day: date
    cents: int
    what: str
    customer: str = ""
    by: str = ""
    funding: str = ""


def month_of(day: date) -> str:
    """``2026-11``."""
    return f"{day:%Y-%m}"


def granted(budget: Budget, month: str, last: Month | None) -> int:
    """What a month begins with. ``last`` is the latest month before it in which the budget was used, if any."""
    if not budget.carries or last is None:
        return budget.a_month
    carried = last.left if _after(last.month) == month else budget.a_month
    return budget.a_month + max(0, min(carried, budget.a_month))


def _after(month: str) -> str:
    year, number = map(int, month.split("-"))
    return f"{year + number // 12}-{number % 12 + 1:02}"


def read_gesture(text: str, currency: str) -> tuple[int, str]:
    """An amount in cents and what it is for, from ``25,50 € card for the reopening``. Raises BadAmount."""
    text = text.strip()
    match = _AMOUNT.match(text)
    if match is None or (match["before"] and not _is_currency(match["before"])):
        raise BadAmount("no-amount")
    what = text[match.end() :].strip(" ,;:")
    after = match["after"] or ""
    if after and not _is_currency(after):
        # A short word that only stands where a currency might.
        what, after = f"{after} {what}".strip(), ""
    if match["sign"]:
        raise BadAmount("negative")
    for given in (match["before"] or "", after):
        if given and SYMBOLS.get(given.lower(), given.upper()) != currency:
            raise BadAmount("currency")
    if not what:
        raise BadAmount("no-text")
    if len(what) > LONGEST:
        raise BadAmount("too-long")
    return _cents(match["number"]), what


def number_of(text: str) -> float:
    """A number as a machine writes it, or an amount as people do: ``1250.5``, ``25,50 €``, ``1.234,50``.

    Raises ValueError.
    """
    try:
        number = float(text)
    except ValueError:
        match = _AMOUNT.fullmatch(text.strip())
        if match is None or (match["before"] and not _is_currency(match["before"])):
            raise
        number = _cents(match["number"]) / 100 * (-1 if match["sign"] else 1)
    if not isfinite(number):
        raise ValueError(text)
    return number


_CODES = frozenset("EUR USD GBP JPY SEK NOK DKK CHF PLN CZK HUF RON CAD AUD NZD INR BRL MXN ZAR SGD HKD".split())


def _is_currency(text: str) -> bool:
    return text.lower() in SYMBOLS or text.upper() in _CODES


def _cents(number: str) -> int:
    """``1.234,50``, ``1,234.50``, ``1 234``, ``25,5``: the last sign parts off cents, unless three digits follow it."""
    parts = re.split(r"[.,'\s]", number)
    if len(parts) > 1 and len(parts[-1]) < 3:
        return int("".join(parts[:-1])) * 100 + int(parts[-1].ljust(2, "0"))
    return int("".join(parts)) * 100
