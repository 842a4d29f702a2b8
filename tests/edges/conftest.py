"""What tests of both chat edges ask for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import pytest

from tests.edges.model import Model
from tests.edges.running import Running

R = TypeVar("R", bound=Running)


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
