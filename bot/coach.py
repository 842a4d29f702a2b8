"""The shell around the pure core: gather → compose → ask → assemble. Every edge calls this and nothing deeper."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from bot.coaching.answering import Answering
from bot.coaching.errors import BadInput, BadKnowledge, HeartwareError, LibraryUnavailable, ModelUnavailable
from bot.coaching.judged import UNJUDGED, Judged
from bot.coaching.model import (
    LANGUAGES,
    Answer,
    CatalogueTouch,
    Draft,
    Finding,
    Found,
    Language,
    Passage,
    Principle,
    Review,
)
from bot.coaching.opinion import CRITERIA, Opinion, assemble, unmasked
from bot.coaching.ports import Embedder, Examples, Finder, Judge, Library, Model, Prompt, Shelf
from bot.coaching.redact import Mask
from bot.coaching.review import compose, smaller
from bot.coaching.situation import Situation, read
from bot.coaching.text import Reading, words
from bot.coaching.touch import Choice, offer, ranked, suited, withheld

LONGEST_DRAFT = 20_000
LONGEST_QUESTION = 2_000
LONGEST_ASKED = 40_000
"""Characters of a text that questions are looked for in."""
LOOKED_AT = 8
NEAR_ENOUGH = 0.6
"""A passage of the company's own that is at least this near to a finding is worth pointing at."""
FELT = 0.5
"""From here on the judge sees a feeling in the customer's message."""
MOMENT = 400
"""Characters of the message and of the draft that a touch is chosen by."""
MOST_OFFERED = 8
"""Touches that a model may choose from."""
UNTOLD = "not told"
"""What a model is told of a reader or channel that nobody named."""
NOTHING_KNOWN = Situation.none()


class Local(NamedTuple):
    """What the local coach says, and what it says it of and from; ``bears_touch``: whether the moment bears one."""

    draft: Draft
    situation: Situation
    review: Review
    bears_touch: bool
    shelf: Shelf


class Coach:
    """What every edge talks to.

    ``library`` is opened on first use. ``own_documents`` says whether it holds a company's own: only then does a
    review look there. ``examples`` are of questions that are not answered here; ``whom`` is whom to ask instead.
    ``judge`` and ``embedder`` may be missing; without a judge the review rests on the rules, and
    says so.
    """

    def __init__(
        self,
        shelf: Shelf,
        *,
        identify: Callable[[str, str], str],
        embedder: Embedder | None,
        judge: Judge | None,
        library: Callable[[], Library],
        finder: Callable[[], Finder],
        own_documents: Callable[[], bool] = lambda: False,
        model: Model | None = None,
        prompt: Prompt | None = None,
        examples: Examples | None = None,
        answer_prompt: Prompt | None = None,
        whom: str = "",
        today: Callable[[], date] = date.today,
    ) -> None:
        self._shelf = shelf
        self._identify = identify
        self._embedder = embedder
        self._judge = judge
        self._library = library
        self._finder = finder
        self._own_documents = own_documents
        self._model = model
        self._prompt = prompt
        self._answering = Answering(
            shelf, library, examples, whom=whom, mask=self.mask, model=model, prompt=answer_prompt, today=today
        )

    def review(self, draft: Draft, *, known: Situation = NOTHING_KNOWN) -> Review:
        """The review of one draft, deepened where a model is set. Raises BadInput for what cannot be reviewed.

        ``known`` is what the asker told of the situation, beside what the texts show.
        """
        return self.deepen(self.local(draft, known=known))

    def deepen(self, local: Local, *, reader: str = "", channel: str = "") -> Review:
        """The local review deepened where a model is set; with a note where the model failed.

        ``reader`` (new, worried, expert, angry) and ``channel`` (chat, email, social) are what the asker told of them.
        """
        language = _known(local.draft.language)
        if self._model is None or self._prompt is None or language is None:
            return local.review
        try:
            setting = {"reader": reader or UNTOLD, "channel": channel or UNTOLD}
            return self._deepened(local, language, self._model, self._prompt, setting)
        except (ModelUnavailable, BadKnowledge):  # also where personal data cannot be hidden: then nothing is sent
            note = self._shelf.wording(local.draft.language).say("note.model-failed")
            return local.review.model_copy(update={"partial": True, "notes": (*local.review.notes, note)})

    def mask(self, language: str = "", *texts: str, public: str = "") -> Mask:
        """A mask for what leaves this process, which hides in every text the personal data of all these texts.

        What stands in ``public``, the knowledge that anyone may read, is not hidden.
        """
        mask = Mask(self._finder(), language, public=public)
        for text in texts:
            mask.seen(text)
        return mask

    def _deepened(
        self, begun: Local, language: Language, model: Model, prompt: Prompt, setting: Mapping[str, str]
    ) -> Review:
        draft, situation, local, bears_touch, shelf = begun
        reader = shelf.reader(language)
        offered: Mapping[str, CatalogueTouch] = {}
        # The model may see less to mend than the local coach, but not a better moment.
        if bears_touch:
            catalogue = suited(shelf.catalogue(language).values(), draft.text, reader.lexicon)
            offered = {touch.id: touch for touch in ranked(catalogue, situation, {}, draft.text)[:MOST_OFFERED]}
        mask = self.mask(language, draft.customer, draft.text)
        messages = prompt.filled(
            {
                "criteria": ", ".join(CRITERIA),
                "principles": "\n".join(_asked(principle) for principle in reader.principles.values()),
                "language": language,
                **setting,
                "local": "\n".join(f"{f.criterion}: {mask.hide(f.quote or '')}" for f in local.findings) or "nothing",
                "touches": "\n".join(f"{touch.id}: {touch.idea}" for touch in offered.values()) or "none",
                "customer": mask.hide(draft.customer),
                "draft": mask.hide(draft.text),
            }
        )
        opinion = model.ask(messages, Opinion)
        return assemble(
            draft,
            local,
            unmasked(opinion, mask),
            principles=reader.principles,
            offered=offered,
            lexicon=reader.lexicon,
            wording=reader.wording,
            engine=model.name,
            prompt=prompt.id,
        )

    def review_local(self, draft: Draft) -> Review:
        """The local coach's review alone: at once, offline."""
        return self.local(draft).review

    def local(
        self,
        draft: Draft,
        *,
        known: Situation = NOTHING_KNOWN,
        shown: Collection[str] = (),
        shelf: Shelf | None = None,
    ) -> Local:
        """The local coach's review with what it rests on, for ``deepen``.

        ``shown``: ideas of touches that are not offered again. ``shelf``: a team's own. Raises BadInput.
        """
        shelf = shelf or self._shelf
        draft = self._readable(draft)
        language = _known(draft.language)
        if language is None:
            return Local(draft, NOTHING_KNOWN, self._smaller(draft), bears_touch=False, shelf=shelf)
        reader = shelf.reader(language)
        signs = shelf.signs(language)  # before a text is looked through for the words that they need
        reading, customer = reader.reading(draft.text), reader.reading(draft.customer)
        situation = _joined(read(signs, reading, customer), known)
        judged = self._judged(reading, customer)
        if customer.sentences and not situation.feelings and judged.customer.get("feels", 0.0) >= FELT:
            situation = situation.model_copy(update={"feelings": frozenset({"felt"})})

        # How welcome a touch is, the judge cannot tell of a reply to it knows not what.
        moment = judged if customer.sentences else UNJUDGED

        def choose_touch(findings: Collection[Finding]) -> Choice:
            because = withheld(situation, findings, moment)
            if because:
                return Choice(None, because)
            catalogue = [touch for touch in shelf.catalogue(language).values() if touch.idea not in shown]
            touches = suited(catalogue, draft.text, reader.lexicon)
            near = self._near(shelf.touch_passages(language), draft)
            fitting = ranked(touches, situation, near, draft.text)
            return Choice(offer(fitting[0], reader.principles), None) if fitting else Choice(None, "none-fits")

        review = compose(
            draft,
            reader,
            reading,
            customer,
            situation,
            judged,
            choose_touch,
            engine="local",
            notes=() if judged.whole else (reader.wording.say("note.no-judge"),),
            partial=not judged.whole,
        )
        bears_touch = withheld(situation, (), moment) is None
        return Local(draft, situation, self._grounded(review), bears_touch, shelf)

    def _grounded(self, review: Review) -> Review:
        """The review with a pointer to what the company's own documents say of the first finding that they speak of."""
        try:
            return self._pointing(review) if review.findings and self._own_documents() else review
        except LibraryUnavailable:
            return review

    def _pointing(self, review: Review) -> Review:
        wording = self._shelf.wording(review.language)
        for finding in review.findings:
            found = self._library().search(f"{finding.principle.title}. {finding.why}", k=LOOKED_AT)
            own = next((hit for hit in found if hit.passage.kind == "document" and hit.score >= NEAR_ENOUGH), None)
            if own:
                where = own.passage.heading or own.passage.source.title
                note = wording.say("note.own-documents", where=where, file=own.passage.source.file)
                return review.model_copy(update={"notes": (*review.notes, note)})
        return review

    def _smaller(self, draft: Draft) -> Review:
        reader = self._shelf.reader("en")._replace(wording=self._shelf.wording(draft.language))
        reading, customer = Reading(draft.text), Reading(draft.customer)
        judged = self._judged(reading, customer)
        return smaller(draft, reader, reading, customer, judged, engine="local")

    def _readable(self, draft: Draft) -> Draft:
        if len(draft.text) > LONGEST_DRAFT:
            raise BadInput(
                f"This draft has {len(draft.text):,} characters and a review takes at most {LONGEST_DRAFT:,}: "
                "send the part that you want reviewed."
            )
        if not words(draft.text):
            raise BadInput("There is no draft to review: give the text of your reply.")
        # One character for one, so that positions stay those of the draft as given.
        text, customer = _whole(draft.text), _whole(draft.customer[:LONGEST_DRAFT])
        stated = _code(draft.language)
        language = stated or self._identify(text, self._identify(customer, "en") if customer.strip() else "en")
        return Draft(text=text, customer=customer, language=language, id=draft.id or uuid.uuid4().hex)

    def _judged(self, reading: Reading, customer: Reading) -> Judged:
        if self._judge is None:
            return UNJUDGED
        try:
            return self._judge.judge(reading, customer)
        except HeartwareError:
            return UNJUDGED

    def _near(self, texts: Mapping[str, str], draft: Draft) -> Mapping[str, float]:
        """How near each touch, as it is indexed, is to what this is about, 0 to 1."""
        if self._embedder is None or not texts:
            return {}
        try:
            [moment] = self._embedder.queries([f"{draft.customer[:MOMENT]} {draft.text[:MOMENT]}"])
            found = self._embedder.passages(list(texts.values()))
        except HeartwareError:
            return {}
        nearness = (sum(a * b for a, b in zip(moment, vector, strict=True)) for vector in found)
        return dict(zip(texts, nearness, strict=True))

    def search(self, query: str, k: int = 5) -> list[Found]:
        """The k passages of the knowledge nearest to the query, best first; none for an empty one."""
        return self._library().search(_whole(query)[:LONGEST_QUESTION], k=k)

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        """The passages that citations name (``Citation.passage``), whole; those that are gone are left out."""
        return self._library().get(ids)

    def answer(
        self,
        question: str,
        language: str = "",
        *,
        before: Sequence[str] = (),
        told: Callable[[str], None] | None = None,
    ) -> Answer:
        """An answer from the knowledge with its citations, or an honest "I don't know". Raises BadInput.

        ``before``: what the same person asked before, oldest first, so that a follow-up is understood. ``told`` is
        given the text so far while a model composes it, checked sentences only; the answer takes its place.
        """
        return self._answered(question, language, before, local=False, told=told)

    def answer_local(self, question: str, language: str = "", *, before: Sequence[str] = ()) -> Answer:
        """The local coach's answer alone: at once, offline."""
        return self._answered(question, language, before, local=True)

    def _answered(
        self,
        question: str,
        language: str,
        before: Sequence[str],
        *,
        local: bool,
        told: Callable[[str], None] | None = None,
    ) -> Answer:
        if not words(question):
            raise BadInput("There is no question: ask something, such as 'What are our core values?'.")
        question = _whole(question)[:LONGEST_ASKED]
        language = _code(language) or self._answering.language_of(question) or self._identify(question, "en")
        return self._answering.answer(question, language, [_whole(one) for one in before], local=local, told=told)


def _asked(principle: Principle) -> str:
    """A principle as the model reads it: in full where it must be kept, else by its title, to keep the prompt small."""
    return f"{principle.id}: {principle.asks if principle.level == 'must' else principle.title}"


def _joined(seen: Situation, known: Situation) -> Situation:
    """What the texts show and what the asker told, together."""
    return Situation(
        cues=seen.cues | known.cues,
        barred=(*known.barred, *seen.barred),
        solved=seen.solved or known.solved,
        feelings=seen.feelings | known.feelings,
    )


def _known(language: str) -> Language | None:
    return next((known for known in LANGUAGES if known == language), None)


def _code(language: str) -> str:
    """The language as two or three letters: ``nl-BE`` is ``nl``. Raises BadInput for what is no code."""
    code = re.split(r"[-_]", language.strip().lower())[0]
    if code and not re.fullmatch(r"[a-z]{2,3}", code):
        raise BadInput(f"'{language}' is not a language code: give en, nl or fi, or leave the language out.")
    return code


def _whole(text: str) -> str:
    """The text with half characters (lone surrogates), which nothing can store or send, made visible."""
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
