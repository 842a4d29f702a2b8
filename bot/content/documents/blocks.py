"""Lines become headings, paragraphs, list items, table rows and picture names."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.content.documents.cleaning import Line
from bot.content.documents.extraction import Layout
from bot.content.documents.sentences import sentences

Kind = Literal["heading", "paragraph", "item", "row", "picture"]


@dataclass(frozen=True)
class Block:
    """One unit of a document's layout.

    ``level`` is a heading's depth, 1 to 6, and ``guessed`` that only its shape makes it one; ``label`` is an item's own
    sign or number, ``marker`` what the signs of one list have in common; ``gap`` and ``closed`` say whether a blank
    line stands before and after.
    """

    kind: Kind
    text: str
    line: int
    level: int = 0
    guessed: bool = False
    label: str = ""
    marker: str = ""
    gap: bool = False
    closed: bool = False


_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*")
_UNDERLINE = re.compile(r"(={3,}|-{3,})")
_RULE = re.compile(r"(?:[-*_=~]\s?){3,}")
_FENCE = re.compile(r"(```|~~~)")
_ITEM = re.compile(r"(\s*)([-*+•–—▪◦‣·]|\(?\d{1,3}[.)]|\(?[a-z][.)])(?:\s+(.*)|$)")
_CLOSE_NUMBER = re.compile(r"(\s*)(\d{1,2}\.)([A-ZÀ-Þ].*)")
_PICTURE = re.compile(r"[\w-]+\.(?:jpe?g|png|gif|webp|svg|bmp|tiff?)|(?=\w*_)[a-z0-9]+(?:[_-][a-z0-9]+)+")
_ONE_LONG_WORD = re.compile(r"[a-z]{12,}")
_BOLD_LINE = re.compile(r"\*\*([^*]{2,80})\*\*:?")
SPEAKER = re.compile(r"([A-ZÀ-Þ][\w.'’-]*(?: [A-ZÀ-Þ][\w.'’-]*){0,2}):\s+(?=\S)")
_TURNS = 4  # lines of speech: fewer are no conversation
_WIDEST = 120  # characters: a longer line was not wrapped by hand


def blocks(lines: Sequence[Line], layout: Layout) -> list[Block]:
    """The document's blocks in order."""
    if layout == "markdown":
        return _closed(_markdown(lines))
    return _headings(_closed(_lists_after_colons(_unwrapped(lines, layout))))


def heading_shaped(text: str, *, questions: bool = False) -> bool:
    """Whether a line looks like a title: short, begins like one, does not end like a sentence.

    A question counts where ``questions`` says so, as in a list of questions and answers, or where it is set as a title.
    """
    first = next((letter for letter in text if letter.isalnum()), "")
    if not 1 <= len(text.split()) <= 12 or len(text) > 120 or not (first.isupper() or first.isdigit()):
        return False
    if text[-1] in "?!":
        return titled(text) or (questions and text[-1] == "?")
    return text[-1] not in ".,;:…" and any(letter.isalpha() for letter in text) and "://" not in text


def title_shaped(block: Block) -> bool:
    """Whether a block may be the title of an article: on its own, not long, not ended like a sentence."""
    short = len(block.text.split()) <= 20 and block.text[-1] not in ".,;:"
    return block.kind == "heading" or (block.kind == "paragraph" and block.gap and short)


def speakers(found: Sequence[Block]) -> frozenset[str]:
    """The names before the colons, where the document is a conversation; otherwise none."""
    names = Counter(match[1] for block in found if block.kind == "paragraph" and (match := SPEAKER.match(block.text)))
    often = frozenset(name for name, count in names.items() if count > 1)
    return often if len(often) > 1 and names.total() >= _TURNS else frozenset()


def titled(text: str) -> bool:
    """Whether most longer words of a line begin with a capital, as in an English title."""
    longer = [word.strip("\"'“”‘’(") for word in text.split() if len(word) >= 4]
    capitals = sum(1 for word in longer if word[:1].isupper() or word[:1].isdigit())
    return len(longer) >= 2 and capitals >= 0.6 * len(longer)


def _markdown(lines: Sequence[Line]) -> list[Block]:
    found: list[Block] = []
    fenced = False
    for line in lines:
        text = re.sub(r"^(?:> ?)+", "", " ".join(line.text.split()))
        if _FENCE.match(text):
            fenced = not fenced
            continue
        last = found[-1] if found else None
        if fenced:
            found.append(Block("paragraph", text, line.number, gap=line.gap))
        elif match := _HEADING.fullmatch(text):
            found.append(Block("heading", _inline(match[2]), line.number, level=len(match[1]), gap=True))
        elif _UNDERLINE.fullmatch(text) and last is not None and last.kind == "paragraph" and not line.gap:
            found[-1] = replace(last, kind="heading", level=1 if text[0] == "=" else 2)
        elif _RULE.fullmatch(text):
            continue
        elif text.startswith("|") or (" | " in text and last is not None and last.kind == "row" and not line.gap):
            if not re.fullmatch(r"[|\s:-]*", text):
                cells = (_inline(cell.strip()) for cell in text.strip("|").split("|"))
                found.append(Block("row", " | ".join(cell for cell in cells if cell), line.number, gap=line.gap))
        elif (item := _item(line)) is not None:
            found.append(replace(item, text=_inline(item.text)))
        elif match := _BOLD_LINE.fullmatch(text):
            found.append(Block("heading", _inline(match[1]), line.number, level=6, gap=True))
        elif last is not None and last.kind in ("paragraph", "item") and (not line.gap or _indented(line, last)):
            found[-1] = replace(last, text=f"{last.text} {_inline(text)}".strip())
        else:
            found.append(Block("paragraph", _inline(text), line.number, gap=line.gap))
    return [block for block in found if block.text]


def _unwrapped(lines: Sequence[Line], layout: Layout) -> list[Block]:
    """The lines of a text file or a PDF, with the lines of one paragraph joined again."""
    lengths = sorted(len(" ".join(line.text.split())) for line in lines)
    usual = lengths[len(lengths) * 9 // 10] if lengths else 0
    width = usual if usual <= _WIDEST else 0
    found: list[Block] = []
    before = ""
    marked: Block | None = None  # a list marker that stands alone on its line
    for line in lines:
        text = " ".join(line.text.split())
        item = _item(line)
        last = found[-1] if found else None
        if item is not None and not item.text:
            marked = item
            continue
        if not any(letter.isalnum() for letter in text):
            continue
        if marked is not None and item is None:
            found.append(replace(marked, text=text))
            marked = None
        elif match := _HEADING.fullmatch(text):
            found.append(Block("heading", match[2], line.number, level=len(match[1]), gap=True))
        elif item is not None:
            found.append(replace(item, text=" ".join(item.text.split())))
        elif last is not None and last.kind in ("paragraph", "item") and _goes_on(before, line, last, width, layout):
            found[-1] = replace(last, text=_joined(last.text, text, layout))
        elif _PICTURE.fullmatch(text) or (_ONE_LONG_WORD.fullmatch(text) and last and title_shaped(last)):
            found.append(Block("picture", text, line.number, gap=line.gap))
        else:
            found.append(Block("paragraph", text, line.number, gap=line.gap))
        before = text
    return found


def _goes_on(before: str, line: Line, last: Block, width: int, layout: Layout) -> bool:
    text = line.text.strip()
    if not line.gap and _indented(line, last):
        return True
    full = width > 0 and len(before) + 1 + len(text.split(None, 1)[0]) > 0.85 * width
    if not line.gap:
        return full
    # Wide line spacing in a PDF looks like blank lines, and a page may end within a paragraph.
    return (
        layout == "pages" and full and before[-1] not in '.!?:”"' and (text[0].islower() or len(before) > 0.7 * width)
    )


def _joined(first: str, second: str, layout: Layout) -> str:
    if layout == "pages" and re.search(r"[a-zà-ÿ]-$", first) and second[0].islower():
        return first[:-1] + second
    return f"{first} {second}"


def _item(line: Line) -> Block | None:
    match = _ITEM.fullmatch(line.text) or _CLOSE_NUMBER.fullmatch(line.text)
    if match is None:
        return None
    sign = re.sub(r"\d+", "1", match[2])
    sign = "a" + sign[-1] if sign[-2:-1].isalpha() else sign
    label = match[2] if any(letter.isalnum() for letter in match[2]) else "-"
    marker = f"{len(match[1]) // 2}:{sign}"
    return Block("item", match[3] or "", line.number, label=label, marker=marker, gap=line.gap)


def _indented(line: Line, last: Block) -> bool:
    indent = len(line.text) - len(line.text.lstrip())
    return last.kind == "item" and indent >= 2 and indent > 2 * int(last.marker.split(":")[0])


def _lists_after_colons(found: Sequence[Block]) -> list[Block]:
    """Short lines that follow a line ending in a colon, with no blank line between them, are a list."""
    listed: list[Block] = []
    index = 0
    while index < len(found):
        listed.append(found[index])
        index += 1
        if not listed[-1].text.endswith(":") or listed[-1].kind == "picture":
            continue
        end = index
        while end < len(found) and found[end].kind == "paragraph" and len(found[end].text.split()) <= 8:
            if end > index and found[end].gap:
                break
            end += 1
        if end - index >= 2:
            listed.extend(replace(block, kind="item", label="-", marker="0:·") for block in found[index:end])
            index = end
    return listed


def _closed(found: Sequence[Block]) -> list[Block]:
    gaps = [*(block.gap for block in found[1:]), True]
    return [replace(block, closed=gap) for block, gap in zip(found, gaps[: len(found)], strict=True)]


def _headings(found: Sequence[Block]) -> list[Block]:
    """Marks the headings of a text without markup: title-shaped lines that stand apart and have text below them."""
    marked: list[Block] = []
    index = 0
    names = speakers(found)
    while index < len(found):
        block = found[index]
        before = marked[-1] if marked else None
        after = found[index + 1] if index + 1 < len(found) else None
        if (speech := SPEAKER.match(block.text)) and speech[1] in names:
            marked.append(block)
        elif after is not None and _stands_as_heading(block, before, after):
            level = 3 if block.text.endswith("?") and not titled(block.text) else 2
            text = f"{block.label} {block.text}".strip().rstrip(":")
            marked.append(replace(block, kind="heading", text=text, level=level, guessed=True, label="", marker=""))
        elif after is not None and index + 2 < len(found) and _two_line_heading(block, after, found[index + 2]):
            marked.append(replace(block, kind="heading", text=f"{block.text} {after.text}", level=2, guessed=True))
            index += 1
        else:
            marked.append(block)
        index += 1
    return marked


def _stands_as_heading(block: Block, before: Block | None, after: Block) -> bool:
    if block.kind == "item":  # "1. Focus on solutions" between paragraphs
        numbered = block.marker.endswith("1.")
        alone = (before is None or before.kind != "item") and after.kind == "paragraph"
        return numbered and alone and heading_shaped(block.text) and len(after.text.split()) >= 8
    if block.kind != "paragraph":
        return False
    if block.text.endswith(":") and len(block.text.split()) <= 3:
        return block.gap and block.closed and after.kind == "paragraph"
    question = block.text.endswith("?") and block.gap and len(sentences(block.text)) == 1
    if not heading_shaped(block.text, questions=question):
        return False
    finished = block.gap or before is None or before.kind != "paragraph" or before.text[-1] in ".!?:…”\"’')"
    has_text = after.kind in ("item", "row") or len(after.text.split()) >= 8
    if block.gap and block.closed:
        return finished and (has_text or heading_shaped(after.text) or after.kind == "picture" or titled(block.text))
    return finished and (question or (len(after.text.split()) >= 12 and block.text[-1] not in "?!"))


def _two_line_heading(block: Block, second: Block, after: Block) -> bool:
    lines = (block, second)
    return (
        all(line.kind == "paragraph" and heading_shaped(line.text.rstrip("!?")) for line in lines)
        and block.gap
        and not block.closed
        and second.closed
        and len(after.text.split()) >= 12
    )


# The lengths are bounded so that a long line full of marks that nothing closes takes no longer than another.
_PICTURE_MARK = re.compile(r"!\[[^\]]{0,300}\]\([^)]{0,1000}\)")
_LINK = re.compile(r"\[([^\]]{0,300})\]\((\S{0,1000}?)(?:\s+[\"'][^)]{0,300})?\)")
_STRONG = re.compile(r"(\*\*\*|\*\*|__|~~)(?=\S)(.{1,500}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*_\\])([*_])(?=[^\s*_])(.{1,500}?)(?<=[^\s*_\\])\1(?![\w*_])")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")


def _inline(text: str) -> str:
    """A line of Markdown without its marks; a link keeps its address in brackets."""
    text = _PICTURE_MARK.sub("", text)
    text = _LINK.sub(_link, text)
    text = _TAG.sub("", text)
    text = _STRONG.sub(r"\2", text)
    text = _EMPHASIS.sub(r"\2", text)
    text = html.unescape(_ESCAPED.sub(r"\1", text.replace("`", "")))
    return " ".join(text.split())


def _link(match: re.Match[str]) -> str:
    words, address = match[1], match[2]
    return f"{words} ({address})" if address.startswith(("http://", "https://")) and address not in words else words
