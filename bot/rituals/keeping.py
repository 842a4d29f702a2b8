"""The knowledge kept true: owners are reminded of what is due for review, and told of answers said to be wrong."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal, Protocol

from bot.coaching.errors import HeartwareError
from bot.coaching.model import Care, Language, Passage
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

Passed = Literal["told", "nobody", "failed", "gone"]
"""What became of a remark: its owner was told, nobody is set as owner or can be written to, the passage is gone."""


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
    """``care`` says who keeps which card, ``passages`` gives what answers cite, ``teams`` those that may be written to.

    ``hide`` masks personal data. ``now`` is the clock, in UTC.
    """

    def __init__(
        self,
        care: Callable[[], Mapping[str, Care]],
        passages: Callable[[Sequence[str]], Sequence[Passage]],
        owners: Owners,
        reminders: Reminders,
        guideposts: Mapping[str, Guidepost],
        teams: Callable[[], Sequence[Team]],
        *,
        hide: Callable[[str, Language], str],
        now: Callable[[], datetime],
    ) -> None:
        self._care = care
        self.cited = passages
        """The passages that an answer cites, by their ids, whole; those that are gone are left out."""
        self._owners = owners
        self._reminders = reminders
        self._guideposts = guideposts
        self._teams = teams
        self._hide = hide
        self._now = now

    def tick(self) -> None:
        """Remind owners of what is due for review, once for each date that passed."""
        today = self._now().date()
        due = [card for card in self._care().values() if card.stale(today)]
        for team in self._teams() if due else ():
            owned = [card for card in due if self._owners.of(team.platform, card.owner)]
            if owned and team.platform in self._guideposts:
                self._remind(team, self._reminders.first(team, owned))

    def wrong(self, person: Person, id: str, remark: str, language: Language, *, named: bool) -> Passed:
        """Tell the owner of a passage (by its id) that an answer which rests on it is said to be wrong.

        Who says so stays unnamed unless ``named``. Personal data in the remark is masked.
        """
        cited = self.cited([id])
        if not cited:
            return "gone"
        passage = cited[0]
        kept, post = self._care().get(passage.card), self._guideposts.get(person.platform)
        owner = self._owners.of(person.platform, kept.owner if kept else ANYBODY)
        if not owner or post is None:
            return "nobody"
        said = {
            "passage": passage.text[:LONGEST_PASSAGE],
            "source": str(passage.source),
            "remark": self._hide(remark.strip()[:LONGEST_REMARK], language) or "–",
        }
        try:
            if named:
                post.tell(person.model_copy(update={"id": owner}), "keeping.wrong-named", who=person.id, **said)
            else:
                post.tell(person.model_copy(update={"id": owner}), "keeping.wrong", **said)
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
