"""Reviews across crashes: real processes on real databases, killed with signal 9 in the middle."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest
from dbos import DBOS

from bot import durable as durable_module
from bot.coaching.errors import ModelUnavailable
from bot.coaching.model import Answer, Draft, Review
from bot.desk.desk import Desk
from bot.desk.errors import Erased
from bot.desk.model import Job, Person, Wish
from bot.durable import Durable
from bot.store.database import open_database
from bot.store.jobs import SqlJobs, waiting_jobs
from bot.store.people import SqlPeople
from bot.store.seal import Seal
from tests import durable_process
from tests.databases import PostgresDatabases
from tests.durable_process import CANARY
from tests.fakes import ScriptedModel
from tests.forked import CONTEXT, Forked
from tests.test_coach import BLAME, CALM, SHELF, coach

IDS = [f"job-{n}" for n in range(20)]


class Running:
    """A process of ``tests.durable_process``."""

    def __init__(self, url: str, board: Path, ids: list[str], beat: float) -> None:
        self._log = board.parent / "log"
        self._told, its_own = CONTEXT.Pipe()
        self._process = Forked(durable_process.main, url, board, ids, its_own, self._log, beat)
        its_own.close()

    def taken(self, most: int = 1_000) -> list[str]:
        """The ids it took, once it took all, or the most."""
        return [id for id in islice(iter(self._heard, None), most) if id]

    def _heard(self) -> str | None:
        try:
            heard: str | None = self._told.recv()
        except EOFError:
            raise AssertionError(self._log.read_text()) from None
        return heard

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def end(self) -> None:
        """The orderly end."""
        self._told.close()
        assert self._process.wait(30) == 0


@contextmanager
def running(url: str, board: Path, ids: list[str], beat: float = 0.25) -> Iterator[Running]:
    process = Running(url, board, ids, beat)
    try:
        yield process
    finally:
        process.kill()


def shown(board: Path) -> Counter[str]:
    """How many places of the board show what."""
    return Counter(place.read_text() for place in board.glob("*.shown"))


def calls(board: Path) -> Counter[str]:
    return Counter((board / "calls").read_text().splitlines())


def until(done: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "not in time"
        time.sleep(0.02)


def test_after_a_kill_every_agent_gets_the_answer(database_url: str, tmp_path: Path) -> None:
    board = tmp_path / "board"
    with running(database_url, board, IDS) as process:
        assert process.taken() == IDS
        until(lambda: shown(board)["deeper"] >= 4)
        process.kill()
    assert 0 < shown(board)["deeper"] < 20
    with running(database_url, board, []) as process:
        until(lambda: shown(board) == {"deeper": 20})
        process.end()
    once = calls(board)
    # A step that was cut off is done again in the same place; none that ended is.
    assert sum(once.values()) <= 40 + 3 + 20
    assert {f"{id} deeper" for id in IDS} <= set(once)
    assert not any("failed" in call for call in once)


def test_a_kill_while_taking_loses_nothing_that_was_taken(database_url: str, tmp_path: Path) -> None:
    board = tmp_path / "board"
    with running(database_url, board, IDS) as process:
        taken = process.taken(7)
        process.kill()
    with running(database_url, board, []) as process:
        until(lambda: all((board / f"{id}.shown").exists() for id in taken) and set(shown(board)) == {"deeper"})
        process.end()


def test_a_job_kept_but_not_begun_is_begun_at_the_next_start(database_url: str, tmp_path: Path) -> None:
    from bot.store.seal import secret_of
    from tests.durable_process import job

    engine = open_database(database_url)
    SqlJobs(engine, Seal(secret_of(tmp_path)), now=lambda: datetime.now(UTC)).put(job("lonely"))
    engine.dispose()
    board = tmp_path / "board"
    with running(database_url, board, []) as process:
        until(lambda: shown(board) == {"deeper": 1})
        process.end()


def test_of_two_processes_one_answers_each_delivery(database_url: str, tmp_path: Path) -> None:
    board = tmp_path / "board"
    # Nobody dies here: on a busy machine neither may take the other for dead.
    with running(database_url, board, IDS, beat=5) as one, running(database_url, board, IDS, beat=5) as other:
        assert sorted([*one.taken(), *other.taken()]) == sorted(IDS)
        until(lambda: shown(board) == {"deeper": 20})
        one.end()
        other.end()
    assert set(calls(board).values()) == {1}


def test_a_replica_takes_over_from_one_that_died(postgres: PostgresDatabases, tmp_path: Path) -> None:
    url, board = postgres.new(), tmp_path / "board"
    with running(url, board, []) as other:
        other.taken()
        with running(url, board, IDS) as one:
            one.taken()
            one.kill()
        until(lambda: shown(board) == {"deeper": 20})
        other.end()


def test_the_orderly_end_lets_reviews_in_flight_end(database_url: str, tmp_path: Path) -> None:
    board = tmp_path / "board"
    with running(database_url, board, IDS) as process:
        process.taken()
        process.end()
    assert shown(board) == {"deeper": 20}


def test_no_word_of_a_draft_or_address_is_on_disk_or_in_the_log(tmp_path: Path) -> None:
    data = tmp_path / "data"
    url, board = f"sqlite:///{data / 'heartware.db'}", data / "board"
    data.mkdir()
    with running(url, board, [*IDS[:3], "broken-1"]) as process:
        process.taken()
        until(lambda: shown(board) == {"deeper": 3})
        until(lambda: "broken-1 was not answered" in (data / "log").read_text(), 60)
        files = [path for path in data.rglob("*") if path.is_file()]
        assert {"heartware.db", "heartware.db-wal", "secret.key", "log"} <= {path.name for path in files}
        for path in files:
            assert CANARY.encode() not in path.read_bytes(), path.name
        process.end()
    for path in files:
        assert not path.exists() or CANARY.encode() not in path.read_bytes(), path.name
    assert "RuntimeError" in (data / "log").read_text()


ANNA = Person(platform="slack", workspace="T1", id="U1")


class Screen:
    """A delivery that notes what it shows; ``failing`` names the calls that fail, and how often."""

    def __init__(self, **failing: int) -> None:
        self.calls: list[str] = []
        self.failing = failing
        self.reviews: list[Review] = []

    def _call(self, name: str) -> None:
        self.calls.append(name)
        if self.failing.get(name, 0) > 0:
            self.failing[name] -= 1
            raise ConnectionError("no way through")

    def first(self, job: Job, review: Review, *, last: bool) -> None:
        self._call("last" if last else "first")
        self.reviews.append(review)

    def deeper(self, job: Job, review: Review) -> None:
        self._call("deeper")
        self.reviews.append(review)

    def working(self, wish: Job, of: Job, review: Review) -> None:
        self._call("working")

    def again(self, wish: Job, of: Job, review: Review) -> None:
        self._call("again")

    def growing(self, job: Job, text: str) -> None:
        raise AssertionError("no model composes here")

    def answered(self, job: Job, answer: Answer) -> None:
        self._call("answered")

    def failed(self, job: Job, sentence: str = "chat.failed") -> None:
        self._call("failed")


Start = Callable[..., tuple[Durable, Desk]]


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    monkeypatch.setattr(durable_module, "PAUSE", 0.01)
    monkeypatch.setattr(durable_module, "LISTENING", 0.01)
    engine = open_database(f"sqlite:///{tmp_path / 'heartware.db'}")

    def now() -> datetime:
        return datetime.now(UTC)

    def started(screen: Screen, model: ScriptedModel | None = None) -> tuple[Durable, Desk]:
        jobs = SqlJobs(engine, Seal("a secret of the tests"), now=now)
        desk = Desk(coach(model), SHELF, jobs, SqlPeople(engine, Seal("a secret of the tests")), model=model, now=now)
        durable = Durable(desk, engine, {"slack": screen})
        durable.start()
        return durable, desk

    yield started
    DBOS.destroy(destroy_registry=True)
    engine.dispose()


def job(id: str, text: str = BLAME) -> Job:
    return Job(id=id, person=ANNA, draft=Draft(text=text))


def ended(id: str) -> None:
    """Wait for the end of a workflow."""
    DBOS.retrieve_workflow(id).get_result(polling_interval_sec=0.01)


def answered(durable: Durable, *jobs: Job) -> None:
    for one in jobs:
        durable.take(one)
    for one in jobs:
        ended(one.id)


@pytest.mark.parametrize(
    ("failing", "seen"),
    [
        ({}, ["first", "deeper"]),
        ({"first": 2}, ["first", "first", "first", "deeper"]),
        ({"first": 9}, ["first"] * 4 + ["failed"]),
        ({"deeper": 9}, ["first"] + ["deeper"] * 4 + ["last"]),
        ({"first": 9, "failed": 9}, ["first"] * 4 + ["failed"] * 4),
    ],
)
def test_an_answer_that_does_not_get_through_is_tried_again_and_then_said(
    failing: dict[str, int], seen: list[str], start: Start
) -> None:
    screen = Screen(**failing)
    durable, _ = start(screen, ScriptedModel(CALM))
    answered(durable, job("j1"))
    assert screen.calls == seen


def test_without_a_model_the_first_answer_is_the_last(start: Start) -> None:
    screen = Screen()
    durable, _ = start(screen)
    answered(durable, job("j1"))
    assert screen.calls == ["last"]


def test_a_model_that_fails_leaves_the_local_review_with_a_note(start: Start) -> None:
    screen = Screen()
    durable, _ = start(screen, ScriptedModel(None))
    answered(durable, job("j1"))
    assert screen.calls == ["first", "deeper"]
    assert screen.reviews[1].findings == screen.reviews[0].findings
    assert any("did not answer" in note for note in screen.reviews[1].notes)


def test_what_cannot_be_reviewed_ends_in_a_word(start: Start) -> None:
    screen = Screen()
    durable, _ = start(screen)
    answered(durable, job("j1", "..."))
    assert screen.calls == ["failed"]


def test_a_draft_erased_meanwhile_is_not_answered(start: Start) -> None:
    screen = Screen()

    class Erasing(ScriptedModel):
        def ask(self, *_: object) -> None:  # type: ignore[override]
            desk.erase("j1")
            raise ModelUnavailable("too late")

    durable, desk = start(screen, Erasing(None))
    answered(durable, job("j1"))
    assert screen.calls == ["first"]
    with pytest.raises(Erased):
        desk.job("j1")


def test_a_duplicate_is_not_answered_again(start: Start) -> None:
    screen = Screen()
    durable, desk = start(screen)
    answered(durable, job("j1"))
    assert not durable.take(job("j1"))
    desk.erase("j1")
    assert not durable.take(job("j1"))
    answered(durable, job("j2"))
    assert screen.calls == ["last", "last"]


def test_the_retention_job_erases(start: Start) -> None:
    durable, desk = start(Screen())
    answered(durable, job("j1"))
    durable._desk._now = lambda: datetime(2100, 1, 1, tzinfo=UTC)
    ended(DBOS.trigger_schedule("tidy-slack").workflow_id)
    with pytest.raises(Erased):
        desk.job("j1")


@pytest.mark.parametrize(("model", "seen"), [(None, ["again"]), (ScriptedModel(CALM), ["working", "again"])])
def test_a_wish_is_answered_once_and_then_forgotten(model: ScriptedModel | None, seen: list[str], start: Start) -> None:
    screen = Screen(again=1)
    durable, desk = start(screen, model)
    answered(durable, job("j1"))
    screen.calls.clear()
    answered(durable, job("w1", "").model_copy(update={"wish": Wish(kind="touch"), "follows": "j1"}))
    assert screen.calls == [*seen, "again"]
    with pytest.raises(Erased):
        desk.job("w1")


def test_a_wish_for_a_draft_that_is_erased_is_answered_by_saying_so(start: Start) -> None:
    screen = Screen()
    durable, _ = start(screen)
    answered(durable, job("w1", "").model_copy(update={"wish": Wish(kind="shorter"), "follows": "j1"}))
    assert screen.calls == ["failed"]


def test_a_wish_and_a_question_that_were_kept_but_not_begun_are_answered_after_the_start(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Desk, "answer", lambda *_: None)
    screen = Screen()
    durable, desk = start(screen)
    answered(durable, job("j1"))
    desk.take(job("w1", "").model_copy(update={"wish": Wish(kind="touch"), "follows": "j1"}))
    desk.take(job("q1", "").model_copy(update={"question": "What is heartware?"}))
    durable._start_missing()
    for id in ("w1", "q1"):
        ended(id)
    assert sorted(screen.calls) == ["again", "answered", "last"]


def test_a_process_leaves_the_jobs_of_other_platforms_alone(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'heartware.db'}")
    jobs = SqlJobs(engine, Seal("a secret of the tests"), now=lambda: datetime.now(UTC))
    jobs.put(job("t1").model_copy(update={"person": Person(platform="teams", workspace="T1", id="U1")}))
    jobs.put(job("s1"))
    screen = Screen()
    desk = Desk(coach(), SHELF, jobs, SqlPeople(engine, Seal("a secret of the tests")), now=lambda: datetime.now(UTC))
    durable = Durable(desk, engine, {"slack": screen})
    durable.start()
    try:
        ended("s1")
        assert DBOS.get_workflow_status("t1") is None
        assert screen.calls == ["last"]
    finally:
        DBOS.destroy(destroy_registry=True)
        engine.dispose()


def test_ready_until_drained(start: Start) -> None:
    durable, _ = start(Screen())
    assert durable.ready()
    durable.drain(1)
    assert not durable.ready()


def test_operators_see_in_one_process_what_waits_in_another_and_for_how_long(database_url: str, tmp_path: Path) -> None:
    with running(database_url, tmp_path / "board", IDS[:8]) as process:
        process.taken()
        engine = open_database(database_url)
        waiting = waiting_jobs(engine)["draft"]
        assert 1 <= waiting.number <= 8
        assert 0 <= (datetime.now(UTC) - waiting.since).total_seconds() < 30
        process.end()
        assert waiting_jobs(engine) == {}
        engine.dispose()
