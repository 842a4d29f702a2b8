"""What is going on in a conversation, as far as a touch depends on it: topics, events, and what forbids a touch."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import Field, field_validator

from bot.coaching.model import Language, Value
from bot.coaching.patterns import compiling, likely, matches
from bot.coaching.rules import Example
from bot.coaching.text import Reading


class Sign(Value):
    """Words that show a situation, from ``knowledge/situations/<language>.yaml``.

    kind ``cue``: a topic or event that touches are made for (``name`` is a cue of the catalogue).
    kind ``bar``: no touch here, and ``because`` says why (row X2-28: the thought counts, not the gesture).
    kind ``solved``: the draft answers or owns the question (row D3-05).
    kind ``feeling``: the customer shows a feeling that asks for empathy.
    """

    id: str
    language: Language
    kind: Literal["cue", "bar", "solved", "feeling"]
    name: str
    where: Literal["customer", "draft", "both"]
    because: str = ""
    find: tuple[str, ...] = Field(min_length=1)
    unless: tuple[str, ...] = ()
    fires: tuple[Example, ...] = Field(min_length=1)
    quiet: tuple[Example, ...] = Field(min_length=1)

    _compiles = field_validator("find", "unless")(compiling)

    def shows(self, draft: Reading, customer: Reading) -> bool:
        """Whether the sign is there, in the texts it looks at."""
        readings = {"customer": (customer,), "draft": (draft,), "both": (customer, draft)}[self.where]
        return any(
            matches(self.find, sentence.searched) and not matches(self.unless, sentence.searched)
            for reading in readings
            if likely(self.find, reading.searched)
            for sentence in reading.sentences
        )


class Situation(Value):
    """What the signs showed."""

    cues: frozenset[str]
    barred: tuple[str, ...]
    solved: bool
    feelings: frozenset[str]

    @classmethod
    def none(cls) -> Situation:
        """Nothing known: no topic, no bar, nothing solved."""
        return cls(cues=frozenset(), barred=(), solved=False, feelings=frozenset())


def read(signs: Iterable[Sign], draft: Reading, customer: Reading) -> Situation:
    """Read the situation out of the draft and the customer's message (which may be empty)."""
    shown = [sign for sign in signs if sign.shows(draft, customer)]
    return Situation(
        cues=frozenset(sign.name for sign in shown if sign.kind == "cue"),
        barred=tuple(sign.because for sign in shown if sign.kind == "bar"),
        solved=any(sign.kind == "solved" for sign in shown),
        feelings=frozenset(sign.name for sign in shown if sign.kind == "feeling"),
    )
