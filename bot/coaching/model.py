"""The words of the domain: what a draft, a principle, a finding and a review are.

Everything here is immutable. Offsets are counted in characters of the draft as it was given.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_serializer

Language = Literal["en", "nl", "fi"]
LANGUAGES: tuple[Language, ...] = ("en", "nl", "fi")

Category = Literal["product", "delivery", "mindset", "relationship"]
"""Ron Kaufman's four categories of value (row K0-04): the first two are hardware, the last two heartware."""

Level = Literal["must", "may"]
"""A principle (must) is corrected; a recommendation (may) is offered (row D3-48)."""

Effect = Literal["destroys", "misses"]
"""What a finding does to value (row K0-08): the words destroy it, or a chance to create it is missed."""

Unit = Annotated[float, Field(ge=0.0, le=1.0)]


class Value(BaseModel):
    """An immutable value that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Value):
    """Where something comes from. Written out as one line that names the title, the author and the file."""

    id: str
    file: str
    title: str
    author: str
    language: str
    where: str = ""
    caveat: str = ""

    @property
    def short(self) -> str:
        """Author and file, where there is no room for more."""
        return f"{self.author or self.title} ({self.file})"

    def __str__(self) -> str:
        place = f"{self.file}, {self.where}" if self.where else self.file
        return ", ".join(part for part in (self.title, self.author) if part) + f" ({place})"

    @model_serializer
    def _as_line(self) -> str:
        return str(self)


class Principle(Value):
    """One thing that good service asks of a reply, in one language."""

    id: str
    language: Language
    title: str
    asks: str
    breaks: str
    example_breaks: str
    example_keeps: str
    category: Category
    level: Level
    source: Source
    rows: tuple[str, ...]
    owner: str
    review_by: date


TouchKind = Literal["wow", "educational"]
Cost = Literal["free", "small", "budget"]
Stage = Literal["any", "new", "growing", "at-risk", "long-time"]


class CatalogueTouch(Value):
    """One WOW or educational touch of the catalogue, in one language."""

    id: str
    language: Language
    kind: TouchKind
    idea: str
    fits: str
    avoid: str
    why: str
    line: str
    line_formal: str = ""
    """The line in the polite form of address, where that is another."""
    cost: Cost
    stages: tuple[Stage, ...]
    cues: tuple[str, ...]
    principle: str
    source: Source
    rows: tuple[str, ...]
    review_by: date


class Fact(Value):
    """One thing that the source documents say, with what it is a share of and who says it (row I-06)."""

    id: str
    language: Language
    topic: str
    claim: str
    number: str
    denominator: str
    who: str
    conflict: str
    source: Source
    rows: tuple[str, ...]
    owner: str
    review_by: date


class Care(Value):
    """Who keeps a card of the knowledge true, and until when it was found to be. ``owner`` is a role, or empty."""

    card: str
    owner: str
    review_by: date

    def stale(self, today: date) -> bool:
        """Whether its review date has passed."""
        return self.review_by < today


class Passage(Value):
    """A piece of knowledge that can be found and cited.

    ``paraphrase`` is true where the text is our own plain wording of a source (row I-01): it may be cited,
    never put between quotation marks. ``original`` then keeps the source's own words. ``conflict`` is the end of the
    text that says where the source contradicts itself or is weak.
    """

    id: str
    text: str
    source: Source
    language: str
    kind: Literal["principle", "touch", "fact", "document", "comment"]
    card: str = ""
    heading: str = ""
    position: int = 0
    paraphrase: bool = False
    original: str = ""
    conflict: str = ""


def passage_id(card: str, language: str) -> str:
    """The id of the passage that a card of the shipped knowledge is in a language."""
    return f"{card}/{language}"


class Found(Value):
    """A passage with how near it is to the question, 0 (far) to 1 (the same)."""

    passage: Passage
    score: Unit


class Draft(Value):
    """A reply that has not been sent yet, as the agent wrote it."""

    text: str
    customer: str = ""
    language: str = ""
    id: str = ""


class Cited(Value):
    """A principle as a finding names it."""

    id: str
    title: str
    source: Source


class Finding(Value):
    """One remark: on the exact words (quote, start, end) or on what is missing (all three null)."""

    rule: str = Field(exclude=True)
    criterion: str
    severity: Level
    quote: str | None
    start: int | None
    end: int | None
    why: str
    suggestion: str
    principle: Cited
    category: Category
    effect: Effect

    @property
    def told(self) -> str:
        """Why, for a reader who has just read the quote: without it where the reason begins with it."""
        quote = " ".join((self.quote or "").split())
        begins = bool(quote) and self.why[1:].startswith(quote) and not self.why[0].isalnum()
        return self.why[len(quote) + 2 :].strip() if begins else self.why


class Edit(Value):
    """A change to the draft: ``draft[start:end]`` becomes ``text``."""

    start: int
    end: int
    text: str
    why: str


class Rewrite(Value):
    """The draft with its edits applied. ``kept`` lists the facts it carries over, ``added`` is always empty."""

    text: str
    edits: tuple[Edit, ...]
    kept: tuple[str, ...]
    added: tuple[str, ...] = ()


class Strength(Value):
    """Words that already do the customer good."""

    quote: str
    why: str
    principle: Cited

    @property
    def said(self) -> str:
        """The praise as one line, with the words that it is for."""
        quote = " ".join(self.quote.split())
        return self.why if quote in self.why else f"“{quote}” {self.why}"


class Touch(Value):
    """The one WOW or educational touch offered beside the review."""

    kind: TouchKind
    idea: str
    why: str
    line: str
    cost: Cost
    principle: Cited
    source: Source


class Scores(Value):
    """How the reply weighs, 0 to 1; ``empathy`` is null where the situation asks for none."""

    overall: Unit
    tone: Unit
    empathy: Unit | None


Verdict = Literal["send", "revise", "hold"]


class Review(Value):
    """What the coach says of one draft. Seen by its author only."""

    id: str
    language: str
    verdict: Verdict
    headline: str
    scores: Scores
    findings: tuple[Finding, ...]
    strengths: tuple[Strength, ...]
    rewrite: Rewrite | None
    touch: Touch | None
    no_touch_because: str | None
    engine: str
    prompt: str | None
    partial: bool
    notes: tuple[str, ...]

    @property
    def mends_all(self) -> bool:
        """Whether the rewrite mends all words that the findings speak of, and not only some."""
        at_fault = sum(finding.start is not None for finding in self.findings)
        return self.rewrite is not None and len(self.rewrite.edits) >= at_fault


class Citation(Value):
    """A passage that an answer rests on. ``stale``: its review date has passed."""

    source: Source
    passage: str
    heading: str
    text: str
    stale: bool = False


class Answer(Value):
    """An answer from the knowledge, or an honest "I don't know" (``known`` false).

    ``refused``: the question is one that is never answered. ``engine`` says who put the sentences together.
    """

    text: str
    language: str
    citations: tuple[Citation, ...]
    known: bool
    refused: bool = Field(default=False, exclude=True)
    engine: str = Field(default="local", exclude=True)
