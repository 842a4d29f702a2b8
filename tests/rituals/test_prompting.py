"""The daily prompt across replicas, kills at the moment of posting, downtime: on SQLite and PostgreSQL."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from bot.coaching.rituals import Plan
from bot.rituals.daily.planning import Planner
from bot.rituals.daily.prompting import LEASE, Prompter
from bot.rituals.errors import Postponed, Refused, Unsure
from bot.rituals.model import EVERYBODY, Key, Report, Schedule, Team, Told
from bot.store.prompt_texts import SqlPromptTexts
from bot.store.schedules import SqlSchedules
from tests.databases import PostgresDatabases
from tests.fakes import Clock
from tests.rituals.zones import ZONES
from tests.test_coach import SHELF

TEAM = Team(platform="slack", workspace="T1")


class Killed(BaseException):
    """The process dies here."""


class Board:
    """A channel as people see it. ``before`` and ``after`` are what happens around the moment of posting."""

    def __init__(self, *, readable: bool = True) -> None:
        self.shown: list[Told] = []
        self.told: list[tuple[str, str]] = []
        self.gone: set[str] = set()
        self.readable = readable
        self.before: Callable[[], None] = lambda: None
        self.after: Callable[[], None] = lambda: None

    def post(self, schedule: Schedule, told: Told) -> None:
        self.before()
        self.shown.append(told)
        self.after()

    def find(self, schedule: Schedule, key: Key) -> bool:
        if not self.readable:
            raise Unsure("no scope")
        return key in self.keys

    def tell_lead(self, schedule: Schedule, sentence: str, **values: object) -> bool:
        if schedule.lead in self.gone:
            return False
        self.told.append((schedule.lead, sentence))
        return True

    def report(self, team: Team, lead: str, report: Report, currency: str) -> None:
        raise AssertionError("nobody asked for a report")

    @property
    def keys(self) -> list[Key]:
        return [told.key for told in self.shown]

    @property
    def days(self) -> list[str]:
        return [key.day.isoformat() for key in self.keys]


def schedule(channel: str = "C1", zone: str = "Europe/Helsinki", *, each: bool = False, **plan: object) -> Schedule:
    whole = Plan.model_validate({"at": time(9), **plan})
    return Schedule(team=TEAM, channel=channel, lead="ULEAD", language="en", zone=zone, each=each, plan=whole)


class Replica:
    """One process."""

    def __init__(self, engine: Engine, board: Board, clock: Clock) -> None:
        self.schedules = SqlSchedules(engine)
        self.texts = SqlPromptTexts(engine)
        self.prompter = Prompter(
            self.schedules, SHELF.knowledge.daily_prompts, SHELF, {"slack": board}, texts=self.texts, now=clock
        )
        self.planner = Planner(self.schedules, self.prompter, now=clock)

    def tick(self) -> None:
        self.prompter.tick()


@pytest.fixture
def board() -> Board:
    return Board()


@pytest.fixture
def one(engine: Engine, board: Board, clock: Clock) -> Replica:
    return Replica(engine, board, clock)


@pytest.fixture
def other(engine: Engine, board: Board, clock: Clock) -> Replica:
    return Replica(engine, board, clock)


def test_a_prompt_comes_at_its_time_and_once(one: Replica, board: Board, clock: Clock) -> None:
    one.planner.save(schedule())
    clock.to("2026-11-23T06:59:59")
    one.tick()
    assert board.days == []
    clock.to("2026-11-23T07:00:03")
    one.tick()
    one.tick()
    assert board.days == ["2026-11-23"]
    assert not board.shown[0].late
    clock.to("2026-11-24T07:00:00")
    one.tick()
    assert board.days == ["2026-11-23", "2026-11-24"]
    assert board.shown[0].value != board.shown[1].value


def test_a_clock_that_is_put_forward_and_back_makes_no_prompt_come_twice_or_not_at_all(
    one: Replica, board: Board, clock: Clock
) -> None:
    one.planner.save(schedule())
    for moment in ("23T06:30", "23T07:30:05", "23T06:31", "23T07:00:02", "24T06:00", "24T05:00", "24T07:00:01"):
        clock.to(f"2026-11-{moment}")
        one.tick()
    assert board.days == ["2026-11-23", "2026-11-24"]
    assert [told.late for told in board.shown] == [True, False]


def test_of_two_replicas_one_posts(one: Replica, other: Replica, board: Board, clock: Clock) -> None:
    for number in range(30):
        one.planner.save(schedule(f"C{number}"))
    clock.to("2026-11-23T07:00:00")
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(Replica.tick, [one, other]))
    assert sorted(Counter(board.keys).values()) == [1] * 30


@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_at_the_moment_of_posting_it_comes_once(
    one: Replica, other: Replica, board: Board, clock: Clock, moment: str
) -> None:
    one.planner.save(schedule())
    clock.to("2026-11-23T07:00:00")
    setattr(board, moment, killed)
    with pytest.raises(Killed):
        one.tick()
    setattr(board, moment, lambda: None)
    other.tick()
    clock.at += LEASE + timedelta(seconds=1)
    other.tick()
    other.tick()
    assert board.days == ["2026-11-23"]
    assert board.told == []


def killed() -> None:
    raise Killed


@pytest.mark.parametrize(("moment", "shown"), [("before", 0), ("after", 1)])
def test_where_nobody_can_look_it_never_comes_twice_and_the_lead_is_told(
    one: Replica, other: Replica, board: Board, clock: Clock, moment: str, shown: int
) -> None:
    board.readable = False
    one.planner.save(schedule())
    clock.to("2026-11-23T07:00:00")
    setattr(board, moment, killed)
    with pytest.raises(Killed):
        one.tick()
    setattr(board, moment, lambda: None)
    clock.at += LEASE + timedelta(seconds=1)
    other.tick()
    assert len(board.shown) == shown
    assert board.told == [("ULEAD", "wow.unsure")]
    assert other.planner.post_now(schedule()) == "posted"  # the lead saw that it is missing
    assert len(board.shown) == shown + 1


def test_killed_before_anything_was_sent_nothing_is_unsure(
    one: Replica, other: Replica, board: Board, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    board.readable = False
    one.planner.save(schedule())
    clock.to("2026-11-23T07:00:00")
    monkeypatch.setattr(one.prompter, "_send", lambda *_: killed())
    with pytest.raises(Killed):
        one.tick()
    clock.at += LEASE + timedelta(seconds=1)
    other.tick()
    assert board.days == ["2026-11-23"]
    assert board.told == []


def test_after_three_days_down_one_comes_late_and_says_so(one: Replica, board: Board, clock: Clock) -> None:
    one.planner.save(schedule())
    clock.to("2026-11-26T10:00:00")
    one.tick()
    assert [(told.key.day.isoformat(), told.late) for told in board.shown] == [("2026-11-26", True)]
    clock.to("2026-11-27T07:00:00")
    one.tick()
    assert board.days == ["2026-11-26", "2026-11-27"]


def test_or_none_where_the_lead_wants_no_late_ones(one: Replica, board: Board, clock: Clock) -> None:
    one.planner.save(schedule(late="skip"))
    clock.to("2026-11-26T10:00:00")
    one.tick()
    assert board.days == []


def test_what_the_platform_refuses_is_said_to_the_lead_and_the_next_day_goes_on(
    one: Replica, board: Board, clock: Clock
) -> None:
    one.planner.save(schedule())
    clock.to("2026-11-23T07:00:00")
    board.before = lambda: refused("not-in-channel")
    one.tick()
    clock.at += LEASE + timedelta(seconds=1)
    one.tick()
    assert board.told == [("ULEAD", "wow.refused.not-in-channel")]
    board.before = lambda: None
    clock.to("2026-11-24T07:00:00")
    one.tick()
    assert board.days == ["2026-11-24"]


def refused(reason: str) -> None:
    raise Refused(reason)


@pytest.mark.parametrize("lead", ["ULEAD", ""], ids=["left", "is forgotten"])
def test_where_the_lead_left_another_one_is_told_and_the_prompts_go_on(
    lead: str, one: Replica, board: Board, clock: Clock
) -> None:
    one.planner.save(schedule().model_copy(update={"lead": lead}))
    one.planner.save(schedule("C2").model_copy(update={"lead": "UNEXT"}))
    one.planner.pause(schedule("C2").model_copy(update={"lead": "UNEXT"}))
    board.gone = {"ULEAD"}
    board.before = lambda: refused("not-in-channel")
    clock.to("2026-11-23T07:00:00")
    one.tick()
    assert board.told == [("UNEXT", "wow.refused.not-in-channel"), ("UNEXT", "wow.lead-left")]
    board.before = lambda: None
    clock.to("2026-11-24T07:00:00")
    one.tick()
    assert board.days == ["2026-11-24"]
    one.planner.save(schedule().model_copy(update={"lead": "UNEXT"}))
    assert [kept.lead for kept in one.planner.of(TEAM)] == ["UNEXT", "UNEXT"]


def test_what_the_platform_postpones_is_sent_again(one: Replica, board: Board, clock: Clock) -> None:
    def postponed() -> None:
        raise Postponed("429")

    board.readable = False
    one.planner.save(schedule())
    clock.to("2026-11-23T07:00:00")
    board.before = postponed
    one.tick()
    board.before = lambda: None
    clock.at += LEASE + timedelta(seconds=1)
    one.tick()
    assert board.days == ["2026-11-23"]
    assert not board.shown[0].late


def test_paused_skipped_and_resumed(one: Replica, board: Board, clock: Clock) -> None:
    planned = schedule()
    one.planner.save(planned)
    assert one.planner.skip_tomorrow(planned) == (date(2026, 11, 23), True)
    clock.to("2026-11-23T08:00:00")
    one.tick()
    assert board.days == []
    kept = one.planner.get(planned.id)
    assert kept
    kept = one.planner.pause(kept)
    assert one.planner.next(kept) is None
    clock.to("2026-11-24T08:00:00")
    one.tick()
    assert board.days == []
    one.planner.pause(kept, False)
    one.tick()  # today's time was over when it was resumed
    clock.to("2026-11-25T07:00:00")
    one.tick()
    assert board.days == ["2026-11-25"]


def test_now_counts_as_the_prompt_of_the_day(one: Replica, board: Board, clock: Clock) -> None:
    one.planner.save(schedule())
    clock.to("2026-11-23T06:00:00")
    coming = one.planner.next(schedule())
    assert coming
    assert one.planner.post_now(schedule()) == "posted"
    assert one.planner.post_now(schedule()) is None
    clock.to("2026-11-23T07:00:00")
    one.tick()
    assert board.days == ["2026-11-23"]
    assert board.shown[0].prompt == coming.told.prompt


def test_by_direct_message_everybody_gets_it_at_their_own_time_and_leaving_leaves_no_trace(
    one: Replica, board: Board, clock: Clock, engine: Engine
) -> None:
    planned = schedule(each=True)
    one.planner.save(planned)
    one.planner.join(planned, "UFI", "Europe/Helsinki")
    one.planner.join(planned, "UNL", "Europe/Amsterdam")
    clock.to("2026-11-23T07:00:00")
    one.tick()
    assert [key.recipient for key in board.keys] == ["UFI"]
    clock.to("2026-11-23T08:00:00")
    one.tick()
    assert [key.recipient for key in board.keys] == ["UFI", "UNL"]
    assert board.shown[0].prompt == board.shown[1].prompt
    one.planner.leave(planned.id, "UFI")
    clock.to("2026-11-24T08:00:00")
    one.tick()
    assert [key.recipient for key in board.keys] == ["UFI", "UNL", "UNL"]
    with engine.connect() as connection:
        for table in ("prompt_turns", "prompt_posts", "schedules"):
            rows = connection.exec_driver_sql(f"SELECT * FROM {table}").all()
            assert "UFI" not in str(rows)


def test_scheduling_again_changes_the_one_of_the_channel(one: Replica, board: Board, clock: Clock) -> None:
    one.planner.save(schedule())
    one.planner.save(schedule(at="10:00"))
    assert [kept.plan.at for kept in one.planner.of(TEAM)] == [time(10)]
    clock.to("2026-11-23T07:30:00")
    one.tick()
    assert board.days == []
    clock.to("2026-11-23T08:00:00")
    one.tick()
    assert board.days == ["2026-11-23"]


def test_a_team_that_uninstalls_is_forgotten(one: Replica, board: Board, clock: Clock) -> None:
    one.planner.save(schedule())
    one.planner.forget(TEAM)
    clock.to("2026-11-23T07:30:00")
    one.tick()
    assert one.planner.of(TEAM) == []
    assert board.days == []


@pytest.mark.timeout(600)
def test_40_zones_and_two_replicas_of_which_one_is_killed_each_minute(engine: Engine, clock: Clock) -> None:
    """A simulated day across a change of the clocks, ticks 20 seconds apart; each schedule once, within a minute.

    Minutes in which nothing can happen are passed over; ``simulated_day`` has them all.
    """
    assert len(set(ZONES)) == 40
    clock.to("2026-10-24T09:00")
    board, dice = Board(), random.Random(7)
    moments: dict[Key, datetime] = {}
    first = Replica(engine, board, clock)
    planned = [schedule(f"C{n}", ZONES[n % 40], at=time(n % 24, n * 7 % 60), days=tuple(range(7))) for n in range(80)]
    for one in planned:
        first.planner.save(one)
    expected = {n: first.planner.next(one) for n, one in enumerate(planned)}
    end = clock.at + timedelta(hours=30)
    dying = False

    def perhaps_killed() -> None:
        nonlocal dying
        if dying and dice.random() < 0.5:
            dying = False
            raise Killed

    def noted_and_perhaps_killed() -> None:
        moments.setdefault(board.shown[-1].key, clock())
        perhaps_killed()

    board.before, board.after = perhaps_killed, noted_and_perhaps_killed
    kills = 0
    moments_due = sorted(coming.at.astimezone(UTC) for coming in expected.values() if coming)
    while clock.at < end:
        if not any(timedelta() <= clock.at - moment <= timedelta(minutes=2) for moment in moments_due):
            clock.at = next((moment for moment in moments_due if moment > clock.at), end)
        if clock.at.second == 0:
            dying = True
        for replica in (Replica(engine, board, clock), Replica(engine, board, clock)):
            try:
                replica.tick()
            except Killed:
                kills += 1
        clock.at += timedelta(seconds=20)
    assert kills > 10
    assert set(Counter(board.keys).values()) == {1}
    for n, one in enumerate(planned):
        coming = expected[n]
        assert coming
        key = Key(one.id, EVERYBODY, coming.at.date())
        late = moments[key] - coming.at.astimezone(UTC)
        assert timedelta(0) <= late <= timedelta(seconds=60), (one.zone, one.plan.at, late)
        assert coming.at.astimezone(ZoneInfo(one.zone)).date() == key.day


def test_two_real_processes_of_which_one_is_killed_each_minute(postgres: PostgresDatabases) -> None:
    """A few minutes, at nine in Berlin and Amsterdam, of ``python -m tests.rituals.simulated_day``."""
    run = [sys.executable, "-m", "tests.rituals.simulated_day", "--url", postgres.new(), "--schedules", "160"]
    ended = subprocess.run([*run, "--after", "599", "--minutes", "3"], capture_output=True, text=True, timeout=100)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    figures = dict(line.split(": ") for line in ended.stdout.splitlines())
    assert int(figures["planned"]) >= 4
    assert figures["lost"] == figures["twice"] == "0"
