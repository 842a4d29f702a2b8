"""Where sentences end."""

from __future__ import annotations

import re

_END = re.compile(r"[.!?…]{1,5}[\"'”’»)\]]{0,3}(?:\s+|$)|[。！？]+")
_ABBREVIATIONS = frozenset(
    "e.g. i.e. mr. mrs. ms. dr. prof. st. vs. etc. no. pp. fig. inc. ltd. co. jr. sr. approx. dept. "
    "bijv. bv. b.v. nr. mw. dhr. drs. ir. ing. evt. incl. excl. ca. art. blz. tel. "
    "esim. mm. ym. yms. jne. ks. nro. klo. puh. os. tms. n. ns. vrt. alk. kpl. milj. mrd.".split()
)
_DOTTED = re.compile(r"\(?(?:[^\W\d_]\.)+")
LONGEST = 250  # words; longer than this is no sentence but a text without full stops


def sentences(text: str) -> list[str]:
    """The sentences of one paragraph, in order, without the white space between them.

    A text that never ends a sentence is cut at a comma, or else between two words, before it grows past LONGEST words.
    """
    found: list[str] = []
    start = 0
    for match in _END.finditer(text):
        if match.end() < len(text) and not _ends(text, start, match):
            continue
        found.append(text[start : match.end()].strip())
        start = match.end()
    found.append(text[start:].strip())
    return [part for sentence in found if sentence for part in _bounded(sentence)]


def words(text: str) -> int:
    """How many words a text has, counting a script without spaces by its characters."""
    return max(len(text.split()), len(text) // 14)


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    if match[0][0] in "。！？":
        return True
    following = next((letter for letter in text[match.end() : match.end() + 4] if letter.isalnum()), "")
    if following.islower():
        return False
    last = text[start : match.start() + 1].rsplit(None, 1)[-1].lower()
    numbering = last[:-1].isdigit() and text[start : match.end()].strip().lower() == last
    return not (match[0].strip() == "." and (last in _ABBREVIATIONS or _DOTTED.fullmatch(last) or numbering))


def _bounded(sentence: str) -> list[str]:
    if words(sentence) <= LONGEST:
        return [sentence]
    parts = sentence.split()
    if len(parts) < LONGEST // 2:  # a script without spaces
        return [sentence[i : i + 1000] for i in range(0, len(sentence), 1000)]
    cut: list[str] = []
    current: list[str] = []
    for part in parts:
        current.append(part)
        if len(current) >= LONGEST or (len(current) >= LONGEST // 2 and part.endswith((",", ";", ":"))):
            cut.append(" ".join(current))
            current = []
    return [*cut, " ".join(current)] if current else cut
