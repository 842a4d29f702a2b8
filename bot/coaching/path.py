"""The path for new colleagues: twenty steps over four weeks (row D3-36), and ten value cards (D3-24…33, D3-43)."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from bot.coaching.model import Language, Source, Value

STEPS_A_WEEK = 5

Theme = Literal["customer-focus", "culture", "conversation"]
Exercise = Literal["question", "draft"]
"""A question, whose answer is shown when they ask for it, or a reply to a made-up customer, which is reviewed."""


class Step(Value):
    """One step, in one language.

    ``reading`` is our own words after ``source``; ``ask`` is the question, or what the reply is to hold;
    ``customer`` is the made-up message of a draft, ``answer`` what is shown after a question, ``today`` a thing to try.
    ``card`` is the id of the value card that comes with it, or empty.
    """

    id: str
    language: Language
    week: int = Field(ge=1, le=4)
    theme: Theme
    exercise: Exercise
    card: str
    source: Source
    rows: tuple[str, ...]
    title: str
    reading: str
    ask: str
    customer: str = ""
    answer: str = ""
    today: str

    @property
    def caveat(self) -> str:
        """What weakens the source as such. What only weakens a figure of it, a reading that has none does not need."""
        caveat = self.source.caveat
        return "" if any(char.isdigit() for char in caveat) else caveat

    @model_validator(mode="after")
    def _whole(self) -> Self:
        needed, other = ("customer", "answer") if self.exercise == "draft" else ("answer", "customer")
        if not getattr(self, needed) or getattr(self, other):
            raise ValueError(f"a {self.exercise} has '{needed}' and no '{other}'")
        return self


class ValueCard(Value):
    """What a value means, and a story that shows it. The value is the principle of the same id."""

    id: str
    language: Language
    means: str
    story: str
    source: Source
    rows: tuple[str, ...]
