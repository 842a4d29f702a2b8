"""The page for an executive (row X2-36): figures, one chart, the next step; and its HTML."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from bot.coaching.wording import Wording
from bot.rituals.evidence.figures import Share, Told

_STYLE = """
@page { size: A4; margin: 18mm }
body { font: 11pt/1.5 Georgia, "Times New Roman", serif; color: #222 }
body { max-width: 42em; margin: 2em auto; padding: 0 1em }
h1 { font-weight: normal; color: #7a1f3d; margin: 0 } h2 { font-weight: normal; color: #7a1f3d; margin: 1.4em 0 .3em }
p { margin: .2em 0 } svg { width: 100%; height: auto; font: 11px Georgia, serif; fill: #222 }
.step { background: #f6eff2; padding: .8em 1em; margin-top: 1.4em } .small { color: #666; font-size: .85em }
@media print { body { margin: 0; max-width: none; padding: 0 } }
"""
_ROW, _NAME, _BAR = 24, 250, 300


class Chart(NamedTuple):
    """The one chart: what was found, or where nothing stands out how the months went."""

    title: str
    bars: tuple[Share, ...]


def chart(told: Told, wording: Wording) -> Chart | None:
    """The chart that says most; None where there is nothing to draw."""
    if told.found:
        return Chart(wording.say("insight.found"), told.found)
    return Chart(wording.say("insight.trend"), told.trend) if told.trend else None


def page_html(told: Told, wording: Wording) -> str:
    """The whole page."""
    title = escape(f"{wording.say('insight.page')}: {told.title}")
    parts = [f"<h1>{title}</h1>", *_paragraphs(told.lines)]
    drawn = chart(told, wording)
    if drawn:
        parts += [_heading(drawn.title), _svg(drawn)]
    if told.obstacles:
        parts += [
            _heading(wording.say("insight.obstacles")),
            *_paragraphs(f"{one.said} {one.name}" for one in told.obstacles),
            f'<p class="small">{escape(wording.say("insight.of-obstructed"))}</p>',
        ]
    if told.links:
        parts += [_heading(wording.say("insight.link")), *_paragraphs(told.links)]
    if told.step:
        parts.append(f'<p class="step"><b>{escape(wording.say("insight.next"))}:</b> {escape(told.step)}</p>')
    parts.append(f'<p class="small">{escape(wording.say("insight.nobody"))}</p>')
    return (
        f'<!doctype html>\n<html lang="{wording.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n" + "\n".join(parts) + "\n</body>\n</html>\n"
    )


def _heading(text: str) -> str:
    return f"<h2>{escape(text)}</h2>"


def _paragraphs(lines: Iterable[str]) -> list[str]:
    return [f"<p>{escape(line)}</p>" for line in lines]


def _svg(drawn: Chart) -> str:
    height = _ROW * len(drawn.bars)
    rows = "".join(
        f'<text x="0" y="{_ROW * number + 16}">{escape(one.name)}</text>'
        f'<rect x="{_NAME}" y="{_ROW * number + 5}" width="{_BAR}" height="14" fill="#ecdfe4"/>'
        f'<rect x="{_NAME}" y="{_ROW * number + 5}" width="{_BAR * one.share:.1f}" height="14" fill="#7a1f3d"/>'
        f'<text x="{_NAME + _BAR + 10}" y="{_ROW * number + 16}">{escape(one.said)}</text>'
        for number, one in enumerate(drawn.bars)
    )
    width = _NAME + _BAR + 60
    return f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{escape(drawn.title)}">{rows}</svg>'
