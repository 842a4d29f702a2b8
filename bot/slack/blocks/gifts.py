"""The team's budget in Slack: a gesture as it was logged, and what goes down well."""

from __future__ import annotations

from collections.abc import Sequence

from bot.coaching.gifts import GiftAdvice
from bot.coaching.ledger import Budget, Month
from bot.coaching.wording import Wording
from bot.rituals.gifts.giving import Logged
from bot.rituals.gifts.saying import say_before, say_logged, say_month, say_verdict
from bot.slack.blocks.limits import Block, actions, button, context, divider, section
from bot.slack.text import escape

MOST_ADVICE = 2
LIGHTS = {"prefer": ":seedling:", "careful": ":large_yellow_circle:", "avoid": ":red_circle:", "always": ":bulb:"}


def logged_blocks(logged: Logged, budget: Budget, wording: Wording) -> list[Block]:
    """A gesture, for the one who logged it, with the way back."""
    blocks = [section(escape(say_logged(logged, budget, wording)))]
    if logged.best:
        blocks.append(context(f":star: {escape(wording.say('gift.best'))}"))
    blocks += [context(escape(line)) for line in say_before(logged, wording)]
    blocks += [_advice(one, wording) for one in logged.advice[:MOST_ADVICE]]
    return [*blocks, actions(button(wording.say("gift.undo"), "wow_undo", logged.gesture.id))]


def budget_blocks(month: Month, budget: Budget, advice: Sequence[GiftAdvice], wording: Wording) -> list[Block]:
    """What is left, and all advice."""
    blocks = [section(escape(say_month(month, budget, wording)))]
    blocks += [section(escape(wording.say("gift.how"))), divider()]
    return blocks + [_advice(one, wording) for one in advice]


def _advice(one: GiftAdvice, wording: Wording) -> Block:
    line = f"\n“{escape(one.line)}”" if one.line else ""
    text = f"{LIGHTS[one.verdict]} *{escape(say_verdict(one, wording))}:* {escape(one.advice)}{line}"
    return context(f"{text} {escape(f'· {one.source.short}')}")
