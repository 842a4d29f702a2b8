"""A team's shelf: the shipped knowledge as the team's pack has it, with its own rules and touches."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import TypeVar

from bot.coaching.asking import Questions
from bot.coaching.model import Care, CatalogueTouch, Finding, Language, Source
from bot.coaching.ports import Shelf
from bot.coaching.review import Reader
from bot.coaching.rules import Advice, Example, Rule
from bot.coaching.situation import Sign
from bot.coaching.wording import Wording
from bot.packs.model import NO_PACK, OWN, Choice, OwnRule, OwnTouch, Pack, Proposal
from bot.packs.phrases import pattern

A = TypeVar("A", bound=Advice)
FOREVER = date.max


class TeamShelf:
    """The Shelf port. ``own`` are approved. What must not go out at all (``hold``) stays, whatever was chosen."""

    def __init__(self, shelf: Shelf, pack: Pack, own: Iterable[Proposal] = ()) -> None:
        self._shelf = shelf
        self._pack = pack
        self._own = list(own)
        self.reader = cache(self._reader)
        self.catalogue = cache(self._catalogue)
        self.touch_passages = cache(self._touch_passages)

    @property
    def edition(self) -> str:
        """Changes with the pack and with what the team has of its own."""
        state = (self._pack.model_dump_json(), *(proposal.model_dump_json() for proposal in self._own))
        return hashlib.sha256("\0".join(state).encode()).hexdigest()

    def choice(self, rule: Advice) -> Choice | None:
        """What was chosen for a rule, where that can be."""
        return "must" if rule.hold else self._pack.choice(rule.id, rule.criterion)

    def decided(self, finding: Finding, holding: frozenset[str]) -> Finding | None:
        """A finding, also of a language model, as the team wants it, or None. ``holding``: ids of rules."""
        if finding.rule in holding:
            return finding
        choice = self._pack.choice(finding.rule, finding.criterion)
        if choice == "off":
            return None
        return finding.model_copy(update={"severity": choice}) if choice else finding

    def fixed(self, finding: Finding, holding: frozenset[str]) -> bool:
        """Whether no agent can silence it: what a lead has called a must, and what must not go out at all."""
        choice = self._pack.choice(finding.rule, finding.criterion)
        called_must = finding.severity == "must" if finding.criterion == OWN else choice == "must"
        return called_must or finding.rule in holding

    def _reader(self, language: Language) -> Reader:
        reader = self._shelf.reader(language)
        own = [
            own_rule(proposal.rule, proposal.content)
            for proposal in self._own
            if isinstance(proposal.content, OwnRule) and proposal.content.language == language
        ]
        advice = {criterion: made for criterion, one in reader.advice.items() if (made := self._chosen(one))}
        rules = tuple(made for rule in (*reader.rules, *own) if (made := self._chosen(rule)))
        return reader._replace(rules=rules, advice=advice)

    def _chosen(self, rule: A) -> A | None:
        choice = self.choice(rule)
        if choice == "off":
            return None
        return rule.model_copy(update={"severity": choice}) if choice and choice != rule.severity else rule

    def _catalogue(self, language: Language) -> Mapping[str, CatalogueTouch]:
        principles, wording = self._shelf.reader(language).principles, self._shelf.wording(language)
        own = {
            proposal.rule: _touch(proposal, proposal.content, wording)
            for proposal in self._own
            if isinstance(proposal.content, OwnTouch)
            and proposal.content.language == language
            and proposal.content.principle in principles
        }
        return {**self._shelf.catalogue(language), **own}

    def _touch_passages(self, language: Language) -> Mapping[str, str]:
        own = {
            proposal.rule: f"{proposal.content.idea} {proposal.content.why} {proposal.content.example}"
            for proposal in self._own
            if isinstance(proposal.content, OwnTouch) and proposal.content.language == language
        }
        return {**self._shelf.touch_passages(language), **own}

    def wording(self, language: str) -> Wording:
        """The bot's own sentences."""
        return self._shelf.wording(language)

    def signs(self, language: Language) -> Sequence[Sign]:
        """The signs of situations."""
        return self._shelf.signs(language)

    def questions(self, language: Language) -> Questions:
        """How questions are read in a language."""
        return self._shelf.questions(language)

    def names(self, language: Language) -> frozenset[str]:
        """The names that the knowledge holds in a language."""
        return self._shelf.names(language)

    def care(self) -> Mapping[str, Care]:
        """Who keeps each card of the shipped knowledge true."""
        return self._shelf.care()


class Touchless(TeamShelf):
    """A team's shelf without its touches, for texts that no moment belongs to."""

    def __init__(self, team: TeamShelf) -> None:
        super().__init__(team, NO_PACK)
        self._edition = team.edition

    @property
    def edition(self) -> str:
        """That of the team's shelf."""
        return self._edition

    def _catalogue(self, language: Language) -> Mapping[str, CatalogueTouch]:
        return {}

    def _touch_passages(self, language: Language) -> Mapping[str, str]:
        return {}


def own_rule(id: str, content: OwnRule) -> Rule:
    """A rule of a team's own as the core knows rules. Raises Declined for what is no phrase."""
    return Rule(
        id=id,
        language=content.language,
        criterion=OWN,
        principle=content.principle,
        severity=content.severity,
        effect="destroys" if content.severity == "must" else "misses",
        why=content.why,
        suggestion=content.instead,
        find=tuple(pattern(phrase) for phrase in content.phrases),
        fires=(Example(draft=content.phrases[0]),),
        quiet=(Example(draft=content.instead),),
    )


def _touch(proposal: Proposal, content: OwnTouch, wording: Wording) -> CatalogueTouch:
    team, what = wording.say("packs.source"), wording.say("packs.source-touch")
    return CatalogueTouch(
        id=proposal.rule,
        language=content.language,
        kind=content.touch,
        idea=content.idea,
        fits=content.example,
        avoid="",
        why=content.why,
        line=content.line,
        cost=content.cost,
        stages=("any",),
        cues=content.cues,
        principle=content.principle,
        source=Source(id=OWN, file=what, title=team, author="", language=content.language),
        rows=(),
        review_by=proposal.review_by or FOREVER,
    )
