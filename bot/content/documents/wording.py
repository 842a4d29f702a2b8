"""Words made plain: run-together words, article-spun phrases, names that were heard wrong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from bot.content.documents.ingest import Alias, Ingest, SpunTerm
from bot.content.documents.languages import language_of

_WORD = re.compile(r"[^\W\d_]+")
# The end of one sentence and the beginning of the next without a space between: "media.Ever", "price.”Walter".
_CLOSED_UP = re.compile(r"(?<=[^\W\d_]{2}[.!?])([”’]?)(?!Com\b|Net\b|Org\b)(?=[A-ZÀ-Þ][a-zà-ÿ’]*[ ,])")
_BRACKET_CLOSED_UP = re.compile(r"(?<=[a-z’'”?!]\))(?=[A-ZÀ-Þ][a-zà-ÿ]+ )")
_CAMEL = re.compile(r"\b(?:[A-Z][a-z]{3,}){3,}\b")
# Words that English hardly ever builds longer words from.
_APART = frozenset("the and you your is are was were that this these those they their few our which".split())
_TAILS = frozenset(("self", "selves", "ever", "soever"))
# Words that it does: "something", "outcome", "without" are to stay whole.
_TOGETHER = re.compile(
    r"(?:any|some|every|no|out|over|under|up|with|where|when|what|who|how|there|here|never|not|for|non|them)"
)
_EVIDENCE = 4  # spun phrases: fewer may be chance


class Wording:
    """What one document's own words tell about its odd ones."""

    def __init__(self, text: str, ingest: Ingest) -> None:
        self._counts = Counter(word.casefold() for word in _WORD.findall(text))
        self._spun = _Spun(ingest.spun, text)
        self._aliases = [(_inflected(alias), alias) for alias in ingest.aliases]

    def mended(self, text: str) -> str:
        """The text with spaces between words that ran together; nothing else is changed."""
        text = _CLOSED_UP.sub(r"\1 ", text)
        text = _BRACKET_CLOSED_UP.sub(" ", text)
        text = _CAMEL.sub(self._apart, text)
        merged = [word for word in _WORD.findall(text) if self._halves(word)]
        if not merged or language_of(text) not in ("en", ""):
            return text  # Dutch and Finnish build words by joining words
        return _WORD.sub(lambda match: " ".join(self._halves(match[0])) or match[0], text)

    def plain(self, sentence: str) -> str:
        """The sentence in plain terms, with a guess in brackets behind a name that was probably heard wrong."""
        sentence = self._spun.plain(sentence)
        for pattern, alias in self._aliases:
            if _near(alias, sentence):
                guess = alias.probably.replace("\\", "\\\\")
                sentence = pattern.sub(rf"\g<0> [probably {guess}]", sentence)
        return sentence

    def _halves(self, word: str) -> tuple[str, str] | tuple[()]:
        """The two words that ran together in a word seen once: small English words, or words common in the document."""
        if len(word) < 5 or self._counts[word.casefold()] != 1 or not word[1:].islower():
            return ()
        for cut in range(2, len(word) - 1):
            first, second = word[:cut], word[cut:]
            one, other = self._counts[first.casefold()], self._counts[second]
            longer = other and len(second) >= 4 and len(word) >= 7 and second not in _TAILS
            if first.casefold() in _APART and (second in _APART or longer):
                return first, second
            common = min(one, other) >= 3 and min(len(first), len(second)) >= 3
            if common and len(word) >= 9 and word.islower() and not _TOGETHER.match(word):
                return first, second
        return ()

    def _apart(self, match: re.Match[str]) -> str:
        parts = re.findall("[A-Z][a-z]+", match[0])
        known = self._counts[match[0].casefold()] == 1 and all(self._counts[part.casefold()] for part in parts)
        return " ".join(parts) if known else match[0]


class _Spun:
    """The spun phrases, if this document holds several of them."""

    def __init__(self, terms: Sequence[SpunTerm], text: str) -> None:
        self._plain = {_key(term.spun): term.plain for term in terms}
        whole = _key(text)
        seen = sum(1 for phrase in self._plain if (" " in phrase or "-" in phrase) and phrase in whole)
        phrases = sorted(self._plain, key=len, reverse=True) if seen >= _EVIDENCE else []
        self._pattern = re.compile(rf"\b(?:{'|'.join(map(_as_pattern, phrases))})(?!\w)", re.IGNORECASE)
        self._found = bool(phrases)

    def plain(self, sentence: str) -> str:
        """The sentence with what its author meant in the place of each spun phrase."""
        if not self._found:
            return sentence

        def swap(match: re.Match[str]) -> str:
            plain = self._plain[_key(match[0])]
            begins = not any(letter.isalnum() for letter in sentence[: match.start()])
            return plain[0].upper() + plain[1:] if begins else plain

        return self._pattern.sub(swap, sentence)


def _as_pattern(phrase: str) -> str:
    return re.escape(phrase).replace("'", "['’]").replace(r"\ ", r"\s+")


def _key(phrase: str) -> str:
    return " ".join(phrase.casefold().replace("’", "'").split())


def _inflected(alias: Alias) -> re.Pattern[str]:
    """The name as it was heard, with the ending that a language such as Finnish gives it."""
    return re.compile(rf"\b(?!{re.escape(alias.probably)}){re.escape(alias.heard)}\w{{0,6}}\b")


def _near(alias: Alias, text: str) -> bool:
    lowered = text.casefold()
    return not alias.near or any(word.casefold() in lowered for word in alias.near)
