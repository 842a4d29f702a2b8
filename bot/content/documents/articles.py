"""The articles that a document holds, each with its own title, author and address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from bot.content.documents.blocks import Block, heading_shaped, title_shaped
from bot.content.documents.extraction import Extracted
from bot.content.documents.outcome import LeftOut, left_out
from bot.content.documents.repeats import normalised
from bot.content.documents.sentences import sentences, words

_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"]+")
_HOST = re.compile(r"(?:https?://)?(?:www\.)?([^/\s:?#]+)", re.IGNORECASE)
_BYLINE = re.compile(
    r"(?:by|written by|author|door|geschreven door|auteur|kirjoittanut|kirjoittaja|teksti)\s*:?\s+(.{3,40})",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"(?:(?:written|posted|published) by|original(?:ly)? (?:post|posted|published|article)(?: by| on| at)?"
    r"|(?:adapted|taken|reprinted|translated) from|source|bron|geschreven door|oorspronkelijk(?: artikel)?"
    r"|(?:aangepast|overgenomen|vertaald) (?:vanaf|van|uit|naar)|bewerkt naar|lähde|mukailtu|lainattu|suomennettu"
    r"|alkuperäinen (?:artikkeli|julkaisu)|kirjoittanut"
    r"|(?:thanks to|thanks|bedankt|met dank aan|kiitos),?(?= (?-i:[A-ZÀ-Þ]).{2,40}(?: at| op| via|:)))\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][\w’'.-]*(?: (?:van|de|der|den|von|af|[A-ZÀ-Þ][\w’'.-]*)){0,3}")
_NAME_ALONE = re.compile(rf"\s*:?\s*(?=[A-ZÀ-Þ])(?:{_NAME.pattern})\s*")
_NO_NAME = frozenset(
    "article artikel artikkeli blog blogi post at op via on from by door the het de vanaf van uit "
    "phone telephone telefoon puhelin email e-mail mail chat live letter brief whatsapp".split()
)
_LEAST = 60  # words of an article before another may begin without a signature between them


@dataclass
class Article:
    """One text by one author."""

    title: str = ""
    author: str = ""
    url: str = ""
    blocks: list[Block] = field(default_factory=list)


def articles(found: Sequence[Block], extracted: Extracted, *, name: str) -> tuple[list[Article], list[LeftOut]]:
    """The document cut into articles, and what was left out: bylines, signatures, picture names, captions.

    Markup says by its top headings where an article begins, unless the document as a whole has a title. Plain text
    says it by a title after a signature ("Written by …", "Bron: …"), above a byline or above a picture.
    """
    report: list[LeftOut] = []
    starts = _marked_starts(found, extracted) if extracted.layout == "markdown" else _plain_starts(found)
    cut = [Article(blocks=list(found[start:end])) for start, end in zip(starts, [*starts[1:], None], strict=True)]
    for article in cut:
        _sign(article, report)
        _name(article, extracted, report, name=name, first=article is cut[0])
        article.author = article.author or (extracted.author if len(cut) == 1 else "")
        article.url = article.url or (extracted.url if len(cut) == 1 else "")
        article.author = article.author or _host(article.url)
        article.blocks = list(_without_pictures(article, report))
    return [article for article in cut if article.blocks], report


def _marked_starts(found: Sequence[Block], extracted: Extracted) -> list[int]:
    tops = [index for index, block in enumerate(found) if block.kind == "heading" and block.level == 1]
    if extracted.titled or len(tops) < 2 or tops[0] > 0 or tops[1] == 1:
        return [0]
    return tops


def _plain_starts(found: Sequence[Block]) -> list[int]:
    starts = [0]
    size = 0
    for index, block in enumerate(found):
        after = found[index + 1] if index + 1 < len(found) else None
        titles = index > 0 and title_shaped(block)
        signed = index > 0 and _is_signature(found[index - 1])
        heads = after is not None and size >= _LEAST and (after.kind == "picture" or bool(_byline(after)))
        if titles and (signed or heads):
            starts.append(index)
            size = 0
        size += words(block.text)
    return starts


def _is_signature(block: Block) -> bool:
    """Whether a block says who wrote the text above it, or where it was first published."""
    match = _SIGNATURE.match(block.text)
    if match is None or block.kind not in ("paragraph", "heading") or len(block.text.split()) > 25:
        return False
    return bool(_URL.search(block.text) or _NAME_ALONE.fullmatch(block.text[match.end() :]))


def _sign(article: Article, report: list[LeftOut]) -> None:
    """Takes byline, signature and a bare address at either end out of the article's blocks and into its fields."""
    rest: list[Block] = []
    byline = ""
    signed = ""
    for index, block in enumerate(article.blocks):
        at_edge = index < 3 or index >= len(article.blocks) - 2
        address = _URL.search(block.text)
        if index < 4 and not byline and (author := _byline(block)):
            byline = author
            report.append(left_out(block.text, "byline", block.line))
        elif _is_signature(block) and (at_edge or (address and not article.url)):
            article.url = article.url or (address[0].rstrip(".,;)") if address else "")
            signed = signed or _name_in(_URL.sub("", _SIGNATURE.sub("", block.text, count=1)))
            report.append(left_out(block.text, "signature", block.line))
        elif at_edge and address and address[0] == block.text:
            article.url = article.url or address[0]
            report.append(left_out(block.text, "link", block.line))
        else:
            rest.append(block)
    article.blocks = rest
    article.author = byline or signed


def _byline(block: Block) -> str:
    match = _BYLINE.fullmatch(block.text)
    if match is None or block.kind not in ("paragraph", "heading"):
        return ""
    parts = match[1].split()
    capitals = all(part[0].isupper() or part in ("van", "de", "der", "den", "von", "af") for part in parts)
    lower_case_name = match[1].islower() and len(parts) == 2 and all(part.isalpha() for part in parts)
    if len(parts) > 5 or not (capitals or lower_case_name) or _NO_NAME.intersection(match[1].casefold().split()):
        return ""
    return match[1].title() if lower_case_name else match[1]


def _name_in(text: str) -> str:
    """The name in the rest of a signature. A name that is printed twice, as under a portrait, is given once."""
    match = next((m for m in _NAME.finditer(text) if m[0].casefold() not in _NO_NAME), None)
    parts: list[str] = []
    for part in match[0].strip(".-").split() if match else ():
        if any(earlier.casefold().startswith(part.casefold()) for earlier in parts):
            break
        parts.append(part)
    return " ".join(parts)


def _host(url: str) -> str:
    match = _HOST.match(url)
    return match[1] if match else ""


def _name(article: Article, extracted: Extracted, report: list[LeftOut], *, name: str, first: bool) -> None:
    """Finds the article's title; a heading that says no more than the title goes out of its blocks."""
    if first and (extracted.titled or (extracted.layout == "pages" and extracted.title)):
        article.title = extracted.title
    top = next((block for block in article.blocks if block.kind != "picture"), None)
    if not article.title and top is not None and _is_title(top, article, extracted):
        article.title = top.text
    while top is not None and normalised(top.text) == normalised(article.title):
        article.blocks.remove(top)
        top = next((block for block in article.blocks if block.kind != "picture"), None)
    for block in article.blocks[:3]:
        caption = normalised(block.text)
        repeats = len(caption.split()) >= 2 and f"{normalised(article.title)} ".startswith(f"{caption} ")
        if repeats and block.closed and block.kind in ("paragraph", "heading"):
            article.blocks.remove(block)
            report.append(left_out(block.text, "caption", block.line))
    if not article.title:
        article.title = extracted.title or _readable_stem(name) or (_opening(top.text) if top is not None else name)


def _is_title(top: Block, article: Article, extracted: Extracted) -> bool:
    if len(article.blocks) < 2:
        return False
    if extracted.layout == "markdown":
        ones = sum(1 for block in article.blocks if block.kind == "heading" and block.level == 1)
        opens = top.kind == "paragraph" and article.blocks[1].kind == "heading" and heading_shaped(top.text)
        return opens or (top.kind == "heading" and (top.level == 1 or ones == 0))
    return top.kind == "heading" or (
        top.kind == "paragraph"
        and len(top.text.split()) <= 20
        and top.text[-1] not in ".,;:"
        and _shorter(top, article)
    )


def _shorter(top: Block, article: Article) -> bool:
    return any(words(block.text) > words(top.text) for block in article.blocks[1:])


def _readable_stem(name: str) -> str:
    """A file name as a title, where people can read it: not "000_aa6c0d39"."""
    stem = re.sub(r"[\W_]+", " ", PurePath(name).stem).strip()
    odd = sum(1 for part in stem.split() if any(letter.isdigit() for letter in part) and any(map(str.isalpha, part)))
    return stem[:1].upper() + stem[1:] if re.search(r"[^\W\d_]{4}", stem) and not odd else ""


def _opening(text: str) -> str:
    """The first words of a text that has no title."""
    if len(text.split()) <= 15:
        return text.rstrip(".")
    first = sentences(text)[0].rstrip(".")
    return first if len(first.split()) <= 15 else " ".join(first.split()[:10]) + " …"


def _without_pictures(article: Article, report: list[LeftOut]) -> Iterator[Block]:
    gap = False
    for block in article.blocks:
        if block.kind == "picture":
            report.append(left_out(block.text, "picture name", block.line))
            gap = True
            continue
        yield replace(block, gap=block.gap or gap)
        gap = False
