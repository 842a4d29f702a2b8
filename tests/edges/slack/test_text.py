"""Text on its way in and out of Slack."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.model import Edit
from bot.slack.blocks.limits import pieces
from bot.slack.blocks.review import diff
from bot.slack.text import escape, plain, without_mention


@pytest.mark.parametrize(("sent", "meant"), [
    ("Tea &amp; cake &lt;3", "Tea & cake <3"),
    ("See <https://shop.example/a?b=1|our shop> or <https://shop.example>", "See our shop or https://shop.example"),
    ("Mail <mailto:help@shop.example|help@shop.example>", "Mail help@shop.example"),
    ("<@U123> and <@U456|anna> in <#C1|help>, <!here>", "@U123 and anna in help, here"),
    ("a <b> c > d", "a <b> c > d"),
    ("&amp;lt;", "&lt;"),
])  # fmt: skip
def test_what_slack_sends_is_read_as_its_author_sees_it(sent: str, meant: str) -> None:
    assert plain(sent) == meant


@given(st.text(alphabet="ab<>&!@#|; lt"))
def test_what_people_write_survives_the_way_out_and_in(text: str) -> None:
    assert plain(escape(text)) == text


def test_the_mention_itself_is_no_part_of_the_draft() -> None:
    assert without_mention("<@U1>: Hello <@U2>", "U1") == "Hello <@U2>"


@given(st.text(min_size=1), st.integers(min_value=1, max_value=50))
def test_pieces_are_the_whole_text(text: str, longest: int) -> None:
    parts = list(pieces(text, longest))
    assert "".join(parts) == text
    assert all(len(part) <= longest for part in parts)


def test_a_long_draft_is_shown_around_its_changes() -> None:
    draft = "word " * 1000 + "User error." + " word" * 1000
    at = draft.index("User")
    shown = diff(draft, (Edit(start=at, end=at + 10, text="It broke", why=""),))["elements"][0]["elements"]
    assert sum(len(part["text"]) for part in shown) < 400
    assert {"type": "text", "text": "User error", "style": {"strike": True}} in shown
