"""What a text affirms and what it denies, clause by clause, and whether a sentence turns a passage round.

A denial reaches from its word to the end of its clause ("works without scripts" denies the scripts alone); where
nothing follows there, as in Dutch ("een vast bedrag is er niet"), it is of the whole clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.coaching.asking import Questions
from bot.coaching.likeness import mistyped, same_stem
from bot.coaching.text import sentences

_LONG = 7
"""Letters from which on a word tells something, whatever a question does with it."""
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_BREAK = re.compile(r"(?<![,;:.!?()–—])[,;:.!?()–—]++(?=\s|$)")


class Clause(NamedTuple):
    """The telling words of a clause, by whether it affirms or denies them."""

    affirmed: frozenset[str]
    denied: frozenset[str]

    @property
    def words(self) -> frozenset[str]:
        """All of them."""
        return self.affirmed | self.denied


def turns_round(sentence: str, passages: Iterable[str], how: Questions) -> bool:
    """Whether a sentence affirms what these passages only deny, or denies what they only affirm."""
    told = [clause for passage in passages for clause in _clauses(passage, how)]
    affirmed = frozenset[str]().union(*(clause.affirmed for clause in told))
    denied = frozenset[str]().union(*(clause.denied for clause in told))
    for clause in _clauses(sentence, how):
        # What stands before a denial may be denied with it: "kuittia ei pyydetty".
        plain = () if clause.denied else clause.affirmed
        if any(_among(w, denied, how) and not _among(w, affirmed, how, same=True) for w in plain):
            return True
        if not any(_among(w, denied, how) for w in clause.denied) and any(
            _among(w, affirmed, how) for w in clause.denied
        ):
            return True
        # Where all of a clause stands in one of the passages', both must deny, or neither.
        whole = [other for other in told if _within(clause, other, how)]
        if whole and all(bool(other.denied) != bool(clause.denied) for other in whole):
            return True
    return False


def _clauses(text: str, how: Questions) -> Sequence[Clause]:
    """The clauses of what is said in a text; what it asks is not said."""
    said = (sentence.text for sentence in sentences(text) if not sentence.text.rstrip().endswith("?"))
    return [_clause(words, how) for one in said for words in _parted(one, how)]


def _parted(sentence: str, how: Questions) -> Iterable[list[str]]:
    """The words of each clause: clauses end at a sign, and before a word that begins another."""
    for part in _BREAK.split(sentence):
        words: list[str] = []
        for word in _WORD.findall(part.lower().replace("’", "'")):
            if word in how.beginnings and words:
                yield words
                words = []
            words.append(word)
        yield words


def _clause(words: Sequence[str], how: Questions) -> Clause:
    at = next((at for at, word in enumerate(words) if word in how.denials and not _merely(words, at, how)), len(words))
    before, after = (_telling(part, how) for part in (words[:at], words[at + 1 :]))
    if at == len(words) or after:
        return Clause(before, after)
    return Clause(frozenset(), before)


def _merely(words: Sequence[str], at: int, how: Questions) -> bool:
    """Whether a denial only adds to what it seems to deny: "not only"."""
    return at + 1 < len(words) and words[at + 1] in how.onlies


def _telling(words: Iterable[str], how: Questions) -> frozenset[str]:
    # What a question is not about ("give me examples") may still be what is denied.
    small = how.fillers | how.denials
    return frozenset(word for word in words if len(word) > 1 and (word not in small or len(word) >= _LONG))


def _within(clause: Clause, other: Clause, how: Questions) -> bool:
    return len(clause.words) > 1 and all(_among(word, other.words, how) for word in clause.words)


def _among(word: str, words: frozenset[str], how: Questions, *, same: bool = False) -> bool:
    """Whether a word stands among others, in some form; with ``same`` also another word for the same."""
    wanted = {word, *(how.meanings.get(word, ()) if same else ())}
    return any(same_stem(one, other) or mistyped(one, other) for one in wanted for other in words)
