"""A bad file costs one clear line, never a traceback."""

from __future__ import annotations

import contextlib
import io
import os
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from fpdf import FPDF
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coaching.errors import BadInput
from bot.content.documents import SUFFIXES, digest_of, extraction, read_document


def pdf(text: str = "", *, password: str = "") -> bytes:
    page = FPDF()
    page.add_page()
    page.set_font("helvetica")
    page.cell(0, 10, text)
    if password:
        page.set_encryption(owner_password=password, user_password=password)
    return bytes(page.output())


def archive(**parts: str) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return raw.getvalue()


@pytest.mark.parametrize(
    ("name", "raw", "says"),
    [
        ("broken.pdf", b"%PDF-1.7 and then nothing", "not a sound PDF"),
        ("cut.pdf", pdf("Be kind.")[:600], "not a sound PDF"),
        ("text.pdf", b"This is no PDF.", "not a sound PDF"),
        ("locked.pdf", pdf("Be kind.", password="secret"), "protected by a password"),
        ("scan.pdf", pdf(), "pictures of pages, no text"),
        ("broken.docx", b"PK\x03\x04 and then nothing", "not a sound DOCX"),
        ("other.docx", archive(note="Be kind."), "not a sound DOCX"),
        ("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100, "protected by a password or in the old .doc format"),
        ("bomb.docx", archive(word="0" * (extraction.LARGEST + 1)), "larger than 50 MB when unpacked"),
        ("empty.md", b"", "is empty"),
        ("blank.txt", b" \n\t\r\n ", "is empty"),
        ("marks.txt", b"--- *** ---\n...\n", "holds no text"),
        ("menu.txt", b"Menu\nHome\nLog in\n", "holds nothing to cite"),
        ("title.html", b"<html><body></body></html>", "holds no text"),
        ("program.txt", bytes(range(256)) * 20, "not a text file"),
        ("picture.md", b"\x89PNG\r\n\x1a\n" + bytes(500), "is an image, not what its name says"),
        ("report.txt", pdf("Be kind."), "is a PDF, not what its name says"),
        ("sheet.xlsx", b"PK\x03\x04", "cannot be read (.xlsx)"),
        ("README", b"Be kind.", "cannot be read (no suffix)"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value and " " not in value else "",
)
def test_a_bad_file_costs_one_clear_line(tmp_path: Path, name: str, raw: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    with pytest.raises(BadInput) as caught:
        read_document(path, name=name)
    sentence = str(caught.value)
    assert sentence.startswith(f"{name} ")
    assert says in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")


def test_a_file_too_large_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "all.txt"
    with path.open("wb") as file:
        file.truncate(extraction.LARGEST + 1)
    monkeypatch.setattr(os, "open", lambda *given: pytest.fail("it was opened"))
    with pytest.raises(BadInput, match="larger than 50 MB"):
        read_document(path, name=path.name)


def test_a_file_that_may_not_be_opened_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, flags: int) -> int:
        raise PermissionError(13, "Permission denied", path)

    path = tmp_path / "secret.md"
    path.write_text("Be kind.")
    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(BadInput, match=r"secret.md cannot be opened \(Permission denied\)"):
        digest_of(path, name=path.name)


def test_a_folder_and_a_missing_file_are_no_documents(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "gone.md"):
        with pytest.raises(BadInput, match="is not a file"):
            read_document(path, name=path.name)


ODD_LINES = [
    *("", "# Title", "- item", "1. First", "1.", "Anna: hello", "|a|b|", "```", "---", "> q", "\f", "\ud800"),
    *("by Jo Smit", "3 comments:", "Post a Comment", "Source: https://x.example", "Written by", "Menu", "cart_old"),
    *("The myths:", "Why Not Ask Us?", "A sentence that is long enough to be a paragraph of its own, or nearly so."),
]
LINES = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(ODD_LINES),
    ),
    max_size=25,
)


@settings(max_examples=150, deadline=None)
@given(lines=LINES, suffix=st.sampled_from(sorted(SUFFIXES)))
def test_no_file_however_strange_raises_anything_else(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], suffix: str
) -> None:
    path = tmp_path_factory.getbasetemp() / f"strange{suffix}"
    path.write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))
    try:
        document = read_document(path, name=path.name)
    except BadInput:
        return
    assert all(passage.text.strip() and passage.position >= 1 for passage in document.passages)
    assert len({passage.id for passage in document.passages}) == len(document.passages)
    "".join(passage.text for passage in document.passages).encode("utf-8")


@pytest.mark.parametrize(
    "part",
    [
        "[",
        "![",
        "**a ",
        "*a ",
        "<!--",
        "<a ",
        "(",
        ".",
        "# a" + " " * 50,
        "- ",
        "> ",
        "a\n",
        '"',
        "Aa: b\n",
        "1.",
        "`",
        "a:\n",
    ],
)
@pytest.mark.parametrize("suffix", [".md", ".txt"])
def test_no_pattern_makes_reading_slow(tmp_path: Path, part: str, suffix: str) -> None:
    path = tmp_path / f"marks{suffix}"
    path.write_text("Be kind to everyone. " + part * (100_000 // len(part)) + "x and the rest")
    start = time.thread_time()
    with contextlib.suppress(BadInput):
        read_document(path, name=path.name)
    assert time.thread_time() - start < 30  # a second or two; were it the square of the text, hours


@pytest.mark.parametrize("make", [lambda raw: raw, lambda raw: raw[::-1]], ids=["bytes", "reversed"])
def test_any_bytes_are_read_or_refused(tmp_path: Path, make: Callable[[bytes], bytes]) -> None:
    for suffix in sorted(SUFFIXES):
        path = tmp_path / f"noise{suffix}"
        path.write_bytes(make(bytes(range(1, 256)) * 4 + b"%PDF-1.4 <html> PK"))
        with pytest.raises(BadInput):
            read_document(path, name=path.name)
