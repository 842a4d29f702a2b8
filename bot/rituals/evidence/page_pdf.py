"""The page for an executive on paper."""

from __future__ import annotations

from datetime import date

from bot.coaching.wording import Wording
from bot.rituals.evidence.figures import Told
from bot.rituals.evidence.page import chart, page_html
from bot.rituals.model import File
from bot.rituals.paper import A4, Paper

WIDEST = 85
"""Millimetres of a bar that stands for all."""


def page_files(told: Told, month: date, wording: Wording) -> tuple[File, File]:
    """The page for the browser, and for the printer."""
    name = f"heartware-{month:%Y-%m}"
    return (
        File(f"{name}.html", page_html(told, wording).encode()),
        File(f"{name}.pdf", page_pdf(told, wording)),
    )


def page_pdf(told: Told, wording: Wording) -> bytes:
    """The page as PDF, A4."""
    title = wording.say("insight.page")
    paper = Paper(A4, 20, wording.language, f"{title}: {told.title}")
    paper.add_page()
    paper.small(told.title, 11)
    paper.heading(title, 24)
    paper.ln(4)
    for line in told.lines:
        paper.text_in(line)
    drawn = chart(told, wording)
    if drawn:
        _heading(paper, drawn.title)
        for one in drawn.bars:
            paper.bar(one.name, one.share, one.said, WIDEST)
    if told.obstacles:
        _heading(paper, wording.say("insight.obstacles"))
        for one in told.obstacles:
            paper.text_in(f"{one.said} {one.name}", space=0.5)
        paper.small(wording.say("insight.of-obstructed"))
    if told.links:
        _heading(paper, wording.say("insight.link"))
        for line in told.links:
            paper.text_in(line, 9.5, space=0.8)
    if told.step:
        _heading(paper, wording.say("insight.next"))
        paper.text_in(told.step, 12)
    paper.ln(4)
    paper.small(wording.say("insight.nobody"))
    return bytes(paper.output())


def _heading(paper: Paper, text: str) -> None:
    paper.ln(4)
    paper.heading(text, 13)
    paper.ln(1)
