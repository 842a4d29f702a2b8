"""An answer composed by a language model, of which only what stands in its passages is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from pydantic import BaseModel, ConfigDict

from bot.coaching.asking import Questions, held, read_question
from bot.coaching.denying import turns_round
from bot.coaching.links import brings_links, brings_markup
from bot.coaching.model import Passage
from bot.coaching.onboarding import MOST_SENTENCES
from bot.coaching.text import sentences

_SUPPORTED = 0.6
"""The share of a sentence's own words that must stand in its passages, in some form."""


class Said(BaseModel):
    """One sentence with the passages that say it."""

    model_config = ConfigDict(extra="forbid")
    text: str
    passages: list[str]


class Composed(BaseModel):
    """The one structured answer that is asked of the model; no sentences where the passages do not answer."""

    model_config = ConfigDict(extra="forbid")
    sentences: list[Said]


class Kept(BaseModel):
    """What held against the passages: the sentences, and the passages that they rest on."""

    text: str
    passages: tuple[Passage, ...]


def listed(passages: Sequence[Passage]) -> Mapping[str, Passage]:
    """The passages under the short names that the model cites them by."""
    return {f"P{number}": passage for number, passage in enumerate(passages, 1)}


def checked(composed: Composed, offered: Mapping[str, Passage], how: Questions, names: frozenset[str]) -> Kept | None:
    """The answer without the sentences that its passages do not support; None where too little is left of it.

    A sentence needs its passages; all its numbers and names must stand in them, and it brings no link or markup. Where
    passage and sentence are in one language, most of its words must too, and it must not turn round what they say.
    """
    said = _said(composed)
    kept = list(islice(_standing(said, offered, how, names), MOST_SENTENCES))
    if not kept or 2 * len(kept) < min(len(said), MOST_SENTENCES):
        return None
    passages = {passage.id: passage for _, cited in kept for passage in cited}
    return Kept(text=" ".join(text for text, _ in kept), passages=tuple(passages.values()))


def growing(composed: Composed, offered: Mapping[str, Passage], how: Questions, names: frozenset[str]) -> str:
    """What may be shown of an answer while it is made: the sentences that their passages support."""
    kept = islice(_standing(_said(composed), offered, how, names), MOST_SENTENCES)
    return " ".join(text for text, _ in kept)


def _said(composed: Composed) -> list[tuple[str, Sequence[str]]]:
    """Each single sentence, with the short names of its passages."""
    return [(" ".join(s.text.split()), one.passages) for one in composed.sentences for s in sentences(one.text)]


def _standing(
    said: Iterable[tuple[str, Sequence[str]]], offered: Mapping[str, Passage], how: Questions, names: frozenset[str]
) -> Iterator[tuple[str, Sequence[Passage]]]:
    """The sentences that their passages support, with these passages."""
    for text, ids in said:
        cited = [offered[id] for id in ids if id in offered]
        if cited and len(cited) == len(ids) and _supported(text, cited, how, names):
            yield text, cited


def _supported(text: str, cited: Sequence[Passage], how: Questions, names: frozenset[str]) -> bool:
    asked = read_question(f". {text}", how, names)
    whole = " ".join(f"{p.heading}. {p.text} {p.source.title} {p.source.author}" for p in cited)
    holds = held(asked, whole, how)
    if not (holds.names and holds.numbers) or _amounts(text) - _amounts(whole):
        return False
    if brings_links(whole, text) or brings_markup(whole, text):
        return False
    if any(passage.language != how.id for passage in cited):
        return True
    return holds.words >= _SUPPORTED and not turns_round(text, (passage.text for passage in cited), how)


def _amounts(text: str) -> set[str]:
    """Signs that give a number its meaning, with the number: 77 % is not $77."""
    return {re.sub(r"\s", "", found) for found in re.findall(r"[$€£]\s?\d+|\d+\s?%", text)}
