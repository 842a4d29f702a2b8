"""What rule packs need from outside, and of an edge, as protocols."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Protocol

from bot.packs.model import Choice, Place, Proposal


class Rulebook(Protocol):
    """Where choices and a team's own rules and touches are kept. Shared by all processes."""

    def chosen(self, place: Place) -> Mapping[str, Choice]:
        """What was chosen for this place itself, by rule or criterion."""
        ...

    def choose(self, place: Place, rule: str, choice: Choice | None) -> None:
        """Keep a choice; None forgets it, and the rule is as it was shipped."""
        ...

    def add(self, proposal: Proposal) -> None:
        """Keep something proposed."""
        ...

    def own(self, place: Place) -> list[Proposal]:
        """Everything of a workspace's own, approved or waiting, the oldest first."""
        ...

    def approve(self, proposal: Proposal) -> bool:
        """Approve what waits, as it now is; False where it does not wait any more."""
        ...

    def keep(self, place: Place, id: str, owner: str, review_by: date) -> bool:
        """Keep what was approved for longer, from now on in this owner's care; False where it is gone."""
        ...

    def remove(self, place: Place, id: str) -> Proposal | None:
        """Forget something of a workspace's own, and give it a last time to one who asks; None where it is gone."""
        ...

    def due(self, today: date, platforms: Collection[str]) -> list[Proposal]:
        """What is to be looked at again by now and whose owner was not told yet. Each is given to one process, once."""
        ...

    def forget(self, place: Place) -> None:
        """Forget everything of a workspace."""
        ...

    def forget_person(self, place: Place, person: str) -> None:
        """Forget what a person proposed and is not approved; and that the rest was theirs, or in their care."""
        ...


class Herald(Protocol):
    """How an edge tells somebody something in private. Called in worker threads."""

    def tell(self, place: Place, person: str, sentence: str, **values: object) -> None:
        """Say a sentence of the wording, in the person's language; where they left, only the log has it."""
        ...

    def remind(self, place: Place, proposal: Proposal) -> None:
        """Ask the owner whether something of the team's own still holds, with the buttons to keep or remove it."""
        ...
