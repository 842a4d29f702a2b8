"""Gestures and figures in words; the same on every platform."""

from __future__ import annotations

from bot.coaching.gifts import GiftAdvice
from bot.coaching.insight import RATES, Insight, Link
from bot.coaching.ledger import Budget, Month
from bot.coaching.wording import Wording
from bot.rituals.evidence import Report
from bot.rituals.giving import Logged
from bot.rituals.saying import say_money, say_short


def say_logged(logged: Logged, budget: Budget, wording: Wording) -> str:
    """A gesture as it was logged, and what is left."""
    gesture = logged.gesture
    amount, left = (say_money(cents, budget.currency, wording) for cents in (gesture.cents, logged.left))
    said = [wording.say("gift.logged", amount=amount, what=gesture.what, left=left)]
    if gesture.funding:
        said.append(wording.say("gift.paid", funding=gesture.funding))
    return " ".join(said)


def say_before(logged: Logged, wording: Wording) -> list[str]:
    """What the same customer had before."""
    return [
        wording.say("gift.before", what=earlier.what, day=say_short(earlier.day, wording)) for earlier in logged.before
    ]


def say_month(month: Month, budget: Budget, wording: Wording) -> str:
    """What is left of a month."""
    left, granted, limit = (
        say_money(cents, budget.currency, wording) for cents in (month.left, month.granted, budget.at_once)
    )
    return wording.say("gift.left", left=left, granted=granted, limit=limit)


def say_verdict(one: GiftAdvice, wording: Wording) -> str:
    """``Goes down well (plush)``."""
    return wording.say(f"gift.verdict.{one.verdict}") + (f" ({one.words[0]})" if one.words else "")


def say_title(report: Report, wording: Wording) -> str:
    """What a report is about."""
    month = f"{wording.say(f'insight.month.{report.month.month}')} {report.month.year}"
    return wording.say("insight.title", month=month)


def say_figures(figures: Insight, currency: str, wording: Wording) -> list[str]:
    """A month's figures, a line each."""
    lines = [wording.say("insight.reviews", reviews=figures.reviews, ready=f"{figures.ready:.0%}")]
    if figures.ready_before is not None:
        lines.append(wording.say("insight.before", ready=f"{figures.ready_before:.0%}"))
    lines.append(wording.say("insight.fixes", share=f"{figures.fixes:.0%}"))
    if figures.useful is not None:
        lines.append(wording.say("insight.useful", share=f"{figures.useful:.0%}"))
    if figures.gestures:
        each = say_money(figures.cents_each, currency, wording)
        lines.append(wording.say("insight.gestures", number=figures.gestures, each=each))
    return lines


def say_links(report: Report, wording: Wording) -> list[str]:
    """Whether good replies go with good business, a line for each measure."""
    return [_link(one, wording) for one in report.links] or [wording.say("insight.no-outcomes")]


def _link(one: Link, wording: Wording) -> str:
    def shown(number: float) -> str:
        return f"{number * 100:+.1f}" if one.measure in RATES else f"{number:+.2f}"

    measure = wording.say(f"insight.measure.{one.measure}")
    n = one.n_ready + one.n_other
    values = {"measure": measure, "n": n, "ready": one.n_ready, "other": one.n_other}
    interval = {"difference": shown(one.difference), "low": shown(one.low), "high": shown(one.high)}
    return wording.say("insight.linked" if one.found else "insight.no-evidence", **values, **interval)
