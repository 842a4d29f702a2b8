"""App Home: what Heartware keeps, my week, what I silenced, my language, my data; and all touches in a modal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.coaching.model import LANGUAGES, CatalogueTouch
from bot.coaching.wording import Wording
from bot.desk.model import Preferences, Week
from bot.desk.saying import say_week
from bot.slack.blocks.form import modal
from bot.slack.blocks.limits import Block, actions, button, context, divider, label, option, section
from bot.slack.text import escape

MOST_SILENCED = 20
MOST_BLOCKS = 100


def home(
    preferences: Preferences, week: Week, silenced: Mapping[str, str], wording: Wording, *, told: str = ""
) -> Block:
    """The whole tab. ``silenced`` has each silenced rule in words; ``told`` is said first, after something was done."""
    blocks = [context(escape(told))] if told else []
    blocks += [
        section(f"*{_say(wording, 'hello')}*"),
        divider(),
        *_titled("sees-title", wording.say("home.sees"), wording),
        divider(),
        *_titled("week-title", escape(say_week(week, wording)), wording),
        divider(),
        *_silenced(silenced, wording),
        divider(),
        *_choices(preferences, wording),
        divider(),
        section(f"*{_say(wording, 'data-title')}*"),
        actions(
            button(_say(wording, "touches"), "touches", "all"),
            button(_say(wording, "export"), "export", "me"),
            button(_say(wording, "delete"), "delete", "me", style="danger", confirm=_sure(wording)),
        ),
    ]
    return {"type": "home", "blocks": blocks}


def touches(catalogue: Iterable[CatalogueTouch], wording: Wording) -> Block:
    """Every touch that may be offered, with its cost and where it comes from."""
    blocks: list[Block] = []
    for touch in catalogue:
        kind, cost = wording.say(f"review.touch-{touch.kind}"), wording.say(f"review.cost-{touch.cost}")
        text = f"*{escape(touch.idea)}*\n“{escape(touch.line)}”"
        blocks += [section(text), context(escape(f"{kind} · {cost} · {touch.source.short}"))]
    return modal(_say(wording, "touches-title"), wording, blocks[:MOST_BLOCKS])


def _say(wording: Wording, name: str) -> str:
    return wording.say(f"home.{name}")


def _titled(title: str, text: str, wording: Wording) -> list[Block]:
    return [section(f"*{_say(wording, title)}*"), section(text)]


def _silenced(silenced: Mapping[str, str], wording: Wording) -> list[Block]:
    if not silenced:
        return _titled("silenced-title", escape(_say(wording, "silenced-none")), wording)
    rows = [
        section(escape(about), accessory=button(_say(wording, "show-again"), "show_again", rule))
        for rule, about in list(silenced.items())[:MOST_SILENCED]
    ]
    return [section(f"*{_say(wording, 'silenced-title')}*"), *rows]


def _choices(preferences: Preferences, wording: Wording) -> list[Block]:
    languages = [option(_say(wording, f"language-{code}"), code) for code in ("auto", *LANGUAGES)]
    chosen = next(choice for choice in languages if choice["value"] == (preferences.language or "auto"))
    select = {"type": "static_select", "action_id": "language", "options": languages, "initial_option": chosen}
    state, turn = ("quiet-on", "turn-off") if preferences.quiet else ("quiet-off", "turn-on")
    quiet = button(_say(wording, turn), "quiet", "off" if preferences.quiet else "on")
    return [
        section(f"*{_say(wording, 'language-title')}*", accessory=select),
        section(f"*{_say(wording, 'quiet-title')}*\n{escape(_say(wording, state))}", accessory=quiet),
    ]


def _sure(wording: Wording) -> Block:
    return {
        "title": label(_say(wording, "delete")),
        "text": label(_say(wording, "delete-sure"), 300),
        "confirm": label(_say(wording, "delete-yes"), 30),
        "deny": label(_say(wording, "delete-no"), 30),
        "style": "danger",
    }
