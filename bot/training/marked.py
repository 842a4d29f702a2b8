"""Texts in which personal data is marked: ``Hi [NAME|Rosalind], is it still [ADDRESS|4 Quay Lane, Hull]?``"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bot.coaching.model import LANGUAGES
from bot.coaching.ports import Span

_MARK = re.compile(r"\[([A-Z]+)\|([^\]|]+)\]")


class Marked(NamedTuple):
    """A text without its marks, and where they stood."""

    language: str
    text: str
    spans: tuple[Span, ...]


def read_marked(folder: Path) -> Iterator[Marked]:
    """The texts of ``texts.{en,nl,fi}.jsonl``: one ``{"text": …}`` in each line."""
    for language in LANGUAGES:
        for line in (folder / f"texts.{language}.jsonl").read_text("utf-8").splitlines():
            yield unmarked(json.loads(line)["text"], language)


def unmarked(text: str, language: str) -> Marked:
    """The text without its marks, and where they stood."""
    own, spans, at = "", [], 0
    for mark in _MARK.finditer(text):
        own += text[at : mark.start()]
        spans.append(Span(len(own), len(own) + len(mark[2]), mark[1]))
        own += mark[2]
        at = mark.end()
    return Marked(language, own + text[at:], tuple(spans))
