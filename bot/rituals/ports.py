"""What the rituals need from outside, and what they need of an edge, as protocols."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.coaching.insight import Figures, Measure, Ticket
from bot.coaching.ledger import Gesture, Month
from bot.coaching.rituals import Posted
from bot.rituals.model import Key, Outcome, Post, Report, Schedule, State, Story, Team, Told, Turn, Use, Written


class Schedules(Protocol):
    """Where schedules are kept, with whose turn it is and what was posted. Shared by all processes."""

    def save(self, schedule: Schedule, turns: Sequence[Turn]) -> None:
        """Keep a schedule in the place of its channel's one, and who gets its prompts: nobody but these."""
        ...

    def get(self, id: str) -> Schedule | None:
        """The schedule."""
        ...

    def of(self, team: Team) -> list[Schedule]:
        """The schedules of a team, by channel."""
        ...

    def remove(self, id: str) -> None:
        """Forget a schedule, its turns and what was posted."""
        ...

    def turns(self, id: str) -> list[Turn]:
        """Who gets the prompts of a schedule."""
        ...

    def join(self, turn: Turn) -> None:
        """Give somebody the prompts of a schedule."""
        ...

    def leave(self, id: str, recipient: str) -> None:
        """Give them no longer, and forget all that was kept of it."""
        ...

    def due(self, now: datetime, most: int) -> list[Turn]:
        """Turns whose time has come, the oldest first."""
        ...

    def claim(self, turn: Turn, then: datetime | None, post: Post | None, now: datetime) -> bool:
        """Move a turn on to ``then`` and note the post; False, and nothing, where another process did it already."""
        ...

    def note(self, post: Post, now: datetime) -> bool:
        """Note a post outside the plan; False where the day has one already, unless that did not arrive for certain."""
        ...

    def mark(self, key: Key, state: State, now: datetime) -> None:
        """Note what became of a post."""
        ...

    def take_over(self, before: datetime, now: datetime) -> list[Post]:
        """Posts that were begun before then and not ended, each given to one process alone."""
        ...

    def state(self, key: Key) -> State | None:
        """What became of a post; None where there is none."""
        ...

    def history(self, id: str, since: date) -> list[Posted]:
        """The prompts of a schedule since a day, one for each day."""
        ...

    def forget(self, team: Team) -> None:
        """Forget everything of a team."""
        ...


class PromptTexts(Protocol):
    """Where the words that a language model found for prompts are kept. Shared by all processes."""

    def asked(self) -> set[tuple[str, date]]:
        """The schedules and days whose texts were asked for already."""
        ...

    def claim(self, schedule: Schedule, wanted: Written) -> bool:
        """Note that a text is being asked for; False where another process did so already for this day."""
        ...

    def keep(self, schedule: Schedule, written: Written) -> None:
        """Keep a text that was claimed."""
        ...

    def of(self, schedule: Schedule, day: date) -> Written | None:
        """The text of a day; None where none was asked for."""
        ...

    def forget_before(self, day: date) -> None:
        """Forget the texts of earlier days."""
        ...


class LeadReports(Protocol):
    """Which lead was sent the report of which month. Shared by all processes."""

    def claim(self, team: Team, lead: str, month: str, now: datetime) -> bool:
        """Whether this process is the one that sends it: nobody did so far, or who began did not come to send it."""
        ...

    def mark(self, team: Team, lead: str, month: str, state: State, now: datetime) -> None:
        """Note what became of it."""
        ...


class Board(Protocol):
    """How an edge posts. Called in worker threads."""

    def post(self, schedule: Schedule, told: Told) -> None:
        """Post a prompt. Raises Refused and Postponed where it certainly was not, Unsure where nobody knows."""
        ...

    def find(self, schedule: Schedule, key: Key) -> bool:
        """Whether this prompt was posted. Raises Unsure where the edge cannot look."""
        ...

    def report(self, team: Team, lead: str, report: Report, currency: str) -> None:
        """Send a lead the figures of a month, in private. Raises Refused, Postponed and Unsure as ``post`` does."""
        ...

    def tell_lead(self, schedule: Schedule, sentence: str, **values: object) -> bool:
        """Say something to the lead of a schedule in private: the name of a sentence, and what is filled in.

        False where they cannot be told: they left, or the platform does not take it. Raises nothing.
        """
        ...


class Gestures(Protocol):
    """Where gestures are kept and money is counted. Shared by all processes."""

    def month(self, team: Team, month: str) -> Month | None:
        """A month's money, once the budget was used in it."""
        ...

    def last_month(self, team: Team, before: str) -> Month | None:
        """The latest month before this one in which the budget was used."""
        ...

    def add(self, team: Team, gesture: Gesture, granted: int) -> bool:
        """Keep a gesture and count its cents; False, and nothing, where the month has not so much left.

        ``granted`` is what the month begins with, where this is its first gesture.
        """
        ...

    def of(self, team: Team, by: str) -> list[Gesture]:
        """All gestures that a person gave, the oldest first."""
        ...

    def undo(self, team: Team, id: str, by: str, month: str) -> bool:
        """Take a gesture of this month back, and its cents; False where this person gave none of that id in it."""
        ...

    def given(self, team: Team, since: date, until: date) -> list[Gesture]:
        """The gestures of these days, the oldest first."""
        ...

    def to(self, team: Team, customer: str) -> list[Gesture]:
        """The gestures to a customer, the latest first."""
        ...

    def set_best(self, team: Team, customers: Iterable[str]) -> int:
        """These customers are the best from now on, and no others; how many."""
        ...

    def mark_best(self, team: Team, customer: str, best: bool) -> None:
        """Whether a customer is one of the best from now on."""
        ...

    def is_best(self, team: Team, customer: str) -> bool:
        """Whether a customer is one of the best."""
        ...

    def forget(self, team: Team) -> None:
        """Forget everything of a team."""
        ...

    def forget_person(self, team: Team, by: str) -> None:
        """The gestures of a person stay, for the money was spent; that they gave them is forgotten."""
        ...


class StoryShelf(Protocol):
    """Where stories are kept, sealed. ``by`` is a pseudonym."""

    def add(self, team: Team, story: Story, by: str) -> None:
        """Keep a story."""
        ...

    def remove(self, team: Team, id: str, by: str) -> bool:
        """Forget a story; False where this person told none of that id."""
        ...

    def told(self, team: Team, since: date, until: date) -> list[Story]:
        """The stories of these days, the oldest first."""
        ...

    def of(self, team: Team, by: str) -> list[Story]:
        """All stories that a person told, the oldest first."""
        ...

    def forget(self, team: Team) -> None:
        """Forget all stories of a team."""
        ...

    def forget_person(self, team: Team, by: str) -> None:
        """Forget all stories of a person."""
        ...


class Evidence(Protocol):
    """Counts. Nothing here gives back a person or a draft; tickets are pseudonyms."""

    def used(self, team: Team, job: str, kind: Use, day: date) -> None:
        """Count that something of a review was put to use, once for each review, without who."""
        ...

    def asked(self, team: Team, job: str, ticket: str) -> None:
        """Remember the ticket that a review was asked for."""
        ...

    def import_outcomes(self, team: Team, rows: Iterable[Outcome]) -> int:
        """Keep what became of tickets; a ticket that is known already is replaced. How many."""
        ...

    def figures(self, team: Team, since: date, until: date) -> Figures:
        """The counts of these days."""
        ...

    def teams(self) -> list[Team]:
        """The teams that ever asked for a review, planned a prompt or gave a gesture."""
        ...

    def tickets(self, team: Team, since: date, until: date) -> tuple[Mapping[Measure, int], list[Ticket]]:
        """The tickets whose outcome is known, and for each measure how many people asked for their reviews."""
        ...

    def forget(self, team: Team) -> None:
        """Forget everything of a team."""
        ...


class Pseudonyms(Protocol):
    """Makes pseudonyms."""

    def of(self, *parts: str) -> str:
        """The pseudonym of an id within a kind and a workspace."""
        ...
