"""The team's budget: gestures logged and taken back, and what goes down well."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from bot.coaching.wording import Wording
from bot.rituals.giving import Declined
from bot.rituals.saying import say_money
from bot.slack.blocks.gifts import budget_blocks, declined_text, logged_blocks
from bot.slack.edge import Edge, known_language
from bot.slack.listeners.request import Request, on_button


def register(app: AsyncApp, edge: Edge) -> None:
    """Listen to the button."""
    on_button(app, edge, "wow_undo", undo)


async def given(asked: Request, text: str, wording: Wording) -> None:
    """Log a gesture; without a text say what is left."""
    giver = asked.edge.rituals.giver
    language = known_language(wording)
    if not text:
        month = await asked.call(giver.month, asked.team)
        blocks = budget_blocks(month, giver.budget, giver.advice(language), wording)
        await asked.show(wording.say("gift.how"), blocks)
        return
    given = await asked.call(giver.log, asked.team, asked.person.id, text, language, lead=False)
    if isinstance(given, Declined) and given.problem == "over-limit" and await asked.leads():
        given = await asked.call(giver.log, asked.team, asked.person.id, text, language, lead=True)
    if isinstance(given, Declined):
        await asked.say(declined_text(given, giver.budget, wording))
    else:
        await asked.show(wording.say("wow.title"), logged_blocks(given, giver.budget, wording))


async def undo(asked: Request, id: str) -> None:
    """Take a gesture back."""
    giver, wording = asked.edge.rituals.giver, await asked.wording()
    if await asked.call(giver.undo, asked.team, asked.person.id, id):
        left = (await asked.call(giver.month, asked.team)).left
        await asked.say(wording.say("gift.undone", left=say_money(left, giver.budget.currency, wording)))
    else:
        await asked.say(wording.say("gift.undone-not"))
