"""A follow-up in words, such as "shorter", "in Dutch please" or "keep my second sentence", as a Wish."""

from __future__ import annotations

from collections.abc import Iterable

from bot.coaching.going_on import LONGEST, bare, phrases
from bot.coaching.model import LANGUAGES
from bot.coaching.wording import Wording
from bot.desk.model import Wish

PLACES = (1, 2, 3, 4, 5, -1)


def read_wish(text: str, wordings: Iterable[Wording]) -> Wish | None:
    """The wish that the whole text is, in any of the languages, or None.

    The words stand in ``desk.wish``: phrases parted by ``|``, of which one, with polite words around it, is all there
    is. So "Can you make it shorter?" is a wish and "We will keep the wait shorter." is not.
    """
    if len(text) > LONGEST:
        return None
    for wording in wordings:
        said = bare(text, wording)
        wish = _wish(said, wording)
        if wish:
            return wish
    return None


def _wish(said: str, wording: Wording) -> Wish | None:
    for kind in ("shorter", "warmer", "touch"):
        if said in phrases(wording, f"desk.wish.{kind}"):
            return Wish(kind=kind)
    for language in LANGUAGES:
        if said in phrases(wording, f"desk.wish.language-{language}"):
            return Wish(kind="language", language=language)
    for place in PLACES:
        for number in phrases(wording, f"desk.wish.sentence.{place}"):
            if said in (phrase.replace("…", number) for phrase in phrases(wording, "desk.wish.keep")):
                return Wish(kind="keep", sentence=place)
    return None
