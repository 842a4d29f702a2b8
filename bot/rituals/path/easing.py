"""Coaching that grows less on the path, week by week, as the person agreed when they began."""

from __future__ import annotations

from bot.desk.model import Person
from bot.rituals.path.ports import Walks


class PathEasing:
    """The Easing port of the desk over the walks."""

    def __init__(self, walks: Walks) -> None:
        self._walks = walks

    def suggestions(self, person: Person) -> int | None:
        """How many suggestions a review shows this person at most; None: all."""
        turn = self._walks.get(person)
        return turn.walk.suggestions if turn else None

    def decided(self, person: Person) -> None:
        """The person set quiet mode themselves: from now on that alone counts."""
        turn = self._walks.get(person)
        if turn and turn.walk.fades and not turn.walk.finished:
            self._walks.save(turn._replace(walk=turn.walk.model_copy(update={"fades": False})))
