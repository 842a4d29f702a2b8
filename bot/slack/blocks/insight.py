"""The evidence as a lead sees it: figures of the team, and how sure they are."""

from __future__ import annotations

from bot.coaching.wording import Wording
from bot.rituals.evidence import Report
from bot.rituals.reporting import say_figures, say_links, say_title
from bot.slack.blocks.limits import Block, context, divider, section
from bot.slack.text import escape

BAR = 20
"""Characters of the longest bar."""


def insight_blocks(report: Report, currency: str, wording: Wording) -> list[Block]:
    """A month of the team."""
    title = section(f"*{escape(say_title(report, wording))}*")
    if report.figures is None:
        return [title, section(escape(wording.say("insight.too-few")))]
    found = [title, section(escape("\n".join(say_figures(report.figures, currency, wording))))]
    if report.figures.shares:
        bars = "\n".join(
            f"`{'█' * max(1, round(share * BAR)):<{BAR}}` {share:.0%} {escape(wording.say(f'criterion.{name}'))}"
            for name, share in report.figures.shares
        )
        found.append(section(f"*{escape(wording.say('insight.found'))}*\n{bars}"))
    told = "\n".join(f"• {escape(line)}" for line in say_links(report, wording))
    found += [divider(), section(f"*{escape(wording.say('insight.link'))}*\n{told}")]
    return [*found, context(escape(wording.say("insight.nobody")))]
