"""Shares and how sure they are."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

Z = 1.96
"""Two-sided 95 %."""


class Share(NamedTuple):
    """``hits`` of ``total``."""

    hits: int
    total: int

    @property
    def value(self) -> float:
        """The share, 0 to 1; 0 of nothing is 0."""
        return self.hits / self.total if self.total else 0.0

    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval, which holds for small totals too."""
        if not self.total:
            return 0.0, 1.0
        n, p = self.total, self.value
        middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        low, high = self.interval()
        return f"{self.value:.2f} [{low:.2f}–{high:.2f}] {self.hits}/{self.total}" if self.total else "–"


def share(hits: list[bool]) -> Share:
    """The share of true ones."""
    return Share(sum(hits), len(hits))
