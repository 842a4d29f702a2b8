"""The evidence as a lead sees it: figures of the team, and how sure they are."""

from __future__ import annotations

from bot.coaching.insight import RATES, Insight, Link
from bot.coaching.wording import Wording
from bot.rituals.evidence import Report
from bot.rituals.saying import say_money
from bot.slack.blocks.limits import Block, context, divider, section
from bot.slack.text import escape

BAR = 20
"""Characters of the longest bar."""


def insight_blocks(report: Report, currency: str, wording: Wording) -> list[Block]:
    """A month of the team."""
    month = f"{wording.say(f'insight.month.{report.month.month}')} {report.month.year}"
    title = section(f"*{escape(wording.say('insight.title', month=month))}*")
    if report.figures is None:
        return [title, section(escape(wording.say("insight.too-few")))]
    found = [title, section(escape("\n".join(_lines(report.figures, currency, wording))))]
    if report.figures.shares:
        bars = "\n".join(
            f"`{'█' * max(1, round(share * BAR)):<{BAR}}` {share:.0%} {escape(wording.say(f'criterion.{name}'))}"
            for name, share in report.figures.shares
        )
        found.append(section(f"*{escape(wording.say('insight.found'))}*\n{bars}"))
    links = [_link(one, wording) for one in report.links] or [wording.say("insight.no-outcomes")]
    told = "\n".join(f"• {escape(line)}" for line in links)
    found += [divider(), section(f"*{escape(wording.say('insight.link'))}*\n{told}")]
    return [*found, context(escape(wording.say("insight.nobody")))]


def _lines(figures: Insight, currency: str, wording: Wording) -> list[str]:
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


def _link(one: Link, wording: Wording) -> str:
    def shown(number: float) -> str:
        return f"{number * 100:+.1f}" if one.measure in RATES else f"{number:+.2f}"

    measure = wording.say(f"insight.measure.{one.measure}")
    n = one.n_ready + one.n_other
    values = {"measure": measure, "n": n, "ready": one.n_ready, "other": one.n_other}
    interval = {"difference": shown(one.difference), "low": shown(one.low), "high": shown(one.high)}
    return wording.say("insight.linked" if one.found else "insight.no-evidence", **values, **interval)
