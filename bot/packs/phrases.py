"""Phrases as people write them, as patterns: literal words, with a few alternatives and open ends, nothing else.

``kindly|humbly ask`` finds "kindly ask" and "humbly ask"; ``laki*`` finds every word that begins so, which Finnish
needs. Any other sign stands for itself.
"""

from __future__ import annotations

import re

from bot.coaching.text import fold, words
from bot.packs.errors import Declined

MOST, SHORTEST, LONGEST = 20, 3, 120
SHOWN = 40
FIELD = "phrases"
_SEPARATORS = re.compile(r"[\n;]+")


def read_phrases(text: str) -> tuple[str, ...]:
    """The phrases of a text, one a line or parted by semicolons. Raises Declined."""
    phrases = tuple(dict.fromkeys(_plain(piece) for piece in _SEPARATORS.split(text)))
    phrases = tuple(phrase for phrase in phrases if phrase)
    if not phrases:
        raise Declined("no-phrase", FIELD)
    if len(phrases) > MOST:
        raise Declined("too-many-phrases", FIELD, most=MOST)
    for phrase in phrases:
        pattern(phrase)
    return phrases


def _plain(piece: str) -> str:
    """As drafts are read, but for the two signs that mean something here."""
    parts = (part if part in ("*", "|") else fold(part).text for part in re.split(r"([*|])", piece))
    return " ".join("".join(parts).split())


def pattern(phrase: str) -> str:
    """The regular expression of a phrase, which takes time in proportion to the text. Raises Declined."""
    letters = sum(len(word) for word in words(phrase))
    if letters < SHORTEST or len(phrase) > LONGEST:
        raise Declined("bad-phrase", FIELD, phrase=phrase[:SHOWN], least=SHORTEST, most=LONGEST)
    return r"\s+".join(_word(word, phrase) for word in phrase.split())


def _word(word: str, phrase: str) -> str:
    choices = [choice for choice in word.split("|") if choice]
    if not choices or any(len(words(choice)) == 0 and "|" in word for choice in choices):
        raise Declined("bad-choice", FIELD, phrase=phrase[:SHOWN])
    made = [_choice(choice) for choice in choices]
    return made[0] if len(made) == 1 else f"(?:{'|'.join(made)})"


def _choice(word: str) -> str:
    open_ended = word.endswith("*") and len(word) > 1
    bare = word[:-1] if open_ended else word
    begins = r"\b" if re.match(r"\w", bare) else ""
    ends = r"\b" if re.search(r"\w$", bare) else ""
    return begins + re.escape(bare) + (r"\w*" if open_ended else ends)
