"""What is kept of a person, in words; the same on every platform."""

from __future__ import annotations

from bot.coaching.model import LANGUAGES
from bot.coaching.ports import Shelf
from bot.coaching.wording import Wording
from bot.desk.model import Week

OFTEN = 3
"""Criteria that are named as found most often."""


def say_week(week: Week, wording: Wording) -> str:
    """A person's own last seven days."""
    if not week.reviews:
        return wording.say("home.week-none")
    said = [wording.say("home.week-reviews", count=week.reviews)]
    if week.sent:
        said.append(wording.say("home.week-sent", count=week.sent))
    if week.criteria:
        often = [wording.say(f"criterion.{criterion}") for criterion, _ in week.criteria[:OFTEN]]
        said.append(wording.say("home.week-often", about=wording.listed(often)))
    return " ".join(said)


def say_rule(rule: str, shelf: Shelf, wording: Wording) -> str:
    """A silenced rule."""
    rules = (known for language in LANGUAGES for known in shelf.reader(language).rules)
    criterion = next((known.criterion for known in rules if known.id == rule), rule)
    name = wording.sentences.get(f"criterion.{criterion}", criterion)
    return name if criterion == rule else f"{name} ({rule.replace('-', ' ')})"
