"""What a lead may know: figures of a team, never of a person (rows V1-14, V1-15, X2-36, S4-26).

Figures of fewer than five people are not shown. The link between good replies and good business is told with its
numbers and its interval, and as long as these say nothing, so does the report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import sqrt
from statistics import fmean, variance
from typing import Literal, NamedTuple

FEWEST = 5
"""People that a figure is of at least."""
ENOUGH = 30
"""Tickets on each side from which on a difference counts: with fewer the interval is too rough."""
Z = 1.959964
"""The 97.5th percentile of the normal distribution, for an interval of 95 %."""
MOST_SHARES = 5
OFTEN = 0.2
"""The share of reviews from which on a kind of finding is worth a lead's next step."""
OBSTACLES = frozenset({"policy-wall", "no-alternative", "proof-demand", "effort"})
"""What stands in a customer's way and no wording mends: a rule or a process does, and that is for others to change."""

Measure = Literal["csat", "reopened", "repurchased"]
MEASURES: tuple[Measure, ...] = ("csat", "reopened", "repurchased")
RATES = frozenset[Measure]({"reopened", "repurchased"})


class Count(NamedTuple):
    """How many reviews, and of how many people."""

    people: int = 0
    reviews: int = 0


class Figures(NamedTuple):
    """Counts of a month.

    ``criteria``: reviews in which each was found; ``obstructed``: those with any of the obstacles. ``useful`` are among
    the ``answers`` to whether a review was of use. ``fixes`` and ``touches``: reviews whose rewrite or touch was taken.
    """

    all: Count = Count()
    ready: int = 0
    criteria: Mapping[str, Count] = {}
    obstructed: Count = Count()
    answers: Count = Count()
    useful: int = 0
    fixes: Count = Count()
    touches: Count = Count()


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


Step = Literal["hand-up", "ask-why", "practise", "go-on"]


class Insight(NamedTuple):
    """A month of a team. Shares are from 0 to 1, None where fewer than five people stand behind them.

    ``shares`` are of all reviews, the most frequent first; ``obstacles`` are of those with any of them. ``trend`` is
    the share that was ready in earlier months and in this one, the earliest first. ``step`` is what to do next,
    ``about`` (a criterion) where it is about one.
    """

    reviews: int
    ready: float
    trend: tuple[tuple[date, float], ...]
    shares: tuple[tuple[str, float], ...]
    obstacles: tuple[tuple[str, float], ...]
    useful: float | None
    fixes: float | None
    touches: float | None
    gestures: int
    cents: int
    step: Step
    about: str = ""

    @property
    def cents_each(self) -> int:
        """What a gesture cost on average."""
        return round(self.cents / self.gestures) if self.gestures else 0


def insight(month: date, now: Figures, earlier: Mapping[date, Figures], costs: Sequence[int]) -> Insight | None:
    """The figures of a month; None where fewer than five people asked.

    ``earlier`` are those of months before it, by their first days. ``costs`` are the gestures' cents.
    """
    if now.all.people < FEWEST:
        return None
    known = {criterion: count.reviews for criterion, count in now.criteria.items() if count.people >= FEWEST}
    obstacles = {criterion: count for criterion, count in known.items() if criterion in OBSTACLES}
    past = {day: figures for day, figures in earlier.items() if figures.all.people >= FEWEST}
    found = Insight(
        reviews=now.all.reviews,
        ready=now.ready / now.all.reviews,
        trend=tuple((day, one.ready / one.all.reviews) for day, one in sorted({**past, month: now}.items())),
        shares=_shares(known, now.all)[:MOST_SHARES],
        obstacles=_shares(obstacles, now.obstructed),
        useful=now.useful / now.answers.reviews if now.answers.people >= FEWEST else None,
        fixes=_share(now.fixes, now.all),
        touches=_share(now.touches, now.all),
        gestures=len(costs),
        cents=sum(costs),
        step="go-on",
    )
    step, about = _next(found)
    return found._replace(step=step, about=about)


def _share(some: Count, of: Count) -> float | None:
    return some.reviews / of.reviews if some.people >= FEWEST else None


def _shares(counts: Mapping[str, int], of: Count) -> tuple[tuple[str, float], ...]:
    return tuple((name, n / of.reviews) for name, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _next(found: Insight) -> tuple[Step, str]:
    """What to do next: what only others can mend comes before what the team can practise."""
    shares = dict(found.shares)
    if found.obstacles and shares.get(found.obstacles[0][0], 0) >= OFTEN:
        return "hand-up", found.obstacles[0][0]
    if found.useful is not None and found.useful < 0.5:
        return "ask-why", ""
    if found.shares and found.shares[0][1] >= OFTEN:
        return "practise", found.shares[0][0]
    return "go-on", ""


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
