"""Jobs: kept once, changed by one at a time, erased in time; the fake keeps the same contract as the databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.desk.errors import Erased
from bot.desk.model import Job, Wish
from bot.desk.ports import Jobs
from tests.fakes import Clock
from tests.store.conftest import ANNA, BEN, FAR, job


def test_a_job_comes_back_as_it_was(jobs: Jobs) -> None:
    given = job(text="Zoë 😀 <@U1>\n> quoted")
    assert jobs.put(given)
    assert jobs.get("j1") == given


def test_a_second_delivery_is_not_taken(jobs: Jobs) -> None:
    assert jobs.put(job(text="first"))
    assert not jobs.put(job(text="second"))
    assert jobs.get("j1").draft.text == "first"


def test_of_many_deliveries_at_once_one_is_taken(jobs: Jobs) -> None:
    with ThreadPoolExecutor(16) as threads:
        assert sum(threads.map(lambda n: jobs.put(job()), range(32))) == 1


def test_an_unknown_job_is_erased(jobs: Jobs) -> None:
    with pytest.raises(Erased):
        jobs.get("nobody")
    with pytest.raises(Erased):
        jobs.change("nobody", lambda job: job)


def test_changes_at_once_are_all_kept(jobs: Jobs) -> None:
    jobs.put(job())

    def wish(n: int) -> None:
        def changed(job: Job) -> Job:
            return job.model_copy(update={"wishes": (*job.wishes, Wish(kind="keep", sentence=n))})

        jobs.change("j1", changed)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(wish, range(1, 25)))
    assert sorted(wish.sentence for wish in jobs.get("j1").wishes) == list(range(1, 25))


def test_a_change_that_fails_leaves_the_job(jobs: Jobs) -> None:
    jobs.put(job())

    def fails(job: Job) -> Job:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        jobs.change("j1", fails)
    assert jobs.get("j1") == job()


def test_an_erased_job_is_gone_and_still_known(jobs: Jobs) -> None:
    jobs.put(job())
    jobs.erase("j1")
    with pytest.raises(Erased):
        jobs.get("j1")
    assert jobs.kept("slack") == []
    assert not jobs.put(job())


def test_what_nobody_used_for_an_hour_is_erased(jobs: Jobs, clock: Clock) -> None:
    jobs.put(job("old"))
    jobs.put(job("used"))
    clock.wait(minutes=50)
    jobs.get("used")
    jobs.put(job("new"))
    clock.wait(minutes=20)
    assert jobs.erase_older(clock() - timedelta(hours=1)) == 1
    assert sorted(jobs.kept("slack")) == ["new", "used"]


def test_a_person_and_a_workspace_are_erased_alone(jobs: Jobs) -> None:
    for id, person in (("a1", ANNA), ("a2", ANNA), ("b", BEN), ("f", FAR)):
        jobs.put(job(id, person))
    assert [kept.id for kept in jobs.of(ANNA)] == ["a1", "a2"]
    jobs.erase_of(ANNA)
    assert sorted(jobs.kept("slack")) == ["b", "f"]
    assert jobs.kept("teams") == []
    jobs.erase_workspace("teams", "T1")
    assert sorted(jobs.kept("slack")) == ["b", "f"]
    jobs.erase_workspace("slack", "T1")
    assert jobs.kept("slack") == ["f"]
