"""The local coach as it is shipped, and a short way to ask it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.build import Parts, build
from bot.coach import Coach
from bot.coaching.model import Draft, Review
from bot.settings import Settings

Ask = Callable[..., Review]


@pytest.fixture(scope="session")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    return build(Settings(heartware_data=tmp_path_factory.mktemp("data"), heartware_model=""), local=True)


@pytest.fixture(scope="session")
def coach(parts: Parts) -> Coach:
    return parts.coach


@pytest.fixture(scope="session")
def review(coach: Coach) -> Ask:
    """review(draft, customer="", language="en") → the local review."""

    def ask(draft: str, customer: str = "", language: str = "en") -> Review:
        return coach.review_local(Draft(text=draft, customer=customer, language=language))

    return ask
