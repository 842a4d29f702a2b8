"""An answer put together from passages: the right sentences, their weak spots named, each with its citation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.coaching.asking import Questions, Words, held, plain_number
from bot.coaching.knowing import Match
from bot.coaching.model import Citation, Passage
from bot.coaching.text import sentences

MOST_SENTENCES = 5
EXCERPT = 400
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def extract(
    matches: Sequence[Match],
    asked: Words,
    how: Questions,
    question: str,
    asks: Mapping[str, str],
    *,
    most: int = MOST_SENTENCES,
) -> str:
    """The sentences of these passages that answer, at most so many, then what weakens them.

    ``asks`` is what principles ask for, by their passages' ids; what breaks them would read as advice.
    """
    said: list[str] = []
    for match in matches:
        passage = match.passage
        room = most - len(said)
        weak = [s.text for s in sentences(passage.conflict)][: max(0, room - 1)]
        body = _body(passage, asks.get(passage.id) or body_of(passage), asked, how)[
            : max(1, min(room - len(weak), 3 if not said else 2))
        ]
        said += [sentence for sentence in (*body, *weak) if sentence not in said]
    text = " ".join(said)
    return " ".join([text, *caveats([match.passage for match in matches], f"{question} {text}")])


def caveats(passages: Sequence[Passage], text: str) -> list[str]:
    """What is to be said of the passages' sources as such.

    A caveat about a figure is said only where that figure comes up, and not where the passage says it itself.
    """
    found: list[str] = []
    told = _numbers(text)
    for passage in passages:
        caveat = passage.source.caveat
        about = _numbers(caveat)
        if caveat and caveat not in found and (not about or (about & told and not about & _numbers(passage.conflict))):
            found.append(caveat)
    return found


def cite(passage: Passage, *, stale: bool = False) -> Citation:
    """The passage as an answer names it; ``stale``: it is due for review."""
    text = passage.text[:EXCERPT]
    return Citation(source=passage.source, passage=passage.id, heading=passage.heading, text=text, stale=stale)


def body_of(passage: Passage) -> str:
    """The passage's own text, without the heading before it and the weak spots after it."""
    lead = passage.heading if passage.heading.endswith("?") else f"{passage.heading}."
    text = passage.text.removeprefix(f"{lead} ") if passage.kind != "document" else passage.text
    return text.removesuffix(passage.conflict).rstrip()


def _body(passage: Passage, text: str, asked: Words, how: Questions) -> list[str]:
    told = _with_quotes(sentence.text for sentence in sentences(text))
    if passage.kind in ("fact", "principle") or len(told) <= 3:
        return told
    # Of a document's passage the sentences around the one that holds most of the question.
    best = max(range(len(told)), key=lambda at: (held(asked, told[at], how).words, -at))
    start = max(0, min(best - 1, len(told) - 3))
    return told[start : start + 3]


def _with_quotes(said: Iterable[str]) -> list[str]:
    """The sentences; what is quoted together stays together."""
    told: list[str] = []
    for sentence in said:
        if told and told[-1].count('"') % 2:
            told[-1] += f" {sentence}"
        else:
            told.append(sentence)
    return told


def _numbers(text: str) -> set[str]:
    return {plain_number(number) for number in _NUMBER.findall(text)}
