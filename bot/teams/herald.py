"""What is told in private about a team's own rules: to who proposed one, and to who has one in their care."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from bot.coaching.wording import Wording
from bot.desk.model import Person
from bot.packs.model import Place, Proposal
from bot.packs.proposing import said
from bot.teams.cards.parts import Card, notice
from bot.teams.cards.rules import reminder_card
from bot.teams.guidepost import TeamsGuidepost

log = logging.getLogger(__name__)


class TeamsHerald:
    """The Herald port; what it sends goes the guidepost's way."""

    def __init__(self, guidepost: TeamsGuidepost) -> None:
        self._guidepost = guidepost

    def tell(self, place: Place, person: str, sentence: str, **values: object) -> None:
        """Say a sentence of the wording; where they left, only the log has it."""
        self._sent(_somebody(place, person), sentence, values, None)

    def remind(self, place: Place, proposal: Proposal) -> None:
        """Ask the owner whether something of the team's own still holds."""
        self._sent(_somebody(place, proposal.owner), "packs.remind", {"what": said(proposal)}, proposal)

    def _sent(self, person: Person, sentence: str, values: Mapping[str, object], asked: Proposal | None) -> None:
        def made(wording: Wording) -> Card:
            text = wording.say(sentence, **values)
            return reminder_card(asked, text, wording) if asked else notice(text)

        try:
            self._guidepost.send(person, made)
        except Exception as error:  # whoever is to be told may have left; the decision stands
            log.warning("%s not told error=%s", sentence, type(error).__name__)


def _somebody(place: Place, person: str) -> Person:
    return Person(platform="teams", workspace=place.workspace, id=person)
