"""The words of rule packs: whose they are, what was chosen for a rule, what a team has of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from bot.coaching.model import Cost, Language, Level, TouchKind, Value

Choice = Literal["must", "may", "off"]
CHOICES: tuple[Choice, ...] = ("must", "may", "off")

OWN = "own"
"""The criterion of all rules of a team's own."""


class Place(Value):
    """Where a pack holds: a workspace of a platform, or one channel of it. ``terminal`` is a team without chat."""

    platform: str
    workspace: str
    channel: str = ""

    @property
    def whole(self) -> Place:
        """The workspace."""
        return self.model_copy(update={"channel": ""})


TERMINAL = Place(platform="terminal", workspace="")


class Pack(Value):
    """What was chosen, by rule id or by criterion: of the channel first, then of the whole workspace."""

    layers: tuple[Mapping[str, Choice], ...] = ()

    def choice(self, rule: str, criterion: str) -> Choice | None:
        """What was chosen for a rule; None where nothing was, and it stays as it was shipped."""
        for layer in self.layers:
            found = layer.get(rule) or layer.get(criterion)
            if found:
                return found
        return None


NO_PACK = Pack()


class OwnRule(Value):
    """Words that a team does not want to read, what they do to the customer, and what to say instead."""

    kind: Literal["rule"] = "rule"
    language: Language
    phrases: tuple[str, ...]
    why: str
    instead: str
    principle: str
    severity: Level = "may"


class OwnTouch(Value):
    """A touch of a team's own. It fits where the ``example``, a customer's message, would: ``cues`` were read there."""

    kind: Literal["touch"] = "touch"
    language: Language
    touch: TouchKind
    idea: str
    line: str
    why: str
    cost: Cost
    principle: str
    example: str
    cues: tuple[str, ...]


Content = Annotated[OwnRule | OwnTouch, Field(discriminator="kind")]


class Proposal(Value):
    """Something of a team's own: waiting for a lead until it is ``approved``. ``by`` and ``owner`` are people's ids.

    Empty, once these people are forgotten.
    """

    id: str
    place: Place
    approved: bool = False
    content: Content
    by: str
    owner: str = ""
    review_by: date | None = None

    @property
    def rule(self) -> str:
        """The id that its findings have."""
        return f"{OWN}-{self.id[:8]}"
