"""Search by words (BM25): beside the vectors for names and numbers, and alone where there are no vectors."""

from __future__ import annotations

import math
import re
import threading
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from bot.coaching.model import Found, Passage
from bot.library.cards import Cards
from bot.library.ranking import Candidate, best

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_STEM = 6  # letters: crude, and right often enough in Finnish, where a word has dozens of endings
_SATURATION, _LENGTH = 1.2, 0.5


def terms(text: str) -> list[str]:
    """The words of a text without their endings, and its numbers without their punctuation."""
    return [re.sub(r"[.,]", "", word) if word[0].isdigit() else word[:_STEM] for word in _WORD.findall(text.lower())]


class LexicalIndex:
    """Passages by the terms in them; adding and removing touch only the passage's own terms."""

    def __init__(self) -> None:
        self._counts: dict[str, Counter[str]] = {}
        self._lengths: dict[str, int] = {}
        self._languages: dict[str, str] = {}
        self._holders: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._length = 0

    def add(self, id: str, text: str, language: str) -> None:
        """Index a passage; one with a known id is replaced."""
        self.remove(id)
        counts = Counter(terms(text))
        self._counts[id] = counts
        self._lengths[id] = counts.total()
        self._languages[id] = language
        self._length += self._lengths[id]
        for term in counts:
            self._holders[term][language].add(id)

    def remove(self, id: str) -> None:
        """Forget a passage; an unknown id is ignored."""
        counts = self._counts.pop(id, None)
        if counts is None:
            return
        language = self._languages.pop(id)
        self._length -= self._lengths.pop(id)
        for term in counts:
            self._holders[term][language].discard(id)

    def shares(self, query: str, *, language: str = "") -> dict[str, float]:
        """How much of the query stands in each passage that shares a term with it, 0 to 1.

        This is BM25 as a share of what a passage has that holds every term once. With a language, a term that this
        language has counts in its own passages only: words that two languages happen to share say nothing, but a name
        that stands only in a foreign passage does.
        """
        found: defaultdict[str, float] = defaultdict(float)
        whole = 0.0
        average = self._length / max(1, len(self._counts)) or 1
        shortest, longer = _SATURATION * (1 - _LENGTH), _SATURATION * _LENGTH / average
        for term in set(terms(query)):
            by_language: Mapping[str, set[str]] = self._holders.get(term, {})
            holders = by_language.get(language) or set[str]().union(*by_language.values())
            rarity = math.log(1 + (len(self._counts) - len(holders) + 0.5) / (len(holders) + 0.5))
            whole += rarity
            most = rarity * (_SATURATION + 1)
            for id in holders:
                count = self._counts[id][term]
                found[id] += most * count / (count + shortest + longer * self._lengths[id])
        return {id: min(1.0, score / whole) for id, score in found.items()}


class LexicalLibrary:
    """The Library port by words alone, in memory. Finds nothing across languages but names and numbers."""

    def __init__(self) -> None:
        self._index = LexicalIndex()
        self._cards = Cards()
        self._passages: dict[str, Passage] = {}
        self._lock = threading.Lock()

    def put(self, passages: Sequence[Passage]) -> None:
        """Keep these passages; one with a known id is replaced."""
        with self._lock:
            for passage in passages:
                self._passages[passage.id] = passage
                self._index.add(passage.id, passage.text, passage.language)
                self._cards.add(passage.id, passage.card, passage.language)

    def drop(self, ids: Sequence[str]) -> None:
        """Forget the passages with these ids; unknown ids are ignored."""
        with self._lock:
            for id in ids:
                self._passages.pop(id, None)
                self._index.remove(id)
                self._cards.remove(id)

    def ids(self) -> set[str]:
        """The ids of all kept passages."""
        with self._lock:
            return set(self._passages)

    def get(self, ids: Sequence[str]) -> list[Passage]:
        """The passages with these ids, in this order; unknown ids are left out."""
        with self._lock:
            return [self._passages[id] for id in dict.fromkeys(ids) if id in self._passages]

    def search(self, query: str, *, k: int = 5, language: str = "") -> list[Found]:
        """The k passages that share most with the query, best first; nothing where no word is shared."""
        with self._lock:
            shares: dict[str, float] = {}
            for id, share in self._index.shares(query, language=language).items():
                shown = self._cards.in_language(id, language)
                shares[shown] = max(share, shares.get(shown, 0.0))
            found = [Candidate(self._passages[id], share) for id, share in shares.items()]
        return best(found, k=k)
