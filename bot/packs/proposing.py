"""Rules and touches of a team's own: proposed by anybody, tried, approved or declined by a lead, looked at again."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from bot.coaching.model import Cost, Language, Level, TouchKind
from bot.coaching.ports import Shelf
from bot.coaching.rules import Hit, find
from bot.coaching.situation import read
from bot.coaching.text import Reading
from bot.packs.errors import Declined
from bot.packs.model import OwnRule, OwnTouch, Place, Proposal
from bot.packs.packs import Packs
from bot.packs.phrases import read_phrases
from bot.packs.ports import Herald, Rulebook
from bot.packs.shelf import own_rule
from bot.packs.trial import Past, Trial, tried

log = logging.getLogger(__name__)

LONGEST = 300
MOST_WAITING = 50
"""Proposals of a workspace that wait at the same time."""
HOLDS = timedelta(days=182)
"""After half a year somebody looks whether a rule of one's own still holds."""


class Texts(NamedTuple):
    """Fields of a form as somebody filled them in, by name."""

    fields: Mapping[str, str]
    language: Language
    hide: Callable[[str, Language], str]

    def needed(self, name: str) -> str:
        """A text with personal data masked. Raises Declined where there is none, or too much."""
        text = " ".join(self.fields.get(name, "").split())
        if not text:
            raise Declined("empty", name)
        if len(text) > LONGEST:
            raise Declined("too-long", name, most=LONGEST)
        return self.hide(text, self.language)


class Proposer:
    """``past`` gives the example replies of a language; ``heralds`` are the edges' by platform.

    ``leads`` are those whom a setting names, by platform; ``hide`` masks personal data; ``now`` is the clock, in UTC.
    """

    def __init__(
        self,
        packs: Packs,
        shelf: Shelf,
        past: Callable[[Language], Iterable[Past]],
        heralds: Mapping[str, Herald],
        *,
        leads: Callable[[str], Sequence[str]] = lambda platform: (),
        hide: Callable[[str, Language], str],
        now: Callable[[], datetime],
    ) -> None:
        self.packs = packs
        self._rulebook: Rulebook = packs.rulebook
        self._shelf = shelf
        self._past = past
        self._heralds = heralds
        self._leads = leads
        self._hide = hide
        self._now = now

    def propose_rule(self, place: Place, by: str, language: Language, fields: Mapping[str, str]) -> Proposal:
        """Keep a rule that somebody proposes: ``phrases``, ``why``, ``instead``, ``principle``. Raises Declined."""
        texts = Texts(fields, language, self._hide)
        phrases = read_phrases(fields.get("phrases", ""))
        if any(self._hide(phrase, language) != phrase for phrase in phrases):
            raise Declined("personal", "phrases")
        content = OwnRule(
            language=language,
            phrases=phrases,
            why=texts.needed("why"),
            instead=texts.needed("instead"),
            principle=self._principle(language, fields),
        )
        if find([own_rule("new", content)], Reading(content.instead)):
            raise Declined("instead-flagged", "instead")
        return self._kept(place, by, content)

    def propose_touch(
        self, place: Place, by: str, language: Language, fields: Mapping[str, str], *, touch: TouchKind, cost: Cost
    ) -> Proposal:
        """Keep a touch: ``idea``, ``line``, ``why``, ``principle`` and a message as ``example``. Raises Declined."""
        texts = Texts(fields, language, self._hide)
        example, line = texts.needed("example"), texts.needed("line")
        cues = read(self._shelf.signs(language), Reading(""), Reading(example)).cues
        if not cues:
            raise Declined("no-moment", "example")
        content = OwnTouch(
            language=language,
            touch=touch,
            idea=texts.needed("idea"),
            line=line,
            why=texts.needed("why"),
            cost=cost,
            principle=self._principle(language, fields),
            example=example,
            cues=tuple(sorted(cues)),
        )
        if any(hit.rule.severity == "must" and hit.start is not None for hit in self._hits(line, language)):
            raise Declined("line-at-fault", "line")
        return self._kept(place, by, content)

    def own(self, place: Place) -> list[Proposal]:
        """Everything of a workspace's own, approved or waiting."""
        return self._rulebook.own(place.whole)

    def get(self, place: Place, id: str) -> Proposal | None:
        """One of them, by its id or the beginning of it."""
        return next((one for one in self.own(place) if id and (one.id.startswith(id) or one.rule == id)), None)

    def try_rule(self, proposal: Proposal, own: Iterable[Past] = ()) -> Trial:
        """What a rule would have flagged of the shipped examples, and of a team's ``own``. A touch flags nothing."""
        assert isinstance(proposal.content, OwnRule)
        language = proposal.content.language
        return tried(own_rule(proposal.rule, proposal.content), (*self._past(language), *own))

    def approve(self, place: Place, id: str, lead: str, severity: Level) -> Proposal | None:
        """It holds from now on, in the lead's care; who proposed it is told. None where it does not wait any more."""
        found = self._waiting(place, id)
        if found is None:
            return None
        content = found.content
        if isinstance(content, OwnRule):
            content = content.model_copy(update={"severity": severity})
        update = {"approved": True, "content": content, "owner": lead, "review_by": self._today + HOLDS}
        approved = found.model_copy(update=update)
        if not self._rulebook.approve(approved):
            return None
        self.packs.changed(found.place)
        self._tell(found, lead, f"packs.told-approved-{content.kind}")
        return approved

    def decline(self, place: Place, id: str, lead: str, reason: str = "") -> Proposal | None:
        """Forget what waits; who proposed it is told why, in private. None where it does not wait any more."""
        found = self._waiting(place, id)
        if found is None or self._rulebook.remove(found.place, found.id) is None:
            return None
        reason = " ".join(reason.split())[:LONGEST]
        self._tell(found, lead, "packs.told-declined" if reason else "packs.told-declined-bare", reason=reason)
        return found

    def keep(self, place: Place, id: str, lead: str) -> date | None:
        """Another half year, in this lead's care; until when. None where it is gone."""
        until = self._today + HOLDS
        found = self.get(place, id)
        return until if found and self._rulebook.keep(found.place, found.id, lead, until) else None

    def remove(self, place: Place, id: str) -> bool:
        """It holds no longer; False where it is gone."""
        found = self.get(place, id)
        gone = self._rulebook.remove(found.place, found.id) if found else None
        if gone:
            self.packs.changed(gone.place)
        return gone is not None

    def remind(self) -> None:
        """Ask the owners of what is to be looked at again, each once. Called now and then by every process.

        Where the owner is forgotten, the first of the leads is asked, and who keeps it has it in their care.
        """
        for proposal in self._rulebook.due(self._today, tuple(self._heralds)):
            platform = proposal.place.platform
            if owner := proposal.owner or next(iter(self._leads(platform)), ""):
                self._heralds[platform].remind(proposal.place, proposal.model_copy(update={"owner": owner}))
            else:
                log.info("own=%s is due and has no owner", proposal.id)

    def export(self, place: Place, person: str) -> list[dict[str, Any]]:
        """What a person proposed, or has in their care, as JSON; nobody else's name."""
        mine = [one for one in self.own(place) if person in (one.by, one.owner)]
        return [one.model_dump(mode="json", exclude={"place", "by", "owner"}) for one in mine]

    def forget_person(self, place: Place, person: str) -> None:
        """Forget what a person proposed and is not approved; and that the rest was theirs."""
        self._rulebook.forget_person(place.whole, person)

    def forget(self, place: Place) -> None:
        """Forget everything of a workspace."""
        self._rulebook.forget(place.whole)
        self.packs.changed(place)

    def _tell(self, proposal: Proposal, lead: str, sentence: str, **values: object) -> None:
        """Tell who proposed it, unless they are the lead who decided."""
        herald = self._heralds.get(proposal.place.platform)
        if herald and proposal.by and proposal.by != lead:
            herald.tell(proposal.place, proposal.by, sentence, what=said(proposal), **values)

    def _waiting(self, place: Place, id: str) -> Proposal | None:
        found = self.get(place, id)
        return found if found and not found.approved else None

    def _kept(self, place: Place, by: str, content: OwnRule | OwnTouch) -> Proposal:
        waiting = [one for one in self.own(place) if not one.approved]
        if len(waiting) >= MOST_WAITING:
            raise Declined("too-many-waiting", most=MOST_WAITING)
        if any(said(one) == said_content(content) for one in waiting):
            raise Declined("waits-already")
        proposal = Proposal(id=uuid.uuid4().hex, place=place, content=content, by=by)
        self._rulebook.add(proposal)
        return proposal

    def _principle(self, language: Language, fields: Mapping[str, str]) -> str:
        chosen = fields.get("principle", "")
        if chosen not in self._shelf.reader(language).principles:
            raise Declined("no-principle", "principle")
        return chosen

    def _hits(self, text: str, language: Language) -> list[Hit]:
        return find(self._shelf.reader(language).rules, Reading(text))

    @property
    def _today(self) -> date:
        return self._now().date()


def said(proposal: Proposal) -> str:
    """What it is, in its own words: the phrases of a rule, the idea of a touch."""
    return said_content(proposal.content)


def said_content(content: OwnRule | OwnTouch) -> str:
    """The same of what is in it."""
    return "; ".join(content.phrases) if isinstance(content, OwnRule) else content.idea
