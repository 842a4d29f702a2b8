"""What can go wrong at the desk. An edge answers with a sentence of its wording, never with these messages."""

from __future__ import annotations

from bot.coaching.errors import HeartwareError


class Erased(HeartwareError):
    """The draft of this job is no longer kept, or never was."""
