"""A day of a thousand daily prompts in forty time zones, on PostgreSQL, with two real processes of which one is killed
each minute. Run as ``python -m tests.rituals.simulated_day``; it takes a few minutes and prints what it measured.

The clock alone is simulated: both processes look every five seconds of it. A process is killed (SIGKILL) at a random
moment of a look, and another begins in its place. What people see is a table of its own.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import time as real
from datetime import UTC, datetime, time, timedelta
from multiprocessing import Pipe, Value
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

from sqlalchemy import Column, Date, DateTime, Engine, Integer, MetaData, String, Table, create_engine, insert, select

from bot.coaching.rituals import Plan
from bot.rituals.daily.planning import Planner
from bot.rituals.daily.prompting import Prompter
from bot.rituals.model import Key, Report, Schedule, Team, Told
from bot.store.database import open_database
from bot.store.prompt_texts import SqlPromptTexts
from bot.store.schedules import SqlSchedules
from tests.databases import postgres_server
from tests.rituals.zones import ZONES
from tests.test_coach import SHELF

START = datetime(2026, 10, 24, 22, tzinfo=UTC)  # the clocks of Europe change within it
LOOK = timedelta(seconds=5)
MINUTE = timedelta(minutes=1)
PATIENCE = 60.0
"""Real seconds that a look may take at most."""

shown = Table(
    "shown",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("schedule", String(32), nullable=False),
    Column("recipient", String(100), nullable=False),
    Column("day", Date, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)


class Board:
    """A channel as people see it."""

    def __init__(self, engine: Engine, now: Any) -> None:
        self._engine = engine
        self._now = now

    def post(self, schedule: Schedule, told: Told) -> None:
        with self._engine.begin() as connection:
            connection.execute(insert(shown).values(**told.key._asdict(), at=self._now()))

    def find(self, schedule: Schedule, key: Key) -> bool:
        own = (shown.c.schedule == key.schedule, shown.c.recipient == key.recipient, shown.c.day == key.day)
        with self._engine.connect() as connection:
            return connection.execute(select(shown.c.id).where(*own)).first() is not None

    def report(self, team: Team, lead: str, report: Report, currency: str) -> None:
        raise AssertionError("nobody asked for a report")

    def tell_lead(self, schedule: Schedule, sentence: str, **values: object) -> bool:
        raise AssertionError(f"nothing is wrong, and yet: {sentence}")


class Measured(NamedTuple):
    """What came of it. ``latest`` is the longest delay of a prompt, ``lost`` and ``twice`` are how many."""

    planned: int
    posted: int
    lost: int
    twice: int
    latest: timedelta
    kills: int
    in_the_middle: int
    seconds: float


def prompter(engine: Engine, now: Any) -> tuple[Prompter, Planner]:
    schedules = SqlSchedules(engine)
    made = Prompter(
        schedules,
        SHELF.knowledge.daily_prompts,
        SHELF,
        {"slack": Board(engine, now)},
        texts=SqlPromptTexts(engine),
        now=now,
    )
    return made, Planner(schedules, made, now=now)


class Replica:
    """A process of its own, which looks when it is told to."""

    def __init__(self, url: str, clock: Any) -> None:
        self.pipe, end = Pipe()
        self.pid = os.fork()
        if not self.pid:
            try:
                work(url, clock, end)
            finally:
                os._exit(0)
        end.close()

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self.pipe.close()


def work(url: str, clock: Any, pipe: Connection) -> None:
    engine = driven(url)
    ticking, _ = prompter(engine, lambda: datetime.fromtimestamp(clock.value, UTC))
    while pipe.recv():
        ticking.tick()
        pipe.send(True)


def driven(url: str) -> Engine:
    return create_engine(url.replace("postgresql://", "postgresql+psycopg://"), pool_size=10)


def plan(number: int, dice: random.Random) -> Schedule:
    """Half of them at nine, all of a time zone at once; the others at any minute."""
    at = time(9) if number % 2 else time(dice.randrange(24), dice.randrange(60))
    whole = Plan(at=at, days=tuple(range(7)))
    team = Team(platform="slack", workspace=f"T{number % 50}")
    zone = ZONES[number % len(ZONES)]
    return Schedule(team=team, channel=f"C{number}", lead="U1", language="en", zone=zone, plan=whole)


def run(url: str, count: int, minutes: int, *, start: datetime = START, seed: int = 7) -> Measured:
    """The day, or so many minutes of it."""
    dice, began = random.Random(seed), real.monotonic()
    clock: Any = Value("d", start.timestamp(), lock=False)
    engine = open_database(url)
    shown.metadata.create_all(engine)
    _, planner = prompter(engine, lambda: start)
    expected = {}
    for number in range(count):
        schedule = plan(number, dice)
        planner.save(schedule)
        coming = planner.next(schedule)
        assert coming
        expected[schedule.id, coming.at.date()] = coming.at.astimezone(UTC)
    engine.dispose()
    end = start + minutes * MINUTE
    replicas = [Replica(url, clock), Replica(url, clock)]
    kills = middle = 0
    now = start
    while now < end + MINUTE:
        now += LOOK
        clock.value = now.timestamp()
        for replica in replicas:
            replica.pipe.send(True)
        waiting = list(range(2))
        if now.second == 0 and now <= end:
            victim = dice.randrange(2)
            real.sleep(dice.random() * 0.02)
            middle += not replicas[victim].pipe.poll(0)
            replicas[victim].kill()
            kills += 1
            waiting.remove(victim)
        for index in waiting:
            assert replicas[index].pipe.poll(PATIENCE), "a process hangs"
            replicas[index].pipe.recv()
        for index in set(range(2)) - set(waiting):
            replicas[index] = Replica(url, clock)
    for replica in replicas:
        replica.kill()
    engine = driven(url)
    with engine.connect() as connection:
        rows = connection.execute(select(shown)).all()
    engine.dispose()
    due = {key: at for key, at in expected.items() if at <= end}
    posted = [(row.schedule, row.day) for row in rows]
    delays = [row.at - due[row.schedule, row.day] for row in rows if (row.schedule, row.day) in due]
    return Measured(
        planned=len(due),
        posted=len(posted),
        lost=len(set(due) - set(posted)),
        twice=len(posted) - len(set(posted)),
        latest=max(delays, default=timedelta()),
        kills=kills,
        in_the_middle=middle,
        seconds=real.monotonic() - began,
    )


def main() -> None:
    """Measure, and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--url", default="", help="a PostgreSQL database; otherwise one is started for it")
    asked.add_argument("--schedules", type=int, default=1000)
    asked.add_argument("--minutes", type=int, default=1440)
    asked.add_argument("--after", type=int, default=0, help="minutes after 22:00 UTC at which to begin")
    given = asked.parse_args()
    start = START + given.after * MINUTE
    if given.url:
        measured = run(given.url, given.schedules, given.minutes, start=start)
    else:
        with postgres_server() as databases:
            measured = run(databases.new(), given.schedules, given.minutes, start=start)
    for name, value in measured._asdict().items():
        sys.stdout.write(f"{name}: {value:.1f}\n" if isinstance(value, float) else f"{name}: {value}\n")
    if measured.lost or measured.twice or measured.latest > MINUTE:
        sys.exit(1)


if __name__ == "__main__":
    main()
