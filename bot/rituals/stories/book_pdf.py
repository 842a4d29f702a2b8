"""The culture book on paper: a title page, and a chapter for each value."""

from __future__ import annotations

from fpdf.enums import Align

from bot.coaching.wording import Wording
from bot.rituals.paper import A5, Paper
from bot.rituals.stories.book import Book, of


def book_pdf(made: Book, wording: Wording) -> bytes:
    """The book as PDF, A5."""
    paper = Paper(A5, 16, wording.language, made.title)
    paper.add_page()
    paper.set_y(70)
    paper.heading(made.title, 26, align=Align.C)
    paper.ln(4)
    paper.text_in(made.period, 11, align=Align.C)
    paper.set_y(-45)
    paper.small(made.made, align=Align.C)
    for title, stories in made.chapters:
        paper.add_page()
        paper.heading(title, 16)
        paper.ln(5)
        for story in stories:
            paper.room(30)
            paper.text_in(story.text, space=0.5)
            paper.small(of(story, wording))
            paper.ln(6)
    return bytes(paper.output())
