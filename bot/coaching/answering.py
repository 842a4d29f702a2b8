"""From a question to its answer: refuse, read, search, weigh, then extract or compose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from bot.coaching.asking import Questions, Refusal, held, questions_in, read_question, spoken_in
from bot.coaching.composing import Composed, checked, growing, listed
from bot.coaching.errors import BadKnowledge, ModelUnavailable
from bot.coaching.going_on import Going, begun_with, going_on
from bot.coaching.knowing import MAYBE, Match
from bot.coaching.looking import Looking, Reading, said_never
from bot.coaching.model import LANGUAGES, Answer, Language, Passage, Principle, passage_id
from bot.coaching.onboarding import body_of, caveats, cite, extract
from bot.coaching.ports import Examples, Library, Model, Prompt, Shelf
from bot.coaching.redact import Mask
from bot.coaching.text import sentences, words

MOST_QUESTIONS = 3
MOST_WORDS = 120
"""A question of more words than this is read for the questions in it."""
MOST_OFFERED = 4
"""Passages that a model may compose an answer from."""

Told = Callable[[str], None]


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
        today: Callable[[], date] = date.today,
    ) -> None:
        self._today = today
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
        return spoken_in(question, self._ways, frozenset[str]().union(*map(self._shelf.names, LANGUAGES)))

    def answer(
        self,
        question: str,
        language: str,
        before: Sequence[str] = (),
        *,
        local: bool = False,
        told: Told | None = None,
    ) -> Answer:
        """The answer, in the question's language or else in English.

        ``before``: what the same person asked before, oldest first. ``local``: no model, whatever is set.
        ``told`` is given the text so far while a model composes it; what is returned takes its place.
        Raises LibraryUnavailable.
        """
        wordings = [self._shelf.wording(known) for known in LANGUAGES]
        before, wished = begun_with(before, wordings)
        going = going_on(question, wordings) if before else None
        if going:
            return self._going_on(going, before, wished, language)
        spoken = next((known for known in LANGUAGES if known == language), None)
        how = self._shelf.questions(spoken or "en")
        wording = self._shelf.wording(how.id)
        novel = len(words(question)) > MOST_WORDS
        asked = _asked_in(question) if novel else questions_in(question, MOST_QUESTIONS + 1)
        looking = Looking(self._shelf, self._library(), self._examples, how, spoken)
        parts: list[Answer] = []
        for at, one in enumerate(asked[:MOST_QUESTIONS]):
            why = looking.never(one)
            if why:
                parts.append(self._refused(why, how))
            else:
                reading = looking.read(one, [*before, *asked[:at]])
                composed = None if local else self._composed(reading, how, _after(parts, told))
                parts.append(composed or self._extracted(reading, how))
        # What is asked for between or after the questions is not answered, but must not seem granted.
        whole = None if novel or any(part.refused for part in parts) else said_never(question, self._shelf)
        if whole:
            return self._refused(whole, how)
        if not parts:
            return Answer(text=wording.say("answer.too-long"), language=how.id, citations=(), known=False)
        said = [wording.say("answer.other-language")] if spoken is None else []
        said += [part.text for part in parts]
        if len(asked) > MOST_QUESTIONS:
            said.append(wording.say("answer.more-questions", count=MOST_QUESTIONS))
        return Answer(
            text="\n\n".join(dict.fromkeys(said)),
            language=how.id,
            citations=tuple({c.passage: c for part in parts for c in part.citations}.values()),
            known=any(part.known for part in parts),
            refused=all(part.refused for part in parts),
            engine=next((part.engine for part in parts if part.engine != "local"), "local"),
        )

    def _going_on(self, going: Going, before: Sequence[str], wished: Language | None, language: str) -> Answer:
        """More of, or less of, the answer to the latest question; in its language or the one last ``wished`` for."""
        *earlier, question = before
        known = [one for one in LANGUAGES if one == language]
        how = self._shelf.questions(self.language_of(question) or (known[0] if known else "en"))
        looking = Looking(self._shelf, self._library(), self._examples, how, how.id)
        to = self._shelf.questions(going.language or wished or how.id)
        why = looking.never(question)
        if why:
            return self._refused(why, to)
        reading = looking.read(question, earlier)
        used = [match._replace(passage=self._in_language(match.passage, to.id)) for match in reading.answers]
        passages = [match.passage for match in used]
        if not used:
            return self._unknown(reading.matches, to)
        if going.kind == "language":
            said = extract(used, reading.asked, to, question, self._asks(passages))
        elif going.kind == "shorter":
            most = 2 if passages[0].conflict else 1
            said = extract(used[:1], reading.asked, to, question, self._asks(passages), most=most)
        else:
            said = self._more(going, passages, to)
        return self._known([said], passages, to, engine="local")

    def _more(self, going: Going, passages: Sequence[Passage], how: Questions) -> str:
        """Why the principle that answered is asked for, or its example; else that the documents do not say."""
        wording = self._shelf.wording(how.id)
        for principle in (found for passage in passages if (found := self._principle(passage))):
            if going.kind == "why":
                return wording.say("answer.why", breaks=principle.breaks)
            return wording.say("answer.example", breaks=principle.example_breaks, keeps=principle.example_keeps)
        return wording.say(f"answer.no-{going.kind}")

    def _in_language(self, passage: Passage, language: Language) -> Passage:
        """The same card in another language; the passage itself where it is none or there is none."""
        if not passage.card or passage.language == language:
            return passage
        return next(iter(self._library().get([passage_id(passage.card, language)])), passage)

    def _refused(self, why: Refusal, how: Questions) -> Answer:
        text = self._shelf.wording(how.id).say(f"answer.refused-{why}")
        return Answer(text=text, language=how.id, citations=(), known=False, refused=True)

    def _extracted(self, reading: Reading, how: Questions) -> Answer:
        used = reading.answers
        if not used:
            return self._unknown(reading.matches, how)
        passages = [match.passage for match in used]
        text = extract(used, reading.asked, how, reading.question, self._asks(passages))
        return self._known([text], passages, how, engine="local")

    def _asks(self, passages: Sequence[Passage]) -> dict[str, str]:
        """What the principles among these passages ask for, by passage id."""
        return {p.id: principle.asks for p in passages if (principle := self._principle(p))}

    def _principle(self, passage: Passage) -> Principle | None:
        """The principle that a passage is, if it is one."""
        language = next((known for known in LANGUAGES if known == passage.language), None)
        if passage.kind != "principle" or language is None:
            return None
        return self._shelf.reader(language).principles.get(passage.card.partition("/")[2])

    def _known(self, said: Sequence[str], passages: Sequence[Passage], how: Questions, *, engine: str) -> Answer:
        """An answer, and that its passages are due for review where they are."""
        care, today = self._shelf.care(), self._today()
        stale = {p.id: kept.review_by for p in passages if (kept := care.get(p.card)) and kept.stale(today)}
        if stale:
            wording = self._shelf.wording(how.id)
            said = [*said, wording.say("answer.stale", date=wording.day(min(stale.values())))]
        return Answer(
            text=" ".join(said),
            language=how.id,
            citations=tuple(cite(passage, stale=passage.id in stale) for passage in passages),
            known=True,
            engine=engine,
        )

    def _unknown(self, matches: Sequence[Match], how: Questions) -> Answer:
        wording = self._shelf.wording(how.id)
        near = [match.passage for match in matches[:1] if match.sure >= MAYBE]
        said = [wording.say("answer.unknown")]
        said += [wording.say("answer.nearest", topic=passage.heading.rstrip(".?!")) for passage in near]
        said.append(wording.say("answer.ask", whom=self._whom) if self._whom else wording.say("answer.ask-lead"))
        return Answer(text=" ".join(said), language=how.id, citations=tuple(map(cite, near)), known=False)

    def _composed(self, reading: Reading, how: Questions, told: Told | None) -> Answer | None:
        """The model's answer as far as its passages support it; None where there is none to be had."""
        likely = [match.passage for match in reading.matches[:MOST_OFFERED] if match.sure >= MAYBE]
        if self._model is None or self._prompt is None or not likely:
            return None
        offered = listed(likely)
        passages = "\n\n".join(f"{name} ({p.heading}; {p.source}): {_told(p)}" for name, p in offered.items())
        mask = self._mask(how.id, public=passages)
        names = self._shelf.names(how.id)

        def grown(composed: Composed) -> None:
            text = growing(composed, offered, how, names)
            if told and text:
                told(mask.show(text))

        try:
            asked = {"language": how.id, "passages": passages, "question": mask.hide(reading.question)}
            composed = self._model.ask(self._prompt.filled(asked), Composed, grown if told else None)
        except (ModelUnavailable, BadKnowledge):  # also where personal data cannot be hidden: then nothing is sent
            return None
        kept = checked(composed, offered, how, names)
        if kept is None:
            return None
        conflicts = (passage.conflict for passage in kept.passages if passage.conflict)
        said = [kept.text, *(conflict for conflict in conflicts if not _named(conflict, kept.text, how))]
        said += caveats(kept.passages, f"{reading.question} {' '.join(said)}")
        return self._known([mask.show(one) for one in said], kept.passages, how, engine=self._model.name)


def _after(parts: Sequence[Answer], told: Told | None) -> Told | None:
    """Tells what comes after the answers to earlier questions; what was told already is not told again."""
    if told is None:
        return None
    before = [part.text for part in parts]
    last = ""

    def tell(text: str) -> None:
        nonlocal last
        if text != last:
            last = text
            told("\n\n".join([*before, text]))

    return tell


def _asked_in(novel: str) -> Sequence[str]:
    """The sentences of a long text that are questions of a length that can be looked up."""
    said = (sentence.text for sentence in sentences(novel))
    return [one for one in said if one.rstrip().endswith("?") and len(words(one)) <= MOST_WORDS]


def _told(passage: Passage) -> str:
    return f"{body_of(passage)} {passage.conflict}".strip()


def _named(conflict: str, text: str, how: Questions) -> bool:
    """Whether a weak spot is already named in the text: most of its words are."""
    asked = read_question(conflict, how, frozenset())
    return held(asked, text, how).words >= 0.5
