"""What a lead may know: figures of a team, never of a person (rows V1-14, V1-15, X2-36, S4-26).

Figures of fewer than five people are not shown. The link between good replies and good business is told with its
numbers and its interval, and as long as these say nothing, so does the report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from statistics import fmean, variance
from typing import Literal, NamedTuple

FEWEST = 5
"""People that figures are of at least."""
ENOUGH = 30
"""Tickets on each side from which on a difference counts: with fewer the interval is too rough."""
Z = 1.959964
"""The 97.5th percentile of the normal distribution, for an interval of 95 %."""
MOST_SHARES = 5

Measure = Literal["csat", "reopened", "repurchased"]
MEASURES: tuple[Measure, ...] = ("csat", "reopened", "repurchased")
RATES = frozenset[Measure]({"reopened", "repurchased"})


class Figures(NamedTuple):
    """Counts of a month. ``criteria``: reviews in which each was found. ``fixes``: reviews whose rewrite was taken."""

    people: int
    reviews: int
    ready: int
    criteria: Mapping[str, int]
    useful: int
    not_useful: int
    fixes: int


class Ticket(NamedTuple):
    """What became of a ticket; ``ready``: its review found the reply ready to send. None where it is not known."""

    ready: bool
    csat: float | None
    reopened: bool | None
    repurchased: bool | None


class Link(NamedTuple):
    """How tickets whose reply was ready differ from the others, with an interval of 95 %.

    ``found`` only where there are enough on both sides and the interval does not reach across nothing.
    """

    measure: Measure
    n_ready: int
    n_other: int
    difference: float
    low: float
    high: float
    found: bool


class Insight(NamedTuple):
    """A month of a team. Shares are from 0 to 1; ``ready_before`` is last month's, None where that is not shown."""

    reviews: int
    ready: float
    ready_before: float | None
    shares: tuple[tuple[str, float], ...]
    useful: float | None
    fixes: float
    gestures: int
    cents: int

    @property
    def cents_each(self) -> int:
        """What a gesture cost on average."""
        return round(self.cents / self.gestures) if self.gestures else 0


def insight(now: Figures, before: Figures, costs: Sequence[int]) -> Insight | None:
    """The figures of a month; None where fewer than five people asked. ``costs`` are the gestures' cents."""
    if now.people < FEWEST:
        return None
    often = sorted(now.criteria.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_SHARES]
    answers = now.useful + now.not_useful
    return Insight(
        reviews=now.reviews,
        ready=now.ready / now.reviews,
        ready_before=before.ready / before.reviews if before.people >= FEWEST else None,
        shares=tuple((criterion, count / now.reviews) for criterion, count in often),
        useful=now.useful / answers if answers else None,
        fixes=now.fixes / now.reviews,
        gestures=len(costs),
        cents=sum(costs),
    )


def link(tickets: Sequence[Ticket], measure: Measure) -> Link | None:
    """The difference in one measure; None where one side has fewer than two tickets that it is known of."""
    known = [(ticket.ready, getattr(ticket, measure)) for ticket in tickets if getattr(ticket, measure) is not None]
    ready = [float(value) for is_ready, value in known if is_ready]
    other = [float(value) for is_ready, value in known if not is_ready]
    if min(len(ready), len(other)) < 2:
        return None
    difference = fmean(ready) - fmean(other)
    reach = Z * sqrt(variance(ready) / len(ready) + variance(other) / len(other))
    low, high = difference - reach, difference + reach
    enough = min(len(ready), len(other)) >= ENOUGH and reach > 0
    return Link(measure, len(ready), len(other), difference, low, high, enough and not low <= 0 <= high)
