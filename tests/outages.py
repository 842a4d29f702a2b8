"""Long outages for real, with people of Slack and Teams asking all the while: ``python -m tests.outages [NAME …]``.

Not in the default run: each takes a minute or two. What is promised: every request is acknowledged in time, its sender
is answered or told, and whatever was taken is answered within seconds of the end of the outage.
"""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from bot.coaching.rituals import Plan
from bot.rituals.model import EVERYBODY, Schedule, Team, Turn
from bot.store.database import open_database
from bot.store.schedules import SqlSchedules
from tests.databases import PostgresDatabases, postgres_server
from tests.disks import full, small_disk
from tests.edges.processes import HEARTWARE, ROOT, environment
from tests.edges.running import BLAME, eventually
from tests.edges.slack.fake_slack import BOT_TOKEN, TEAM
from tests.edges.slack.harness import SECRET
from tests.edges.slack.test_running import Outside as OutsideSlack
from tests.edges.teams.test_running import Outside as OutsideTeams

SECONDS = 60
ASKED_EVERY = 3.0
ACKNOWLEDGED = {"slack": 3.0, "teams": 10.0}
"""Seconds that each of them waits."""
BACK = 15.0
"""Seconds after the end of an outage within which everybody has their answer."""
LATE, REVIEW, FAILED = "This takes longer than usual", "“User error”", "Something went wrong on my side"


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


class Both:
    """One process that serves Slack and Teams, and people who ask it."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.slack, self.teams = OutsideSlack(), OutsideTeams()
        self.folder = folder
        self.teams.client.base_url = self.slack.http.base_url
        self.log = folder.parent / f"{folder.name}.log"
        from tests.edges.teams.test_running import GIVEN

        self._given = {
            "SLACK_API_URL": self.slack.slack.api_url, "SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_SIGNING_SECRET": SECRET,
            "TEAMS_OPENID_METADATA_URL": self.teams.connector.metadata_url, "PORT": str(self.slack.port),
            **GIVEN, **variables,
        }  # fmt: skip
        self.process = self.start()

    def start(self) -> subprocess.Popen[bytes]:
        """The process, once it is ready."""
        env = environment(self.folder, **self._given)
        log = self.log.open("ab")
        process = subprocess.Popen([*HEARTWARE, "serve"], cwd=ROOT, env=env, stdout=log, stderr=log)
        eventually(lambda: self.ready() == 200, 240)
        return process

    def ready(self) -> int:
        """What ``/readyz`` says, as a status; 0 where nothing answers."""
        try:
            return self.slack.http.get("/readyz", timeout=10).status_code
        except httpx.TransportError:
            return 0

    def said(self) -> dict[str, str]:
        """What ``/readyz`` says of each part."""
        answer: dict[str, dict[str, str]] = self.slack.http.get("/readyz", timeout=10).json()
        return {name: wrong for name, wrong in answer["parts"].items() if wrong != "ok"}

    def end(self) -> float:
        """Stop in good order; how long that took."""
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)
        return time.monotonic() - begun

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self.slack.run(self.slack.slack.stop())
        self.slack.end()
        self.teams.connector.close()


class People:
    """Who asked during an outage, by the way they took."""

    def __init__(self, app: Both) -> None:
        self._app = app
        self.asked: list[tuple[str, str]] = []
        self.took: dict[str, list[float]] = {"slack": [], "teams": []}
        self.ready: list[int] = []
        self.before = app.slack.somebody()
        app.slack.dm(BLAME, self.before)
        self.post = app.slack.sees(self.before, "[Warmer]", seconds=30)
        self.colleague = app.teams.somebody()
        app.teams.message(BLAME, self.colleague)
        self.card = app.teams.sees(self.colleague, REVIEW, seconds=30)

    def ask(self) -> None:
        """A draft by each way, and a press of a button in each."""
        slack, teams = self._app.slack, self._app.teams
        agent, other, third = slack.somebody(), slack.somebody(), teams.somebody()
        self.asked += [("slack", agent), ("slack", other), ("teams", third)]
        requests: list[tuple[str, Callable[[], object]]] = [
            ("slack", lambda: slack.command(BLAME, agent).raise_for_status()),
            ("slack", lambda: slack.dm(BLAME, other)),
            ("slack", lambda: slack.press("warmer", self.before, self.post).raise_for_status()),
            ("slack", lambda: slack.press("copy", self.before, self.post).raise_for_status()),
            ("teams", lambda: teams.message(BLAME, third)),
            ("teams", lambda: teams.pressed("warmer", self.colleague, self.card)),
        ]
        with ThreadPoolExecutor(len(requests)) as threads:
            for way, took in threads.map(lambda request: (request[0], _timed(request[1])), requests):
                self.took[way].append(took)
        self.ready.append(self._app.ready())

    def shown(self, way: str, who: str) -> list[str]:
        """What somebody was shown."""
        posts = self._app.slack.slack.of(who) if way == "slack" else self._app.teams.connector.of(who)
        return [post.shown for post in posts]

    def unanswered(self) -> list[tuple[str, str]]:
        """Who has no review."""
        return [(way, who) for way, who in self.asked if not any(REVIEW in said for said in self.shown(way, who))]

    def untold(self) -> list[tuple[str, str]]:
        """Who was shown nothing at all."""
        return [(way, who) for way, who in self.asked if not self.shown(way, who)]


def _timed(request: Callable[[], object]) -> float:
    begun = time.monotonic()
    request()
    return time.monotonic() - begun


def during(app: Both, people: People, seconds: float) -> None:
    """An outage: people ask until it ends, and before that each of them has been told."""
    end = time.monotonic() + seconds
    while time.monotonic() < end - 8:
        people.ask()
        time.sleep(ASKED_EVERY)
    eventually(lambda: not people.untold(), 8)
    say(f"  /readyz: {sorted(set(people.ready))} {app.said()}")
    took = {way: max(took) for way, took in people.took.items()}
    say(f"  asked: {len(people.asked)} drafts; not answered yet: {len(people.unanswered())}")
    say(f"  acknowledged within {took['slack']:.1f} s in Slack, {took['teams']:.1f} s in Teams; each was told")
    assert all(took[way] < patience for way, patience in ACKNOWLEDGED.items())
    time.sleep(max(0.0, end - time.monotonic()))


def afterwards(app: Both, people: People) -> None:
    """Everybody is answered, and once."""
    begun = time.monotonic()
    try:
        eventually(lambda: not people.unanswered(), 120)
    finally:
        say(f"  all answered {time.monotonic() - begun:.1f} s after the end; without an answer: {people.unanswered()}")
    slow = time.monotonic() - begun
    eventually(lambda: app.ready() == 200, 20)
    say(f"  ready {time.monotonic() - begun:.1f} s after the end at the latest")
    eventually(lambda: app.slack.slack.public, 65)
    time.sleep(6)
    say(f"  daily prompts that came: {len(app.slack.slack.public)}")
    assert len(app.slack.slack.public) == 1
    twice = [who for way, who in people.asked if sum(REVIEW in said for said in people.shown(way, who)) > 1]
    failed = [who for way, who in people.asked if any(FAILED in said for said in people.shown(way, who))]
    say(f"  answered twice: {len(twice)}; told that it failed: {len(failed)}")
    lines = app.log.read_text()
    assert "Traceback" not in lines
    assert slow < BACK
    agent = app.slack.somebody()
    app.slack.command(BLAME, agent)
    app.slack.sees(agent, REVIEW)
    say(f"  stopped in {app.end():.1f} s; code {app.process.returncode}; log {len(lines) // 1000} kB")


@contextmanager
def served(folder: Path, **variables: str) -> Iterator[tuple[Both, People]]:
    app = Both(folder, **variables)
    try:
        people = People(app)
        plan(variables.get("DATABASE_URL") or f"sqlite:///{folder / 'heartware.db'}")
        yield app, people
    finally:
        app.close()


def plan(url: str) -> None:
    """A daily prompt that is due within a minute."""
    at = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=1)
    planned = Schedule(
        team=Team(platform="slack", workspace=TEAM), channel="C0TEAM", lead="U0LEAD", language="en", zone="UTC",
        plan=Plan(at=at.time(), days=tuple(range(7))),
    )  # fmt: skip
    engine = open_database(url)
    SqlSchedules(engine).save(planned, [Turn(planned.id, EVERYBODY, planned.zone, at)])
    engine.dispose()


def postgres_stopped(folder: Path, server: PostgresDatabases) -> None:
    """PostgreSQL is stopped for a minute."""
    with served(folder / "data", DATABASE_URL=server.new()) as (app, people):
        with server.stopped():
            during(app, people, SECONDS)
        afterwards(app, people)


def postgres_hangs(folder: Path, server: PostgresDatabases) -> None:
    """PostgreSQL does not even refuse, for a minute."""
    with served(folder / "data", DATABASE_URL=server.new()) as (app, people):
        with server.hanging():
            during(app, people, SECONDS)
        afterwards(app, people)


def postgres_restarts(folder: Path, server: PostgresDatabases) -> None:
    """PostgreSQL cuts every connection, again and again."""
    with served(folder / "data", DATABASE_URL=server.new()) as (app, people):
        for _ in range(4):
            people.ask()
            with server.stopped():
                time.sleep(1)
            people.ask()
        afterwards(app, people)


def postgres_slots(folder: Path, server: PostgresDatabases) -> None:
    """Others have every connection of PostgreSQL for half a minute."""
    url = server.new()
    with served(folder / "data", DATABASE_URL=url) as (app, people):
        with server.full():
            during(app, people, SECONDS / 2)
        afterwards(app, people)


def stopped_meanwhile(folder: Path, server: PostgresDatabases) -> None:
    """The process is told to stop while PostgreSQL is gone, and another is started when it is back."""
    with served(folder / "data", DATABASE_URL=server.new()) as (app, _):
        agents = [app.slack.somebody() for _ in range(3)]
        app.slack.command(BLAME, agents[0])
        with server.stopped():
            for agent in agents[1:]:
                app.slack.command(BLAME, agent)
            time.sleep(5)
            say(f"  stopped in {app.end():.1f} s; code {app.process.returncode}")
            for agent in agents[1:]:
                say(f"  told: {[post.shown for post in app.slack.slack.of(agent)]}")
        app.process = app.start()
        app.slack.sees(agents[0], REVIEW)


def sqlite_locked(folder: Path, server: PostgresDatabases) -> None:
    """Somebody else holds SQLite's one lock for a minute."""
    with served(folder / "data") as (app, people):
        with closing(sqlite3.connect(folder / "data" / "heartware.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            during(app, people, SECONDS)
            other.execute("ROLLBACK")
        afterwards(app, people)


def disk_full(folder: Path, server: PostgresDatabases) -> None:
    """The disk of the data folder is full for half a minute."""
    with small_disk(folder / "disk", megabytes=160) as disk, served(disk / "data") as (app, people):
        with full(disk):
            during(app, people, SECONDS / 2)
        afterwards(app, people)


OUTAGES = (
    postgres_stopped,
    postgres_hangs,
    postgres_restarts,
    postgres_slots,
    stopped_meanwhile,
    sqlite_locked,
    disk_full,
)


def main(names: list[str]) -> None:
    wanted = [outage for outage in OUTAGES if not names or outage.__name__ in names]
    with ExitStack() as stack:
        server = stack.enter_context(postgres_server())
        for outage in wanted:
            say(f"{outage.__name__}: {outage.__doc__}")
            with tempfile.TemporaryDirectory() as folder:
                try:
                    outage(Path(folder), server)
                except BaseException:
                    for log in Path(folder).rglob("*.log"):
                        (Path(tempfile.gettempdir()) / f"{outage.__name__}.log").write_bytes(log.read_bytes())
                    raise


if __name__ == "__main__":
    main(sys.argv[1:])
