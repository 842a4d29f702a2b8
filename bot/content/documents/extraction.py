"""A file becomes text: one way for each kind of file, one sentence for each way it can be unreadable."""

from __future__ import annotations

import io
import logging
import os
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple
from xml.etree.ElementTree import ParseError

import yaml

from bot.coaching.errors import BadInput
from bot.content.documents.decoding import decode, tidy
from bot.content.documents.outcome import LeftOut, left_out

LARGEST = 50 * 1024 * 1024  # bytes, also of a DOCX when unpacked

MOST_PAGES = 2_000
_TOO_LARGE = "{name} is larger than 50 MB; split it into smaller files."

Layout = Literal["markdown", "plain", "pages"]
"""What line ends and blank lines mean: Markdown's rules, a text file's habits, or a PDF's printed pages."""

_OTHER_KINDS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP or Office file"),
    (b"\xd0\xcf\x11\xe0", "an old or protected Office file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
)
# What programs write as a title when nobody gave one.
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint)\b.*|(?:untitled|document|naamloos|nimetön|asiakirja)\s*\d*|word document"
    r"|.*\.(?:docx?|pdf|indd|md|txt|html?|odt))?",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^>]+>")
_CHROME = ["nav", "header", "footer", "aside", "form", "script", "style", "noscript", "template"]


class Extracted(NamedTuple):
    """The text of a document and what it says about itself. ``titled``: somebody gave it that title on purpose."""

    text: str
    layout: Layout
    title: str = ""
    author: str = ""
    url: str = ""
    titled: bool = False
    left_out: tuple[LeftOut, ...] = ()


def read_bytes(path: Path, *, name: str) -> bytes:
    """The file's bytes. Raises BadInput where it cannot be opened, is empty or is larger than 50 MB."""
    try:
        if not path.is_file():
            raise BadInput(f"{name} is not a file.")
        if path.stat().st_size > LARGEST:
            raise BadInput(_TOO_LARGE.format(name=name))
        # Something else may stand there by now, or grow: a pipe does not hold up who opens it, and no more is read.
        with open(path, "rb", opener=lambda file, flags: os.open(file, flags | os.O_NONBLOCK)) as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise BadInput(f"{name} cannot be opened ({error.strerror or error}).") from None
    if len(raw) > LARGEST:
        raise BadInput(_TOO_LARGE.format(name=name))
    if not raw.strip():
        raise BadInput(f"{name} is empty.")
    return raw


def extract(raw: bytes, suffix: str, *, name: str) -> Extracted:
    """The text of a document. Raises BadInput with one sentence where there is none to be had."""
    reader = _READERS.get(suffix.lower())
    if reader is None:
        raise BadInput(
            f"{name} is of a kind that cannot be read ({suffix or 'no suffix'}); "
            "give Markdown, text, HTML, PDF or DOCX."
        )
    extracted = reader(raw, name)
    if len(extracted.text) > LARGEST:
        raise BadInput(f"{name} is larger than 50 MB when unpacked; split it into smaller files.")
    if not any(letter.isalnum() for letter in extracted.text):
        raise BadInput(f"{name} holds no text.")
    return extracted


def _plain(raw: bytes, name: str) -> Extracted:
    return Extracted(_decoded(raw, name), "plain")


def _markdown(raw: bytes, name: str) -> Extracted:
    return _with_front_matter(_without_comments(_decoded(raw, name)))


def _without_comments(text: str) -> str:
    """The text without its HTML comments, of which only the line ends stay."""
    before, *commented = text.split("<!--")
    parts = [before]
    for part in commented:
        comment, mark, rest = part.partition("-->")
        parts.append("\n" * comment.count("\n") + rest if mark else f"<!--{part}")
    return "".join(parts)


def _html(raw: bytes, name: str) -> Extracted:
    html = _decoded(raw, name)
    with _readable(name, "HTML page"):
        if "<body" not in html.lower() and "<html" not in html.lower():
            return Extracted(_html_to_markdown(html), "markdown")  # a fragment has no menus to drop
        import trafilatura

        main = trafilatura.extract(
            html, output_format="markdown", with_metadata=True, include_links=True, include_comments=False
        )
        page = _with_front_matter(main) if main else Extracted("", "markdown")
        whole = _html_to_markdown(html)
        if len(page.text) < len(whole) * 0.25:
            bare = _html_to_markdown(_without_chrome(html))
            page = page._replace(text=bare if len(bare) > 2 * len(page.text) else page.text)
    lost = len(whole.split()) - len(page.text.split())
    around = LeftOut(f"{lost} words around the main text", "navigation", "whole page")
    return page._replace(left_out=(around,) if lost > 3 else ())


def _html_to_markdown(html: str) -> str:
    from markitdown.converters import HtmlConverter

    return tidy(HtmlConverter().convert_string(html).markdown)


def _without_chrome(html: str) -> str:
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html, "html.parser")
    for element in soup(_CHROME):
        element.decompose()
    return str(soup)


def _docx(raw: bytes, name: str) -> Extracted:
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadInput(f"{name} is protected by a password or in the old .doc format; save it as an open DOCX.")
    with _readable(name, "DOCX"):
        from markitdown import StreamInfo
        from markitdown.converters import DocxConverter

        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST:
                raise BadInput(f"{name} is larger than 50 MB when unpacked; split it into smaller files.")
            title, author = _docx_properties(parts)
        converter = DocxConverter()  # type: ignore[no-untyped-call]
        text = converter.convert(io.BytesIO(raw), StreamInfo(extension=".docx")).markdown
    return Extracted(tidy(text), "markdown", title, author)


def _docx_properties(parts: zipfile.ZipFile) -> tuple[str, str]:
    from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

    try:
        core = fromstring(parts.read("docProps/core.xml"))
    except (KeyError, ParseError):
        return "", ""
    dublin = "{http://purl.org/dc/elements/1.1/}"
    return _given(core.findtext(f"{dublin}title") or ""), (core.findtext(f"{dublin}creator") or "").strip()


def _pdf(raw: bytes, name: str) -> Extracted:
    import pypdfium2  # type: ignore[import-untyped]
    from markitdown import StreamInfo
    from markitdown.converters import PdfConverter

    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD_NEEDED:
            raise BadInput(f"{name} is protected by a password; save a copy without one.") from None
        raise BadInput(f"{name} is not a sound PDF; open it and save it again.") from None
    with _readable(name, "PDF"):
        if len(document) > MOST_PAGES:
            raise BadInput(f"{name} has more than 2,000 pages; split it into smaller files.")
        properties = document.get_metadata_dict()
        document.close()
        text = tidy(PdfConverter().convert(io.BytesIO(raw), StreamInfo(extension=".pdf")).markdown)
    if not any(letter.isalnum() for letter in text):
        raise BadInput(f"{name} holds pictures of pages, no text; run text recognition (OCR) on it first.")
    return Extracted(text, "pages", _given(properties.get("Title", "")), properties.get("Author", "").strip())


_PASSWORD_NEEDED = 4  # PDFium's error code


def _decoded(raw: bytes, name: str) -> str:
    for beginning, kind in _OTHER_KINDS:
        if raw.startswith(beginning):
            raise BadInput(f"{name} is {kind}, not what its name says; give it the right suffix.")
    text = decode(raw)
    if text is None:
        raise BadInput(f"{name} is not a text file.")
    return text


def _with_front_matter(text: str) -> Extracted:
    """Title, author and address from the YAML between two lines of dashes at the top; the lines stay, but blank."""
    match = re.match(r"\s*---[ ]*\n(.*?)\n(?:---|\.\.\.)[ ]*(?:\n|$)", text, re.DOTALL)
    if match is None:
        return Extracted(text, "markdown")
    try:
        values = yaml.safe_load(match[1])
    except yaml.YAMLError:
        values = None
    if not isinstance(values, dict):
        return Extracted(text, "markdown")
    lines = match[0].count("\n")
    author = values.get("author") or values.get("authors") or ""
    title = _given(str(values.get("title") or ""))
    return Extracted(
        "\n" * lines + text[match.end() :],
        "markdown",
        title=title,
        author=", ".join(map(str, author)) if isinstance(author, list) else str(author),
        url=str(values.get("url") or values.get("source") or ""),
        titled=bool(title),
        left_out=(left_out(", ".join(map(str, values)), "front matter", 1, max(lines, 1)),),
    )


def _given(title: str) -> str:
    title = " ".join(_TAG.sub("", title).split())
    return "" if _NO_TITLE.fullmatch(title) else title


@contextmanager
def _readable(name: str, kind: str) -> Iterator[None]:
    """Whatever a reader trips over becomes one sentence: a broken file can raise nearly anything."""
    for library in ("pdfminer", "bs4", "trafilatura"):  # they remark on every oddity of a file
        logging.getLogger(library).setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings(action="ignore"):
            yield
    except (BadInput, MemoryError):
        raise
    except Exception as error:
        raise BadInput(f"{name} is not a sound {kind} ({type(error).__name__}); open it and save it again.") from error


_READERS: dict[str, Callable[[bytes, str], Extracted]] = {
    ".md": _markdown,
    ".markdown": _markdown,
    ".txt": _plain,
    ".html": _html,
    ".htm": _html,
    ".docx": _docx,
    ".pdf": _pdf,
}
