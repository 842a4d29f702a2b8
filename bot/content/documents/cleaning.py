"""Lines that are no part of what a document says: menus, icon names, tags, printed page headers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.content.documents.extraction import Layout
from bot.content.documents.ingest import Covers, Ingest
from bot.content.documents.outcome import LeftOut, left_out

_ICON = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_SMALL_WORDS = frozenset("a an and the of to is in for de het een en van te is ja on ei tai se".split())
_NO_SPACE = re.compile(r"\S{200,}")
_HEADED_BY = 12  # words: a line this long is a paragraph
_LONGEST_LINE = 1000  # characters: boilerplate lines are shorter


class Line(NamedTuple):
    """A line of the extracted text that is not blank: its number, its text with indentation, a blank line before it."""

    number: int
    text: str
    gap: bool


def clean(text: str, layout: Layout, ingest: Ingest) -> tuple[list[Line], list[LeftOut]]:
    """The lines that are worth reading, and what was left out."""
    report: list[LeftOut] = []
    furniture = _page_furniture(text.split("\f"), report) if layout == "pages" else frozenset()
    lines: list[Line] = []
    gap = True
    for number, raw in enumerate(text.split("\n"), start=1):
        line = _without_data(raw.replace("\f", ""), number, report)
        if not line.strip():
            gap = True
            continue
        if _exact(line) in furniture or _numbered(line) in furniture:
            continue
        lines.append(Line(number, line.rstrip(), gap))
        gap = False
    return list(_without_boilerplate(lines, ingest, report)), report


def _without_boilerplate(lines: Sequence[Line], ingest: Ingest, report: list[LeftOut]) -> Iterator[Line]:
    texts = [line.text.strip() for line in lines]
    reasons = ["icon names" if _icon_names(text) else boilerplate(text, ("line",), ingest) for text in texts]
    menus = [reason or boilerplate(text, ("menu",), ingest) for text, reason in zip(texts, reasons, strict=True)]
    skipped = False
    for index, line in enumerate(lines):
        reason = reasons[index]
        if not reason and menus[index] and _in_menu(index, texts, menus):
            reason = menus[index]
        if reason:
            report.append(left_out(texts[index], reason, line.number))
            skipped = True
            continue
        yield line._replace(gap=line.gap or skipped)
        skipped = False


def _in_menu(index: int, texts: Sequence[str], menus: Sequence[str]) -> bool:
    """Whether a line that may be a menu's is in one: at an end of the document or beside another, heading no text."""
    after = texts[index + 1] if index + 1 < len(texts) else ""
    heads = len(after.split()) >= _HEADED_BY or re.fullmatch(r"[=-]{3,}", after)
    at_end = index < 2 or index >= len(texts) - 2
    return not heads and (at_end or any(menus[max(0, index - 1) : index]) or any(menus[index + 1 : index + 2]))


def boilerplate(text: str, covers: tuple[Covers, ...], ingest: Ingest) -> str:
    """Why this text is boilerplate of that cover, or an empty string where it is none."""
    if len(text) > _LONGEST_LINE:
        return ""
    for entry, pattern in ingest.boilerplate:
        if entry.covers in covers and (pattern.search(text) if entry.covers == "sentence" else pattern.fullmatch(text)):
            return entry.reason
    return ""


def _icon_names(text: str) -> bool:
    """Whether a line is nothing but names of icons, as in "arrow-right cart chevron-down close menu"."""
    names = text.split()
    joined = sum(1 for name in names if "-" in name or "_" in name)
    return (
        len(names) >= 6
        and joined >= max(2, len(names) * 0.1)
        and all(_ICON.fullmatch(name) for name in names)
        and _SMALL_WORDS.isdisjoint(names)
    )


def _without_data(line: str, number: int, report: list[LeftOut]) -> str:
    """The line without runs of characters that no person reads, such as an embedded picture."""
    if len(line) < 200:
        return line
    for run in _NO_SPACE.findall(line):
        if run.isascii() and not run.startswith(("http://", "https://")) and not re.search(r"[a-z][.,;!?][A-Z]", run):
            line = line.replace(run, "")
            report.append(left_out(run[:40] + "…", f"data of {len(run)} characters", number))
    return line


def _page_furniture(pages: Sequence[str], report: list[LeftOut]) -> frozenset[str]:
    """The lines that stand at the top or the bottom of most printed pages.

    At the very edge a line may differ in its numbers, as a page number does; further in it must be the same.
    """
    first_seen: dict[str, tuple[int, str]] = {}
    on_pages: Counter[str] = Counter()
    number = 0
    for page in pages:
        lines = [(number + at, line.strip()) for at, line in enumerate(page.split("\n"), start=1)]
        number += len(lines) - 1
        written = [(at, line) for at, line in lines if line and len(line.split()) <= 15 and line[0] != "|"]
        inner = [*written[:2], *written[2:][-2:]] if len(pages) > 1 else written
        inner = [(at, line) for at, line in inner if line[-1] not in ".,;:" and not line.startswith(("-", "•", "*"))]
        shapes = {_exact(line): (at, line) for at, line in inner}
        if len(pages) > 1:
            shapes |= {_numbered(line): (at, line) for at, line in (*written[:1], *written[-1:])}
            on_pages.update(shapes.keys())
        else:
            on_pages.update(_exact(line) for _, line in inner)
        first_seen = shapes | first_seen
    needed = max(3, len(pages) * 0.5) if len(pages) != 2 else 2
    found = frozenset(shape for shape, count in on_pages.items() if count >= needed)
    for shape in sorted(found, key=lambda shape: first_seen[shape][0]):
        if shape == _exact(first_seen[shape][1]) or _exact(first_seen[shape][1]) not in found:
            at, line = first_seen[shape]
            report.append(left_out(line, "page header or footer", at, count=on_pages[shape]))
    return found


def _exact(line: str) -> str:
    return " ".join(line.split()).casefold()


def _numbered(line: str) -> str:
    return re.sub(r"\d+", "#", _exact(line))
