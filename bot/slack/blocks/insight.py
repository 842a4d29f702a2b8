"""The evidence as a lead sees it: figures of the team, and how sure they are."""

from __future__ import annotations

from collections.abc import Iterable

from bot.coaching.wording import Wording
from bot.rituals.evidence.figures import Share, Told
from bot.slack.blocks.limits import Block, context, divider, section
from bot.slack.text import escape

BAR = 20
"""Characters of the longest bar."""


def insight_blocks(told: Told, wording: Wording) -> list[Block]:
    """A month of the team."""
    blocks = [section(f"*{escape(told.title)}*"), section(escape("\n".join(told.lines)))]
    if not told.step:
        return blocks
    if told.trend:
        blocks.append(_bars("insight.trend", told.trend, wording))
    if told.found:
        blocks.append(_bars("insight.found", told.found, wording))
    if told.obstacles:
        blocks += [_bars("insight.obstacles", told.obstacles, wording)]
        blocks += [context(escape(wording.say("insight.of-obstructed")))]
    links = "\n".join(f"• {escape(line)}" for line in told.links)
    blocks += [divider(), section(f"*{escape(wording.say('insight.link'))}*\n{links}")]
    blocks.append(section(f"*{escape(wording.say('insight.next'))}:* {escape(told.step)}"))
    return [*blocks, context(escape(wording.say("insight.nobody")))]


def _bars(title: str, shares: Iterable[Share], wording: Wording) -> Block:
    bars = "\n".join(
        f"`{'█' * max(1, round(one.share * BAR)):<{BAR}}` {escape(one.said)} {escape(one.name)}" for one in shares
    )
    return section(f"*{escape(wording.say(title))}*\n{bars}")
