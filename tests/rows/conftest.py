"""The local coach as it is shipped, and a short way to ask it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.build import Parts
from bot.coach import Coach
from bot.coaching.model import Draft, Review

Ask = Callable[..., Review]


@pytest.fixture(scope="session")
def coach(parts: Parts) -> Coach:
    return parts.coach


@pytest.fixture(scope="session")
def review(coach: Coach) -> Ask:
    """review(draft, customer="", language="en") → the local review."""

    def ask(draft: str, customer: str = "", language: str = "en") -> Review:
        return coach.review_local(Draft(text=draft, customer=customer, language=language))

    return ask
