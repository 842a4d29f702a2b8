"""The yearly round (rows S4-08, S4-02): which of the best active customers get something, and in which month."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import NamedTuple

from bot.content.tables import safe
from bot.rituals.tables import Customer

SMALLEST, LARGEST = 200, 600
MONTHS = 11
"""None in December, when a gift is half expected."""


class Round(NamedTuple):
    """Who is chosen, the best first, the months in turn; ``cost`` is that of one gesture."""

    chosen: tuple[Customer, ...]
    cost: float

    @property
    def total(self) -> float:
        """What all of it costs."""
        return len(self.chosen) * self.cost

    def table(self) -> str:
        """The plan as CSV, with columns to fill in by hand."""
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(["customer", "month", "lifetime_value", "years", "gesture", "sent"])
        for number, one in enumerate(self.chosen):
            writer.writerow([safe(one.id), 1 + number % MONTHS, f"{one.value:.2f}", f"{one.years:g}", "", ""])
        return text.getvalue()


def yearly_round(customers: Sequence[Customer], cost: float, budget: float) -> Round:
    """Active customers, by what they spent and for how long: as many as the budget bears, 600 at most."""
    ranked = sorted((one for one in customers if one.active), key=lambda one: (-one.value, -one.years, one.id))
    # A budget of 40 bears 400 gestures of 0.1, although in floats it falls short of it by a hair.
    return Round(tuple(ranked[: min(LARGEST, int(budget / cost + 1e-9))]), cost)
