"""Reversible masking: personal data out before a model sees a text, and back in what the agent sees."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from bot.coaching.ports import Finder, Span

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
NAME = "NAME"
_LITERAL = "TEXT"
KINDS = frozenset("ADDRESS BIRTHDATE BSN CARD EMAIL HETU IBAN ID IP NAME ORDER PASSPORT PHONE PLATE SECRET".split())
"""What data are called in placeholders; a kind that is not among them is called ``TEXT``."""
_KIND = "|".join(sorted({*KINDS, _LITERAL}))
# As we write it, and as a model may give it back: other brackets or none, other case. Nothing around it is looked at,
# so that a text which holds such words itself can be told from our own. No text has ten thousand data of a kind.
_PLACEHOLDER = re.compile(
    rf"[\[({{<][ ]?({_KIND})[ _-]([0-9]{{1,4}})[ ]?[\])}}>]|({_KIND})_([0-9]{{1,4}})", re.IGNORECASE | re.ASCII
)
SHORTEST_PART = 3
"""Letters that a part of a name must have to be hidden on its own."""


class Mask:
    """Hides personal data in any number of texts behind stable placeholders, and shows it again.

    The same datum has the same placeholder in every text, and what was found in one text is hidden in those that
    come after it, where it may stand without the words that gave it away. What stands in ``public`` is not hidden.
    ``show(hide(text)) == text`` for any text.
    """

    def __init__(self, finder: Finder, language: str = "", *, public: str = "") -> None:
        self._finder = finder
        self._language = language
        self._public = public
        self._shown: dict[str, str] = {}
        self._hidden: dict[str, str] = {}
        self._numbers: Counter[str] = Counter()
        self._known: dict[str, str] = {}
        self._parts: set[str] = set()
        self._found: dict[str, Sequence[Span]] = {}

    def hide(self, text: str) -> str:
        """The text with ``[EMAIL_1]`` and the like in place of personal data."""
        parts: list[str] = []
        at = 0
        for start, end, kind in self.seen(text):
            parts += text[at:start], self._placeholder(text[start:end], kind)
            at = end
        return "".join((*parts, text[at:]))

    def seen(self, text: str) -> list[Span]:
        """What ``hide`` replaces, in order and apart; it is remembered from here on."""
        if text not in self._found:
            # A draft is looked through before anything is hidden, and then hidden itself.
            within = self._within(text)
            self._found[text] = self._finder.find(text, self._language) if within is None else within
        found = self._found[text]
        if self._public:
            found = [span for span in found if text[span.start : span.end] not in self._public]
        for span in found:
            datum = text[span.start : span.end]
            self._known.setdefault(datum, span.kind)
            if span.kind == NAME:
                words = _WORD.findall(datum)
                self._parts.update(word for word in words if len(word) >= SHORTEST_PART and word[0].isupper())
        literal = [Span(*match.span(), _LITERAL) for match in _PLACEHOLDER.finditer(text)]
        return list(_joined([*literal, *found, *self._again(text)]))

    def _within(self, quote: str) -> list[Span] | None:
        """What was found in a text that holds this one, as far as it reaches into it; None where none does.

        What stands around a quote tells more of it than the quote by itself, and need not be looked through twice.
        """
        for text, spans in self._found.items():
            places = [match.start() for match in re.finditer(re.escape(quote), text)] if quote else []
            if places:
                moved = (Span(max(0, a - at), min(len(quote), b - at), kind) for at in places for a, b, kind in spans)
                return [span for span in moved if span.start < span.end]
        return None

    def show(self, text: str) -> str:
        """The text with the data back in place of the placeholders; one that was never given out stays as it is."""

        def datum(match: re.Match[str]) -> str:
            kind, number = match[1] or match[3], match[2] or match[4]
            return self._shown.get(f"[{kind.upper()}_{int(number)}]", match.group())

        return _PLACEHOLDER.sub(datum, text)

    def _placeholder(self, datum: str, kind: str) -> str:
        kind = kind if kind in KINDS else _LITERAL
        if datum not in self._hidden:
            self._numbers[kind] += 1
            self._hidden[datum] = f"[{kind}_{self._numbers[kind]}]"
            self._shown[self._hidden[datum]] = datum
        return self._hidden[datum]

    def _again(self, text: str) -> Iterator[Span]:
        """What is known already, and the parts of known names."""
        for datum, kind in self._known.items():
            at = text.find(datum)
            while at >= 0:
                end = at + len(datum)
                if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
                    yield Span(at, end, kind)
                at = text.find(datum, end)
        if self._parts:
            for match in _WORD.finditer(text):
                if match.group() in self._parts:
                    yield Span(*match.span(), NAME)


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """The spans in order, those that overlap as one, of the kind of the longest: nothing found is ever left over."""
    held: Span | None = None
    longest = 0
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if held and span.start < held.end:
            kind = span.kind if span.end - span.start > longest else held.kind
            longest = max(longest, span.end - span.start)
            held = Span(held.start, max(held.end, span.end), kind)
            continue
        if held:
            yield held
        held, longest = span, span.end - span.start
    if held:
        yield held
