"""A document is read: from its bytes to passages that can be found and cited."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from bot.coaching.errors import BadInput
from bot.coaching.model import Passage, Source
from bot.content.documents.articles import Article, articles
from bot.content.documents.blocks import Block, blocks
from bot.content.documents.cleaning import clean
from bot.content.documents.extraction import extract, read_bytes
from bot.content.documents.ingest import read_ingest
from bot.content.documents.languages import language_of
from bot.content.documents.outcome import LeftOut, ReadDocument, left_out
from bot.content.documents.passages import Cut, cut
from bot.content.documents.repeats import near_duplicates, normalised, pasted_again
from bot.content.documents.wording import Wording

_METHOD = "1"  # to be raised when documents are cut otherwise, so that they are all read again
_FEW_WORDS = 25  # below this, two passages that read alike may both be needed


def edition() -> str:
    """Changes with the way documents are read: what was read under another edition must be read again."""
    return f"{_METHOD}-{read_ingest().edition}"


def digest_of(path: Path, *, name: str) -> str:
    """The SHA-256 of the file's bytes, to tell whether it must be read at all. Raises BadInput as reading does."""
    return hashlib.sha256(read_bytes(path, name=name)).hexdigest()


def read_document(path: Path, *, name: str) -> ReadDocument:
    """The passages of a file, in order, and what was left out of them.

    ``name`` is what citations call the file. Raises BadInput with one sentence where the file cannot be read.
    """
    raw = read_bytes(path, name=name)
    extracted = extract(raw, path.suffix, name=name)
    ingest = read_ingest()
    report = list(extracted.left_out)
    lines, cleaned = clean(extracted.text, extracted.layout, ingest)
    report += cleaned
    found = _without_repeats(blocks(lines, extracted.layout), report)
    parts, headers = articles(found, extracted, name=name)
    report += headers
    wording = Wording(extracted.text, ingest)
    whole = language_of(extracted.text)
    passages: list[Passage] = []
    for article in parts:
        language = language_of(" ".join(block.text for block in article.blocks), otherwise=whole)
        for piece in cut(article.blocks, wording, ingest, report=report):
            passages.append(_passage(piece, article, language, name))
    passages = _numbered(_without_near_repeats(passages, report), name)
    if not passages:
        raise BadInput(f"{name} holds nothing to cite, only menus, page headers or data.")
    report.sort(key=_place)
    languages = Counter(passage.language for passage in passages)
    return ReadDocument(path, hashlib.sha256(raw).hexdigest(), tuple(passages), tuple(report), dict(languages))


def _passage(piece: Cut, article: Article, language: str, name: str) -> Passage:
    kind: Literal["comment", "document"] = "comment" if piece.comment else "document"
    source = Source(
        id=name,
        file=name,
        title=article.title,
        author=piece.writer if piece.comment else article.author,
        language=language,
        where=", ".join(part for part in (piece.heading[-1] if piece.heading else "", article.url) if part),
    )
    return Passage(
        id="",
        text=piece.text,
        source=source,
        language=language_of(piece.original or piece.text, otherwise=language),
        kind=kind,
        heading=" > ".join(piece.heading),
        position=piece.line,
        paraphrase=piece.paraphrase,
        original=piece.original,
    )


def _without_repeats(found: Sequence[Block], report: list[LeftOut]) -> list[Block]:
    dropped: set[int] = set()
    for start, stop, _ in pasted_again([block.text for block in found]):
        dropped.update(range(start, stop))
        report.append(left_out(found[start].text, "pasted twice", found[start].line, found[stop - 1].line))
    return [block for index, block in enumerate(found) if index not in dropped]


def _without_near_repeats(passages: Sequence[Passage], report: list[LeftOut]) -> list[Passage]:
    repeats = near_duplicates([passage.text for passage in passages])
    kept = []
    again: dict[int, list[int]] = {}
    for index, passage in enumerate(passages):
        if index in repeats and len(passage.text.split()) >= _FEW_WORDS:
            again.setdefault(repeats[index], []).append(passage.position)
        else:
            kept.append(passage)
    for first, lines in again.items():
        report.append(left_out(passages[first].text, "said before", lines[0], lines[-1], count=len(lines)))
    return kept


def _numbered(passages: Sequence[Passage], name: str) -> list[Passage]:
    """Passages with ids made of the file's name and the passage's words, so that they outlive changes elsewhere."""
    seen: Counter[str] = Counter()
    numbered = []
    for passage in passages:
        words = normalised(passage.text) or passage.text
        key = f"{name}\0{words}\0{seen[words]}"
        seen[words] += 1
        id = f"doc-{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:20]}"
        numbered.append(passage.model_copy(update={"id": id}))
    return numbered


def _place(item: LeftOut) -> int:
    digits = "".join(letter if letter.isdigit() else " " for letter in item.place).split()
    return int(digits[0]) if digits else 0
