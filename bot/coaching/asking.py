"""How a question is read: its subject words, names and numbers, and how many of them stand in a passage."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, Field

from bot.coaching.likeness import SHORTEST_STEM, alike, begins_alike, mistyped
from bot.coaching.model import Language, Value

_WORD = re.compile(r"\d+(?:[.,:]\d+)*%?|[^\W\d_]+(?:[-'’.][^\W\d_]+)*")
_CAPITAL = re.compile(r"\b[A-ZÅÄÖÉ][a-zåäöéëï]+")
_POINTED = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")
_FEW = 0.3
"""The share of a question's words that a language has at least where the question is in it."""
_BEGINNING = 6
"""Letters that a word is known by, whatever its ending."""

Refusal = Literal["secret", "person"]
"""Why a question is never answered: it is after secrets and rules, or after what a person wrote or how they did."""
_SOMEBODY = "\ue000"
"""Stands for a person's name while the patterns are tried: a letter that nobody types."""


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(r"\b{name}", "{name}").replace("{name}", _SOMEBODY), re.IGNORECASE)


def _a_pattern(pattern: str) -> str:
    try:
        _compiled(pattern)
    except re.error as error:
        raise ValueError(f"'{pattern}' is not a pattern ({error})") from None
    return pattern


Pattern = Annotated[str, AfterValidator(_a_pattern)]


class Everyday(Value):
    """A moment of a working day, in one language, from ``knowledge/everyday/``.

    ``asked``: how people ask about it in a few words; ``cards``: one or two principles or facts that answer, as
    ``Passage.card`` names them.
    """

    id: str
    language: Language
    cards: tuple[str, ...] = Field(min_length=1, max_length=2)
    asked: tuple[str, ...] = Field(min_length=1)


class Questions(Value):
    """How questions are read in one language, from ``knowledge/questions/<language>.yaml``.

    ``filler``: words without a subject. ``same``: groups of words that mean the same, parted by |. ``negations``:
    words that deny, ``only`` words that take it back ("not only"), ``clauses`` words that begin a clause. ``counts``:
    the numbers from one on in words, forms of one number parted by |. ``quantity``: how a question for a number, a
    time or an amount is put. ``opens``: how a follow-up begins. ``hostile``: patterns of
    what is never answered; ``person`` too, with a colleague's name at {name}. ``elsewhere``: examples of questions that
    these documents do not answer; ``secret_examples``, ``person_examples``: of what is never answered. ``ours``: words
    for what belongs to us. ``everyday``: what is asked in a few words.
    """

    id: Language
    filler: str
    same: tuple[str, ...]
    negations: str
    only: str
    clauses: str
    counts: str
    ours: Pattern
    quantity: Pattern
    opens: str
    hostile: tuple[Pattern, ...]
    person: tuple[Pattern, ...]
    elsewhere: tuple[str, ...] = Field(min_length=1)
    secret_examples: tuple[str, ...] = Field(min_length=1)
    person_examples: tuple[str, ...] = Field(min_length=1)
    everyday: tuple[Everyday, ...] = ()

    @property
    def examples(self) -> tuple[str, ...]:
        """All examples of questions."""
        return self.elsewhere + self.secret_examples + self.person_examples + self.phrases

    @cached_property
    def phrases(self) -> tuple[str, ...]:
        """How people ask about the moments of their day, in the moments' order."""
        return tuple(phrase for moment in self.everyday for phrase in moment.asked)

    @cached_property
    def phrase_words(self) -> Sequence[frozenset[str]]:
        """Of each of the phrases the words that say what it is about."""
        said = (frozenset(word.lower() for word in tokens(phrase)) for phrase in self.phrases)
        return [words - self.fillers or words for words in said]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Words, and beginnings of long ones, by which the language of a question is known."""
        exemplary = (token.lower() for example in self.examples for token in tokens(example))
        known = self.fillers | self.meanings.keys() | frozenset(exemplary)
        return known | {word[:_BEGINNING] for word in known if len(word) > _BEGINNING}

    @cached_property
    def fillers(self) -> frozenset[str]:
        """The words without a subject."""
        return frozenset(self.filler.split())

    @cached_property
    def opening(self) -> re.Pattern[str]:
        """How a follow-up begins."""
        return re.compile(rf"(?:{self.opens})\b", re.IGNORECASE)

    @cached_property
    def counting(self) -> re.Pattern[str]:
        """How a question for a number, a time or an amount is put."""
        return re.compile(rf"\b(?:{self.quantity})\b", re.IGNORECASE)

    @cached_property
    def own(self) -> re.Pattern[str]:
        """Words for what belongs to us."""
        return re.compile(rf"\b(?:{self.ours})\b", re.IGNORECASE)

    @cached_property
    def denials(self) -> frozenset[str]:
        """Words that deny."""
        return frozenset(self.negations.split())

    @cached_property
    def onlies(self) -> frozenset[str]:
        """Words after which a denial denies nothing."""
        return frozenset(self.only.split())

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """Words that begin a clause."""
        return frozenset(self.clauses.split())

    @cached_property
    def numerals(self) -> Mapping[str, str]:
        """The digits of each number that is written in words."""
        groups = enumerate(self.counts.split(), 1)
        return {word: str(number) for number, group in groups for word in group.split("|")}

    @cached_property
    def prying(self) -> Sequence[tuple[Refusal, re.Pattern[str]]]:
        """The patterns of what is never answered, with the reason."""
        reasons: Sequence[tuple[Refusal, Sequence[str]]] = (("secret", self.hostile), ("person", self.person))
        return [(why, _compiled(pattern)) for why, patterns in reasons for pattern in patterns]

    @cached_property
    def meanings(self) -> Mapping[str, frozenset[str]]:
        """For each word the words that mean the same."""
        found: dict[str, frozenset[str]] = {}
        for group in self.same:
            members = frozenset(group.split("|"))
            for member in members:
                found[member] = found.get(member, frozenset()) | members
        return found


class Words(NamedTuple):
    """What a question is about. ``names`` and ``numbers`` are wanted as they stand; ``subject`` in any form."""

    subject: tuple[str, ...]
    names: tuple[str, ...]
    numbers: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Whether the question names nothing of its own."""
        return not (self.subject or self.names or self.numbers)


def tokens(text: str) -> list[str]:
    """The words and numbers of a text as they stand, the parts of hyphened words too; ``S.A.V.E.`` is ``SAVE``."""
    found: list[str] = _WORD.findall(_plain(text))
    return found + [part for word in found if "-" in word for part in word.split("-")]


def _plain(text: str) -> str:
    return _POINTED.sub(lambda match: match.group().replace(".", ""), text.replace("’", "'"))


def read_question(question: str, how: Questions, known_names: frozenset[str]) -> Words:
    """The words of a question that say what it is about.

    A name is a word with a capital that does not begin a sentence, or one of ``known_names`` (in small letters)
    wherever it stands.
    """
    subject: list[str] = []
    names: list[str] = []
    numbers: list[str] = []
    begins = True
    at = 0
    question = _plain(question)
    for match in _WORD.finditer(question):
        begins = begins or bool(re.search(r"[.!?:\n]", question[at : match.start()]))
        at = match.end()
        # Of "SAS-onderzoek" only SAS is a name.
        word = re.sub(r"'s?$", "", match.group())
        if word[0].isupper() and "-" in word and len(word.split("-")[0]) > 1:
            word = word.split("-")[0]
        low = word.lower()
        if low[0].isdigit():
            numbers.append(plain_number(low))
        elif low in how.fillers:
            pass
        elif low in known_names or (not begins and word[0].isupper()):
            names.append(low)
        elif len(low) > 1:
            subject.append(low)
        begins = False
    return Words(*(tuple(dict.fromkeys(found)) for found in (subject, names, numbers)))


def plain_number(text: str) -> str:
    """The digits of a number, without the signs that part them; ``1,80`` and ``1.80`` are the same."""
    return re.sub(r"[^\d]", "", text)


class Held(NamedTuple):
    """How much of a question's words a passage holds."""

    words: float
    missing: tuple[str, ...]
    names: bool
    numbers: bool


def held(asked: Words, text: str, how: Questions) -> Held:
    """Which of the question's words stand in the text, in some form or by another word for the same."""
    stood = [token.lower() for token in tokens(text)]
    words = frozenset(stood) | {how.numerals[word] for word in stood if word in how.numerals}
    numbers = {plain_number(word) for word in words if word[0].isdigit()}
    missing = tuple(word for word in asked.subject if not _stands(word, words, how))
    return Held(
        words=1 - len(missing) / len(asked.subject) if asked.subject else 1.0,
        missing=missing,
        names=all(_named(name, words) for name in asked.names),
        numbers=all(number in numbers for number in asked.numbers),
    )


def _stands(word: str, words: frozenset[str], how: Questions) -> bool:
    if word in how.numerals:
        return word in words or how.numerals[word] in words
    meanings = how.meanings
    wanted = {word, *meanings.get(word, ())}
    for known, group in meanings.items():
        # Another form of a word that the list has: "klantenservices" for "klantenservice".
        if len(word) > SHORTEST_STEM and known[:SHORTEST_STEM] == word[:SHORTEST_STEM] and alike(word, known):
            wanted |= group
    return any(_found(one, words) for one in wanted)


def _found(wanted: str, words: frozenset[str]) -> bool:
    parts = wanted.split()
    return all(any(alike(part, word) or mistyped(part, word) for word in words) for part in parts)


def _named(name: str, words: frozenset[str]) -> bool:
    """A name may have an ending (Zapposilla), or lack one, but is not another name that begins alike."""
    return any(
        word == name
        or (min(len(word), len(name)) >= 3 and abs(len(word) - len(name)) <= 5 and begins_alike(word, name))
        or mistyped(name, word)
        for word in words
    )


def names_in(texts: Iterable[str]) -> frozenset[str]:
    """The words that stand with a capital within a sentence, in small letters, unless they also stand without one."""
    names: set[str] = set()
    common: set[str] = set()
    for text in texts:
        at = 0
        begins = True
        text = _plain(text)
        for match in _WORD.finditer(text):
            begins = begins or bool(re.search(r"[.!?:;\"\n]", text[at : match.start()]))
            at = match.end()
            word = re.sub(r"'s?$", "", match.group())
            if word[0].isupper() and not begins and len(word) > 1:
                names.add(word.lower())
            elif word[0].islower():
                common.add(word)
            begins = False
    return frozenset(names - common)


def refusal(question: str, ways: Sequence[Questions], known_names: frozenset[str]) -> Refusal | None:
    """Why this question is never answered, or None. Somebody of the documents is no colleague."""
    common = frozenset[str]().union(*(how.fillers | how.meanings.keys() for how in ways))

    def hidden(match: re.Match[str]) -> str:
        low = match.group().lower()
        known = low in common or _is_known(low, known_names)
        return match.group() if known else _SOMEBODY

    about = _CAPITAL.sub(hidden, question)
    tried = (why for how in ways for why, pattern in how.prying if pattern.search(question) or pattern.search(about))
    return next(tried, None)


def _is_known(name: str, known_names: frozenset[str]) -> bool:
    return any(name == known or (len(known) >= SHORTEST_STEM and begins_alike(known, name)) for known in known_names)


def spoken_in(question: str, ways: Sequence[Questions], names: frozenset[str]) -> Language | None:
    """The language most of whose own words stand in the question; None where no language leads.

    A word of several languages counts for each in part, and a name (of ``names``, in small letters) for none. Where
    the language has few of the words, the question is in another.
    """
    said = [word for token in tokens(question) if (word := token.lower()) not in names]
    shares = {how.id: 0.0 for how in ways}
    for word in said:
        ours = [how.id for how in ways if word in how.vocabulary or word[:_BEGINNING] in how.vocabulary]
        for language in ours:
            shares[language] += 1 / len(ours)
    second, first = sorted(shares, key=lambda language: shares[language])[-2:]
    return first if shares[first] > max(shares[second], _FEW * len(said)) else None


def questions_in(text: str, most: int) -> Sequence[str]:
    """The single questions of a text, at most ``most``; the whole text where it holds no more than one."""
    parts = [part.strip() for part in re.findall(r"[^?]+\?+", text)]
    return parts[:most] if len(parts) > 1 else [text.strip()]
