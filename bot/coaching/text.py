"""Reading a draft: the letters behind typographic tricks, its sentences, and what in it is not the agent's own words.

Every position is given in characters of the text as it was written, so that a quote can be shown word for word.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import NamedTuple

from bot.coaching.patterns import Searched

# Letters of other scripts that look like Latin ones. Folded only inside words that also hold Latin letters,
# so that real Russian or Greek stays what it is.
_LOOKALIKES = dict(
    zip(
        "АВЕЅІЈКМНОРСТХУаеѕіјорсухһԁԛԝαοιρυνΑΒΕΖΗΙΚΜΝΟΡΤΥΧօոıɑɡ",
        "ABESIJKMHOPCTXYaesijopcyxhdqwaoipuvABEZHIKMNOPTYXoniag",
        strict=True,
    )
)
_QUOTES = str.maketrans({"‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "´": "'", "“": '"', "”": '"', "„": '"'})
_EMPHASIS = "*_~`"
"""Signs that Slack and Markdown set around words."""
_ACCENTS = frozenset("\u0300\u0301\u0302\u0303\u0308\u030a\u030c\u0327")
"""The marks that letters of real words bear, one at most; any other mark, or a heap of them, is a trick."""
_INVISIBLE = frozenset("\u034f\u115f\u1160\u2800\u3164\ufe0f\ufffd")
# What is not shown as it is written: an HTML entity, and a line behind a right-to-left override.
_OTHERWISE = re.compile(
    r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});|\u202e(?P<backwards>[^\n\u202c]+)\u202c?"
)
# A stop that opens a line, a capital that closes a word, the commonest words: it was written backwards to be read so.
_BACKWARDS = re.compile(r"^\s*[.!?,]|[a-zäö][A-ZÄÖ]\b|\b(?:eht|uoy|ruoy|dna|teh|tein|tfeeh|nav|ätte|äso)\b")
# Characters with nothing to undo, of which most texts consist; an ampersand may begin an HTML entity.
_PLAIN = re.compile(r"[ -%'-)+-^a-}\n\t\rÀ-ÖØ-öø-ÿ€–]*")
_WORD = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"\w+(?:['’-]\w+)*")
LONGEST_SENTENCE = 1000
"""What is longer is read in parts, so that no text can make a review slow or hide its end."""

# Ends of sentences; abbreviations, initials, decimals, ordinals and addresses do not end one.
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’)\]]*+(?=\s|$)|\n+")
_ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof st nr vs etc e.g i.e approx dept inc ltd jr sr tel fig
    dhr mevr mw drs ir ing bijv bv blz d.w.z enz evt excl incl i.p.v i.v.m m.b.t m.u.v nl o.a o.b.v p.s resp t.a.v
    t.b.v t.o.v z.s.m zgn ca jl a.u.b s.v.p
    esim mm ym ks yms jne klo n nro puh toim vrt tms huom prof""".split()
)
_BEFORE_NUMBERS = frozenset("no op os so v s p".split())


@dataclass(frozen=True)
class Sentence:
    """A sentence of the draft: ``text`` is ``draft[start:end]``."""

    start: int
    end: int
    text: str

    @cached_property
    def searched(self) -> Searched:
        """Its text, for patterns to look for something in."""
        return Searched(self.text)


class Folded(NamedTuple):
    """A text with tricks undone, and where each of its characters began and ended in the original."""

    text: str
    origin: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original positions of ``text[start:end]``."""
        if start >= end:
            return self.origin[start], self.origin[start]
        return self.origin[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """Undo what hides words from a program but not from the eye of a reader.

    Invisible, full-width, struck-through and look-alike letters, HTML entities, emphasis, words written backwards.
    """
    if _PLAIN.fullmatch(text):
        return Folded(text, tuple(range(len(text) + 1)), tuple(range(1, len(text) + 1)))
    return _undone(text)


def _undone(text: str) -> Folded:
    letters: list[str] = []
    origin: list[int] = []
    ends: list[int] = []
    bare, marks = "", 0  # the last letter as it was before the marks on it
    for start, end, char in _shown(text):
        category = unicodedata.category(char)
        if category in ("Cf", "Cs", "Co", "Cn") or char in _INVISIBLE or (category == "Cc" and not char.isspace()):
            continue
        if category == "Mn" and letters:
            marks += 1
            if marks > 1:
                letters[-1] = bare
            elif char in _ACCENTS:
                joined = unicodedata.normalize("NFC", bare + char)
                letters[-1] = joined if len(joined) == 1 else bare
            continue
        if char in _EMPHASIS and end - start == 1 and _marks(text, start):
            continue
        for part in _plain(char, category):
            letters.append(" " if part.isspace() and part not in "\t\n\r" else part)
            origin.append(start)
            ends.append(end)
            bare, marks = letters[-1], 0
    plain_text = "".join(letters)
    return Folded(_WORD.sub(_latin, plain_text), (*origin, len(text)), tuple(ends))


def _shown(text: str) -> Iterator[tuple[int, int, str]]:
    """The characters as they are shown, each with where it begins and ends in the text."""
    at = 0
    for found in _OTHERWISE.finditer(text):
        yield from ((i, i + 1, text[i]) for i in range(at, found.start()))
        start, at = found.span()
        backwards = found["backwards"] or ""
        shown = backwards[::-1] if _BACKWARDS.search(backwards) else unescape(found.group())
        if shown == found.group():  # nothing but itself
            yield from ((i, i + 1, text[i]) for i in range(start, at))
        else:
            yield from ((start, at, char) for char in shown)
    yield from ((i, i + 1, text[i]) for i in range(at, len(text)))


def _plain(char: str, category: str) -> str:
    """A character without width, ornament or a mark that no real word bears."""
    if char.isascii() or category == "Lo":
        return char
    apart = unicodedata.normalize("NFD", char)
    if apart[0].isascii() and not _ACCENTS.issuperset(apart[1:]):
        return apart[0]
    return unicodedata.normalize("NFKC", char).translate(_QUOTES)


def _marks(text: str, at: int) -> bool:
    """Whether the sign at this place marks words (*so*, _so_) or parts of them, and stands for nothing itself."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if text[at] != "_" and before.isalpha() and after.isalpha():
        return True
    return before.isalnum() != after.isalnum() and not (before + after).isspace()


def _latin(word: re.Match[str]) -> str:
    letters = word.group()
    if letters.isascii() or not any(char.isascii() for char in letters):
        return letters
    return "".join(_LOOKALIKES.get(char, char) for char in letters)


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text in order, without the white space around them; an endless one in parts."""
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
    while end - start > LONGEST_SENTENCE:
        cut = max(text.rfind(" ", start, start + LONGEST_SENTENCE), text.rfind("\t", start, start + LONGEST_SENTENCE))
        cut = cut if cut > start else start + LONGEST_SENTENCE
        _add(found, text, start, cut)
        start = cut
    piece = text[start:end]
    stripped = piece.strip()
    if _WORDS.search(stripped):
        at = start + piece.index(stripped)
        found.append(Sentence(at, at + len(stripped), stripped))


def words(text: str) -> list[str]:
    """The words of a text, in lower case."""
    return [word.lower() for word in _WORDS.findall(text)]


class Reading:
    """A draft as the rules read it: folded, cut into sentences, with quoted lines set aside.

    ``aside`` says of a sentence whether it is set aside too.
    """

    def __init__(self, text: str, *, aside: Callable[[Searched], bool] | None = None) -> None:
        self.text = text
        self._aside = aside
        self.folded = fold(text)

    @cached_property
    def searched(self) -> Searched:
        """All its sentences, for patterns to look for something in."""
        return Searched(self.folded.text, [sentence.searched for sentence in self.sentences])

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Sentences of the folded text that are the agent's own: quoted lines and code are left out."""
        quoted = self._quoted
        return [s for s in self._all if not _inside(quoted, s.start)]

    @cached_property
    def _all(self) -> list[Sentence]:
        return sentences(self.folded.text)

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
        if self._aside:
            spans += [(s.start, s.end) for s in self._all if self._aside(s.searched)]
        return sorted(spans)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Positions in the draft as given, of a span of the folded text."""
        return self.folded.span(start, end)


def _inside(spans: list[tuple[int, int]], at: int) -> bool:
    before = bisect_right(spans, at, key=lambda span: span[0])
    return before > 0 and spans[before - 1][0] <= at < spans[before - 1][1]
