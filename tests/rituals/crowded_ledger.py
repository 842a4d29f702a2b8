"""Ten thousand gestures at once, by four processes of sixteen threads each, on both databases.

Run as ``python -m tests.rituals.crowded_ledger``; it prints what it measured.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine

from bot.coaching.ledger import Budget
from bot.rituals.gifts.giving import Declined, Giver, Logged
from bot.rituals.model import Team
from bot.store.database import open_database
from bot.store.ledger import SqlGestures
from bot.store.pseudonyms import Pseudonyms
from bot.store.seal import Seal
from tests.databases import postgres_server

SEAL = Seal("a secret of the tests")
TEAM = Team(platform="slack", workspace="T1")
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PROCESSES, THREADS = 4, 16
SHARE = 0.6
"""Of what is asked for, the budget has so much."""


class Done(NamedTuple):
    """What one process was told."""

    taken: list[tuple[str, int]]
    refused: int
    undone: int


def giver_on(engine: Engine, entries: int) -> Giver:
    cents = int(sum(100 + number % 700 for number in range(entries)) * SHARE)
    budget = Budget(a_month=cents, at_once=100_00, currency="EUR")
    return Giver(
        SqlGestures(engine, SEAL), budget, Pseudonyms("a secret"), lambda language: [], hide=lambda text, _: text,
        now=lambda: NOW,
    )  # fmt: skip


def work(url: str, entries: int, numbers: range) -> Done:
    """Log these gestures, and take every tenth back."""
    engine = open_database(url)
    giver = giver_on(engine, entries)

    def give(number: int) -> tuple[Logged | Declined, bool]:
        amount = 100 + number % 700
        given = giver.log(TEAM, f"U{number}", f"{amount // 100}.{amount % 100:02} card {number}", "en")
        back = isinstance(given, Logged) and number % 10 == 0 and giver.undo(TEAM, f"U{number}", given.gesture.id)
        return given, back

    with ThreadPoolExecutor(THREADS) as threads:
        given = list(threads.map(give, numbers))
    engine.dispose()
    kept = [(one.gesture.id, one.gesture.cents) for one, back in given if isinstance(one, Logged) and not back]
    return Done(kept, sum(isinstance(one, Declined) for one, _ in given), sum(back for _, back in given))


def measure(url: str, entries: int) -> str:
    """One line of figures. Raises AssertionError where something was overdrawn or lost."""
    open_database(url).dispose()
    began = time.monotonic()
    each = -(-entries // PROCESSES)
    parts = [range(start, min(start + each, entries)) for start in range(0, entries, each)]
    with get_context("spawn").Pool(PROCESSES) as pool:
        done = pool.starmap(work, [(url, entries, part) for part in parts])
    seconds = time.monotonic() - began
    engine = open_database(url)
    giver = giver_on(engine, entries)
    month, kept = giver.month(TEAM), giver.given(TEAM, NOW.date(), NOW.date())
    taken = dict(pair for one in done for pair in one.taken)
    refused, undone = sum(one.refused for one in done), sum(one.undone for one in done)
    assert {one.id: one.cents for one in kept} == taken
    assert sum(taken.values()) == month.spent <= month.granted
    assert len(taken) + refused + undone == entries
    left = month.granted - month.spent
    return (
        f"{engine.dialect.name}: {entries} asked, {len(taken)} kept, {undone} taken back, {refused} refused, "
        f"{left / 100:.2f} of {month.granted / 100:.2f} left, {seconds:.1f} s"
    )


def main() -> None:
    """Measure, and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--entries", type=int, default=10_000)
    entries = asked.parse_args().entries
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write(measure(f"sqlite:///{Path(folder) / 'heartware.db'}", entries) + "\n")
    with postgres_server() as databases:
        sys.stdout.write(measure(databases.new(), entries) + "\n")


if __name__ == "__main__":
    main()
