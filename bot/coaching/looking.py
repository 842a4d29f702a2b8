"""One person's question looked up: what may answer it, best first, and whether it is one that is never answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.coaching.asking import Questions, Refusal, Words, held, read_question, refusal
from bot.coaching.errors import HeartwareError
from bot.coaching.knowing import KNOWN, PRYING, SURELY_PRYING, Match, prying, text_of, together, weigh
from bot.coaching.model import LANGUAGES, Found, Language
from bot.coaching.ports import Examples, Library, Nearby, Shelf

LOOKED_AT = 8
REMEMBERED = 2
"""Earlier questions that a follow-up is read with."""
FEW = 1
"""A question with no more words of its own than this may be a follow-up."""
ENOUGH = 2
"""Words that a passage must hold, and no other be asked for, before a question that seems to pry is taken as honest."""


class Reading(NamedTuple):
    """One question as it was read, with the passages that may answer it, best first."""

    question: str
    asked: Words
    matches: list[Match]


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
        found = [hit for hit in self._search(question) if hit.passage.kind != "touch"]
        likely = prying(max((hit.score for hit in found), default=0.0), nearby)
        if likely < (SURELY_PRYING if self._told_of(asked, found) else PRYING):
            return None
        return "secret" if nearby.secret > nearby.person else "person"

    def read(self, question: str, before: Sequence[str]) -> Reading:
        """The question with what may answer it, read on its own and, where it seems a follow-up, with what preceded."""
        asked = read_question(question, self._how, self._names)
        own = sum(map(len, asked))
        follows = bool(before) and (own <= FEW or self._how.opening.match(question.strip()) is not None)
        alone = [] if follows else self._matches(question, asked)
        if before and (follows or not alone or alone[0].sure < KNOWN):
            recent = " ".join(before[-REMEMBERED:])
            context = read_question(recent, self._how, self._names)
            joined = self._matches(f"{recent} {question}", asked if own else context, context, recent)
            # What a follow-up asks must stand there; that the rest does says nothing.
            if own and joined and joined[0].held.words == 0:
                joined = []
            if joined and (not alone or joined[0].sure > alone[0].sure):
                return Reading(question, asked if own else context, joined)
        return Reading(question, asked, alone)

    def _matches(self, query: str, asked: Words, context: Words | None = None, before: str = "") -> list[Match]:
        found = self._search(query)
        if asked.numbers and not (asked.subject or asked.names or context):
            # "What does the 77% stand for?": among so few words the likeness is no guide.
            found = [*self._search(" ".join(asked.numbers)), *found]
        told = ""
        if context:
            # A follow-up mostly stays with the passage that answered before.
            earlier = self._search(before)
            first = weigh(context, earlier, self._how, before, None)
            told = first[0].passage.id if first else ""
            found = [*earlier[:1], *found]
        hits = list({hit.passage.id: hit for hit in found}.values())
        matches = weigh(asked, hits, self._how, query, self._near(query), context=context, told=told)
        pair = together(asked, matches, self._how)
        return [*pair, *(match for match in matches if match.passage.id not in {one.passage.id for one in pair})]

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


def said_never(question: str, shelf: Shelf) -> Refusal | None:
    """Why this is never answered, as far as its words alone show it."""
    ways = [shelf.questions(language) for language in LANGUAGES]
    return refusal(question, ways, frozenset[str]().union(*map(shelf.names, LANGUAGES)))
