"""What somebody does with their path: begin, pause, go on, write for themselves, finish; and what a lead may do."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.coaching.errors import HeartwareError
from bot.coaching.model import Language
from bot.coaching.rituals import Plan
from bot.desk.model import Person
from bot.rituals.calendar import off, zone_of
from bot.rituals.path.guiding import Guide
from bot.rituals.path.model import LONGEST_NOTE, Note, Told, Turn, Walk
from bot.rituals.path.ports import Guidepost, Walks

log = logging.getLogger(__name__)

USUAL = time(9, 0)


class Paths:
    """The same for every platform. ``fade`` makes the coach quiet for somebody (True), or full (False).

    ``now`` is the clock, in UTC.
    """

    def __init__(
        self,
        walks: Walks,
        guide: Guide,
        guideposts: Mapping[str, Guidepost],
        *,
        fade: Callable[[Person, bool], None],
        now: Callable[[], datetime],
    ) -> None:
        self._walks = walks
        self.guide = guide
        self._guideposts = guideposts
        self._fade = fade
        self._now = now

    def of(self, person: Person) -> Walk | None:
        """Somebody's path; None where they never began, or erased it."""
        turn = self._walks.get(person)
        return turn.walk if turn else None

    def start(
        self,
        person: Person,
        *,
        language: Language,
        zone: str,
        at: time = USUAL,
        country: str = "",
        lead: str = "",
        fades: bool = True,
    ) -> Walk:
        """Begin, or begin again from the first step, which comes at once; the others on working days at this hour.

        Raises BadInput for an unknown zone or country.
        """
        before = self.of(person)
        known = zone_of(zone).key
        off(country)
        today = self._now().astimezone(ZoneInfo(known)).date()
        plan = Plan(at=at, country=country)
        walk = Walk(
            person=person,
            language=language,
            zone=known,
            # One step a day: the first comes now, however early in the morning it is.
            plan=plan.model_copy(update={"skipped": frozenset({today})}),
            started=today,
            lead=lead if lead != person.id else "",
            fades=fades,
            round=before.round + 1 if before else 1,
        )
        self._fade(person, False)
        self._walks.save(Turn(walk, self.guide.next_at(walk)))
        self._tell_lead(walk, "path.told-started")
        self.guide.give_now(walk)
        return self.of(person) or walk

    def pause(self, person: Person) -> Walk | None:
        """No steps until it is resumed; None where there is no path."""
        return self._planned(person, paused=True)

    def resume(self, person: Person) -> Walk | None:
        """Go on where it stopped; None where there is no path."""
        return self._planned(person, paused=False)

    def finish(self, person: Person) -> Walk | None:
        """The end, as the person says it; from now on the coach is quiet, where they wished that."""
        walk = self.of(person)
        if walk is None or walk.finished:
            return walk
        walk = walk.model_copy(update={"finished": True})
        self._walks.save(Turn(walk, None))
        if walk.fades:
            self._fade(person, True)
        self._tell_lead(walk, "path.told-finished")
        return walk

    def step(self, walk: Walk, id: str = "") -> Told | None:
        """The step of that id, or the last that was given; None where there is none, or it was not given yet."""
        for number in range(walk.given, 0, -1):
            told = self.guide.told(walk, number)
            if told.step.id == id or not id:
                return told
        return None

    def next_at(self, walk: Walk) -> datetime | None:
        """When the next step comes, by the person's own clock; None where none is to come."""
        at = self.guide.next_at(walk)
        return at.astimezone(ZoneInfo(walk.zone)) if at else None

    def invite(self, lead: Person, person: Person) -> bool:
        """Ask somebody whether they want to begin; False where they cannot be written to.

        What they answer is theirs: the lead hears of it only where they agree to it when they begin.
        """
        try:
            self._guideposts[person.platform].tell(person, "path.invited", who=lead.id)
        except HeartwareError:
            return False
        return True

    def write(self, person: Person, week: int, text: str) -> None:
        """Keep a reflection for the person's own eyes, sealed; nothing where there is no path or no text."""
        walk = self.of(person)
        if walk and text.strip():
            self._walks.write(person, Note(walk.round, week, self._today(walk), text.strip()[:LONGEST_NOTE]))

    def notes(self, person: Person) -> list[Note]:
        """What the person wrote for themselves."""
        return self._walks.notes(person)

    def export(self, person: Person) -> dict[str, Any]:
        """Everything kept of the person's path, as JSON."""
        walk = self.of(person)
        notes = [note._asdict() | {"day": note.day.isoformat()} for note in self.notes(person)]
        return {"path": walk.model_dump(mode="json", exclude={"person"}) if walk else None, "path_notes": notes}

    def _planned(self, person: Person, **changes: object) -> Walk | None:
        walk = self.of(person)
        if walk is None:
            return None
        walk = walk.model_copy(update={"plan": walk.plan.model_copy(update=changes)})
        self._walks.save(Turn(walk, self.guide.next_at(walk)))
        return walk

    def _tell_lead(self, walk: Walk, sentence: str) -> None:
        post = self._guideposts.get(walk.person.platform)
        if not walk.lead or post is None:
            return
        try:
            post.tell(walk.person.model_copy(update={"id": walk.lead}), sentence, who=walk.person.id)
        except HeartwareError as error:
            log.warning("a lead could not be told error=%s", type(error).__name__)

    def _today(self, walk: Walk) -> date:
        return self._now().astimezone(ZoneInfo(walk.zone)).date()
