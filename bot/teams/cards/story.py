"""Stories in Teams: the form with consent for each use, and a story as the channel sees it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.coaching.wording import Wording
from bot.rituals.forms import USES, WHOM, StoryForm
from bot.rituals.model import Story
from bot.rituals.stories.telling import LONGEST
from bot.teams.cards.parts import Card, button, card, choice, field, opener, rich, run, several, small


def to_tell_card(wording: Wording) -> Card:
    """Leads to the form."""
    title = rich(run(wording.say("wow.title"), bold=True))
    return card([title], [opener(wording.say("story.share"), "wow_tell", value="")])


def story_form(wording: Wording, values: Mapping[str, str], *, value: str, channel: bool, wrong: str = "") -> Card:
    """The form. ``value`` is chosen already; ``channel``: the story may be posted where it was asked for."""

    def say(name: str) -> str:
        return wording.say(f"story.{name}")

    whoms: dict[str, str] = {whom: wording.say(f"wow.for-{whom}") for whom in WHOM}
    chosen = value if value in values else next(iter(values))
    body = [
        *([rich(run(wrong, color="Attention"))] if wrong else []),
        choice("whom", say("whom"), whoms, style="expanded", value=WHOM[0]),
        field("what", say("what"), longest=LONGEST, needed=say("what")),
        choice("value", say("value"), dict(values), value=chosen),
        several("uses", say("uses"), {use: say(f"use-{use}") for use in USES if use != "channel" or channel}),
    ]
    return card(body, [button(say("submit"), "wow_told", "dialog", inputs=True)])


def told(given: Mapping[str, Any], values: Mapping[str, str]) -> StoryForm:
    """What the form holds. What no form of ours holds counts as not given."""

    def said(name: str) -> str:
        value = given.get(name)
        return value.strip() if isinstance(value, str) else ""

    return StoryForm(
        whom=next((whom for whom in WHOM if whom == said("whom")), WHOM[0]),
        text=said("what"),
        value=said("value") if said("value") in values else next(iter(values)),
        uses=frozenset(said("uses").split(",")) & set(USES),
    )


def story_card(story: Story, title: str, wording: Wording) -> Card:
    """A story for a channel."""
    lead = wording.say("story.shared-by", who=story.name) if story.name else wording.say("story.shared")
    whom = wording.say(f"wow.for-{story.whom}")
    return card([rich(run(f"✨ {lead}", bold=True), run(f" · {whom}")), rich(story.text), small(title)])


def thanks_card(story: Story, wording: Wording, *, posted: bool | None) -> Card:
    """Thanks, and the way back. ``posted`` is None where it was not to be posted."""
    said = [wording.say("story.thanks"), wording.say("story.kept" if story.in_book else "story.not-kept")]
    if posted is False:
        said.append(wording.say("story.not-posted"))
    back = [button(wording.say("story.take-back"), "wow_take_back", "dialog", id=story.id)] if story.in_book else []
    return card([rich(" ".join(said))], back)
