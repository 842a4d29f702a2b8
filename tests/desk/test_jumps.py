"""A clock that is put forward or back while Heartware runs is noticed, and makes no draft older than it is."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from bot.coaching.model import Draft
from bot.desk.desk import Desk
from bot.desk.errors import Erased
from bot.desk.jumps import Jumps
from bot.desk.model import Job, Person
from bot.store.jobs import SqlJobs
from bot.store.people import SqlPeople
from bot.store.seal import Seal
from tests.fakes import Clock
from tests.test_coach import SHELF, coach

HOUR = 3600.0


def test_a_jump_is_told_for_as_long_as_one_asks_of_and_undone_by_the_way_back() -> None:
    wall, steady = [0.0], [0.0]
    jumps = Jumps(lambda: wall[0], lambda: steady[0])

    def later(seconds: float, jump: float = 0.0) -> float:
        wall[0], steady[0] = wall[0] + seconds + jump, steady[0] + seconds
        return jumps.by(600)

    assert later(5) == 0
    assert later(5, jump=30) == 0
    assert later(5, jump=HOUR) == HOUR
    assert later(590) == HOUR
    assert later(20) == 0
    assert later(5, jump=-HOUR) == -HOUR
    assert later(5, jump=HOUR) == 0


def test_a_clock_put_forward_makes_no_draft_older(engine: Engine, clock: Clock) -> None:
    steady = [0.0]
    seal = Seal("a secret of the tests")
    desk = Desk(
        coach(), SHELF, SqlJobs(engine, seal, now=clock), SqlPeople(engine, seal), now=clock, steady=lambda: steady[0]
    )
    anna = Person(platform="slack", workspace="T1", id="U1")

    def later(minutes: float, jump: float = 0.0) -> int:
        clock.wait(minutes=minutes + jump)
        steady[0] += minutes * 60
        return desk.erase_old()

    desk.erase_old()
    desk.take(Job(id="j1", person=anna, draft=Draft(text="Thanks.")))
    assert later(5, jump=60) == 0
    desk.take(Job(id="j2", person=anna, draft=Draft(text="Thanks.")))
    assert later(50) == 0
    assert later(11) == 2
    with pytest.raises(Erased):
        desk.job("j1")
