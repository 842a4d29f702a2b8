"""What tests of both chat edges ask for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import pytest
from slack_sdk.http_retry.builtin_interval_calculators import BackoffRetryIntervalCalculator

from bot import durable
from bot.teams import patience
from tests.edges.model import Model
from tests.edges.running import Running

R = TypeVar("R", bound=Running)


@pytest.fixture(scope="module", autouse=True)
def brisk() -> Iterator[None]:
    """What failed is tried again as often as ever, and sooner. What a server says, such as Retry-After, is kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(durable, "PAUSE", 0.05)
        patch.setattr(durable, "LISTENING", 0.01)
        patch.setattr(patience, "PAUSE", 0.05)
        patch.setattr(BackoffRetryIntervalCalculator, "calculate_sleep_duration", lambda *_: 0.05)
        yield


@pytest.fixture(scope="module")
def model() -> Iterator[Model]:
    with Model() as server:
        yield server


@pytest.fixture
def app(running: R) -> Iterator[R]:
    """The running app of an edge, and a look at its manners after each test."""
    outside = running.outside
    yield running
    running.settled()
    faults, public = [*outside.faults], [post.shown for post in outside.public]
    outside.forget()
    assert faults == []
    assert public == []
