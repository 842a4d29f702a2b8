"""All rituals of one process, as an edge uses them."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.desk.model import Person
from bot.packs.model import Place
from bot.packs.proposing import Proposer
from bot.rituals.daily.planning import Planner
from bot.rituals.daily.prompting import Prompter
from bot.rituals.daily.writing import Writer
from bot.rituals.evidence.monthly import Monthly
from bot.rituals.evidence.reporting import Reporter
from bot.rituals.gifts.giving import Giver
from bot.rituals.keeping import Keeper
from bot.rituals.model import Team
from bot.rituals.path.walking import Paths
from bot.rituals.stories.telling import Teller

log = logging.getLogger(__name__)

EVERY = 5.0
"""Seconds between two looks at what is due."""
WRITING, MONTHLY, REMINDING = 60.0, 60.0, 600.0
"""The same for what may take its time."""


@dataclass(frozen=True)
class Rituals:
    """What stands behind ``/wow``."""

    prompter: Prompter
    planner: Planner
    giver: Giver
    teller: Teller
    reporter: Reporter
    proposer: Proposer
    monthly: Monthly
    writer: Writer | None
    """None where no language model is set: the catalogue's own words are posted."""
    path: Paths
    keeper: Keeper
    today: Callable[[], date]

    def tickers(self) -> list[Ticker]:
        """What every process does now and then, each in its own thread: a slow model makes no prompt late."""
        writing = [Ticker(self.writer.tick, every=WRITING)] if self.writer else []
        return [
            Ticker(self.prompter.tick),
            Ticker(self.path.guide.tick),
            Ticker(self.keeper.tick, every=REMINDING),
            Ticker(self.monthly.tick, every=MONTHLY),
            Ticker(self.proposer.remind, every=REMINDING),
            *writing,
        ]

    def about(self, team: Team, job: str, number: str) -> bool:
        """Remember the ticket that a review is asked for; whether the number is one of the best customers'."""
        self.reporter.asked(team, job, number)
        return self.giver.is_best(team, number)

    def export(self, person: Person) -> dict[str, Any]:
        """What is kept of a person beside what the desk keeps, as JSON; who was given something is not readable."""
        team = Team(platform=person.platform, workspace=person.workspace)
        place = Place(platform=person.platform, workspace=person.workspace)
        gestures = [one._replace(by="", customer="")._asdict() for one in self.giver.of(team, person.id)]
        return {
            "stories": [story.model_dump(mode="json") for story in self.teller.of(team, person.id)],
            "gestures": [{name: str(value) for name, value in one.items() if value} for one in gestures],
            **self.planner.export(team, person.id),
            "proposals": self.proposer.export(place, person.id),
            **self.path.export(person),
        }

    def forget(self, team: Team) -> None:
        """Forget everything of a team."""
        self.planner.forget(team)
        self.giver.forget(team)
        self.teller.forget(team)
        self.reporter.forget(team)
        self.proposer.forget(Place(platform=team.platform, workspace=team.workspace))

    def forget_person(self, team: Team, person: str) -> None:
        """Forget a person: their prompts, stories and waiting proposals, and that what they gave was theirs.

        Before the desk forgets them, which takes their name from every row, and then nobody knows what was theirs.
        """
        self.planner.forget_person(team, person)
        self.giver.forget_person(team, person)
        self.teller.forget_person(team, person)
        self.proposer.forget_person(Place(platform=team.platform, workspace=team.workspace), person)


class Ticker:
    """Calls ``tick`` every few seconds, in a thread of its own, whatever a call raises."""

    def __init__(self, tick: Callable[[], None], *, every: float = EVERY) -> None:
        self._tick = tick
        self._every = every
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="rituals", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, seconds: float) -> None:
        """Begin nothing more, and wait for what is under way, for at most so long."""
        self._stopped.set()
        self._thread.join(seconds)

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                self._tick()
            except Exception as error:  # whatever the database raises, the next look must come
                log.warning("rituals failed error=%s", type(error).__name__)
            self._stopped.wait(self._every)
