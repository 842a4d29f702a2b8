"""The evidence as a lead sees it: figures of the team, and how sure they are."""

from __future__ import annotations

from collections.abc import Iterable

from bot.coaching.wording import Wording
from bot.rituals.evidence.figures import Share, Told
from bot.teams.cards.parts import Card, card, rich, run, sentence, small, titled

BAR = 20
"""Characters of the longest bar."""


def insight_card(told: Told, wording: Wording) -> Card:
    """A month of the team."""
    body = [rich(run(told.title, bold=True, size="Medium")), *(rich(line, spacing="Small") for line in told.lines)]
    if not told.step:
        return card(body)
    if len(told.trend) > 1:
        body.append(_bars("insight.trend", told.trend, wording))
    if told.found:
        body.append(_bars("insight.found", told.found, wording))
    if told.obstacles:
        body += [_bars("insight.obstacles", told.obstacles, wording), small(wording.say("insight.of-obstructed"))]
    body.append(titled(wording.say("insight.link"), *(sentence(line, spacing="Small") for line in told.links)))
    body.append(rich(run(f"{wording.say('insight.next')}: ", bold=True), told.step, separator=True))
    return card([*body, small(wording.say("insight.nobody"))])


def _bars(title: str, shares: Iterable[Share], wording: Wording) -> Card:
    lines = (
        rich(run("█" * max(1, round(one.share * BAR))), f" {one.said} {one.name}", spacing="Small") for one in shares
    )
    return titled(wording.say(title), *lines)
