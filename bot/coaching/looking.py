"""One person's question looked up: what may answer it, best first, and whether it is one that is never answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.coaching.asking import Questions, Refusal, Words, held, read_question, refusal
from bot.coaching.errors import HeartwareError
from bot.coaching.knowing import KNOWN, PRYING, SURELY_PRYING, Match, prying, text_of, together, weigh
from bot.coaching.model import LANGUAGES, Found, Language, passage_id
from bot.coaching.moments import Moment, moment_of
from bot.coaching.ports import Examples, Library, Nearby, Shelf

LOOKED_AT = 8
REMEMBERED = 2
"""Earlier questions that a follow-up is read with."""
FEW = 1
"""A question with no more words of its own than this may be a follow-up."""
ENOUGH = 2
"""Words that a passage must hold, and no other be asked for, before a question that seems to pry is taken as honest."""


class Reading(NamedTuple):
    """One question as it was read, with the passages that may answer it, best first; the first few answer together."""

    question: str
    asked: Words
    matches: list[Match]
    together: int

    @property
    def answers(self) -> list[Match]:
        """The passages to answer with; none where none is known to answer."""
        known = bool(self.matches) and self.matches[0].sure >= KNOWN
        return self.matches[: self.together] if known else []


class Looking:
    """The look-ups for one text that somebody sent, each made once. ``spoken`` is its language, where it is known.

    ``how`` reads it; any method raises LibraryUnavailable.
    """

    def __init__(
        self, shelf: Shelf, library: Library, examples: Examples | None, how: Questions, spoken: Language | None
    ) -> None:
        self._shelf = shelf
        self._library = library
        self._examples = examples
        self._how = how
        self._names = shelf.names(how.id)
        self._language = spoken or ""
        self._found: dict[str, list[Found]] = {}
        self._nearby: dict[str, Nearby | None] = {}

    def never(self, question: str) -> Refusal | None:
        """Why this is never answered, as far as its words or examples show it."""
        why = said_never(question, self._shelf)
        nearby = self._near(question)
        asked = read_question(question, self._how, self._names)
        if why or nearby is None or self._names.intersection(asked.names):
            return why
        moment = moment_of(asked, self._how, nearby)
        if moment and moment.whole and moment.sure >= KNOWN:
            return None
        found = [hit for hit in self._search(question) if hit.passage.kind != "touch"]
        likely = prying(max((hit.score for hit in found), default=0.0), nearby)
        # Of a few words the likeness is no sure sign, and a wrong no offends.
        few = sum(map(len, asked)) <= ENOUGH and not asked.names
        if likely < (SURELY_PRYING if few or self._told_of(asked, found) else PRYING):
            return None
        return "secret" if nearby.secret > nearby.person else "person"

    def read(self, question: str, before: Sequence[str]) -> Reading:
        """The question with what may answer it, read on its own and, where it seems a follow-up, with what preceded."""
        asked = read_question(question, self._how, self._names)
        own = sum(map(len, asked))
        follows = bool(before) and (own <= FEW or self._how.opening.match(question.strip()) is not None)
        alone = Reading(question, asked, [], 0) if follows else self._alone(question, asked)
        if before and not alone.answers:
            recent = " ".join(before[-REMEMBERED:])
            context = read_question(recent, self._how, self._names)
            found = self._following(question, asked if own else context, context, recent)
            # What a follow-up asks must stand there; that the rest does says nothing.
            if own and found.matches and found.matches[0].held.words == 0:
                return alone
            if found.matches and (not alone.matches or found.matches[0].sure > alone.matches[0].sure):
                return found
        return alone

    def _alone(self, question: str, asked: Words) -> Reading:
        """A question that goes on with nothing."""
        found = self._search(question)
        if asked.numbers and not (asked.subject or asked.names):
            # "What does the 77% stand for?": among so few words the likeness is no guide.
            found = [*self._search(" ".join(asked.numbers)), *found]
        nearby = self._near(question)
        matches = weigh(asked, _once(found), self._how, question, nearby)
        moment = moment_of(asked, self._how, nearby)
        if moment and moment.sure >= KNOWN:
            answering = self._of_moment(moment, asked)
            # Where the phrase lacks something that is asked, what surely answers it otherwise goes before.
            other = bool(matches) and matches[0].sure >= KNOWN
            if answering and not (other and (not moment.whole or _tells_more(matches[0], answering[0]))):
                return _reading(question, asked, answering, matches)
        return _reading(question, asked, together(asked, matches, self._how), matches)

    def _following(self, question: str, asked: Words, context: Words, before: str) -> Reading:
        """A question that goes on with what was asked before. It mostly stays with the passage that answered that."""
        query = f"{before} {question}"
        earlier = self._search(before)
        first = weigh(context, earlier, self._how, before, None)
        told = first[0].passage.id if first else ""
        hits = _once([*earlier[:1], *self._search(query)])
        matches = weigh(asked, hits, self._how, query, self._near(query), context=context, told=told)
        return _reading(question, asked, together(asked, matches, self._how), matches)

    def _of_moment(self, moment: Moment, asked: Words) -> list[Match]:
        """The passages of the moment's cards."""
        ids = [passage_id(card, self._how.id) for card in moment.cards]
        passages = self._library.get(ids)
        return [Match(p, held(asked, f"{moment.phrase} {text_of(p)}", self._how), moment.sure) for p in passages]

    def _told_of(self, asked: Words, found: Sequence[Found]) -> bool:
        """Whether some passage holds all that is asked for, and that is not too little to tell."""
        if len(asked.subject) < ENOUGH:
            return False
        told = (hit.passage for hit in found if hit.passage.language == self._how.id)
        return any(held(asked, text_of(passage), self._how).words == 1 for passage in told)

    def _search(self, query: str) -> list[Found]:
        if query not in self._found:
            self._found[query] = self._library.search(query, k=LOOKED_AT, language=self._language)
        return self._found[query]

    def _near(self, question: str) -> Nearby | None:
        if question not in self._nearby:
            try:
                self._nearby[question] = self._examples.near(question, self._how.id) if self._examples else None
            except HeartwareError:
                self._nearby[question] = None
        return self._nearby[question]


def _reading(question: str, asked: Words, answering: Sequence[Match], matches: Sequence[Match]) -> Reading:
    """The reading with those that answer together first."""
    first = {one.passage.id for one in answering}
    rest = (match for match in matches if match.passage.id not in first)
    return Reading(question, asked, [*answering, *rest], len(answering))


def _once(found: Sequence[Found]) -> list[Found]:
    return list({hit.passage.id: hit for hit in found}.values())


def _tells_more(one: Match, other: Match) -> bool:
    """Whether one holds more of what is asked than the other."""
    return one.held.names and one.held.words > other.held.words


def said_never(question: str, shelf: Shelf) -> Refusal | None:
    """Why this is never answered, as far as its words alone show it."""
    ways = [shelf.questions(language) for language in LANGUAGES]
    return refusal(question, ways, frozenset[str]().union(*map(shelf.names, LANGUAGES)))
