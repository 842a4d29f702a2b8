"""Answers to questions: what they rest on, to open, and the way to say that one is wrong."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from bot.coaching.model import Answer, Passage
from bot.coaching.wording import Wording
from bot.rituals.keeping import LONGEST_REMARK
from bot.slack.blocks.form import TITLE, field, modal
from bot.slack.blocks.limits import Block, actions, button, context, label, option, section
from bot.slack.text import escape

MOST_CITED = 5
"""Passages that one answer's buttons carry: Slack takes 2,000 characters."""


def answer_blocks(answer: Answer, wording: Wording) -> list[Block]:
    """An answer and what it rests on."""
    blocks = [section(escape(answer.text))]
    if answer.citations:
        lines = [f"• {escape(c.heading or c.source.title)} · {escape(str(c.source))}" for c in answer.citations]
        blocks.append(context("\n".join([f"*{wording.say('answer.sources')}*", *lines])))
        ids = json.dumps([cited.passage for cited in answer.citations[:MOST_CITED]])
        open_them = button(wording.say("answer.open"), "answer_open", ids)
        blocks.append(actions(open_them, button(wording.say("keeping.button"), "answer_wrong", ids)))
    return blocks


def passages_modal(passages: Sequence[Passage], wording: Wording) -> Block:
    """The passages that an answer rests on, whole."""
    blocks: list[Block] = []
    for passage in passages:
        # A paraphrase is our own words and stands in no quotation marks.
        blocks.append(section(f"*{escape(passage.heading)}*\n{escape(passage.text)}"))
        blocks.append(context(escape(str(passage.source))))
        if passage.source.caveat:
            blocks.append(context(escape(passage.source.caveat)))
    return modal(wording.say("answer.sources"), wording, blocks or [section(escape(wording.say("keeping.gone")))])


class Filled(NamedTuple):
    """What somebody says is wrong, and whether with their name."""

    passage: str
    remark: str
    named: bool


def wrong_form(passages: Sequence[Passage], wording: Wording) -> Block:
    """The form that tells the owner of a passage that it is wrong."""
    if not passages:
        return modal(wording.say("keeping.title"), wording, [section(escape(wording.say("keeping.gone")))])
    which = [option(passage.heading or passage.source.title, str(at)) for at, passage in enumerate(passages)]
    text = {"type": "plain_text_input", "multiline": True, "max_length": LONGEST_REMARK}
    names = [option(wording.say("keeping.name-yes"), "yes")]
    blocks = [
        field(
            "which",
            wording.say("keeping.which"),
            {"type": "radio_buttons", "options": which, "initial_option": which[0]},
        ),
        field("remark", wording.say("keeping.remark"), text, optional=True),
        field("name", wording.say("keeping.name"), {"type": "checkboxes", "options": names}, optional=True),
        context(escape(wording.say("keeping.name-hint"))),
    ]
    return modal(
        wording.say("keeping.title"),
        wording,
        blocks,
        callback_id="answer_wrong",
        private_metadata=json.dumps([passage.id for passage in passages]),
        submit=label(wording.say("keeping.send"), TITLE),
    )


def wrong_filled(view: Block) -> Filled:
    """What the submitted form holds."""
    values = {name: next(iter(block.values())) for name, block in view["state"]["values"].items()}
    ids = json.loads(view["private_metadata"])
    return Filled(
        passage=ids[int(values["which"]["selected_option"]["value"])],
        remark=values["remark"].get("value") or "",
        named=bool(values["name"].get("selected_options")),
    )
