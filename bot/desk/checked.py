"""What a check of settings and connections looked at."""

from __future__ import annotations

from typing import NamedTuple


class Checked(NamedTuple):
    """One thing that was looked at, and what is wrong with it and how to mend it; empty where it is right."""

    what: str
    wrong: str = ""
