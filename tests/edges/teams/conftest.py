"""The running app, one for each module, and a look at its manners after each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.edges.teams.harness import Harness


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Harness]:
    harness = Harness(tmp_path_factory.mktemp("heartware"))
    yield harness
    harness.stop()
