"""The steps as they go out: each once, whatever happens to the process that sends it.

A step that may have been sent is not sent again: whoever misses it finds it by asking for the path.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.coaching import rituals
from bot.coaching.model import Language
from bot.coaching.path import Step, ValueCard
from bot.coaching.ports import Shelf
from bot.rituals.calendar import off
from bot.rituals.daily.prompting import AT_ONCE, LEASE, MOST
from bot.rituals.errors import Postponed, Refused, Unsure
from bot.rituals.path.model import Told, Turn, Walk
from bot.rituals.path.ports import Guidepost, Walks

log = logging.getLogger(__name__)


class Guide:
    """Sends what is due. Every process has one; they share the walks. ``now`` is the clock, in UTC.

    ``guideposts`` are the edges' by platform; walks of other platforms are left to other processes.
    """

    def __init__(
        self,
        walks: Walks,
        steps: Callable[[Language], Sequence[Step]],
        cards: Callable[[Language], Mapping[str, ValueCard]],
        shelf: Shelf,
        guideposts: Mapping[str, Guidepost],
        *,
        now: Callable[[], datetime],
    ) -> None:
        self._walks = walks
        self._steps = steps
        self._cards = cards
        self._shelf = shelf
        self._guideposts = guideposts
        self._now = now

    def tick(self) -> None:
        """Send what is due, and look after what another process left. Called every few seconds."""
        now = self._now()
        left = self._walks.take_over(now - LEASE, now)
        due = self._walks.due(now, MOST)
        if left or due:
            with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="path") as pool:
                list(pool.map(self._seen_to, [(self._recover, turn) for turn in left]))
                list(pool.map(self._seen_to, [(self._give, turn) for turn in due]))

    def give_now(self, walk: Walk) -> bool:
        """Send the next step at once, today's or the first; False where there is none, or another process sends it."""
        turn = self._walks.get(walk.person)
        if turn is None or turn.walk.given >= self.length(walk.language):
            return False
        given = self._claimed(turn, give=True)
        if given:
            self._send(given)
        return given is not None

    def told(self, walk: Walk, number: int) -> Told:
        """A step as it is shown, the first being number 1."""
        steps = self._steps(walk.language)
        step = steps[number - 1]
        value = self._shelf.reader(walk.language).principles[step.card].title if step.card else ""
        card = self._cards(walk.language)[step.card] if step.card else None
        began, before = (walk.model_copy(update={"given": given}).suggestions for given in (number, number - 1))
        return Told(step, number, len(steps), card, value, began if began != before else None)

    def length(self, language: Language) -> int:
        """How many steps there are."""
        return len(self._steps(language))

    def next_at(self, walk: Walk) -> datetime | None:
        """When the next step comes; None where none is to come."""
        if walk.finished or walk.given >= self.length(walk.language):
            return None
        return rituals.next_after(walk.plan, ZoneInfo(walk.zone), self._now(), off(walk.plan.country))

    def _seen_to(self, work: tuple[Callable[[Turn], None], Turn]) -> None:
        do, turn = work
        if turn.walk.person.platform not in self._guideposts:
            return
        try:
            do(turn)
        except Exception as error:  # one person's path must not hold up the others'
            log.error("path failed error=%s", type(error).__name__)

    def _give(self, turn: Turn) -> None:
        walk = turn.walk
        assert turn.at
        due = rituals.due(walk.plan, ZoneInfo(walk.zone), turn.at, self._now(), off(walk.plan.country))
        given = self._claimed(turn, give=due is not None)
        if given and due:
            self._send(given)

    def _claimed(self, turn: Turn, *, give: bool) -> Walk | None:
        """The walk once its turn is taken; None where another process took it."""
        walk = turn.walk.model_copy(update={"given": turn.walk.given + give})
        return walk if self._walks.claim(turn, self.next_at(walk), self._now(), give=give) else None

    def _recover(self, turn: Turn) -> None:
        if turn.sending == "claimed":
            self._send(turn.walk)
        else:
            self._walks.mark(turn.walk.person, "", self._now())

    def _send(self, walk: Walk) -> None:
        self._walks.mark(walk.person, "posting", self._now())
        try:
            self._guideposts[walk.person.platform].step(walk, self.told(walk, walk.given))
        except Refused:
            # Whoever cannot be written to goes on where they stopped, once they ask for the path again.
            plan = walk.plan.model_copy(update={"paused": True})
            self._walks.save(Turn(walk.model_copy(update={"given": walk.given - 1, "plan": plan}), None))
        except Postponed:
            self._walks.mark(walk.person, "claimed", self._now())
        except Unsure:
            self._walks.mark(walk.person, "", self._now())
        else:
            self._walks.mark(walk.person, "", self._now())
