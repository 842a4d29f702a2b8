"""The words of the path: who walks it and how far, a step to show, a reflection."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, NamedTuple

from bot.coaching.model import Language, Value
from bot.coaching.path import STEPS_A_WEEK, Step, ValueCard
from bot.coaching.rituals import Plan
from bot.desk.model import Person

SUGGESTIONS = {2: 2, 3: 1, 4: 1}
"""How many suggestions a review shows in each week of the path, beside what must change; in the first all."""
FIT = 0
"""The week of the note that answers "does this fit me?", at the end."""
LONGEST_NOTE = 2_000


class Walk(Value):
    """Somebody on the path. ``given`` counts the steps that they were given; ``round`` how often they began.

    ``lead`` (a user id) is told that it was started and finished, since the person said so; empty: nobody is.
    ``fades``: coaching grows less from week to week; once the path is finished the coach only says what must change.
    """

    person: Person
    language: Language
    zone: str
    plan: Plan
    started: date
    lead: str = ""
    fades: bool = True
    round: int = 1
    given: int = 0
    finished: bool = False

    @property
    def suggestions(self) -> int | None:
        """How many suggestions a review shows at most, beside what must change; None: all."""
        week = (self.given - 1) // STEPS_A_WEEK + 1
        return SUGGESTIONS.get(week) if self.fades and not self.finished else None

    @property
    def state(self) -> Literal["walking", "paused", "finished"]:
        """How it stands."""
        if self.finished:
            return "finished"
        return "paused" if self.plan.paused else "walking"


Sending = Literal["", "claimed", "posting"]
"""What becomes of the last step: claimed: nothing was sent yet. posting: it may have been. Empty: nobody sends it."""


class Turn(NamedTuple):
    """Somebody on the path with when their next step comes, and whether the last one is on its way."""

    walk: Walk
    at: datetime | None
    sending: Sending = ""


class Told(NamedTuple):
    """A step to show: the ``number``th ``of`` all. ``value`` is the title of the card's value.

    ``eases``: how many suggestions a review shows from this step on, where that is fewer than before.
    """

    step: Step
    number: int
    of: int
    card: ValueCard | None
    value: str
    eases: int | None = None

    @property
    def reflects(self) -> int:
        """The week that ends with this step; 0 where none does."""
        return self.step.week if self.number % STEPS_A_WEEK == 0 else 0

    @property
    def last(self) -> bool:
        """Whether no step follows."""
        return self.number == self.of


class Note(NamedTuple):
    """What somebody wrote for their own eyes: at the end of a week, or of the path (week FIT)."""

    round: int
    week: int
    day: date
    text: str
