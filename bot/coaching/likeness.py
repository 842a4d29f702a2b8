"""Whether two words are the same word: another form of it, a part of a compound, or one letter mistyped."""

from __future__ import annotations

SHORTEST_STEM = 4
_ALIKE = 0.62
"""The share of the shorter word that two forms of one word have in common; Finnish needs it this low."""
_ENDING = 6
"""Letters that an ending of a word may have."""


def alike(one: str, other: str) -> bool:
    """Whether two words seem to be forms of one word, or the one is part of a compound of the other."""
    return same_stem(one, other) or stands_within(*sorted((one, other), key=len))


def same_stem(one: str, other: str) -> bool:
    """Whether two words begin alike, so far that they seem to be forms of one word."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    common = 0
    for a, b in zip(short, long, strict=False):
        if a != b:
            break
        common += 1
    return common >= SHORTEST_STEM and common >= _ALIKE * len(short) and len(long) - common <= _ENDING


def stands_within(short: str, long: str) -> bool:
    """Whether the shorter word, but for its ending, is part of the longer."""
    stem = short[: max(SHORTEST_STEM + 1, len(short) - 2)]
    return len(stem) > SHORTEST_STEM and stem in long


def begins_alike(one: str, other: str) -> bool:
    """Whether the longer word begins with the shorter, of whose last letter one may be another."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) or (len(short) >= 5 and long.startswith(short[:-1]))


def mistyped(one: str, other: str) -> bool:
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
