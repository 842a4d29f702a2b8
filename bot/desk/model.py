"""The words of the desk: who asks, what was asked, what this person prefers and did this week."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, PlainSerializer

from bot.coaching.model import Draft, Language, Review, Value
from bot.desk.keeping import plain

Platform = Literal["slack", "teams"]
Reading = Literal["", "new", "worried", "expert", "angry"]
"""Who will read the reply, in one tap; empty where nobody said."""
Refusal = Literal["no-draft", "too-long"]
"""Why a draft is not taken; the sentence is ``desk.refused.<refusal>``."""


class Person(Value):
    """Somebody who asks: the ids of the platform, no name."""

    platform: Platform
    workspace: str
    id: str


class Wish(Value):
    """A follow-up on the same draft.

    ``language`` belongs to kind ``language``; ``sentence`` to kind ``keep``: 1 is the first, -1 the last.
    """

    kind: Literal["shorter", "warmer", "language", "keep", "touch"]
    language: Language | Literal[""] = ""
    sentence: int = 0


Kind = Literal["draft", "question", "wish"]
"""What a job asks for."""


class Job(Value):
    """One draft to review and where to answer. Written only sealed, erased an hour after its last use.

    A job may also be a ``question`` to answer, or a ``wish`` for the draft of the job that it ``follows``; then its own
    draft is empty. ``thread`` is the same for what belongs to one conversation.

    ``practice``: a reply to a made-up customer, which counts in nobody's figures and is coached in full.

    ``best``: it is for one of the best customers, as another system told.

    ``asked_in`` is the platform's channel that it was asked in, where that is one: packs may hold for a channel.

    ``address`` is the edge's own (channel, response_url, view_id, ts …). The desk sets the rest: ``review`` is what was
    last shown, before the person's silenced rules are taken out; ``deepened``, whether a model was asked for it;
    ``first``, what was shown before that;
    ``touches`` are the ideas of the touches that were shown.
    """

    id: str
    person: Person
    draft: Draft
    question: str = ""
    wish: Wish | None = None
    follows: str = ""
    thread: str = ""
    reader: Reading = ""
    long_time: bool = False
    best: bool = False
    practice: bool = False
    asked_in: str = ""
    channel: str = ""
    address: Mapping[str, str] = Field(default_factory=dict)
    wishes: tuple[Wish, ...] = ()
    review: Annotated[Review | None, PlainSerializer(plain)] = None
    deepened: bool = False
    first: Annotated[Review | None, PlainSerializer(plain)] = None
    touches: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        """What it asks for."""
        return "wish" if self.wish else "question" if self.question else "draft"


class Preferences(Value):
    """What a person chose. ``language`` is that of the bot's own words; empty: as the platform says."""

    language: Language | Literal[""] = ""
    silenced: tuple[str, ...] = ()
    quiet: bool = False


class Week(Value):
    """A person's own last seven days. ``criteria`` are what was found most often, with how often, most first."""

    reviews: int = 0
    sent: int = 0
    useful: int = 0
    not_useful: int = 0
    criteria: tuple[tuple[str, int], ...] = ()
