"""The text after /coach, in three languages."""

from __future__ import annotations

import pytest

from bot.desk.commands import Ask, Command, Help, OpenForm, Review, read_command
from tests.test_coach import SHELF

WORDINGS = [SHELF.wording(language) for language in ("en", "nl", "fi")]


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("", OpenForm()),
        ("  \n", OpenForm()),
        ("help", Help()),
        (" HELP ", Help()),
        ("hulp", Help()),
        ("apua", Help()),
        ("ask What are our values?", Ask("What are our values?")),
        ("Vraag wat zijn onze kernwaarden?", Ask("wat zijn onze kernwaarden?")),
        ("kysy mitkä ovat arvomme?", Ask("mitkä ovat arvomme?")),
        ("ask", Review("ask")),
        ("help is on its way, Tom!", Review("help is on its way, Tom!")),
        ("Asking again does not help.", Review("Asking again does not help.")),
        (" Hi Tom,\nI sent it. ", Review("Hi Tom,\nI sent it.")),
    ],
)
def test_commands(text: str, command: Command) -> None:
    assert read_command(text, WORDINGS) == command
