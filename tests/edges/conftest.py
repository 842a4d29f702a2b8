"""What tests of both chat edges ask for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.edges.model import Model


@pytest.fixture(scope="module")
def model() -> Iterator[Model]:
    with Model() as server:
        yield server
