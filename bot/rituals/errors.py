"""What can go wrong with a post. An edge answers with a sentence of its wording, never with these messages."""

from __future__ import annotations

from bot.coaching.errors import HeartwareError


class Refused(HeartwareError):
    """The platform did not take the message, and will not; ``reason`` is one of those in ``wow.refused.<reason>``."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The message was refused ({reason}).")
        self.reason = reason


class Postponed(HeartwareError):
    """The platform did not take the message now, and will later."""


class Unsure(HeartwareError):
    """Whether the message arrived cannot be known."""
