"""What can be asked, and the answers to questions."""

from __future__ import annotations

from bot.coaching.model import Answer
from bot.coaching.wording import Wording
from bot.slack.blocks.limits import Block, context, section
from bot.slack.text import escape


def help_blocks(wording: Wording) -> list[Block]:
    """What can be asked."""
    return [section(wording.say("slack.help"))]


def answer_blocks(answer: Answer, wording: Wording) -> list[Block]:
    """An answer and what it rests on."""
    blocks = [section(escape(answer.text))]
    if answer.citations:
        lines = [f"• {escape(c.heading or c.source.title)} · {escape(str(c.source))}" for c in answer.citations]
        blocks.append(context("\n".join([f"*{wording.say('answer.sources')}*", *lines])))
    return blocks
