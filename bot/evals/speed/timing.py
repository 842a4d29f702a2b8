"""Times taken, and the rows that are made of them."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")
Row = dict[str, object]
Times = list[float]
"""Milliseconds."""


def timed(act: Callable[[T], object], items: Iterable[T]) -> Times:
    """The milliseconds that the act takes with each of the items."""
    taken = []
    for item in items:
        begun = time.perf_counter()
        act(item)
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def median(times: Times) -> float:
    """The middle one."""
    return statistics.median(times)


def p95(times: Times) -> float:
    """What 95 of 100 stay below; of fewer than twenty the longest."""
    return statistics.quantiles(times, n=20)[-1] if len(times) >= 20 else max(times)


def row(what: str, times: Times) -> Row:
    """Median, 95th percentile, longest and number, rounded as a person reads them."""
    return {
        "what": what,
        "median ms": rounded(median(times)),
        "p95 ms": rounded(p95(times)),
        "longest ms": rounded(max(times)),
        "times": len(times),
    }


def rounded(value: float) -> float:
    """Two figures that count, or whole from ten on."""
    return round(value) if abs(value) >= 10 else float(f"{value:.2g}")
