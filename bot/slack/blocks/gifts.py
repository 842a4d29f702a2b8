"""The team's budget in Slack: a gesture as it was logged, and what goes down well."""

from __future__ import annotations

from collections.abc import Sequence

from bot.coaching.gifts import GiftAdvice
from bot.coaching.ledger import Budget, Month
from bot.coaching.wording import Wording
from bot.rituals.giving import Declined, Logged
from bot.rituals.saying import say_money, say_short
from bot.slack.blocks.limits import Block, actions, button, context, divider, section
from bot.slack.text import escape

MOST_ADVICE = 2
LIGHTS = {"prefer": ":seedling:", "careful": ":large_yellow_circle:", "avoid": ":red_circle:", "always": ":bulb:"}


def logged_blocks(logged: Logged, budget: Budget, wording: Wording) -> list[Block]:
    """A gesture, for the one who logged it, with the way back."""
    gesture = logged.gesture
    amount, left = (say_money(cents, budget.currency, wording) for cents in (gesture.cents, logged.left))
    said = [wording.say("gift.logged", amount=amount, what=gesture.what, left=left)]
    if gesture.funding:
        said.append(wording.say("gift.paid", funding=gesture.funding))
    blocks = [section(escape(" ".join(said)))]
    if logged.best:
        blocks.append(context(f":star: {escape(wording.say('gift.best'))}"))
    for earlier in logged.before:
        text = wording.say("gift.before", what=earlier.what, day=say_short(earlier.day, wording))
        blocks.append(context(escape(text)))
    blocks += [_advice(one, wording) for one in logged.advice[:MOST_ADVICE]]
    return [*blocks, actions(button(wording.say("gift.undo"), "wow_undo", gesture.id))]


def budget_blocks(month: Month, budget: Budget, advice: Sequence[GiftAdvice], wording: Wording) -> list[Block]:
    """What is left, and all advice."""
    left, granted, limit = (
        say_money(cents, budget.currency, wording) for cents in (month.left, month.granted, budget.at_once)
    )
    blocks = [section(escape(wording.say("gift.left", left=left, granted=granted, limit=limit)))]
    blocks += [section(escape(wording.say("gift.how"))), divider()]
    return blocks + [_advice(one, wording) for one in advice]


def declined_text(declined: Declined, budget: Budget, wording: Wording) -> str:
    """Why a gesture was not logged."""
    amount = say_money(declined.cents, budget.currency, wording)
    return wording.say(f"gift.declined.{declined.problem}", amount=amount, currency=budget.currency)


def _advice(one: GiftAdvice, wording: Wording) -> Block:
    line = f"\n“{escape(one.line)}”" if one.line else ""
    kind = wording.say(f"gift.verdict.{one.verdict}")
    name = f" ({one.words[0]})" if one.words else ""
    text = f"{LIGHTS[one.verdict]} *{escape(kind + name)}:* {escape(one.advice)}{line}"
    return context(f"{text} {escape(f'· {one.source.short}')}")
