"""What cannot be taken as it was given. An edge answers with ``packs.declined.<problem>``, not with the message."""

from __future__ import annotations

from bot.coaching.errors import HeartwareError


class Declined(HeartwareError):
    """``problem`` names the sentence, ``values`` are filled into it; ``field`` is the field of a form at fault."""

    def __init__(self, problem: str, field: str = "", **values: object) -> None:
        super().__init__(f"This cannot be taken ({problem}).")
        self.problem = problem
        self.field = field
        self.values = values
