"""Articles become passages: about 40 to 140 words each, cut where the text itself pauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from bot.content.documents.blocks import SPEAKER, Block, speakers
from bot.content.documents.cleaning import boilerplate
from bot.content.documents.ingest import Ingest
from bot.content.documents.outcome import LeftOut, left_out
from bot.content.documents.sentences import sentences, words
from bot.content.documents.wording import Wording

FEWEST, USUAL, MOST = 40, 90, 140  # words of a passage
_FORM = 60  # words: a form below an article is shorter
_LONGEST_LEAD = 60  # words of the sentence that introduces a list

# What it costs to cut before a unit; a passage that is too short or too long costs too, by the word.
_PARAGRAPH, _TURN, _ITEM, _SENTENCE, _NEVER = 0.0, 0.5, 3.0, 4.0, 60.0


class Cut(NamedTuple):
    """A passage before it gets its id: ``original`` differs from ``text`` where the wording was changed."""

    line: int
    text: str
    original: str
    paraphrase: bool
    heading: tuple[str, ...]
    comment: bool = False
    writer: str = ""


@dataclass(frozen=True)
class _Unit:
    """What is never cut: a sentence, a list item, a table row. ``lead`` stands before it where a passage begins."""

    line: int
    text: str
    original: str
    joint: str
    cost: float
    lead: str = ""
    paraphrase: bool = False

    @property
    def words(self) -> int:
        return words(self.text)


def cut(found: Sequence[Block], wording: Wording, ingest: Ingest, *, report: list[LeftOut]) -> Iterator[Cut]:
    """The passages of one article, in order; sentences and closing forms that are boilerplate go to the report."""
    found = list(_headings_with_text(found))
    names = speakers(found)
    path: list[tuple[int, str]] = []
    section: list[Block] = []
    comments: Block | None = None
    for index, block in enumerate(found):
        rest = " ".join(below.text for below in found[index : index + _FORM])
        # In the middle of a manual "Leave a reply" heads a chapter.
        form = comments is not None or (block.kind == "paragraph" and words(rest) < _FORM)
        if form and (reason := boilerplate(block.text, ("rest",), ingest)):
            report.append(left_out(rest, reason, block.line, found[-1].line))
            break
        begins_comments = block.kind != "row" and bool(boilerplate(block.text, ("comments",), ingest))
        within = comments is not None and (block.guessed or comments.level == 0 or block.level > comments.level)
        if not begins_comments and (block.kind != "heading" or within):
            section.append(block)
            continue
        yield from _section(section, path, comments is not None, names, wording, ingest, report)
        section = []
        level = block.level or 2
        path = [
            *((depth, text) for depth, text in path if depth < level),
            (level, wording.mended(block.text).rstrip(":")),
        ]
        comments = block if begins_comments else None
    yield from _section(section, path, comments is not None, names, wording, ingest, report)


def _headings_with_text(found: Sequence[Block]) -> Iterator[Block]:
    """The blocks, in which a heading with nothing below it is a paragraph: its words are all there is.

    Where only shape made it a heading and another follows, it stands over that one.
    """
    bare = [
        block.kind == "heading" and (after is None or (after.kind == "heading" and after.level <= block.level))
        for block, after in zip(found, [*found[1:], None], strict=True)
    ]
    for index, block in enumerate(found):
        if not bare[index]:
            yield block
        elif block.guessed and index + 1 < len(found) and not bare[index + 1]:
            yield replace(block, level=1)
        else:
            yield replace(block, kind="paragraph")


def _section(
    section: Sequence[Block],
    path: Sequence[tuple[int, str]],
    comments: bool,
    names: frozenset[str],
    wording: Wording,
    ingest: Ingest,
    report: list[LeftOut],
) -> Iterator[Cut]:
    heading = tuple(text for _, text in path)
    if comments:
        for comment, writer in _comments(section):
            units = list(_units([comment], frozenset(), wording, ingest, report))
            yield from (_joined(group, heading)._replace(comment=True, writer=writer) for group in _groups(units))
        return
    units = list(_units(section, names, wording, ingest, report))
    yield from (_joined(group, heading) for group in _groups(units))


def _comments(section: Sequence[Block]) -> Iterator[tuple[Block, str]]:
    """Each reader's comment with its writer, where a line below it gives a name."""
    index = 0
    while index < len(section):
        name = section[index + 1].text if index + 1 < len(section) else ""
        signed = 0 < len(name.split()) <= 3 and name.istitle() and name[-1].isalpha()
        yield section[index], name if signed else ""
        index += 2 if signed else 1


def _units(
    section: Sequence[Block], names: frozenset[str], wording: Wording, ingest: Ingest, report: list[LeftOut]
) -> Iterator[_Unit]:
    leads: list[tuple[str, str]] = []  # the lists that are open here: marker and the sentence that introduces each
    before = ""
    for block in section:
        first_cost, lead, joint = _PARAGRAPH, "", "\n"
        if block.kind in ("item", "row"):
            marker = block.marker or block.kind
            if marker in (markers := [open_list for open_list, _ in leads]):
                del leads[markers.index(marker) + 1 :]
                first_cost = _ITEM
            else:
                leads.append((marker, _lead(before)))
                first_cost = _NEVER if leads[-1][1] else _PARAGRAPH
            lead = leads[-1][1]
        else:
            leads.clear()
            first_cost = _NEVER if before.endswith(":") else _PARAGRAPH
            if (turn := SPEAKER.match(block.text)) and turn[1] in names:
                first_cost, lead = _TURN, f"{turn[1]}:"
        label = f"{block.label} " if block.label else ""
        mended = wording.mended(block.text)
        parts = sentences(mended) if block.kind != "row" else [mended]
        originals = parts if mended == block.text else list(_originals(block.text, parts))
        for nth, (part, original) in enumerate(zip(parts, originals, strict=True)):
            reason = boilerplate(part, ("sentence",), ingest)
            if reason:
                report.append(left_out(part, reason, block.line))
                continue
            plain = wording.plain(part)
            begins = nth == 0
            yield _Unit(
                block.line,
                (label if begins else "") + plain,
                (label if begins else "") + original,
                joint if begins else " ",
                first_cost if begins else (_SENTENCE if block.kind == "paragraph" else 3 * _SENTENCE),
                lead if not begins or block.kind != "paragraph" else "",
                paraphrase=plain != part,
            )
        before = block.text


def _lead(before: str) -> str:
    """The sentence that introduces a list: the last one of the block above it, unless it is long."""
    last = sentences(before)[-1] if before else ""
    return last if words(last) <= _LONGEST_LEAD else ""


def _originals(text: str, parts: Sequence[str]) -> Iterator[str]:
    """The stretches of ``text`` from which these parts came: they differ in nothing but spaces."""
    at = 0
    for part in parts:
        wanted = sum(1 for letter in part if not letter.isspace())
        start = at
        while wanted and at < len(text):
            wanted -= not text[at].isspace()
            at += 1
        yield text[start:at].strip()


def _groups(units: Sequence[_Unit]) -> Iterator[Sequence[_Unit]]:
    """The units in consecutive groups such that all cuts together cost least."""
    best: list[tuple[float, int]] = [(0.0, 0)]  # for the first n units: the cost, and where the last group begins
    for end in range(1, len(units) + 1):
        options: list[tuple[float, int]] = []
        size = 0
        for start in range(end - 1, -1, -1):
            size += units[start].words
            if options and size > 2 * MOST:
                break
            options.append((best[start][0] + units[start].cost * (start > 0) + _size_cost(size), start))
        best.append(min(options))
    bounds = [len(units)]
    while bounds[-1] > 0:
        bounds.append(best[bounds[-1]][1])
    for start, stop in pairwise(reversed(bounds)):
        yield units[start:stop]


def _size_cost(size: int) -> float:
    return max(0, FEWEST - size) * 0.5 + max(0, size - MOST) * 0.3 + max(0, size - USUAL) * 0.02


def _joined(group: Sequence[_Unit], heading: tuple[str, ...]) -> Cut:
    first = group[0]
    texts = [first.text, *(unit.joint + unit.text for unit in group[1:])]
    originals = [first.original, *(unit.joint + unit.original for unit in group[1:])]
    lead = first.lead + ("\n" if first.joint == "\n" else " ") if first.lead else ""
    text, original = lead + "".join(texts), lead + "".join(originals)
    return Cut(first.line, text, original if original != text else "", any(unit.paraphrase for unit in group), heading)
