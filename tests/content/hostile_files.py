"""Files that ask for all there is, or that point elsewhere: each a few kilobytes, made by hand.

``python -m tests.content.hostile_files`` reads each with the limits of the product, or with other seconds and
megabytes if they are given, and tells what it took.
"""

from __future__ import annotations

import io
import sys
import tempfile
import threading
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from bot.coaching.errors import BadInput
from bot.content.documents.sandbox import Limits, Sandbox

SENTENCE = "Whoever writes to us is thanked before anything else is said, and is told what happens next and when. "
GIGABYTE = 1 << 30
URL = "{url}"
"""Where in a file the address stands that nobody is to visit."""


def pdf(
    content: bytes = b"BT /F1 12 Tf 20 700 Td (Be kind to whoever writes to us.) Tj ET",
    *,
    filters: str = "",
    page: str = "",
    font: str = "/Subtype /Type1 /BaseFont /Helvetica",
    kids: str = "3 0 R",
    catalog: str = "",
    resources: str = "",
    more: Iterable[bytes] = (),
    trailer: str = "",
) -> bytes:
    """A PDF of a page. ``more`` are the objects from the sixth on."""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {kids.count('R')} >>".encode(),
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources "
        f"<< /Font << /F1 5 0 R >> {resources} >> {page} >>".encode(),
        stream(content, filters),
        f"<< /Type /Font {font} >>".encode(),
        *more,
    ]
    file = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = trailer.replace("XREF", str(len(file)))
    table = b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table)
    return file + table + f"trailer\n<< /Size {size} /Root 1 0 R {end} >>\nstartxref\n{len(file)}\n%%EOF".encode()


def stream(content: bytes, filters: str = "", more: str = "") -> bytes:
    """A stream object."""
    filter = f"/Filter {filters}" if filters else ""
    return f"<< /Length {len(content)} {filter} {more} >>\nstream\n".encode() + content + b"\nendstream"


def squeezed(size: int, times: int = 1, fill: bytes = b" ") -> bytes:
    """So many bytes, of which a few are left."""
    squeeze = zlib.compressobj(9)
    block = fill * (1 << 20)
    raw = b"".join(squeeze.compress(block) for _ in range(size >> 20)) + squeeze.flush()
    for _ in range(times - 1):
        raw = zlib.compress(raw, 9)
    return raw


def forms(deep: int, wide: int) -> list[bytes]:
    """Drawings of which each draws the next so many times."""
    drawn = []
    for level in range(deep):
        inner = b"BT /F1 9 Tf (kind) Tj ET" if level == deep - 1 else b"/X Do " * wide
        next_one = f"/XObject << /X {7 + level} 0 R >>"
        more = f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F1 5 0 R >> {next_one} >>"
        drawn.append(stream(inner, more=more))
    return drawn


def with_action(action: str) -> bytes:
    """A PDF that does something when it is opened, and when its reader clicks anywhere."""
    link = f"<< /Type /Annot /Subtype /Link /Rect [0 0 600 800] /A {action} >>".encode()
    return pdf(page="/Annots [6 0 R] /AA << /O 7 0 R >>", catalog="/OpenAction 7 0 R", more=[link, action.encode()])


_COMPOSITE = "/Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [6 0 R]"
_SYSTEM = "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
_CID = f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A {_SYSTEM} %s >>"
_CMAP = b"1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <00000000> <FFFFFFF0> <0041> endbfrange"
_XFA = b'<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><config><uri>%b</uri></config></xdp:xdp>' % URL.encode()

PDF_BOMBS: dict[str, Callable[[], bytes]] = {
    "a page that inflates to a gigabyte": lambda: pdf(squeezed(GIGABYTE), filters="/FlateDecode"),
    "filters within filters": lambda: pdf(squeezed(GIGABYTE, 3), filters="[/FlateDecode /FlateDecode /FlateDecode]"),
    "four hundred filters": lambda: pdf(b"41>" * 9, filters="[" + "/ASCIIHexDecode " * 400 + "]"),
    "run lengths within deflate": lambda: pdf(
        squeezed(GIGABYTE >> 4, fill=b"\x81 "), filters="[/FlateDecode /RunLengthDecode]"
    ),
    "a predictor of a billion columns": lambda: pdf(
        zlib.compress(bytes(1000)), filters="/FlateDecode /DecodeParms << /Predictor 12 /Columns 1000000000 >>"
    ),
    "objects in a stream that inflates": lambda: pdf(
        more=[stream(squeezed(GIGABYTE), "/FlateDecode", "/Type /ObjStm /N 100000000 /First 10")],
        trailer="/XRefStm 600",
        resources="/ExtGState 6 0 R",
    ),
    "a hundred thousand pages": lambda: pdf(kids="3 0 R " * 100_000),
    "pages that are their own parents": lambda: pdf(kids="2 0 R 3 0 R 2 0 R"),
    "a count of pages that lies": lambda: pdf().replace(b"/Count 1", b"/Count 1000000000"),
    "a font of four billion letters": lambda: pdf(
        font=f"{_COMPOSITE} /ToUnicode 7 0 R", more=[(_CID % "").encode(), stream(_CMAP)]
    ),
    "a font of a billion widths": lambda: pdf(font=_COMPOSITE, more=[(_CID % "/W [0 1000000000 500]").encode()]),
    "a font program that inflates": lambda: pdf(
        font="/Subtype /Type1 /BaseFont /A /FontDescriptor 6 0 R",
        more=[b"<< /Type /FontDescriptor /FontName /A /FontFile 7 0 R >>", stream(squeezed(GIGABYTE), "/FlateDecode")],
    ),
    "a cross-reference table that goes back to itself": lambda: pdf(trailer="/Prev XREF"),
    "an object that refers to itself": lambda: pdf(resources="/XObject 6 0 R", more=[b"6 0 R"]),
    "a length that refers to itself": lambda: pdf().replace(b"/Length 63", b"/Length 6 0 R"),
    "a drawing that draws itself": lambda: pdf(
        b"/X Do", resources="/XObject << /X 6 0 R >>",
        more=[stream(b"/X Do", more="/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>")],
    ),
    "drawings that draw a billion drawings": lambda: pdf(
        b"/X Do", resources="/XObject << /X 6 0 R >>", more=forms(10, 10)
    ),
    "a million brackets": lambda: pdf(b"[" * 1_000_000),
    "a page of a million brackets": lambda: pdf(page="/A " + "[" * 1_000_000),
    "a picture of a trillion dots": lambda: pdf(
        b"BT /F1 12 Tf 20 700 Td (Be kind to whoever writes.) Tj ET /X Do", resources="/XObject << /X 6 0 R >>",
        more=[stream(b"\x97JB2\r\n\x1a\n" + bytes(60), "/JBIG2Decode",
                     "/Type /XObject /Subtype /Image /Width 1000000 /Height 1000000 /BitsPerComponent 1")],
    ),
    "a page of ten million letters": lambda: pdf(
        zlib.compress(b"BT /F1 1 Tf " + b"(kind kind kind kind) Tj " * 500_000 + b"ET", 9), filters="/FlateDecode"
    ),
}  # fmt: skip

PDF_ACTIONS: dict[str, Callable[[], bytes]] = {
    "URI": lambda: with_action(f"<< /S /URI /URI ({URL}/uri) >>"),
    "Launch": lambda: with_action(f"<< /S /Launch /F ({URL}/launch) /Win << /F (cmd.exe) /P (/c {URL}) >> >>"),
    "GoToR": lambda: with_action(f"<< /S /GoToR /F << /FS /URL /F ({URL}/gotor) >> /D [0 /Fit] >>"),
    "SubmitForm": lambda: with_action(f"<< /S /SubmitForm /F << /FS /URL /F ({URL}/submit) >> >>"),
    "ImportData": lambda: with_action(f"<< /S /ImportData /F << /FS /URL /F ({URL}/import) >> >>"),
    "JavaScript": lambda: with_action(f"<< /S /JavaScript /JS (app.launchURL('{URL}/js')) >>"),
    "XFA": lambda: pdf(catalog="/AcroForm << /XFA 6 0 R /Fields [] >>", more=[stream(_XFA)]),
    "a stream that stands elsewhere": lambda: pdf(
        b"", filters=f"/FlateDecode /F << /FS /URL /F ({URL}/stream) >>", page="/Metadata 4 0 R"
    ),
}


def docx(
    body: str = "", *, document: str = "", relations: str = "", parts: dict[str, str | bytes] | None = None
) -> bytes:
    """A DOCX of one paragraph and ``body``; ``relations`` are those of the document."""
    spaces = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
        'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    )
    whole = document or f"<w:document {spaces}><w:body>{paragraph(SENTENCE * 3)}{body}</w:body></w:document>"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": whole,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f"{relations.replace('OFFICE', office)}</Relationships>",
        **(parts or {}),
    }
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return raw.getvalue()


def paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def elsewhere(kind: str, place: str = URL) -> str:
    """A relation that points out of the document."""
    return f'<Relationship Id="r9" Type="OFFICE/{kind}" Target="{place}/{kind}" TargetMode="External"/>'


def field(code: str) -> str:
    return f'<w:p><w:fldSimple w:instr="{code}"><w:r><w:t>updated when opened</w:t></w:r></w:fldSimple></w:p>'


_PICTURE = (
    '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="a picture"/><a:graphic><a:graphicData>'
    '<pic:pic><pic:blipFill><a:blip r:link="r9"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>'
    "</w:drawing></w:r></w:p>"
)
_DEEP = "<w:tbl><w:tr><w:tc>" * 3000 + paragraph("deep") + "</w:tc></w:tr></w:tbl>" * 3000
_LAUGHS = "<!DOCTYPE w [<!ENTITY l0 'ha'>{}]><w:document>&l20;</w:document>".format(
    "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 21))
)

DOCX_BOMBS: dict[str, Callable[[], bytes]] = {
    "parts that inflate": lambda: docx(parts={"word/a.xml": bytes(51 << 20)}),
    "a document of a gigabyte of marks": lambda: docx("<w:p/>" * 8_000_000),
    "tables in tables": lambda: docx(_DEEP),
    "entities within entities": lambda: docx(document=_LAUGHS),
    "half a million parts": lambda: many_parts(),
    "sizes that lie": lambda: lying(),
}
DOCX_LINKS: dict[str, Callable[[], bytes]] = {
    "a linked picture": lambda: docx(_PICTURE, relations=elsewhere("image")),
    "a picture of this machine": lambda: docx(_PICTURE, relations=elsewhere("image", "file:///etc/passwd?")),
    "a picture above": lambda: docx(
        _PICTURE.replace("r:link", "r:embed"),
        relations='<Relationship Id="r9" Type="OFFICE/image" Target="../../../../etc/passwd"/>',
    ),
    "an attached template": lambda: docx(
        relations='<Relationship Id="r8" Type="OFFICE/settings" Target="settings.xml"/>',
        parts={
            "word/settings.xml": "<settings/>",
            "word/_rels/settings.xml.rels": "<Relationships>" + elsewhere("attachedTemplate") + "</Relationships>",
        },
    ),
    "a part from elsewhere": lambda: docx('<w:altChunk r:id="r9"/>', relations=elsewhere("aFChunk")),
    "a document in the document": lambda: docx('<w:subDoc r:id="r9"/>', relations=elsewhere("subDocument")),
    "an object that is linked": lambda: docx(
        '<w:p><w:r><w:object><o:OLEObject Type="Link" r:id="r9" UpdateMode="Always"/></w:object></w:r></w:p>',
        relations=elsewhere("oleObject"),
    ),
    "an old picture": lambda: docx(
        '<w:p><w:r><w:pict><v:shape><v:imagedata r:id="r9" o:href="{url}/vml"/></v:shape></w:pict></w:r></w:p>',
        relations=elsewhere("image"),
    ),
    "INCLUDEPICTURE": lambda: docx(field(f"INCLUDEPICTURE &quot;{URL}/include&quot; \\d")),
    "INCLUDETEXT": lambda: docx(field(f"INCLUDETEXT &quot;{URL}/text&quot;")),
    "DDEAUTO": lambda: docx(field(f"DDEAUTO cmd &quot;/c curl {URL}/dde&quot;")),
    "a link": lambda: docx(
        '<w:p><w:hyperlink r:id="r9"><w:r><w:t>a shop</w:t></w:r></w:hyperlink></w:p>', relations=elsewhere("hyperlink")
    ),
    "an entity from elsewhere": lambda: docx(
        document=f"<!DOCTYPE w [<!ENTITY x SYSTEM '{URL}/entity'>]><w:document>&x;</w:document>"
    ),
    "a type from elsewhere": lambda: docx(document=f"<!DOCTYPE w SYSTEM '{URL}/dtd'><w:document/>"),
}


def many_parts() -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as file:
        for number in range(500_000):
            file.writestr(f"{number}", b"")
    return raw.getvalue()


def lying() -> bytes:
    """A DOCX whose list of contents says that a part is small."""
    inside = b"<w:document>" + b" " * (200 << 20) + b"</w:document>"
    made = docx(document=inside.decode())
    return made.replace(len(inside).to_bytes(4, "little"), (100).to_bytes(4, "little"))


HTML_BOMBS: dict[str, Callable[[], bytes]] = {
    "a hundred thousand elements deep": lambda: b"<html><body>" + b"<div>" * 100_000 + SENTENCE.encode(),
    "ten million elements": lambda: b"<html><body>" + b"<b>x" * 10_000_000,
    "tables in tables": lambda: b"<html><body>" + b"<table><tr><td>" * 20_000 + SENTENCE.encode(),
    "an element of a million attributes": lambda: (
        b"<html><p " + b"".join(b"a%d=1 " % n for n in range(1_000_000)) + b">x"
    ),
    "a million entities": lambda: (
        b"<!DOCTYPE p [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><html><p>" + b"&b;" * 1_000_000
    ),
}
MARKDOWN_BOMBS: dict[str, Callable[[], bytes]] = {
    "aliases within aliases": lambda: (
        "---\na0: &a0 [ha, ha]\n"
        + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12))
        + f"title: *a11\n---\n{SENTENCE}"
    ).encode(),
    "front matter of brackets": lambda: b"---\na: " + b"[" * 100_000 + b"\n---\n" + SENTENCE.encode(),
    "a million headings": lambda: b"# kind\n" * 1_000_000,
    "twenty-five million lines": lambda: b"a\n" * 25_000_000,
}
WEB: dict[str, str] = {
    "base.html": "<html><head><base href='{url}/'></head><body><img src=b><p>{text}</p></body></html>",
    "image.html": "<html><body><img src='{url}/i' srcset='{url}/i2 2x'><p>{text}</p></body></html>",
    "frame.html": "<html><iframe src='{url}/f'></iframe><script src='{url}/s'></script><p>{text}</p></html>",
    "object.html": "<html><object data='{url}/o'></object><embed src='{url}/e'><p>{text}</p></html>",
    "style.html": "<html><head><link rel=stylesheet href='{url}/c'></head><p>{text}</p></html>",
    "import.html": "<html><head><style>@import url({url}/i)</style></head><p>{text}</p></html>",
    "preload.html": "<html><head><link rel=preload as=image href='{url}/l'></head><p>{text}</p></html>",
    "moved.html": "<html><head><meta http-equiv=refresh content='0;url={url}/r'></head><p>{text}</p></html>",
    "entity.html": "<!DOCTYPE p [<!ENTITY x SYSTEM '{url}/x'>]><html><p>&x; {text}</p></html>",
    "type.html": "<!DOCTYPE html SYSTEM '{url}/dtd'><html><p>{text}</p></html>",
    "include.html": "<html xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='{url}/x'/><p>{text}</p></html>",
    "drawing.html": "<html><svg><image href='{url}/s1'/><use xlink:href='{url}/s2#x'/></svg><p>{text}</p></html>",
    "canonical.html": "<html><head><link rel=canonical href='{url}/k'></head><article><p>{text}</p></article></html>",
    "image.md": "![x]({url}/m)\n\n{text}\n\n[more]({url}/n)",
    "reference.md": "![x][1] {text}\n\n[1]: {url}/ref\n",
    "raw.md": "<img src='{url}/raw'>\n\n{text}\n\n<script src='{url}/s'></script>",
    "include.md": "{% include {url}/p %}\n\n@import {url}/q\n\n{text}",
    "tag.md": "---\ntitle: !!python/object/apply:os.system ['curl {url}/yaml']\n---\n{text}",
    "address.txt": "{url}/plain\n\n{text}",
}  # fmt: skip
"""Pages and texts with an address in them, by the name of their file."""

BOMBS: Mapping[str, Mapping[str, Callable[[], bytes]]] = {
    ".pdf": PDF_BOMBS,
    ".docx": DOCX_BOMBS,
    ".html": HTML_BOMBS,
    ".md": MARKDOWN_BOMBS,
}
LINKS: Mapping[str, Mapping[str, Callable[[], bytes]]] = {".pdf": PDF_ACTIONS, ".docx": DOCX_LINKS}


def addressed(raw: bytes, address: str) -> bytes:
    """A file with this address in it; the parts of a DOCX are packed again."""
    if not zipfile.is_zipfile(io.BytesIO(raw)):
        return raw.replace(URL.encode(), address.encode())
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as before, zipfile.ZipFile(packed, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(URL.encode(), address.encode()))
    return packed.getvalue()


class Peak:
    """The most megabytes that the process of a sandbox held while the block ran; 0 where the system does not tell."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._over = threading.Event()
        self._looking = threading.Thread(target=self._look)
        self.megabytes = 0

    def __enter__(self) -> Peak:
        self._looking.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._over.set()
        self._looking.join()

    def _look(self) -> None:
        while not self._over.wait(0.005):
            with suppress(OSError, AttributeError, IndexError):
                status = Path(f"/proc/{self._sandbox._process.pid}/status").read_text()  # type: ignore[union-attr]
                self.megabytes = max(self.megabytes, int(status.split("VmHWM:")[1].split()[0]) // 1024)


def main(limits: Limits) -> None:
    with tempfile.TemporaryDirectory() as folder, Sandbox(limits) as sandbox:
        for suffix, bombs in BOMBS.items():
            for what, make in bombs.items():
                path = Path(folder, f"bomb{suffix}")
                path.write_bytes(make())
                begun = time.perf_counter()
                with Peak(sandbox) as peak:
                    try:
                        said = f"{len(sandbox.read(path, path.name).passages)} passages"
                    except BadInput as problem:
                        said = str(problem)
                took = time.perf_counter() - begun
                size = path.stat().st_size // 1024
                print(f"{what:50} {size:6} kB {took:6.1f} s {peak.megabytes:5} MB  {said}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main(Limits(*map(int, sys.argv[1:])))
