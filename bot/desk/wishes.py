"""A follow-up in words, such as "shorter", "in Dutch please" or "keep my second sentence", as a Wish."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.coaching.model import LANGUAGES
from bot.coaching.wording import Wording
from bot.desk.model import Wish

LONGEST = 60
"""Characters of the longest follow-up that is read as a wish: what is longer is a new draft."""
PLACES = (1, 2, 3, 4, 5, -1)


def read_wish(text: str, wordings: Iterable[Wording]) -> Wish | None:
    """The wish that the whole text is, in any of the languages, or None.

    The words stand in ``desk.wish``: phrases parted by ``|``, of which one, with polite words around it, is all there
    is. So "Can you make it shorter?" is a wish and "We will keep the wait shorter." is not.
    """
    if len(text) > LONGEST:
        return None
    for wording in wordings:
        said = _bare(text, wording)
        wish = _wish(said, wording)
        if wish:
            return wish
    return None


def _bare(text: str, wording: Wording) -> str:
    """The text in small letters, without signs and polite words around it."""
    said = " ".join(re.findall(r"[\w'’]+", text.lower())).replace("’", "'")
    polite = "|".join(re.escape(phrase) for phrase in _phrases(wording, "polite"))
    return re.sub(rf"^(?:(?:{polite})\s+)+|(?:\s+(?:{polite}))+$", "", said)


def _wish(said: str, wording: Wording) -> Wish | None:
    for kind in ("shorter", "warmer", "touch"):
        if said in _phrases(wording, kind):
            return Wish(kind=kind)
    for language in LANGUAGES:
        if said in _phrases(wording, f"language-{language}"):
            return Wish(kind="language", language=language)
    for place in PLACES:
        for number in _phrases(wording, f"sentence.{place}"):
            if said in (phrase.replace("…", number) for phrase in _phrases(wording, "keep")):
                return Wish(kind="keep", sentence=place)
    return None


def _phrases(wording: Wording, name: str) -> list[str]:
    return [phrase.strip() for phrase in wording.say(f"desk.wish.{name}").split("|")]
