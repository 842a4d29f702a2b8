"""What a team told lately and agreed to have drawn on: it draws the daily prompt near."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

import numpy as np

from bot.coaching.errors import HeartwareError
from bot.coaching.ports import Embedder
from bot.coaching.rituals import DailyPrompt
from bot.rituals.model import Schedule, Team
from bot.rituals.ports import StoryShelf

LATELY = timedelta(days=30)
MOST = 5


class Topics:
    """Reads stories that may be drawn on. ``now`` is the clock, in UTC."""

    def __init__(self, stories: StoryShelf, embedder: Embedder, *, now: Callable[[], datetime]) -> None:
        self._stories = stories
        self._embedder = embedder
        self._now = now

    def of(self, team: Team) -> Sequence[str]:
        """The latest stories, the oldest first."""
        today = self._now().date()
        told = self._stories.told(team, today - LATELY, today)
        return [story.text for story in told if story.inspires][-MOST:]

    def near(self, schedule: Schedule, prompts: Mapping[str, DailyPrompt]) -> Mapping[str, float]:
        """How near each prompt is to the nearest of the stories; nothing where there is none."""
        stories = self.of(schedule.team)
        if not stories:
            return {}
        try:
            told = self._embedder.queries(stories)
            vectors = self._embedder.passages([prompt.text for prompt in prompts.values()])
        except HeartwareError:  # the prompt comes all the same
            return {}
        nearest = (np.asarray(vectors) @ np.asarray(told).T).max(axis=1)
        return dict(zip(prompts, nearest.tolist(), strict=True))
