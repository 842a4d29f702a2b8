"""The daily prompt as a real process posts it, killed with signal 9 at the very moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from bot.build import Parts
from bot.coaching.rituals import Plan
from bot.rituals.model import EVERYBODY, Schedule, Team, Turn
from bot.store.database import open_database
from bot.store.schedules import SqlSchedules
from tests.edges.slack.fake_slack import SCOPES, TEAM
from tests.edges.slack.harness import eventually
from tests.edges.slack.test_running import Outside

NINE = datetime(2026, 11, 23, 7, tzinfo=UTC)


@pytest.fixture
def outside(parts: Parts) -> Iterator[Outside]:
    parts.library()
    harness = Outside(parts.settings.heartware_data)
    yield harness
    assert harness.slack.faults == []
    harness.run(harness.slack.stop())


@pytest.mark.parametrize("readable", [True, False])
def test_killed_after_slack_took_it_and_before_it_said_so_the_prompt_comes_once(
    tmp_path: Path, outside: Outside, readable: bool
) -> None:
    slack = outside.slack
    slack.scopes = (*SCOPES, "channels:history") if readable else SCOPES
    engine = open_database(f"sqlite:///{tmp_path / 'heartware.db'}")
    team = Team(platform="slack", workspace=TEAM)
    planned = Schedule(
        team=team, channel="C0TEAM", lead="U0LEAD", language="en", zone="Europe/Helsinki", plan=Plan(at=time(9))
    )
    SqlSchedules(engine).save(planned, [Turn(planned.id, EVERYBODY, planned.zone, NINE)])
    engine.dispose()
    slack.slow["chat.postMessage"] = 3
    process = outside.forked(tmp_path, "serve", HEARTWARE_ENV="test", HEARTWARE_NOW="2026-11-23T07:00:02+00:00")
    eventually(lambda: slack.public, 20)
    process.kill()
    process.wait()
    slack.slow.clear()
    process = outside.forked(tmp_path, "serve", HEARTWARE_ENV="test", HEARTWARE_NOW="2026-11-23T07:00:40+00:00")
    if readable:
        eventually(lambda: "conversations.history" in [name for name, _ in slack.calls], 20)
    else:
        outside.sees("U0LEAD", "I cannot see whether it arrived", seconds=20)
    process.terminate()
    assert process.wait(30) == 0
    assert len(slack.public) == 1
    assert bool(slack.of("U0LEAD")) != readable
