"""The team's budget in Teams: a gesture as it was logged, and what goes down well."""

from __future__ import annotations

from collections.abc import Sequence

from bot.coaching.gifts import GiftAdvice
from bot.coaching.ledger import Budget, Month
from bot.coaching.wording import Wording
from bot.rituals.gifts.giving import Logged
from bot.rituals.gifts.saying import say_before, say_logged, say_month, say_verdict
from bot.teams.cards.parts import Card, button, card, container, rich, run, sentence, small

MOST_ADVICE = 2
LIGHTS = {"prefer": "🌱", "careful": "🟡", "avoid": "🔴", "always": "💡"}


def logged_card(logged: Logged, budget: Budget, wording: Wording) -> Card:
    """A gesture, for the one who logged it, with the way back."""
    body = [rich(say_logged(logged, budget, wording))]
    if logged.best:
        body.append(rich(f"⭐ {wording.say('gift.best')}"))
    body += [small(line) for line in say_before(logged, wording)]
    body += [_advice(one, wording) for one in logged.advice[:MOST_ADVICE]]
    return card(body, [button(wording.say("gift.undo"), "wow_undo", "chat", id=logged.gesture.id)])


def budget_card(month: Month, budget: Budget, advice: Sequence[GiftAdvice], wording: Wording) -> Card:
    """What is left, and all advice."""
    head = [rich(run(say_month(month, budget, wording), bold=True)), sentence(wording.say("gift.how"))]
    return card([*head, container(*(_advice(one, wording) for one in advice), separator=True)])


def _advice(one: GiftAdvice, wording: Wording) -> Card:
    line = f" “{one.line}”" if one.line else ""
    name = run(f"{LIGHTS[one.verdict]} {say_verdict(one, wording)}: ", bold=True)
    source = run(f" · {one.source.short}", isSubtle=True, size="Small")
    return rich(name, f"{one.advice}{line}", source, spacing="Small")
