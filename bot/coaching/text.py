"""Reading a draft: the letters behind typographic tricks, its sentences, and what in it is not the agent's own words.

Every position is given in characters of the text as it was written, so that a quote can be shown word for word.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

# Letters of other scripts that look like Latin ones. Folded only inside words that also hold Latin letters,
# so that real Russian or Greek stays what it is.
_LOOKALIKES = dict(
    zip(
        "АВЕЅІЈКМНОРСТХУаеѕіјорсухһԁԛԝαοιρυνΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
        "ABESIJKMHOPCTXYaesijopcyxhdqwaoipuvABEZHIKMNOPTYX",
        strict=True,
    )
)
_QUOTES = str.maketrans({"‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "´": "'", "“": '"', "”": '"', "„": '"'})
_EMPHASIS = "*_~`"
"""Signs that Slack and Markdown set around words."""
_WORD = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"\w+(?:['’-]\w+)*")

# Ends of sentences; abbreviations, initials, decimals, ordinals and addresses do not end one.
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|\n+")
_ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof st nr vs etc e.g i.e approx dept inc ltd jr sr tel fig
    dhr mevr mw drs ir ing bijv bv blz d.w.z enz evt excl incl i.p.v i.v.m m.b.t m.u.v nl o.a o.b.v p.s resp t.a.v
    t.b.v t.o.v z.s.m zgn ca jl a.u.b s.v.p
    esim mm ym ks yms jne klo n nro puh toim vrt tms huom prof""".split()
)
_BEFORE_NUMBERS = frozenset("no op os so v s p".split())


class Sentence(NamedTuple):
    """A sentence of the draft: ``text`` is ``draft[start:end]``."""

    start: int
    end: int
    text: str


class Folded(NamedTuple):
    """A text with tricks undone, and where each of its characters stood in the original."""

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original positions of ``text[start:end]``."""
        if start >= end:
            return self.origin[start], self.origin[start]
        return self.origin[start], self.origin[end - 1] + 1


def fold(text: str) -> Folded:
    """Undo what hides words from a reader's eye but not from theirs: invisible, full-width and look-alike letters."""
    letters: list[str] = []
    origin: list[int] = []
    for at, char in enumerate(text):
        if char.isascii():
            if (char < " " and char not in "\t\n\r") or (char in _EMPHASIS and _marks(text, at)):
                continue
            letters.append(char)
            origin.append(at)
            continue
        category = unicodedata.category(char)
        if category in ("Cf", "Cs") or char in "\u034f\u115f\u1160\u3164\ufe0f":
            continue
        plain = unicodedata.normalize("NFKC", char) if category != "Lo" else char
        if category == "Mn" and letters:
            joined = unicodedata.normalize("NFC", letters[-1] + char)
            if len(joined) == 1:
                letters[-1] = joined
            continue
        for part in plain.translate(_QUOTES):
            letters.append(" " if part.isspace() and part != "\n" else part)
            origin.append(at)
    origin.append(len(text))
    plain_text = "".join(letters)
    return Folded(_WORD.sub(_latin, plain_text), tuple(origin))


def _marks(text: str, at: int) -> bool:
    """Whether the sign at this place marks words (*so*, _so_), and is not itself within one or between spaces."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return before.isalnum() != after.isalnum() and not (before + after).isspace()


def _latin(word: re.Match[str]) -> str:
    letters = word.group()
    if letters.isascii() or not any(char.isascii() for char in letters):
        return letters
    return "".join(_LOOKALIKES.get(char, char) for char in letters)


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text in order, without the white space around them."""
    found: list[Sentence] = []
    start = 0
    for end in _END.finditer(text):
        if end.group().startswith(".") and _goes_on(text, start, end):
            continue
        _add(found, text, start, end.end())
        start = end.end()
    _add(found, text, start, len(text))
    return found


def _goes_on(text: str, start: int, end: re.Match[str]) -> bool:
    before = text[start : end.start()].split()
    last = before[-1].lstrip("([\"'") if before else ""
    after = text[end.end() :].lstrip(" \t")
    if end.group() == "." and (last.lower() in _ABBREVIATIONS or (len(last) == 1 and last.isupper())):
        return True
    # "no. 4471", "op. 3": words of their own that are short for something only before a number.
    if last.lower() in _BEFORE_NUMBERS and after[:1].isdigit():
        return True
    # "on 3. toukokuuta", "v. 2 of the app": a number with a point, and small letters after it.
    return bool(last.isdigit() and after[:1].islower())


def _add(found: list[Sentence], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if _WORDS.search(stripped):
        at = start + piece.index(stripped)
        found.append(Sentence(at, at + len(stripped), stripped))


def words(text: str) -> list[str]:
    """The words of a text, in lower case."""
    return [word.lower() for word in _WORDS.findall(text)]


class Reading:
    """A draft as the rules read it: folded, cut into sentences, with quoted lines set aside."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Sentences of the folded text that are the agent's own: quoted lines and code are left out."""
        quoted = self._quoted
        return [s for s in sentences(self.folded.text) if not _inside(quoted, s.start)]

    @cached_property
    def own(self) -> str:
        """The agent's own words, folded, with quoted lines blanked out; the positions stay the same."""
        letters = list(self.folded.text)
        for start, end in self._quoted:
            letters[start:end] = ["\n" if char == "\n" else " " for char in letters[start:end]]
        return "".join(letters)

    @cached_property
    def _quoted(self) -> list[tuple[int, int]]:
        text = self.folded.text
        spans = [m.span() for m in re.finditer(r"(?m)^[ \t]*(?:>|&gt;).*$", text)]
        spans += [m.span() for m in re.finditer(r"```.*?```", text, re.DOTALL)]
        return sorted(spans)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Positions in the draft as given, of a span of the folded text."""
        return self.folded.span(start, end)


def _inside(spans: list[tuple[int, int]], at: int) -> bool:
    before = bisect_right(spans, at, key=lambda span: span[0])
    return before > 0 and spans[before - 1][0] <= at < spans[before - 1][1]
