"""Gestures in words, the same on every platform."""

from __future__ import annotations

from bot.coaching.gifts import GiftAdvice
from bot.coaching.ledger import Budget, Month
from bot.coaching.wording import Wording
from bot.rituals.gifts.giving import Logged
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
    name = f" ({one.words[0]})" if one.words and one.verdict != "always" else ""
    return wording.say(f"gift.verdict.{one.verdict}") + name
