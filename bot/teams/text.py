"""Text on its way in and out of Teams: messages are HTML or nearly plain, and anything may hold half a character."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "blockquote", "pre"})
HIDDEN = frozenset({"script", "style", "attachment"})


def mended(value: Any) -> Any:
    """What JSON holds, with lone surrogates, which nothing can store or send, made visible."""
    if isinstance(value, str):
        return re.sub("[\ud800-\udfff]", "\ufffd", value)
    if isinstance(value, list):
        return [mended(item) for item in value]
    if isinstance(value, dict):
        return {mended(name): mended(item) for name, item in value.items()}
    return value


def without_mentions(text: str) -> str:
    """The text of a message, without the mentions in it."""
    bare = re.sub(r"<at[^>]*>.*?</at>", " ", text, flags=re.DOTALL)
    return bare.replace("&nbsp;", " ").replace("\xa0", " ").strip()


def shortened(text: str, longest: int) -> str:
    """At most this many characters, with an ellipsis where some were left out."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def of_html(html: str) -> str:
    """The text of a message as its author sees it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    """Collects the text between tags; a block begins a line."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block or a break begins a line."""
        self._hidden += tag in HIDDEN
        if tag in BREAKS:
            self.parts.append("\n")
        elif tag in ("img", "emoji"):
            self.parts.append(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        """The end of a block ends a line."""
        self._hidden = max(0, self._hidden - (tag in HIDDEN))
        if tag in BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Words; the ends of lines between tags mean nothing."""
        if not self._hidden:
            self.parts.append(data.replace("\n", " "))
