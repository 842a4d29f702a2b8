"""Markdown, text, HTML, PDF and DOCX: each kind of file with its own habits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document as Docx
from fpdf import FPDF

from bot.coaching.errors import BadInput
from bot.content.documents import SUFFIXES, ReadDocument, find_documents, read_document

CARE = "When a parcel is late we say sorry first, tell the customer where it is, and say when it will arrive. "
GIFT = "A small gift belongs to a customer who did not expect it, never to one who is still waiting for an answer. "
KIND = "Write to the reader as you would speak to a neighbour, use the name once, and thank them for their patience. "


def read(path: Path) -> ReadDocument:
    return read_document(path, name=path.name)


def test_markdown_loses_its_marks_and_keeps_what_they_say(tmp_path: Path) -> None:
    path = tmp_path / "handbook.md"
    path.write_text(
        "---\ntitle: Service handbook\nauthor: Anna Virtanen\nurl: https://acme.example/handbook\n---\n\n"
        "<!-- not\nfor readers -->\n# Service handbook\n\nWe **care** about *every* `customer`, see [the list]"
        "(https://acme.example/list). ![logo](logo.png)\n\nCheckout\n--------\n\n| Country | Days |\n|---|---|\n"
        "| NL | 2 |\n\n> We never ask why.\n"
    )
    document = read(path)
    first, second = document.passages
    assert first.text == "We care about every customer, see the list (https://acme.example/list)."
    assert (first.source.title, first.source.author) == ("Service handbook", "Anna Virtanen")
    assert first.source.where == "https://acme.example/handbook"
    assert second.heading == "Checkout"
    assert second.text == "Country | Days\nNL | 2\nWe never ask why."
    assert [item.why for item in document.left_out] == ["front matter"]


def test_a_file_without_a_title_is_called_after_its_name(tmp_path: Path) -> None:
    path = tmp_path / "returns-policy.txt"
    path.write_text(CARE * 2)
    assert read(path).passages[0].source.title == "Returns policy"


@pytest.mark.parametrize(
    ("encode", "language"),
    [
        (lambda text: text.encode("utf-8-sig"), "fi"),
        (lambda text: text.encode("utf-16"), "fi"),
        (lambda text: text.encode("utf-16-le"), "fi"),
        (lambda text: text.encode("cp1252"), "fi"),
        (lambda text: text.replace("\n", "\r\n").encode(), "fi"),
        (lambda text: text.replace("\n", "\r").encode(), "fi"),
        (lambda text: text.replace(" ", "\u00a0").encode(), "fi"),
        (lambda text: text.replace("ä", "ä\u00ad").encode(), "fi"),
        (lambda text: (text[:9] + "\0" + text[9:]).encode(), "fi"),
        (lambda text: (text + "\ud83d").encode("utf-8", "surrogatepass"), "fi"),
    ],
    ids="BOM,UTF-16,unmarked UTF-16,Windows-1252,CRLF,CR,no-break spaces,soft hyphens,NUL,half a character".split(","),
)
def test_text_is_read_whatever_program_wrote_it(tmp_path: Path, encode: Callable[[str], bytes], language: str) -> None:
    text = "Pidä lupauksesi.\nKiitä asiakasta, kun hän kertoo ongelmasta: se auttaa meitä kaikkia paremmin eteenpäin."
    path = tmp_path / "ohje.txt"
    path.write_bytes(encode(text))
    document = read(path)
    assert "Kiitä asiakasta, kun hän kertoo ongelmasta" in " ".join(p.text for p in document.passages)
    assert document.passages[0].language == language


def test_a_web_page_is_read_without_its_menus(tmp_path: Path) -> None:
    path = tmp_path / "help.html"
    path.write_text(
        "<html><head><title>Returns | Acme</title><meta name=author content='Jo Smit'>"
        "<link rel=canonical href='https://acme.example/returns'></head><body>"
        "<nav><a href=/>Home</a><a href=/a>About us</a></nav>"
        f"<main><h1>Returns policy</h1><p>{CARE * 2}</p><h2>Refunds</h2><p>{GIFT * 2}</p>"
        "<ol><li>Ask for a photo</li><li>Check the <a href='https://acme.example/x'>order</a></li></ol></main>"
        "<footer>© 2024 Acme. All rights reserved.</footer></body></html>"
    )
    document = read(path)
    assert [passage.heading for passage in document.passages] == ["", "Refunds"]
    assert (document.passages[0].source.title, document.passages[0].source.author) == ("Returns policy", "Jo Smit")
    assert document.passages[0].source.where == "https://acme.example/returns"
    assert "2. Check the order (https://acme.example/x)" in document.passages[1].text
    text = " ".join(passage.text for passage in document.passages)
    assert "About us" not in text
    assert "rights reserved" not in text
    assert "navigation" in {item.why for item in document.left_out}


def test_a_fragment_of_a_web_page_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "macro.html"
    path.write_text("<h2>Refunds</h2><p>We refund in <b>five</b> days.</p><ul><li>Ask</li><li>Check</li></ul>")
    (passage,) = read(path).passages
    assert passage.text == "We refund in five days.\n- Ask\n- Check"
    assert passage.source.title == "Refunds"


def test_a_word_document_keeps_headings_lists_and_tables(tmp_path: Path) -> None:
    docx = Docx()
    docx.core_properties.author = "Anna Virtanen"
    docx.add_heading("Returns handbook", 0)
    docx.add_heading("Refunds", 1)
    docx.add_paragraph(CARE * 2)
    docx.add_heading("Partial refunds", 2)
    docx.add_paragraph("Do this:")
    docx.add_paragraph("Ask for a photo.", style="List Bullet")
    docx.add_paragraph("Check the order.", style="List Bullet")
    table = docx.add_table(2, 2)
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells), ("Country", "Days", "NL", "2"), strict=True
    ):
        cell.text = text
    path = tmp_path / "returns.docx"
    docx.save(str(path))
    first, second = read(path).passages
    assert (first.source.title, first.source.author) == ("Returns handbook", "Anna Virtanen")
    assert first.heading == "Refunds"
    assert second.heading == "Refunds > Partial refunds"
    assert second.text == "Do this:\n- Ask for a photo.\n- Check the order.\nCountry | Days\nNL | 2"


class Handbook(FPDF):
    """Three printed pages with a header, a footer and a paragraph that runs over the page's end."""

    def header(self) -> None:
        self.set_font("helvetica", size=9)
        self.cell(0, 10, "Acme Service Handbook", new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("helvetica", size=8)
        self.cell(0, 10, f"Page {self.page_no()} of 3", align="C")


def test_a_pdf_is_read_without_the_headers_and_footers_of_its_pages(tmp_path: Path) -> None:
    pdf = Handbook()
    pdf.set_title("Care at Acme")
    pdf.set_author("Anna Virtanen")
    for heading, text in (("Late parcels", CARE), ("Small gifts", GIFT), ("Kind words", KIND)):
        pdf.add_page()
        pdf.set_font("helvetica", "B", 16)
        pdf.cell(0, 10, heading, new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("helvetica", size=11)
        pdf.multi_cell(0, 5, text * 3, new_x="LMARGIN", new_y="NEXT")
    path = tmp_path / "care.pdf"
    pdf.output(str(path))
    document = read(path)
    assert [passage.heading for passage in document.passages] == ["Late parcels", "Small gifts", "Kind words"]
    assert all("\n" not in passage.text for passage in document.passages), "the lines of a paragraph are joined"
    assert (document.passages[0].source.title, document.passages[0].source.author) == ("Care at Acme", "Anna Virtanen")
    furniture = [item.what for item in document.left_out if item.why == "page header or footer"]
    assert furniture == ["Acme Service Handbook (3 times)", "Page 1 of 3 (3 times)"]
    assert not any("Page" in passage.text or "Handbook" in passage.text for passage in document.passages)


def test_a_menu_word_in_the_middle_of_a_guide_is_its_heading(tmp_path: Path) -> None:
    path = tmp_path / "guide.txt"
    path.write_text(
        f"Guide to the Shop\n\n{CARE}\n\nShopping cart\n\nOpen it first.\n\n{GIFT}\n\nThe End of It\n\n{CARE}"
    )
    assert "Shopping cart" in " ".join(f"{p.heading} {p.text}" for p in read(path).passages)


def test_data_inside_a_text_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "mail.txt"
    path.write_text(f"{CARE}\n\n{'iVBORw0KGgo' * 300}\n\n{GIFT}")
    document = read(path)
    assert "iVBOR" not in " ".join(passage.text for passage in document.passages)
    assert document.left_out[0].why == "data of 3300 characters"


def test_folders_are_walked_in_order_and_hidden_files_passed_over(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "sub/c.HTML", ".hidden.md", ".git/d.md", "~$e.docx", "f.png", "sub/g.pdf"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    found = [path.relative_to(tmp_path).as_posix() for path in find_documents([tmp_path, tmp_path / "b.txt"])]
    assert found == ["a.md", "b.txt", "sub/c.HTML", "sub/g.pdf"]
    assert list(find_documents([tmp_path / "f.png"])) == [tmp_path / "f.png"], "what is named is given"
    assert {".md", ".txt", ".html", ".pdf", ".docx"} <= SUFFIXES


def test_a_missing_path_is_said_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="does not exist"):
        next(find_documents([tmp_path, tmp_path / "nowhere"]))
