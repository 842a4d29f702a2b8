"""The shell around the pure core: gather → compose → ask → assemble. Every edge calls this and nothing deeper."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence

from bot.coaching.errors import BadInput, HeartwareError, LibraryUnavailable, ModelUnavailable
from bot.coaching.model import LANGUAGES, Answer, CatalogueTouch, Draft, Finding, Found, Language, Principle, Review
from bot.coaching.onboarding import answer
from bot.coaching.opinion import CRITERIA, Opinion, assemble, unmasked
from bot.coaching.ports import Embedder, Library, Model, Prompt, Shelf, Vector
from bot.coaching.redact import Mask
from bot.coaching.review import compose, smaller
from bot.coaching.situation import Situation, read
from bot.coaching.text import Reading, words
from bot.coaching.tone import Heads
from bot.coaching.touch import Choice, offer, ranked, suited, withheld
from bot.coaching.weighing import UNWEIGHED, Weighed

LONGEST_DRAFT = 20_000
LONGEST_QUESTION = 2_000
LOOKED_AT = 8
NEAR_ENOUGH = 0.6
"""A passage of the company's own that is at least this near to a finding is worth pointing at."""
UNSURE = (0.2, 0.8)
"""Between these the words of the customer's message do not decide whether it shows a feeling."""
LONGEST_MESSAGE = 600
"""Characters of the customer's message that are looked at for a feeling."""
MOST_OFFERED = 8
"""Touches that a model may choose from."""


class Coach:
    """What every edge talks to.

    ``library`` is opened on first use. ``own_documents`` says whether it holds a company's own: only then does a
    review look there. ``heads`` and ``embedder`` may be missing; the review then rests on the rules and says so.
    """

    def __init__(
        self,
        shelf: Shelf,
        *,
        identify: Callable[[str, str], str],
        embedder: Embedder | None,
        heads: Heads | None,
        library: Callable[[], Library],
        own_documents: Callable[[], bool] = lambda: False,
        model: Model | None = None,
        prompt: Prompt | None = None,
    ) -> None:
        self._shelf = shelf
        self._identify = identify
        self._embedder = embedder
        self._heads = heads
        self._library = library
        self._own_documents = own_documents
        self._model = model
        self._prompt = prompt

    def review(self, draft: Draft) -> Review:
        """The review of one draft, deepened where a model is set. Raises BadInput for what cannot be reviewed."""
        draft, situation, review = self._local(draft)
        language = _known(draft.language)
        if self._model is None or self._prompt is None or language is None:
            return review
        try:
            return self._deepened(draft, language, situation, review, self._model, self._prompt)
        except ModelUnavailable:
            note = self._shelf.wording(draft.language).say("note.model-failed")
            return review.model_copy(update={"partial": True, "notes": (*review.notes, note)})

    def _deepened(
        self, draft: Draft, language: Language, situation: Situation, local: Review, model: Model, prompt: Prompt
    ) -> Review:
        reader = self._shelf.reader(language)
        offered: Mapping[str, CatalogueTouch] = {}
        # The model may see less to mend than the local coach, but not a better moment.
        if withheld(situation, ()) is None:
            catalogue = suited(self._shelf.catalogue(language).values(), draft.text, reader.lexicon)
            offered = {touch.id: touch for touch in ranked(catalogue, situation, {}, draft.text)[:MOST_OFFERED]}
        mask = Mask()
        messages = prompt.filled(
            {
                "criteria": ", ".join(CRITERIA),
                "principles": "\n".join(_asked(principle) for principle in reader.principles.values()),
                "language": language,
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
        return self._local(draft)[2]

    def _local(self, draft: Draft) -> tuple[Draft, Situation, Review]:
        draft = self._readable(draft)
        language = _known(draft.language)
        if language is None:
            return draft, Situation.none(), self._smaller(draft)
        reading = Reading(draft.text)
        situation = read(self._shelf.signs(language), reading, Reading(draft.customer))
        vectors = self._vectors([sentence.text for sentence in reading.sentences])
        weighed = self._weigh(reading, vectors, language, draft.customer, felt=bool(situation.feelings))
        if weighed.feeling and not situation.feelings:
            situation = situation.model_copy(update={"feelings": frozenset({"felt"})})
        reader = self._shelf.reader(language)

        def choose_touch(findings: Collection[Finding]) -> Choice:
            because = withheld(situation, findings)
            if because:
                return Choice(None, because)
            touches = suited(self._shelf.catalogue(language).values(), draft.text, reader.lexicon)
            fitting = ranked(touches, situation, self._near(language, vectors), draft.text)
            return Choice(offer(fitting[0], reader.principles), None) if fitting else Choice(None, "none-fits")

        review = compose(
            draft,
            reader,
            situation,
            weighed,
            choose_touch,
            engine="local",
            notes=() if vectors else (self._shelf.wording(language).say("note.no-vectors"),),
            partial=not vectors,
        )
        return draft, situation, self._grounded(review)

    def _grounded(self, review: Review) -> Review:
        """The review with a pointer to what the company's own documents say of the first finding that they speak of."""
        if not review.findings or not self._own_documents():
            return review
        wording = self._shelf.wording(review.language)
        for finding in review.findings:
            try:
                found = self._library().search(f"{finding.principle.title}. {finding.why}", k=LOOKED_AT)
            except LibraryUnavailable:
                return review
            own = next((hit for hit in found if hit.passage.kind == "document" and hit.score >= NEAR_ENOUGH), None)
            if own:
                where = own.passage.heading or own.passage.source.title
                note = wording.say("note.own-documents", where=where, file=own.passage.source.file)
                return review.model_copy(update={"notes": (*review.notes, note)})
        return review

    def _smaller(self, draft: Draft) -> Review:
        reader = self._shelf.reader("en")._replace(wording=self._shelf.wording(draft.language))
        reading = Reading(draft.text)
        vectors = self._vectors([sentence.text for sentence in reading.sentences])
        weighed = self._weigh(reading, vectors, draft.language, draft.customer)
        return smaller(draft, reader, weighed, engine="local")

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

    def _vectors(self, sentences: Sequence[str]) -> Sequence[Vector]:
        if self._embedder is None or not sentences:
            return ()
        try:
            return self._embedder.queries(sentences)
        except HeartwareError:
            return ()

    def _weigh(
        self, reading: Reading, vectors: Sequence[Vector], language: str, customer: str, *, felt: bool = False
    ) -> Weighed:
        """What the heads say of a draft; they look for a feeling where the signs have not already ``felt`` one."""
        if self._heads is None or not vectors:
            return UNWEIGHED
        marks = self._heads.read([sentence.text for sentence in reading.sentences], vectors, language)
        feeling = not felt and self._feels(self._heads, customer, language)
        return Weighed(marks, self._heads.scales, feeling, answers=bool(words(customer)))

    def _feels(self, heads: Heads, customer: str, language: str) -> bool:
        if not words(customer):
            return False
        likely = heads.feeling(customer, None, language)
        if UNSURE[0] < likely < UNSURE[1]:
            # A vector costs as much as reading another sentence, so only where the words do not decide.
            vectors = self._vectors([customer[:LONGEST_MESSAGE]])
            likely = heads.feeling(customer, vectors[0], language) if vectors else likely
        return likely >= 0.5

    def _near(self, language: Language, vectors: Sequence[Vector]) -> Mapping[str, float]:
        if self._embedder is None or not vectors:
            return {}
        middle = [sum(column) / len(vectors) for column in zip(*vectors, strict=True)]
        texts = self._shelf.touch_passages(language)
        found = self._embedder.passages(list(texts.values()))
        nearness = (sum(a * b for a, b in zip(middle, vector, strict=True)) for vector in found)
        return dict(zip(texts, nearness, strict=True))

    def search(self, query: str, k: int = 5) -> list[Found]:
        """The k passages of the knowledge nearest to the query, best first; none for an empty one."""
        return self._library().search(_whole(query)[:LONGEST_QUESTION], k=k)

    def answer(self, question: str, language: str = "") -> Answer:
        """An answer from the knowledge with its citations, or an honest "I don't know"."""
        if not words(question):
            raise BadInput("There is no question: ask something, such as 'What are our core values?'.")
        question = _whole(question)[:LONGEST_QUESTION]
        language = _code(language) or self._identify(question, "en")
        return answer(question, self.search(question, k=8), language, self._shelf.wording(language))


def _asked(principle: Principle) -> str:
    """A principle as the model reads it: in full where it must be kept, else by its title, to keep the prompt small."""
    return f"{principle.id}: {principle.asks if principle.level == 'must' else principle.title}"


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
