"""The path's steps go out once each, whatever happens to who sends them: on SQLite and PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.coaching.errors import BadInput
from bot.coaching.model import LANGUAGES
from bot.desk.model import Person
from bot.rituals.daily.prompting import LEASE
from bot.rituals.errors import Postponed, Refused, Unsure
from bot.rituals.path.easing import PathEasing
from bot.rituals.path.guiding import Guide
from bot.rituals.path.model import FIT, Told, Turn, Walk
from bot.rituals.path.saying import say_easing
from bot.rituals.path.walking import Paths
from bot.store.owners import erase_workspace
from bot.store.seal import Seal
from bot.store.walks import SqlWalks
from tests.fakes import Clock
from tests.test_coach import SHELF

ANNA = Person(platform="slack", workspace="T1", id="U1")
MONDAY = datetime(2026, 11, 23, 6, tzinfo=UTC)
KNOWLEDGE = SHELF.knowledge


class Killed(BaseException):
    """The process dies here."""


class Post:
    """Direct messages as people see them. ``wrong`` happens instead of sending one, ``after`` once it is sent."""

    def __init__(self) -> None:
        self.shown: list[tuple[str, int]] = []
        self.said: list[tuple[str, str]] = []
        self.wrong: BaseException | None = None
        self.after: BaseException | None = None

    def step(self, walk: Walk, told: Told) -> None:
        if self.wrong:
            raise self.wrong
        self.shown.append((walk.person.id, told.number))
        if self.after:
            raise self.after

    def tell(self, person: Person, sentence: str, **values: object) -> None:
        self.said.append((person.id, sentence))


class Process:
    """One of the processes that share the walks."""

    def __init__(self, engine: Engine, post: Post, clock: Clock) -> None:
        self.post = post
        self.clock = clock
        self.quiet: dict[str, bool] = {}
        self.walks = SqlWalks(engine, Seal("a secret of the tests"))
        posts = {"slack": post}
        self.guide = Guide(self.walks, KNOWLEDGE.steps, KNOWLEDGE.value_cards, SHELF, posts, now=clock)
        self.paths = Paths(self.walks, self.guide, posts, fade=self._fade, now=clock)

    def _fade(self, person: Person, quiet: bool) -> None:
        self.quiet[person.id] = quiet

    def starts(self, person: Person = ANNA, **more: object) -> Walk:
        chosen: dict[str, Any] = {"language": "en", "zone": "Europe/Helsinki", "at": time(9), **more}
        return self.paths.start(person, **chosen)

    def tick(self, moment: datetime) -> None:
        self.clock.at = moment
        self.guide.tick()


@pytest.fixture
def process(engine: Engine, clock: Clock) -> Process:
    clock.at = MONDAY
    return Process(engine, Post(), clock)


def nine(day: int, minute: int = 0) -> datetime:
    """Nine in Helsinki, so many days after the Monday."""
    return MONDAY + timedelta(days=day, hours=1, minutes=minute, seconds=3)


def test_of_many_processes_one_gives_the_step(process: Process, engine: Engine) -> None:
    process.starts()
    process.clock.at = nine(1)
    others = [Process(engine, process.post, process.clock) for _ in range(4)]
    with ThreadPoolExecutor(5) as pool:
        list(pool.map(lambda one: one.guide.tick(), [process, *others]))
    assert process.post.shown == [("U1", 1), ("U1", 2)]


def test_who_is_killed_before_sending_leaves_the_step_to_the_next_process(process: Process, engine: Engine) -> None:
    process.starts()
    turn = process.walks.get(ANNA)
    assert turn
    process.clock.at = nine(1)
    assert process.walks.claim(turn, nine(2), process.clock(), give=True)
    process.tick(nine(1) + LEASE + timedelta(seconds=1))
    assert process.post.shown[-1] == ("U1", 2)


def test_who_is_killed_after_sending_sends_nothing_twice(process: Process) -> None:
    process.starts()
    process.post.after = Killed()
    with pytest.raises(Killed):
        process.tick(nine(1))
    process.post.after = None
    for minutes in range(1, 5):
        process.tick(nine(1, minutes))
    process.tick(nine(2))
    assert process.post.shown == [("U1", 1), ("U1", 2), ("U1", 3)]


def test_what_the_platform_puts_off_comes_later_and_once(process: Process) -> None:
    process.starts()
    process.post.wrong = Postponed("later")
    process.tick(nine(1))
    process.post.wrong = None
    process.tick(nine(1, 1))
    process.tick(nine(1, 2))
    assert process.post.shown == [("U1", 1), ("U1", 2)]


def test_what_may_have_arrived_is_not_sent_again(process: Process) -> None:
    process.starts()
    process.post.wrong = Unsure("who knows")
    process.tick(nine(1))
    process.post.wrong = None
    process.tick(nine(1, 5))
    walk = process.paths.of(ANNA)
    assert process.post.shown == [("U1", 1)]
    assert walk
    assert walk.given == 2


def test_who_cannot_be_written_to_rests_and_goes_on_with_the_same_step(process: Process) -> None:
    process.starts()
    process.post.wrong = Refused("not-allowed")
    process.tick(nine(1))
    process.post.wrong = None
    walk = process.paths.of(ANNA)
    assert walk
    assert (walk.state, walk.given) == ("paused", 1)
    process.paths.resume(ANNA)
    process.tick(nine(2))
    assert process.post.shown == [("U1", 1), ("U1", 2)]


def test_after_downtime_one_step_comes_and_not_all_that_were_missed(process: Process) -> None:
    process.starts()
    process.tick(nine(4, 90))
    process.tick(nine(4, 91))
    assert process.post.shown == [("U1", 1), ("U1", 2)]


def test_beginning_again_counts_anew_and_keeps_the_old_notes(process: Process) -> None:
    process.starts()
    process.paths.write(ANNA, 1, "  A first thought.  ")
    process.clock.at = nine(1)
    process.starts()
    process.paths.write(ANNA, 1, "A second thought.")
    process.paths.write(ANNA, FIT, "Yes.")
    assert [(note.round, note.week, note.text) for note in process.paths.notes(ANNA)] == [
        (1, 1, "A first thought."),
        (2, 1, "A second thought."),
        (2, FIT, "Yes."),
    ]


def test_suggestions_grow_fewer_from_week_to_week_and_it_is_said_when(process: Process) -> None:
    guide, walk = process.guide, process.starts()
    shown = [walk.model_copy(update={"given": given}).suggestions for given in (1, 5, 6, 10, 11, 16, 20)]
    assert shown == [None, None, 2, 2, 1, 1, 1]
    for language in LANGUAGES:
        its = walk.model_copy(update={"language": language})
        said = [say_easing(guide.told(its, number), SHELF.wording(language)) for number in range(1, 21)]
        assert [number for number, sentence in enumerate(said, 1) if sentence] == [6, 11]


def test_who_sets_quiet_mode_decides_alone(process: Process) -> None:
    easing = PathEasing(process.walks)
    easing.decided(ANNA)
    assert easing.suggestions(ANNA) is None
    process.walks.save(Turn(process.starts().model_copy(update={"given": 11}), None))
    assert easing.suggestions(ANNA) == 1
    easing.decided(ANNA)
    assert easing.suggestions(ANNA) is None
    process.paths.finish(ANNA)
    assert process.quiet == {"U1": False}


def test_coaching_is_full_on_the_path_and_fades_at_its_end(process: Process) -> None:
    process.starts()
    assert process.quiet == {"U1": False}
    process.paths.finish(ANNA)
    assert process.quiet == {"U1": True}
    process.starts(fades=False)
    process.paths.finish(ANNA)
    assert process.quiet == {"U1": False}


def test_the_lead_hears_of_beginning_and_end_and_only_where_that_was_agreed(process: Process) -> None:
    process.starts()
    process.paths.finish(ANNA)
    assert process.post.said == []
    process.starts(lead="ULEAD")
    process.paths.write(ANNA, 1, "Mine.")
    process.paths.finish(ANNA)
    process.paths.finish(ANNA)
    assert process.post.said == [("ULEAD", "path.told-started"), ("ULEAD", "path.told-finished")]


def test_a_workspace_that_leaves_takes_the_paths_with_it(process: Process, engine: Engine) -> None:
    process.starts()
    process.paths.write(ANNA, 1, "Mine.")
    with engine.begin() as connection:
        erase_workspace(connection, "slack", "T1")
    assert process.paths.of(ANNA) is None
    assert process.paths.notes(ANNA) == []


def test_an_unknown_zone_or_country_is_refused(process: Process) -> None:
    with pytest.raises(BadInput):
        process.starts(zone="Moon/Base")
    with pytest.raises(BadInput):
        process.starts(country="QQ")


def test_every_step_has_all_it_needs_in_every_language() -> None:
    for language in LANGUAGES:
        steps = KNOWLEDGE.steps(language)
        assert len(steps) == 20
        assert {step.theme for step in steps} == {"customer-focus", "culture", "conversation"}
        assert sum(step.exercise == "draft" for step in steps) == 10
        assert len({step.card for step in steps if step.card}) == 10
        for step in steps:
            assert 20 <= len(step.reading.split()) <= 90
            assert step.source.file
