"""Which language a text is in."""

from __future__ import annotations

import pytest

from bot.content.documents import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Thanks for your message, we will look into it.", "en"),
        ("Do more with less", "en"),
        ("PLEASE SEND US THE NUMBER OF YOUR ORDER", "en"),
        ("Bedankt voor je bericht, we kijken ernaar.", "nl"),
        ("Dat was onze fout en die zetten we recht.", "nl"),
        ("Wat is uw ordernummer?", "nl"),
        ("Kiitos viestistäsi, selvitämme asian.", "fi"),
        ("Asiakas saa rahat", "fi"),
        ("Anna tilausnumero, kiitos.", "fi"),
        ("Wo ist mein Paket? Ich warte schon seit einer Woche darauf.", "de"),
        ("Bonjour, où est mon colis ? Je l'attends depuis une semaine.", "fr"),
        ("Hej, var är mitt paket? Jag har väntat i en vecka nu.", "sv"),
    ],
)
def test_a_sentence_shows_its_language(text: str, language: str) -> None:
    assert language_of(text) == language
    assert language_of(text, otherwise="xx") == language


@pytest.mark.parametrize("text", ["", "  \n", "ok", "12 – 50", "Hei", "😀", "\ud83d"])
def test_a_text_too_short_to_tell_is_in_the_stated_language(text: str) -> None:
    assert language_of(text, otherwise="fi") == "fi"
    assert language_of(text) in ("", "en", "nl", "fi")


def test_a_short_mixed_line_is_in_the_language_around_it() -> None:
    assert language_of("Gratis WIFI", otherwise="nl") == "nl"
    assert language_of("2003 Customer service", otherwise="nl") == "nl"
