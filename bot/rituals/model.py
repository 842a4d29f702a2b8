"""The words of the rituals: a schedule, whose turn it is, what became of a prompt."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from bot.coaching.insight import Insight, Link
from bot.coaching.model import Language, Value
from bot.coaching.rituals import DailyPrompt, Plan, Whom
from bot.desk.model import Platform

EVERYBODY = ""
"""The recipient of a prompt that is posted in the channel."""


class Team(Value):
    """Where a team works: a workspace of a platform."""

    platform: Platform
    workspace: str


class Schedule(Value):
    """The daily prompt of a channel, which has one at most.

    ``lead`` (a user id) is who is told when something is wrong. ``each``: not posted in the channel, but sent to
    everybody who asked for it there, at their own time.
    """

    team: Team
    channel: str
    lead: str
    language: Language
    zone: str
    each: bool = False
    plan: Plan

    @property
    def id(self) -> str:
        """The same for the same channel."""
        return uuid5(NAMESPACE_URL, f"{self.team.platform}:{self.team.workspace}/{self.channel}").hex


class Turn(NamedTuple):
    """The next prompt of a recipient (a user id, or EVERYBODY). ``at`` is None while none is to come."""

    schedule: str
    recipient: str
    zone: str
    at: datetime | None


class Key(NamedTuple):
    """What is posted once: a schedule's prompt to a recipient on a day of theirs."""

    schedule: str
    recipient: str
    day: date


State = Literal["claimed", "posting", "posted", "unsure", "refused", "missed"]
"""What became of a post.

claimed: nothing was sent yet. posting: it may have been. unsure: nobody can know, so it is not sent again. missed: its
day was over, or a prompt so late is not wanted.
"""


class Post(NamedTuple):
    """What became of a prompt."""

    key: Key
    prompt: str
    state: State
    late: bool = False


class Written(NamedTuple):
    """The words that a language model found for a prompt of a day; empty where it was asked and none fitted."""

    day: date
    prompt: str
    language: Language
    text: str = ""


class Told(NamedTuple):
    """A prompt to show: ``late`` where it says that it comes after its time."""

    key: Key
    prompt: DailyPrompt
    value: str
    late: bool
    each: bool


class Story(Value):
    """A WOW as somebody told it, personal data masked. ``name`` is empty where they wish to stay unnamed.

    ``value`` is the principle that it shows. ``in_book``: they agreed that it stands in the culture book; ``inspires``:
    that daily prompts draw on it.
    """

    id: str
    day: date
    language: Language
    whom: Whom
    value: str
    text: str
    name: str = ""
    in_book: bool = False
    inspires: bool = False


Use = Literal["fix", "touch"]
"""What of a review was put to use: its rewrite or its touch."""


class Outcome(NamedTuple):
    """What became of a ticket, as another system tells; None where it does not."""

    ticket: str
    day: date
    csat: float | None = None
    reopened: bool | None = None
    repurchased: bool | None = None


class File(NamedTuple):
    """Something to send: its name and what is in it."""

    name: str
    content: bytes


class Report(NamedTuple):
    """What a lead is shown. ``figures`` is None where fewer than five people asked; ``links`` then too are empty."""

    month: date
    figures: Insight | None
    links: tuple[Link, ...]
