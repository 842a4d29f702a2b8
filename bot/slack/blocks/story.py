"""Stories in Slack: the form with consent for each use, and a story as the channel sees it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.coaching.wording import Wording
from bot.rituals.forms import USES, WHOM, StoryForm
from bot.rituals.model import Story
from bot.rituals.stories.telling import LONGEST
from bot.slack.blocks.form import TITLE, field, modal
from bot.slack.blocks.limits import Block, actions, button, context, label, option, section
from bot.slack.text import escape


def story_form(wording: Wording, values: Mapping[str, str], *, value: str, channel: str) -> Block:
    """The form. ``value`` is chosen already; ``channel`` is where the story may be posted."""

    def say(name: str) -> str:
        return wording.say(f"story.{name}")

    whoms = [option(wording.say(f"wow.for-{whom}"), whom) for whom in WHOM]
    titles = [option(title, id) for id, title in values.items()]
    chosen = next((title for title in titles if title["value"] == value), None)
    select = {"type": "static_select", "options": titles, **({"initial_option": chosen} if chosen else {})}
    uses = [option(say(f"use-{use}"), use) for use in USES if use != "channel" or channel]
    blocks = [
        field("whom", say("whom"), {"type": "radio_buttons", "options": whoms, "initial_option": whoms[0]}),
        field("what", say("what"), {"type": "plain_text_input", "multiline": True, "max_length": LONGEST}),
        field("value", say("value"), select),
        field("uses", say("uses"), {"type": "checkboxes", "options": uses}, optional=True),
    ]
    return modal(
        say("title"),
        wording,
        blocks,
        callback_id="wow_story",
        private_metadata=channel,
        submit=label(say("submit"), TITLE),
    )


def filled(state: Block) -> StoryForm:
    """What the form holds, from the ``state`` of a submitted view."""
    values = {name: next(iter(block.values())) for name, block in state["values"].items()}
    return StoryForm(
        whom=values["whom"]["selected_option"]["value"],
        text=values["what"].get("value") or "",
        value=values["value"]["selected_option"]["value"],
        uses=frozenset(option["value"] for option in values["uses"].get("selected_options") or []),
    )


def story_blocks(story: Story, title: str, wording: Wording) -> list[Block]:
    """A story for a channel."""
    lead = wording.say("story.shared-by", who=story.name) if story.name else wording.say("story.shared")
    whom = wording.say(f"wow.for-{story.whom}")
    return [
        context(f":sparkles: *{escape(lead)}* · {escape(whom)}"),
        section(escape(story.text)),
        context(escape(title)),
    ]


def thanks(story: Story, wording: Wording, *, posted: bool | None) -> Block:
    """Thanks, and the way back. ``posted`` is None where it was not to be posted."""
    said = [wording.say("story.thanks"), wording.say("story.kept" if story.in_book else "story.not-kept")]
    if posted is False:
        said.append(wording.say("story.not-posted"))
    blocks = [section(escape(" ".join(said)))]
    if story.in_book:
        blocks.append(actions(button(wording.say("story.take-back"), "wow_take_back", story.id)))
    return modal(wording.say("story.title"), wording, blocks)
