"""From a question to its answer: refuse, read, search, weigh, then extract or compose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.coaching.asking import Questions, Refusal, Words, held, questions_in, read_question, refusal, spoken_in
from bot.coaching.composing import Composed, checked, listed
from bot.coaching.errors import HeartwareError, ModelUnavailable
from bot.coaching.knowing import KNOWN, MAYBE, PRYING, Match, prying, together, weigh
from bot.coaching.model import LANGUAGES, Answer, Language, Passage
from bot.coaching.onboarding import body, caveats, cite, extract
from bot.coaching.ports import Examples, Library, Model, Nearby, Prompt, Shelf
from bot.coaching.redact import Mask
from bot.coaching.text import words

LOOKED_AT = 8
MOST_QUESTIONS = 3
MOST_WORDS = 120
"""A question of more words than this is read for the questions in it."""
MOST_OFFERED = 4
"""Passages that a model may compose an answer from."""
REMEMBERED = 2
"""Earlier questions that a follow-up is read with."""
FEW = 1
"""A question with no more words of its own than this may be a follow-up."""


class _Reading(NamedTuple):
    """One question as it was read, with the passages that may answer it, best first."""

    question: str
    asked: Words
    matches: list[Match]


class Answering:
    """Answers questions from the library. ``whom`` is whom to ask where it does not know; empty: the team lead."""

    def __init__(
        self,
        shelf: Shelf,
        library: Callable[[], Library],
        examples: Examples | None,
        *,
        mask: Callable[..., Mask],
        whom: str = "",
        model: Model | None = None,
        prompt: Prompt | None = None,
    ) -> None:
        self._mask = mask
        self._shelf = shelf
        self._library = library
        self._examples = examples
        self._whom = whom
        self._model = model
        self._prompt = prompt

    @property
    def _ways(self) -> Sequence[Questions]:
        return [self._shelf.questions(language) for language in LANGUAGES]

    def language_of(self, question: str) -> Language | None:
        """The language of a question by its small words, which tell more of a short one than its letters do."""
        return spoken_in(question, self._ways)

    def answer(self, question: str, language: str, before: Sequence[str] = (), *, local: bool = False) -> Answer:
        """The answer, in the question's language or else in English.

        ``before``: what the same person asked before, oldest first. ``local``: no model, whatever is set.
        Raises LibraryUnavailable.
        """
        spoken = next((known for known in LANGUAGES if known == language), None)
        how = self._shelf.questions(spoken or "en")
        wording = self._shelf.wording(how.id)
        why = self._never(question, how, spoken)
        if why:
            text = wording.say(f"answer.refused-{why}")
            return Answer(text=text, language=how.id, citations=(), known=False, refused=True)
        asked = questions_in(question, MOST_QUESTIONS + 1)
        if len(words(question)) > MOST_WORDS:
            asked = [one for one in asked if len(words(one)) <= MOST_WORDS]
            if not asked:
                return Answer(text=wording.say("answer.too-long"), language=how.id, citations=(), known=False)
        parts: list[Answer] = []
        for at, one in enumerate(asked[:MOST_QUESTIONS]):
            reading = self._read(one, how, [*before, *asked[:at]], spoken)
            parts.append((None if local else self._composed(reading, how)) or self._extracted(reading, how))
        said = [wording.say("answer.other-language")] if spoken is None else []
        said += [part.text for part in parts]
        if len(asked) > MOST_QUESTIONS:
            said.append(wording.say("answer.more-questions", count=MOST_QUESTIONS))
        return Answer(
            text="\n\n".join(said),
            language=how.id,
            citations=tuple({c.passage: c for part in parts for c in part.citations}.values()),
            known=any(part.known for part in parts),
            engine=next((part.engine for part in parts if part.engine != "local"), "local"),
        )

    def _read(self, question: str, how: Questions, before: Sequence[str], spoken: Language | None) -> _Reading:
        """The question with what may answer it, read on its own and, where it seems a follow-up, with what preceded."""
        asked = read_question(question, how, self._shelf.names(how.id))
        own = sum(map(len, asked))
        follows = bool(before) and (own <= FEW or how.opening.match(question.strip()) is not None)
        alone = [] if follows else self._matches(question, asked, how, spoken)
        if before and (follows or not alone or alone[0].sure < KNOWN):
            recent = " ".join(before[-REMEMBERED:])
            context = read_question(recent, how, self._shelf.names(how.id))
            joined = self._matches(f"{recent} {question}", asked if own else context, how, spoken, context, recent)
            # What a follow-up asks must stand there; that the rest does says nothing.
            if own and joined and joined[0].held.words == 0:
                joined = []
            if joined and (not alone or joined[0].sure > alone[0].sure):
                return _Reading(question, asked if own else context, joined)
        return _Reading(question, asked, alone)

    def _matches(
        self,
        query: str,
        asked: Words,
        how: Questions,
        spoken: Language | None,
        context: Words | None = None,
        before: str = "",
    ) -> list[Match]:
        found = self._library().search(query, k=LOOKED_AT, language=spoken or "")
        if asked.numbers and not (asked.subject or asked.names or context):
            # "What does the 77% stand for?": among so few words the likeness is no guide.
            found = [*self._library().search(" ".join(asked.numbers), k=LOOKED_AT, language=spoken or ""), *found]
        told = ""
        if context:
            # A follow-up mostly stays with the passage that answered before.
            earlier = self._library().search(before, k=LOOKED_AT, language=spoken or "")
            first = weigh(context, earlier, how, before, None)
            told = first[0].passage.id if first else ""
            found = [*earlier[:1], *found]
        hits = list({hit.passage.id: hit for hit in found}.values())
        matches = weigh(asked, hits, how, query, self._nearby(query, how), context=context, told=told)
        pair = together(asked, matches, how)
        return [*pair, *(match for match in matches if match.passage.id not in {one.passage.id for one in pair})]

    def _nearby(self, question: str, how: Questions) -> Nearby | None:
        try:
            return self._examples.near(question, how.id) if self._examples else None
        except HeartwareError:
            return None

    def _never(self, question: str, how: Questions, spoken: Language | None) -> Refusal | None:
        """Why this is never answered, as far as its words or examples show it."""
        why = refusal(question, self._ways, frozenset[str]().union(*map(self._shelf.names, LANGUAGES)))
        nearby = self._nearby(question, how)
        names = self._shelf.names(how.id)
        if why or nearby is None or names.intersection(read_question(question, how, names).names):
            return why
        found = self._library().search(question, k=LOOKED_AT, language=spoken or "")
        likeness = max((hit.score for hit in found if hit.passage.kind != "touch"), default=0.0)
        if prying(likeness, nearby) < PRYING:
            return None
        return "secret" if nearby.secret > nearby.person else "person"

    def _extracted(self, reading: _Reading, how: Questions) -> Answer:
        matches = reading.matches
        if not matches or matches[0].sure < KNOWN:
            return self._unknown(matches, how)
        used = together(reading.asked, matches, how)
        return Answer(
            text=extract(used, reading.asked, how, reading.question),
            language=how.id,
            citations=tuple(cite(match.passage) for match in used),
            known=True,
        )

    def _unknown(self, matches: Sequence[Match], how: Questions) -> Answer:
        wording = self._shelf.wording(how.id)
        near = [match.passage for match in matches[:1] if match.sure >= MAYBE]
        said = [wording.say("answer.unknown")]
        said += [wording.say("answer.nearest", topic=passage.heading.rstrip(".?!")) for passage in near]
        said.append(wording.say("answer.ask", whom=self._whom) if self._whom else wording.say("answer.ask-lead"))
        return Answer(text=" ".join(said), language=how.id, citations=tuple(map(cite, near)), known=False)

    def _composed(self, reading: _Reading, how: Questions) -> Answer | None:
        """The model's answer as far as its passages support it; None where there is none to be had."""
        likely = [match.passage for match in reading.matches[:MOST_OFFERED] if match.sure >= MAYBE]
        if self._model is None or self._prompt is None or not likely:
            return None
        offered = listed(likely)
        passages = "\n\n".join(f"{name} ({p.heading}; {p.source}): {_told(p)}" for name, p in offered.items())
        mask = self._mask(how.id, public=passages)
        messages = self._prompt.filled(
            {
                "language": how.id,
                "passages": passages,
                "question": mask.hide(reading.question),
            }
        )
        try:
            composed = self._model.ask(messages, Composed)
        except ModelUnavailable:
            return None
        kept = checked(composed, offered, how, self._shelf.names(how.id))
        if kept is None:
            return None
        conflicts = (passage.conflict for passage in kept.passages if passage.conflict)
        said = [kept.text, *(conflict for conflict in conflicts if not _named(conflict, kept.text, how))]
        said += caveats(kept.passages, f"{reading.question} {' '.join(said)}")
        return Answer(
            text=mask.show(" ".join(said)),
            language=how.id,
            citations=tuple(map(cite, kept.passages)),
            known=True,
            engine=self._model.name,
        )


def _told(passage: Passage) -> str:
    return f"{body(passage)} {passage.conflict}".strip()


def _named(conflict: str, text: str, how: Questions) -> bool:
    """Whether a weak spot is already named in the text: most of its words are."""
    asked = read_question(conflict, how, frozenset())
    return held(asked, text, how).words >= 0.5
