"""The plain form of a Finnish name from a bent one: Matille → Matti, Virtaselta → Virtanen, Johnin → John."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

_ENDINGS = (
    "lla llä lle lta ltä ssa ssä sta stä ksi tta ttä kin kaan kään han hän hin"
    " hon hen n na nä ta tä a ä ia iä in an än en on yn ön un"
).split()
# At the start of a sentence, where any word has a capital, only the endings that few other words have.
_SURE_ENDINGS = "lla llä lle lta ltä n".split()
_STRENGTHENED = {"k": "kk", "p": "pp", "t": "tt", "d": "t", "v": "p"}
_PAIRS = {"ng": "nk", "nn": "nt", "ll": "lt", "rr": "rt", "mm": "mp"}


@lru_cache(maxsize=4096)
def plain_forms(word: str, *, opens: bool = False) -> tuple[str, ...]:
    """What the word may be a form of, itself first; ``opens`` says that it begins a sentence."""
    return tuple(dict.fromkeys((word, *_forms(word, _SURE_ENDINGS if opens else _ENDINGS))))


def _forms(low: str, endings: Sequence[str]) -> Iterator[str]:
    for ending in endings:
        stem = low[: -len(ending)]
        if not low.endswith(ending) or len(stem) < 3:
            continue
        yield stem
        if ending == "en" and stem.endswith("e"):  # Niemeen → Niemi
            yield stem[:-1] + "i"
        if stem.endswith("kse"):
            yield stem[:-3] + "s"
        elif stem.endswith("se"):
            yield stem[:-2] + "nen"
        elif stem.endswith("s"):
            yield stem[:-1] + "nen"
        elif stem.endswith(("i", "e")):
            yield stem[:-1]
            if stem[-2:-1] == stem[-3:-2]:
                yield stem[:-2]
        if stem[-1] in "aeiouyäö":
            before, pair = stem[-2], stem[-3:-1]
            if pair in _PAIRS:
                yield stem[:-3] + _PAIRS[pair] + stem[-1]
            elif before in _STRENGTHENED:
                yield stem[:-2] + _STRENGTHENED[before] + stem[-1]
