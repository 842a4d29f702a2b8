"""Templates read as the texts that they will be: placeholders and HTML tags are neither faults nor facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_PLACE = re.compile(
    r"""
      (?P<code> \{%.*?%\} | <%.*?%> | \{\{[#/^!].*?\}\} )
    | (?P<tag> </?(?:a|abbr|b|blockquote|body|br|center|code|div|em|font|h[1-6]|head|hr|html|i|img|li|ol|p|pre|small
        |span|strong|style|sub|sup|table|tbody|td|th|thead|title|tr|u|ul)(?:\s[^<>]*)?/?> | <!--.*?--> )
    | (?P<name>
        \{\{\{?[^{}\n]{1,200}\}?\}\}          # {{ticket.requester.first_name}}
      | \$?\{[\w.\-| ]{1,80}\}                 # ${name}, {0}
      | \[\[[^\[\]\n]{1,80}\]\]                # [[name]]
      | \[(?=[^\[\]\n]*[^\W\d_])[^\[\]\n]{1,60}\](?!\()    # [naam], and no Markdown link
      | <<[^<>\n]{1,80}>>
      | <[^\W\d_][\w .\-]{0,60}>               # <first name>
      | %%[\w.\-]{1,60}%% | %(?=[\w.]*[^\W\d_])[\w.]{2,60}%   # %NAME%
      | (?<!\w)(?:\#\#?|@@|__|\$)(?=[A-Z])[A-Z][A-Z0-9_]{1,60}(?:\#\#?|@@|__|\$)(?!\w)
      )
    """,
    re.VERBOSE | re.DOTALL,
)
_BREAKS = re.compile(r"</?(?:p|div|br|li|ul|ol|tr|table|h[1-6]|blockquote|hr|pre)\b", re.IGNORECASE)
_SOMEBODY = re.compile(r"name|naam|nimi|requester|assignee|agent|customer|klant|asiakas|user|gebruiker", re.IGNORECASE)
NAME, THING = "Kim", "X"
"""What stands in a placeholder's place while the text is read: somebody, or something that says nothing."""


class Part(NamedTuple):
    """Where something was taken out of the text as it is read, and of the template."""

    start: int
    end: int
    first: int
    last: int


class Template(NamedTuple):
    """A template, and the text that it is read as."""

    source: str
    text: str
    parts: tuple[Part, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` stands in the template; a placeholder is taken whole, a tag at an edge is not."""
        return self._first(start), self._last(end)

    def _first(self, place: int) -> int:
        shift = 0
        for part in self.parts:
            if part.end > place:
                return part.first if part.start <= place else place + shift
            shift = part.last - part.end
        return place + shift

    def _last(self, place: int) -> int:
        shift = 0
        for part in self.parts:
            if part.end > place or part.start == place:
                return part.last if part.start < place else place + shift
            shift = part.last - part.end
        return place + shift

    def restored(self, said: str, start: int, end: int) -> str:
        """A sentence that quotes ``text[start:end]``, with the template's own words in the quote's place."""
        first, last = self.original(start, end)
        quote, words = " ".join(self.text[start:end].split()), " ".join(self.source[first:last].split())
        return said.replace(quote, words) if quote else said


def read_template(source: str) -> Template:
    """The text as a reader of it would see it."""
    pieces: list[str] = []
    parts: list[Part] = []
    at = length = 0
    for start, end, shown in _taken(source):
        pieces += source[at:start], shown
        length += start - at
        parts.append(Part(length, length + len(shown), start, end))
        length += len(shown)
        at = end
    return Template(source, "".join((*pieces, source[at:])), tuple(parts))


def _taken(source: str) -> Iterator[tuple[int, int, str]]:
    for found in _PLACE.finditer(source):
        if found["name"]:
            shown = NAME if _SOMEBODY.search(found["name"]) else THING
        else:
            shown = "\n" if _BREAKS.match(found.group()) else ""
        yield found.start(), found.end(), shown
