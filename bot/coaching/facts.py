"""What a text states and promises, and what a rewrite added to it or lost from it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from bot.coaching.lexicon import Lexicon
from bot.coaching.text import fold, sentences

_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>|)\]\"]+"
    r"|(?<![\w-])(?<![\w-]\.)[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|nl|fi|eu|be|io|co|app|shop|help)\b(?:/[^\s<>|)\]\"]*)?",
    re.IGNORECASE,
)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SLACK = re.compile(r"<[@#!][^>\s]+>")
# Anything with a digit in it: amounts, dates, times, order ids, versions, phone numbers.
_NUMBER = re.compile(r"[#€$£%]?\b(?=[\w.,:/+-]{0,80}\d)[\w]+(?:[.,:/+-]\w+)*\b\s?[%€$£]?|[€$£]\s?\d[\d.,]*")
_QUOTED = re.compile(r"\"([^\"\n]{1,200})\"|“([^”\n]{1,200})”|«([^»\n]{1,200})»")
_NAME = re.compile(r"[^\W\d_a-zåäöéèëïü][\w'’-]*(?:[ ][^\W\d_a-zåäöéèëïü][\w'’-]*)*")
_CURRENCY = re.compile(r"\b(?:eur|euros?|euroa|dollars?|usd|gbp|pounds?|kr)\b", re.I)


class Fact(NamedTuple):
    """One thing stated: its kind, and the words in a form that can be compared."""

    kind: str
    words: str


class Difference(NamedTuple):
    """What a rewrite lost and what it added, as the words themselves."""

    lost: tuple[str, ...]
    added: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.lost or self.added)


def facts(text: str, lexicon: Lexicon | None = None) -> Counter[Fact]:
    """Every fact of the text with how often it is stated.

    Links, addresses, mentions, everything with a digit, quotations, names, days and number words, and promises.
    Without a lexicon (a language that has none) days, number words and promises are not seen as such.
    """
    found: Counter[Fact] = Counter()
    rest = fold(text).text
    for kind, pattern in (("mention", _SLACK), ("mail", _MAIL), ("link", _LINK), ("number", _NUMBER)):
        for match in pattern.finditer(rest):
            found[Fact(kind, _plain(match.group(), kind))] += 1
        rest = pattern.sub(lambda match: " " * len(match.group()), rest)
    for match in _QUOTED.finditer(rest):
        found[Fact("quotation", next(part for part in match.groups() if part))] += 1
    for match in _CURRENCY.finditer(rest):
        found[Fact("currency", match.group().lower())] += 1
    found.update(_names(rest, lexicon))
    if lexicon:
        found.update(_listed(rest, lexicon))
    return found


def compare(before: str, after: str, lexicon: Lexicon | None = None) -> Difference:
    """What ``after`` no longer states of ``before``, and what it states that ``before`` did not."""
    old, new = facts(before, lexicon), facts(after, lexicon)
    return Difference(_said(old - new), _said(new - old))


def kept(before: str, after: str, lexicon: Lexicon | None = None) -> tuple[str, ...]:
    """The facts of ``before`` that ``after`` still states, for the agent to see."""
    return _said(facts(before, lexicon) & facts(after, lexicon))


def _said(counted: Counter[Fact]) -> tuple[str, ...]:
    return tuple(sorted({fact.words for fact in counted}))


def _plain(words: str, kind: str) -> str:
    words = words.strip().rstrip(".,;:!?")
    return words if kind == "link" else re.sub(r"\s+", "", words).lower()


def _names(text: str, lexicon: Lexicon | None) -> Iterable[Fact]:
    """Capitalised words that do not merely begin a sentence, and the name after a greeting."""
    greetings = {word for greeting in (lexicon.greetings if lexicon else ()) for word in greeting.split()}
    others = greetings.union(*(lexicon.date_words, lexicon.formal, lexicon.informal) if lexicon else ())
    for sentence in sentences(text):
        for match in _NAME.finditer(sentence.text):
            said = match.group().split(" ")
            if match.start() == 0 or sentence.text[: match.start()].rstrip()[-1:] in ":-–•*\"'(":
                first = said[0].lower()
                said = said[1:]
                if not said and first not in greetings:
                    continue
            for word in said:
                low = word.lower()
                # "I", "I've", "OK" and a shouted WORD are not names.
                if low in others or low.split("'")[0] in ("i", "ok"):
                    continue
                if word.isupper() and len(word) > 1:
                    continue
                yield Fact("name", re.sub(r"'s$", "", low))


def _listed(text: str, lexicon: Lexicon) -> Iterable[Fact]:
    for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.lower()):
        if word in lexicon.date_words:
            yield Fact("date", word)
        elif word in lexicon.promise_words:
            yield Fact("promise", word)
        elif word in lexicon.number_words:
            yield Fact("amount", word)
