"""What people ask about moments of their day in a few words, such as "angry customer", and the cards that answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bot.coaching.asking import Questions, Words
from bot.coaching.likeness import mistyped, same_stem, stands_within
from bot.coaching.ports import Nearby

_WORDS = 0.3
"""What words in common add to the likeness of two questions, where they have all in common."""
_NEAR, _LIKE, _LIKER = 0.45, 0.65, 0.1
"""So near to a phrase a question must be, so much like it, and so much more than like one that is not answered."""
_STEEP = 4.0
_SMALL = 3
"""Digits of a number that tells how long or how much; one of more is a year, an order or an amount to look up."""


class Moment(NamedTuple):
    """The moment that a question is about, with the phrase that is most like it.

    ``sure``: from 0.5 on the moment's cards answer, as in ``Match``; ``whole``: the phrase holds all that is asked.
    """

    cards: tuple[str, ...]
    phrase: str
    sure: float
    whole: bool


def moment_of(asked: Words, how: Questions, nearby: Nearby | None) -> Moment | None:
    """The moment of the day that a question is most like; None where it asks for a name or year that this has not."""
    if nearby is None or any(len(number) > _SMALL for number in asked.numbers):
        return None
    wanted = (*asked.subject, *asked.names)
    near_enough = (at for at, near in enumerate(nearby.phrases) if near >= _NEAR)
    likes = {at: nearby.phrases[at] + _WORDS * _in_common(wanted, how.phrase_words[at]) for at in near_enough}
    if not likes:
        return None
    likest = max(likes, key=lambda at: likes[at])
    like, words = likes[likest], how.phrase_words[likest]
    if not all(_stands(name, words) for name in asked.names):
        return None
    unlike = max(nearby.elsewhere[0], nearby.secret[0], nearby.person[0])
    return Moment(
        cards=_cards(likest, how),
        phrase=how.phrases[likest],
        sure=min(1.0, max(0.0, 0.5 + _STEEP * min(like - _LIKE, like - unlike - _LIKER))),
        whole=all(_stands(word, words) for word in wanted),
    )


def _cards(phrase: int, how: Questions) -> tuple[str, ...]:
    """The cards of the moment to which the phrase of this number belongs."""
    return [moment.cards for moment in how.everyday for _ in moment.asked][phrase]


def _in_common(asked: Iterable[str], words: frozenset[str]) -> float:
    """The share of the words on both sides that the other side has, too."""
    asked = list(asked)
    if not asked:
        return 0.0
    here = sum(_stands(word, words) for word in asked)
    there = sum(any(_same(word, other) for word in asked) for other in words)
    return (here + there) / (len(asked) + len(words))


def _stands(word: str, words: frozenset[str]) -> bool:
    return any(_same(word, other) for other in words)


def _same(asked: str, other: str) -> bool:
    """Whether a word asked for is a word of a phrase, in some form, or a part of it; a part of it says less."""
    part = len(asked) < len(other) and stands_within(asked, other)
    return part or same_stem(asked, other) or mistyped(asked, other)
