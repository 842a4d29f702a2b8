"""What the desk needs from outside, and what it needs of an edge, as protocols."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Literal, Protocol

from bot.coaching.model import Answer, Language, Review
from bot.desk.model import Job, Person, Preferences, Week


class Jobs(Protocol):
    """Where jobs are kept, sealed. Every call counts as a use."""

    def put(self, job: Job) -> bool:
        """Keep a new job; False where its id is known already, also to another process."""
        ...

    def get(self, id: str) -> Job:
        """The job. Raises Erased."""
        ...

    def change(self, id: str, how: Callable[[Job], Job]) -> Job:
        """The job as ``how`` changed it; nobody else changes it meanwhile. Raises Erased."""
        ...

    def of(self, person: Person) -> list[Job]:
        """The jobs of a person that are still kept."""
        ...

    def kept(self, platform: str) -> list[str]:
        """The ids of a platform's jobs that are still kept."""
        ...

    def erase(self, id: str) -> None:
        """Erase a job; its id stays known for a while, so that a late duplicate is not taken."""
        ...

    def erase_older(self, than: datetime) -> int:
        """Erase the jobs that were last used before then; how many."""
        ...

    def erase_of(self, person: Person) -> None:
        """Erase all jobs of a person."""
        ...

    def erase_workspace(self, platform: str, workspace: str) -> None:
        """Erase all jobs of a workspace."""
        ...


class People(Protocol):
    """What is remembered of people: choices and figures, never a draft."""

    def preferences(self, person: Person) -> Preferences:
        """What the person chose; the defaults for somebody unknown."""
        ...

    def prefer(
        self, person: Person, *, language: Language | Literal[""] | None = None, quiet: bool | None = None
    ) -> None:
        """Remember a choice; None leaves it as it is."""
        ...

    def silence(self, person: Person, rule: str) -> None:
        """Remember that this rule is not for this person."""
        ...

    def unsilence(self, person: Person, rule: str) -> None:
        """Forget it again."""
        ...

    def reviewed(self, person: Person, job: str, day: date, review: Review) -> None:
        """Count a review and what it found; a second time replaces the first."""
        ...

    def useful(self, person: Person, job: str, day: date, useful: bool, why: str) -> None:
        """Remember whether a review was of use; a second time replaces the first."""
        ...

    def week(self, person: Person, until: date) -> Week:
        """The figures of the seven days that end with ``until``."""
        ...

    def export(self, person: Person) -> dict[str, Any]:
        """Everything remembered of the person, as JSON."""
        ...

    def delete(self, person: Person) -> None:
        """Forget the person."""
        ...

    def delete_workspace(self, platform: str, workspace: str) -> None:
        """Forget everybody of a workspace."""
        ...


class Easing(Protocol):
    """Coaching that grows less with time, until somebody says themselves how much they want."""

    def suggestions(self, person: Person) -> int | None:
        """How many suggestions a review shows this person at most, beside what must change; None: all."""
        ...

    def decided(self, person: Person) -> None:
        """The person chose for themselves: no longer less by itself."""
        ...


class Delivery(Protocol):
    """How an edge answers. Called in a worker thread, and again after a crash: an answer replaces the one before it.

    Whatever these raise, the call is made again a few times, and then ``failed`` is called.
    """

    def first(self, job: Job, review: Review, *, last: bool) -> None:
        """Show the local review. ``last``: no deeper one follows."""
        ...

    def deeper(self, job: Job, review: Review) -> None:
        """Show the deeper review in the place of the first."""
        ...

    def working(self, wish: Job, of: Job, review: Review) -> None:
        """Say that the wish is being worked on, where its answer will stand; ``review`` stands there now."""
        ...

    def again(self, wish: Job, of: Job, review: Review) -> None:
        """Show what the review of the draft ``of`` became by a wish, at the address of the wish."""
        ...

    def growing(self, job: Job, text: str) -> None:
        """Show what there is of an answer, where the platform can; ``answered`` takes its place. Raises nothing."""
        ...

    def answered(self, job: Job, answer: Answer) -> None:
        """Show the answer to a question."""
        ...

    def failed(self, job: Job, sentence: str = "chat.failed") -> None:
        """Say in one plain sentence, in private, why there is no answer: ``sentence`` of the wording."""
        ...
