"""How much a library finds: the share of questions whose answer stands among the first passages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from pathlib import PurePath
from typing import Literal

from bot.coaching.model import LANGUAGES, Found, Language, Passage, Value
from bot.evals.counting import Share, share

DEPTH = 5
Find = Callable[[str, int], Sequence[Found]]


class Question(Value):
    """A question, the document that answers it, and words of which one stands in every passage with the answer.

    ``dev`` questions were looked at while the ranking was tuned, ``test`` questions were not.
    """

    id: str
    query: str
    language: Language
    source: str
    source_language: Language
    any_of: tuple[str, ...]
    split: Literal["dev", "test"]

    def answered_by(self, passage: Passage) -> bool:
        """Whether the passage is from the document and holds the answer."""
        text = passage.text.lower()
        return PurePath(passage.source.file).name == self.source and any(words.lower() in text for words in self.any_of)


def answerable(questions: Iterable[Question], passages: Sequence[Passage]) -> list[Question]:
    """The questions that at least one of the passages answers."""
    return [question for question in questions if any(question.answered_by(passage) for passage in passages)]


def recall(find: Find, questions: Iterable[Question]) -> Mapping[str, Mapping[str, Share]]:
    """recall@1 and recall@5 by pair of query language and source language, then within and across languages.

    ``find`` is given a query and a number of passages; it is not told the language.
    """
    places: dict[tuple[Language, Language], list[int]] = {pair: [] for pair in product(LANGUAGES, LANGUAGES)}
    for question in questions:
        places[question.language, question.source_language].append(_place(question, find(question.query, DEPTH)))
    table = {f"{query} → {source}": _shares(found) for (query, source), found in places.items()}
    for name, same in (("within a language", True), ("across languages", False)):
        pairs = (found for (query, source), found in places.items() if (query == source) is same)
        table[name] = _shares([place for found in pairs for place in found])
    return table


def _place(question: Question, found: Sequence[Found]) -> int:
    """How many passages stand before the first that answers; DEPTH where none does."""
    return next((at for at, one in enumerate(found) if question.answered_by(one.passage)), DEPTH)


def _shares(places: Sequence[int]) -> dict[str, Share]:
    return {f"recall@{k}": share([place < k for place in places]) for k in (1, DEPTH)}
