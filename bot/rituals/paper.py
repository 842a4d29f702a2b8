"""Paper: a PDF in the house's type, in which the book and the page for an executive are set."""

from __future__ import annotations

import logging

from fontpkg_noto_serif import ROOT
from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos
from fpdf.fonts import TTFFont

logging.getLogger("fontTools").setLevel(logging.ERROR)  # it tells of every table that it leaves out

PLUM = (122, 31, 61)
INK = (34, 34, 34)
GREY = (102, 102, 102)
PALE = (236, 223, 228)
A4 = (210.0, 297.0)
A5 = (148.0, 210.0)
_FACE = "NotoSerif[wdth,wght].ttf"


class Paper(FPDF):
    """Pages with numbers, from the second on. Sizes are in millimetres, type in points."""

    def __init__(self, size: tuple[float, float], margin: float, language: str, title: str) -> None:
        super().__init__(format=size)
        self.add_font("house", "", ROOT / "files" / _FACE)
        face = self.fonts["house"]
        assert isinstance(face, TTFFont)
        self._signs = frozenset(face.cmap)
        self.set_margins(margin, margin)
        self.set_auto_page_break(True, margin + 4)
        self.set_lang(language)
        self.set_title(title)
        self.set_creator("Heartware")
        self._bottom = margin

    def footer(self) -> None:
        """The number of the page."""
        if self.page_no() > 1:
            self.set_y(-self._bottom)
            self._type(8, GREY)
            self.cell(0, 5, str(self.page_no()), align=Align.C)

    def heading(self, text: str, points: float = 15, *, align: Align = Align.L) -> None:
        """A title."""
        self._type(points, PLUM)
        self._set(text, points * 0.5, align)

    def text_in(self, text: str, points: float = 10.5, *, align: Align = Align.L, space: float = 1.5) -> None:
        """A paragraph, and the space under it."""
        self._type(points, INK)
        self._set(text, points * 0.52, align)
        self.ln(space)

    def small(self, text: str, points: float = 8.5, *, align: Align = Align.L) -> None:
        """A line beside the matter."""
        self._type(points, GREY)
        self._set(text, points * 0.5, align)

    def bar(self, name: str, share: float, said: str, widest: float) -> None:
        """One bar of a chart with its name and its figure. ``share`` is of ``widest``, in millimetres."""
        self._type(9.5, INK)
        self.cell(62, 6, self._printable(name)[:60])
        x, y = self.get_x(), self.get_y()
        self.set_fill_color(*PALE)
        self.rect(x, y + 1, widest, 4, style="F")
        self.set_fill_color(*PLUM)
        self.rect(x, y + 1, max(0.4, widest * min(share, 1)), 4, style="F")
        self.set_x(x + widest + 3)
        self.cell(0, 6, said, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def room(self, height: float) -> None:
        """Begin a new page where less than this is left of this one."""
        if self.will_page_break(height):
            self.add_page()

    def _type(self, points: float, colour: tuple[int, int, int]) -> None:
        self.set_font("house", size=points)
        self.set_text_color(*colour)

    def _printable(self, text: str) -> str:
        """The text without signs that the type does not have, such as emoji."""
        return "".join(sign for sign in text if sign == "\n" or ord(sign) in self._signs)

    def _set(self, text: str, line: float, align: Align) -> None:
        self.multi_cell(0, line, self._printable(text), align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
