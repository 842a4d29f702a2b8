"""Time grows with the text and no faster, whatever the text: for every pattern alone, and for a whole review."""

from __future__ import annotations

import time

import pytest

from bot.coaching.model import Draft
from tests.patterns import patterns, pumps, seconds
from tests.test_coach import coach

SHORT, LONG = 1_000, 4_000
NOTICEABLE = 0.0004
"""Seconds below which a measurement says nothing."""
STEEPEST = 8.0
"""Four times the text may take four times as long, and as much again on a busy machine; squared would be sixteen."""


def pumped(pump: str, size: int) -> str:
    return pump * (size // len(pump)) + "!x"


@pytest.mark.timeout(600)  # four thousand patterns on a machine that is busy with others
def test_no_pattern_of_the_code_or_the_knowledge_grows_faster_than_the_text() -> None:
    steep = {}
    assert len(patterns()) > 3_000
    for place, pattern in patterns().items():
        for pump in pumps(pattern.pattern):
            short = seconds(pattern, pumped(pump, SHORT))
            if short < NOTICEABLE:
                continue
            # On a busy machine the quickest of some runs is nearest to how long it takes.
            short = max(NOTICEABLE, min(seconds(pattern, pumped(pump, SHORT)) for _ in range(4)))
            runs = (seconds(pattern, pumped(pump, LONG)) / short for _ in range(4))
            if all(run > STEEPEST for run in runs):
                steep[place] = pump
    assert steep == {}


@pytest.mark.parametrize("pump", ["a\n", "www.x."])
def test_a_review_takes_no_longer_than_its_text(pump: str) -> None:
    reviewer = coach()

    def timed(size: int) -> float:
        draft = Draft(text="Hello. " + pumped(pump, size), language="en")
        begun = time.process_time()
        reviewer.review_local(draft)
        return time.process_time() - begun

    timed(100)
    assert min(timed(6_000) / max(timed(1_500), 0.01) for _ in range(3)) < 2 * STEEPEST
