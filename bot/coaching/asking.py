"""How a question is read: its subject words, names and numbers, and how many of them stand in a passage."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, Field

from bot.coaching.model import Language, Value

_WORD = re.compile(r"\d+(?:[.,:]\d+)*%?|[^\W\d_]+(?:[-'’.][^\W\d_]+)*")
_CAPITAL = re.compile(r"\b[A-ZÅÄÖÉ][a-zåäöéëï]+")
_POINTED = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")
_SHORTEST_STEM = 4
_ALIKE = 0.62
"""The share of the shorter word that two forms of one word have in common; Finnish needs it this low."""
_OWN_WORD = 4
"""Letters from which on a word belongs to one language only, mostly."""
_ENDING = 6
"""Letters that an ending of a word may have."""


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


class Questions(Value):
    """How questions are read in one language, from ``knowledge/questions/<language>.yaml``.

    ``filler``: words without a subject. ``same``: groups of words that mean the same, parted by |. ``negations``:
    words that deny. ``counts``: the numbers from one on in words, forms of one number parted by |. ``quantity``:
    how a question for a number, a time or an amount is put. ``opens``: how a follow-up begins. ``hostile``: patterns of
    what is never answered; ``person`` too, with a colleague's name at {name}. ``elsewhere``: examples of questions that
    these documents do not answer; ``secret_examples``, ``person_examples``: of what is never answered. ``ours``: words
    for what belongs to us.
    """

    id: Language
    filler: str
    same: tuple[str, ...]
    negations: str
    counts: str
    ours: Pattern
    quantity: Pattern
    opens: str
    hostile: tuple[Pattern, ...]
    person: tuple[Pattern, ...]
    elsewhere: tuple[str, ...] = Field(min_length=1)
    secret_examples: tuple[str, ...] = Field(min_length=1)
    person_examples: tuple[str, ...] = Field(min_length=1)

    @property
    def examples(self) -> tuple[str, ...]:
        """All examples of questions."""
        return self.elsewhere + self.secret_examples + self.person_examples

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


def alike(one: str, other: str) -> bool:
    """Whether two words seem to be forms of one word, or the one is part of a compound of the other."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    common = 0
    for a, b in zip(short, long, strict=False):
        if a != b:
            break
        common += 1
    if common >= _SHORTEST_STEM and common >= _ALIKE * len(short) and len(long) - common <= _ENDING:
        return True
    stem = short[: max(_SHORTEST_STEM + 1, len(short) - 2)]
    return len(stem) > _SHORTEST_STEM and stem in long


def _stands(word: str, words: frozenset[str], how: Questions) -> bool:
    if word in how.numerals:
        return word in words or how.numerals[word] in words
    meanings = how.meanings
    wanted = {word, *meanings.get(word, ())}
    for known, group in meanings.items():
        # Another form of a word that the list has: "klantenservices" for "klantenservice".
        if len(word) > _SHORTEST_STEM and known[:_SHORTEST_STEM] == word[:_SHORTEST_STEM] and alike(word, known):
            wanted |= group
    return any(_found(one, words) for one in wanted)


def _found(wanted: str, words: frozenset[str]) -> bool:
    parts = wanted.split()
    return all(any(alike(part, word) or _mistyped(part, word) for word in words) for part in parts)


def _named(name: str, words: frozenset[str]) -> bool:
    """A name may have an ending (Zapposilla), or lack one, but is not another name that begins alike."""
    return any(
        word == name
        or (min(len(word), len(name)) >= 3 and abs(len(word) - len(name)) <= 5 and _begins(word, name))
        or _mistyped(name, word)
        for word in words
    )


def _begins(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long.startswith(short) or (len(short) >= 5 and long.startswith(short[:-1]))


def _mistyped(one: str, other: str) -> bool:
    """Whether one letter more, less, other or swapped makes the one into the other."""
    if min(len(one), len(other)) < 5 or abs(len(one) - len(other)) > 1 or one[0] != other[0]:
        return False
    if len(one) == len(other):
        apart = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        if len(apart) == 2:
            x, y = apart
            return y == x + 1 and one[x] == other[y] and one[y] == other[x]
        return len(apart) == 1
    short, long = sorted((one, other), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


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
    return any(name == known or (len(known) >= _SHORTEST_STEM and _begins(known, name)) for known in known_names)


def spoken_in(question: str, ways: Sequence[Questions]) -> Language | None:
    """The language most of whose own words stand in the question; None where no language leads."""
    said = [token.lower() for token in tokens(question) if len(token) >= _OWN_WORD]
    counts = sorted((sum(word in how.fillers or word in how.meanings for word in said), how.id) for how in ways)
    (second, _), (most, language) = counts[-2:]
    return language if most > second else None


def questions_in(text: str, most: int) -> Sequence[str]:
    """The single questions of a text, at most ``most``; the whole text where it holds no more than one."""
    parts = [part.strip() for part in re.findall(r"[^?]+\?+", text)]
    return parts[:most] if len(parts) > 1 else [text.strip()]
