"""The team's budget: log a gesture, take it back, see what is left and what goes down well."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from bot.coaching import ledger
from bot.coaching.gifts import GiftAdvice, advice_on
from bot.coaching.ledger import BadAmount, Budget, Gesture, Month, month_of
from bot.coaching.model import Language
from bot.rituals.model import Team
from bot.rituals.ports import Gestures, Pseudonyms

_CUSTOMER = re.compile(r"(?:^|\s)(?:id|klant|asiakas|customer):(\S{1,100})", re.IGNORECASE)
SHOWN = 3
"""Earlier gestures to the same customer that are shown."""


class Logged(NamedTuple):
    """A gesture that was logged: what is ``left`` of the month, what the customer had ``before``, and advice on it.

    ``best``: one of the best customers.
    """

    gesture: Gesture
    left: int
    before: tuple[Gesture, ...]
    advice: tuple[GiftAdvice, ...]
    best: bool


class Declined(NamedTuple):
    """Why a gesture was not logged: the sentence is ``gift.declined.<problem>``, with ``cents`` as its amount."""

    problem: str
    cents: int = 0


class Giver:
    """The surprise-and-delight ledger of teams. ``hide`` masks personal data; ``now`` is the clock, in UTC."""

    def __init__(
        self,
        gestures: Gestures,
        budget: Budget,
        pseudonyms: Pseudonyms,
        advice: Callable[[Language], Sequence[GiftAdvice]],
        *,
        hide: Callable[[str, Language], str],
        now: Callable[[], datetime],
    ) -> None:
        self._gestures = gestures
        self.budget = budget
        self._pseudonyms = pseudonyms
        self.advice = advice
        self._hide = hide
        self._now = now

    def log(self, team: Team, person: str, text: str, language: Language, *, lead: bool = False) -> Logged | Declined:
        """Log ``25 handwritten card … id:8841``. Above the limit only a lead may.

        The customer's id is kept as a pseudonym, and personal data in the description is masked.
        """
        found = _CUSTOMER.search(text)
        customer = self._customer(team, found.group(1)) if found else ""
        try:
            cents, what = ledger.read_gesture(_CUSTOMER.sub("", text), self.budget.currency)
        except BadAmount as bad:
            return Declined(bad.problem)
        if cents > self.budget.at_once and not lead:
            return Declined("over-limit", self.budget.at_once)
        left = self.month(team).left
        if cents > left:
            return Declined("over-budget", left)
        what = self._hide(what, language)
        by = self._pseudonyms.of("person", team.workspace, person)
        gesture = Gesture(uuid.uuid4().hex, self._today, cents, what, customer, by, self.budget.funding)
        before = self._gestures.to(team, customer)[:SHOWN] if customer else []
        if not self._gestures.add(team, gesture, self._granted(team)):
            return Declined("over-budget", self.month(team).left)
        return Logged(
            gesture,
            self.month(team).left,
            tuple(before),
            tuple(advice_on(what, self.advice(language))),
            self._gestures.is_best(team, customer) if customer else False,
        )

    def undo(self, team: Team, person: str, id: str) -> bool:
        """Take back a gesture of one's own, within its month; False where there is none."""
        by = self._pseudonyms.of("person", team.workspace, person)
        return self._gestures.undo(team, id, by, month_of(self._today))

    def month(self, team: Team) -> Month:
        """This month's money."""
        month = month_of(self._today)
        return self._gestures.month(team, month) or Month(month, self._granted(team), 0)

    def given(self, team: Team, since: date, until: date) -> list[Gesture]:
        """The gestures of these days."""
        return self._gestures.given(team, since, until)

    def of(self, team: Team, person: str) -> list[Gesture]:
        """What a person gave."""
        return self._gestures.of(team, self._pseudonyms.of("person", team.workspace, person))

    def set_best(self, team: Team, customers: Sequence[str]) -> int:
        """Who the best customers are, by the ids that agents give; how many."""
        return self._gestures.set_best(team, [self._customer(team, id) for id in customers])

    def mark_best(self, team: Team, customer: str, best: bool) -> None:
        """Whether a customer is one of the best from now on."""
        self._gestures.mark_best(team, self._customer(team, customer), best)

    def is_best(self, team: Team, customer: str) -> bool:
        """Whether a customer is one of the best, by the id that agents give."""
        return self._gestures.is_best(team, self._customer(team, customer))

    def forget(self, team: Team) -> None:
        """Forget everything of a team."""
        self._gestures.forget(team)

    def forget_person(self, team: Team, person: str) -> None:
        """Forget who gave what a person gave."""
        self._gestures.forget_person(team, self._pseudonyms.of("person", team.workspace, person))

    def _customer(self, team: Team, id: str) -> str:
        return self._pseudonyms.of("customer", team.workspace, id.strip().strip("#.,;").lower())

    def _granted(self, team: Team) -> int:
        month = month_of(self._today)
        return ledger.granted(self.budget, month, self._gestures.last_month(team, month))

    @property
    def _today(self) -> date:
        return self._now().date()
