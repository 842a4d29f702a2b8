"""The depth of the queue is looked at once for all figures of a scrape, and is 0 where nothing waits."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.operating import depth
from bot.operating.depth import Depth
from bot.store.jobs import Waiting
from tests.fakes import Clock


def test_a_scrape_costs_one_look(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, looks = Clock(), list[int]()

    def look() -> dict[str, Waiting]:
        looks.append(1)
        return {"question": Waiting(3, clock() - timedelta(seconds=40))}

    queue = Depth(look, now=clock)
    assert queue.counts() == {"draft": 0.0, "question": 3.0, "wish": 0.0}
    assert queue.ages() == {"draft": 0.0, "question": 40.0, "wish": 0.0}
    assert len(looks) == 1
    monkeypatch.setattr(depth, "REMEMBERED", -1.0)
    queue.counts()
    assert len(looks) == 2
