"""What can be asked."""

from __future__ import annotations

from bot.coaching.wording import Wording
from bot.slack.blocks.limits import Block, section


def help_blocks(wording: Wording) -> list[Block]:
    """What can be asked."""
    return [section(wording.say("slack.help"))]
