"""The picture in the README is a real review. ``HEARTWARE_GOLDEN=write pytest tests/golden`` draws it anew."""

from __future__ import annotations

import os
from io import StringIO
from pathlib import Path

from rich.console import Console

from bot import terminal
from bot.build import Parts
from bot.coaching.model import Draft

PICTURE = Path(__file__).parent / "review.svg"
DRAFT = "User error. You entered the wrong password. What's your order number?"


def drawn(parts: Parts) -> str:
    review = parts.coach.review(Draft(text=DRAFT))
    console = Console(
        record=True, width=terminal.WIDEST, file=StringIO(), force_terminal=True, color_system="truecolor"
    )
    console.print(f'$ heartware review "{DRAFT}"\n', style="dim", highlight=False)
    console.print(terminal.review(review, DRAFT, parts.shelf.wording("en"), plain=False))
    return console.export_svg(title="heartware", unique_id="review")


def test_the_picture_in_the_readme_is_what_a_person_sees(parts: Parts) -> None:
    now = drawn(parts)
    if os.environ.get("HEARTWARE_GOLDEN") == "write":
        PICTURE.write_text(now, "utf-8")
    assert PICTURE.read_text("utf-8") == now
