"""The settings of one person: what Heartware keeps, my week, what I silenced, my language, all touches, my data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.coaching.model import LANGUAGES, CatalogueTouch
from bot.coaching.wording import Wording
from bot.desk.model import Preferences, Week
from bot.desk.saying import say_week
from bot.teams.cards.parts import (
    LARGEST,
    Card,
    button,
    card,
    choice,
    folded,
    rich,
    row,
    run,
    sentence,
    size,
    small,
    titled,
)

MOST_SILENCED = 20
A_PAGE = 12
"""Touches on one card."""


def settings_card(
    preferences: Preferences, week: Week, silenced: Mapping[str, str], wording: Wording, *, told: str = ""
) -> Card:
    """The whole card. ``silenced`` has each silenced rule in words; ``told`` is said first, once something was done."""

    def say(name: str) -> str:
        return wording.say(f"home.{name}")

    sees = (sentence(line, spacing="Small") for line in say("sees").strip().split("\n"))
    body = [rich(run(told, color="Good"))] if told else []
    body += [
        rich(run(say("hello"), bold=True, size="Medium")),
        titled(say("sees-title"), *sees),
        titled(say("week-title"), rich(say_week(week, wording))),
        titled(say("silenced-title"), *_silenced(silenced, wording)),
        titled(say("language-title"), *_language(preferences, wording)),
        titled(say("quiet-title"), *_quiet(preferences, wording)),
        rich(run(say("data-title"), bold=True), separator=True),
    ]
    sure = [sentence(say("delete-sure"))]
    delete = folded(say("delete"), sure, [button(say("delete-yes"), "delete", "chat")])
    return card(
        body, [button(say("touches"), "touches", "chat", page="0"), button(say("export"), "export", "chat"), delete]
    )


def _silenced(silenced: Mapping[str, str], wording: Wording) -> list[Card]:
    if not silenced:
        return [rich(wording.say("home.silenced-none"))]
    again = wording.say("home.show-again")
    rows = []
    for rule, about in list(silenced.items())[:MOST_SILENCED]:
        rows += [rich(about), row(button(again, "show_again", "chat", rule=rule))]
    return rows


def _language(preferences: Preferences, wording: Wording) -> list[Card]:
    options = {code: wording.say(f"home.language-{code}") for code in ("auto", *LANGUAGES)}
    asked = choice("language", wording.say("home.language-title"), options, value=preferences.language or "auto")
    return [asked, row(button(wording.say("home.keep-language"), "language", "chat", inputs=True))]


def _quiet(preferences: Preferences, wording: Wording) -> list[Card]:
    state, turn = ("quiet-on", "turn-off") if preferences.quiet else ("quiet-off", "turn-on")
    pressed = button(wording.say(f"home.{turn}"), "quiet", "chat", to="off" if preferences.quiet else "on")
    return [rich(wording.say(f"home.{state}")), row(pressed)]


def touches_card(catalogue: Sequence[CatalogueTouch], page: int, wording: Wording) -> Card:
    """Some of the touches that may be offered, each with its cost and where it comes from."""
    pages = max(1, -(-len(catalogue) // A_PAGE))
    page = min(max(page, 0), pages - 1)
    title = f"{wording.say('home.touches-title')} ({page + 1}/{pages})"
    body = [rich(run(title, bold=True, size="Medium"))]
    for touch in catalogue[page * A_PAGE : (page + 1) * A_PAGE]:
        kind, cost = wording.say(f"review.touch-{touch.kind}"), wording.say(f"review.cost-{touch.cost}")
        body.append(titled(touch.idea, rich(f"“{touch.line}”"), small(f"{kind} · {cost} · {touch.source.short}")))
    turns = [(page - 1, "chat.back"), (page + 1, "chat.on")]
    turned = [button(wording.say(said), "touches", "chat", page=str(to)) for to, said in turns if 0 <= to < pages]
    made = card(body, [*turned, button(wording.say("home.settings"), "settings", "chat")])
    assert size(made) < LARGEST
    return made
