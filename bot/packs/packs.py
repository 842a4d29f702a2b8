"""A team's pack as reviews use it, and as a lead changes it."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from functools import cache
from typing import NamedTuple

from bot.coaching.model import LANGUAGES, Level
from bot.coaching.ports import Shelf
from bot.coaching.rules import Advice, Rule
from bot.packs.errors import Declined
from bot.packs.model import OWN, Choice, Pack, Place
from bot.packs.ports import Rulebook
from bot.packs.shelf import TeamShelf

FRESH = 10.0
"""Seconds after which a change that another process made is seen."""
MOST_KEPT = 1_000


class Known(NamedTuple):
    """A criterion as it was shipped: how most of its rules are meant, and how many of them must not go out at all."""

    criterion: str
    level: Level
    rules: int
    held: int


class Line(NamedTuple):
    """A criterion and what was chosen for it here, and for single rules of it."""

    known: Known
    choice: Choice | None
    rules: tuple[tuple[str, Choice], ...]


class Packs:
    """``clock`` counts seconds."""

    def __init__(self, rulebook: Rulebook, shelf: Shelf, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.rulebook = rulebook
        self._shelf = shelf
        self._clock = clock
        self._shelves: dict[Place, tuple[float, TeamShelf]] = {}
        self._lock = threading.Lock()
        self.known = cache(self._known)

    def shelf(self, place: Place) -> TeamShelf:
        """The knowledge that reviews in this place are made with."""
        now = self._clock()
        with self._lock:
            kept = self._shelves.get(place)
        if kept and now - kept[0] < FRESH:
            return kept[1]
        layers = [self.rulebook.chosen(place)]
        if place.channel:
            layers.append(self.rulebook.chosen(place.whole))
        own = [proposal for proposal in self.rulebook.own(place.whole) if _holds(proposal.place, place)]
        made = TeamShelf(self._shelf, Pack(layers=tuple(layers)), [one for one in own if one.approved])
        with self._lock:
            if kept and kept[1].edition == made.edition:
                made = kept[1]  # which has read its rules already
            if len(self._shelves) >= MOST_KEPT:
                self._shelves.clear()
            self._shelves[place] = (now, made)
        return made

    def choose(self, place: Place, name: str, choice: Choice | None) -> int:
        """Choose for a rule or a whole criterion; None: as it was shipped. How many rules stay, whatever is chosen.

        Raises Declined for a name that is none, and where all that it names must not go out at all.
        """
        name = name.strip().lower()
        own = {proposal.rule for proposal in self.rulebook.own(place.whole) if proposal.content.kind == "rule"}
        named = [rule for rule in self._rules() if name in (rule.id, rule.criterion)]
        if not named and name not in own and name != OWN:
            names = {name for rule in self._rules() for name in (rule.id, rule.criterion)} | own
            near = get_close_matches(name, sorted(names), n=1)
            raise Declined("no-such-rule-near" if near else "no-such-rule", rule=name[:60], near="".join(near))
        held = sum(isinstance(rule, Rule) and rule.hold for rule in named)
        if held and held == len(named) and choice not in ("must", None):
            raise Declined("held", rule=name)
        self.rulebook.choose(place, name, choice)
        self.changed(place)
        return held

    def changed(self, place: Place) -> None:
        """What was kept of this workspace in this process is read anew."""
        with self._lock:
            self._shelves = {kept: made for kept, made in self._shelves.items() if kept.whole != place.whole}

    def lines(self, place: Place) -> list[Line]:
        """Every criterion, with what was chosen in this place itself."""
        chosen = self.rulebook.chosen(place)
        of = {rule.id: rule.criterion for rule in self._rules()}
        single = [(id, of[id], choice) for id, choice in sorted(chosen.items()) if id in of]
        return [
            Line(
                known,
                chosen.get(known.criterion),
                tuple((id, c) for id, of_it, c in single if of_it == known.criterion),
            )
            for known in self.known()
        ]

    def _known(self) -> tuple[Known, ...]:
        rules = list(self._rules())
        criteria = dict.fromkeys(rule.criterion for rule in rules)
        return tuple(
            Known(
                criterion,
                Counter(rule.severity for rule in rules if rule.criterion == criterion).most_common(1)[0][0],
                len({rule.id for rule in rules if rule.criterion == criterion}),
                len({rule.id for rule in rules if rule.criterion == criterion and rule.hold}),
            )
            for criterion in criteria
        )

    def _rules(self) -> Iterator[Advice]:
        for language in LANGUAGES:
            reader = self._shelf.reader(language)
            yield from reader.rules
            yield from reader.advice.values()


def _holds(of: Place, here: Place) -> bool:
    """Whether what is a place's own holds here: that of a workspace everywhere in it."""
    return of == here or of == here.whole
