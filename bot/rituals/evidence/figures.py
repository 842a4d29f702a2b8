"""A report in sentences, the same in chat, on paper and in the monthly post."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from bot.coaching.insight import RATES, Insight, Link
from bot.coaching.wording import Wording
from bot.rituals.model import Report
from bot.rituals.saying import say_money


class Share(NamedTuple):
    """A share from 0 to 1 with its name, and as it is written."""

    name: str
    share: float
    said: str


class Told(NamedTuple):
    """A report as people read it. Without figures all but ``title`` and ``lines`` are empty."""

    title: str
    lines: tuple[str, ...]
    found: tuple[Share, ...] = ()
    obstacles: tuple[Share, ...] = ()
    trend: tuple[Share, ...] = ()
    links: tuple[str, ...] = ()
    step: str = ""


def tell(report: Report, currency: str, wording: Wording) -> Told:
    """The report in the words of a language; where it has no figures, why."""
    title = wording.say("insight.title", month=say_month(report.month, wording))
    figures = report.figures
    if figures is None:
        return Told(title, (wording.say("insight.too-few"),))
    step = wording.say(f"insight.step.{figures.step}", about=_criterion(figures.about, wording))
    return Told(
        title,
        tuple(_lines(figures, currency, wording)),
        tuple(_share(_criterion(name, wording), share, wording) for name, share in figures.shares),
        tuple(_share(_criterion(name, wording), share, wording) for name, share in figures.obstacles),
        tuple(_share(say_month(month, wording), share, wording) for month, share in _trend(figures)),
        tuple(_link(one, wording) for one in report.links) or (wording.say("insight.no-outcomes"),),
        step,
    )


def as_text(told: Told, wording: Wording) -> str:
    """The report as plain text, for the terminal."""
    lines = [told.title, *told.lines]
    for name, shares in (("trend", told.trend), ("found", told.found), ("obstacles", told.obstacles)):
        if shares:
            lines += ["", wording.say(f"insight.{name}"), *(f"  {one.said:>5}  {one.name}" for one in shares)]
    if told.step:
        lines += ["", wording.say("insight.link"), *(f"  {line}" for line in told.links)]
        lines += ["", f"{wording.say('insight.next')}: {told.step}", wording.say("insight.nobody")]
    return "\n".join(lines)


def say_month(month: date, wording: Wording) -> str:
    """``October 2026``."""
    return f"{wording.say(f'insight.month.{month.month}')} {month.year}"


def _lines(figures: Insight, currency: str, wording: Wording) -> list[str]:
    ready = _percent(figures.ready, wording)
    lines = [wording.say("insight.reviews", reviews=figures.reviews, ready=ready)]
    for name in ("fixes", "touches", "useful"):
        share: float | None = getattr(figures, name)
        if share is not None:
            lines.append(wording.say(f"insight.{name}", share=_percent(share, wording)))
    if figures.gestures:
        total, each = (say_money(cents, currency, wording) for cents in (figures.cents, figures.cents_each))
        lines.append(wording.say("insight.spent", number=figures.gestures, total=total, each=each))
    return lines


def _trend(figures: Insight) -> tuple[tuple[date, float], ...]:
    """One month alone is no trend."""
    return figures.trend if len(figures.trend) > 1 else ()


def _share(name: str, share: float, wording: Wording) -> Share:
    return Share(name, share, _percent(share, wording))


def _percent(share: float, wording: Wording) -> str:
    return wording.say("insight.percent", number=round(share * 100))


def _criterion(name: str, wording: Wording) -> str:
    return wording.say(f"criterion.{name}") if name else ""


def _link(one: Link, wording: Wording) -> str:
    def shown(number: float) -> str:
        said = f"{number * 100:+.1f}" if one.measure in RATES else f"{number:+.2f}"
        return said.replace(".", wording.say("wow.date.decimal"))

    return wording.say(
        "insight.linked" if one.found else "insight.no-evidence",
        measure=wording.say(f"insight.measure.{one.measure}"),
        n=one.n_ready + one.n_other,
        ready=one.n_ready,
        other=one.n_other,
        difference=shown(one.difference),
        low=shown(one.low),
        high=shown(one.high),
    )
