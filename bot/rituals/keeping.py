"""The knowledge kept true: owners are reminded of what is due for review, and told of answers said to be wrong."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal, Protocol

from bot.coaching.errors import HeartwareError
from bot.coaching.model import Care, Language
from bot.desk.model import Person, Platform
from bot.rituals.model import Team
from bot.rituals.path.ports import Guidepost

log = logging.getLogger(__name__)

LONGEST_REMARK = 500
LONGEST_PASSAGE = 700
MOST_NAMED = 20
"""Cards that a reminder names; of the others it gives the number."""
ANYBODY = ""
"""The owner of what no other owner is set for."""

Passed = Literal["told", "nobody", "failed"]
"""What became of a remark: its owner was told, nobody is set as owner, the owner could not be written to."""


class Reminders(Protocol):
    """Where it is kept of what owners were reminded. Shared by all processes."""

    def first(self, team: Team, cards: Sequence[Care]) -> list[Care]:
        """Those of which nobody of this team was reminded yet since their review was due; from now on they were."""
        ...


class Owners:
    """Who keeps what, by the roles that the data files name. ``given`` is ``role=id`` or an id for all the rest.

    Ids are those of a platform: ``belongs`` says whose an id is.
    """

    def __init__(self, given: Iterable[str], belongs: Callable[[str], Platform]) -> None:
        self._ids: dict[tuple[Platform, str], str] = {}
        for entry in given:
            role, _, id = entry.rpartition("=")
            self._ids[belongs(id.strip()), role.strip().lower()] = id.strip()

    def of(self, platform: Platform, role: str) -> str:
        """The id of who has this role on a platform; empty where nobody has."""
        return self._ids.get((platform, role.lower())) or self._ids.get((platform, ANYBODY), "")


class Keeper:
    """``dated`` gives everything with a review date; ``teams`` those that may be written to.

    ``hide`` masks personal data. ``now`` is the clock, in UTC.
    """

    def __init__(
        self,
        dated: Callable[[], Sequence[Care]],
        owners: Owners,
        reminders: Reminders,
        guideposts: Mapping[str, Guidepost],
        teams: Callable[[], Sequence[Team]],
        *,
        hide: Callable[[str, Language], str],
        now: Callable[[], datetime],
    ) -> None:
        self._dated = dated
        self._owners = owners
        self._reminders = reminders
        self._guideposts = guideposts
        self._teams = teams
        self._hide = hide
        self._now = now

    def tick(self) -> None:
        """Remind owners of what is due for review, once for each date that passed."""
        today = self._now().date()
        due = [card for card in self._dated() if card.stale(today)]
        for team in self._teams() if due else ():
            owned = [card for card in due if self._owners.of(team.platform, card.owner)]
            if owned and team.platform in self._guideposts:
                self._remind(team, self._reminders.first(team, owned))

    def wrong(
        self, person: Person, passage: str, source: str, owner: str, *, remark: str, named: bool, language: Language
    ) -> Passed:
        """Tell the owner that an answer is said to be wrong, with the passage it rests on.

        ``passage`` and ``source`` are as the answer cites them. Who says so stays unnamed unless ``named``. Personal
        data in the remark is masked.
        """
        id, post = self._owners.of(person.platform, owner), self._guideposts.get(person.platform)
        if not id or post is None:
            return "nobody"
        said = self._hide(remark.strip()[:LONGEST_REMARK], language)
        sentence = "keeping.wrong-named" if named else "keeping.wrong"
        try:
            post.tell(
                person.model_copy(update={"id": id}),
                sentence,
                who=person.id if named else "",
                passage=passage[:LONGEST_PASSAGE],
                source=source,
                remark=said or "–",
            )
        except HeartwareError as error:
            log.warning("an owner could not be told error=%s", type(error).__name__)
            return "failed"
        return "told"

    def _remind(self, team: Team, cards: Sequence[Care]) -> None:
        by_owner: defaultdict[str, list[Care]] = defaultdict(list)
        for card in cards:
            by_owner[self._owners.of(team.platform, card.owner)].append(card)
        for id, own in by_owner.items():
            person = Person(platform=team.platform, workspace=team.workspace, id=id)
            named = ", ".join(card.card for card in own[:MOST_NAMED]) + (" …" if len(own) > MOST_NAMED else "")
            try:
                self._guideposts[team.platform].tell(person, "keeping.due", number=len(own), cards=named)
            except HeartwareError as error:
                log.warning("an owner could not be reminded error=%s", type(error).__name__)
