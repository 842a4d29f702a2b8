"""Templates are read as the texts that they become: their placeholders and tags are neither faults nor facts."""

from __future__ import annotations

import pytest

from bot.auditing.placeholders import read_template


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Hi {{ticket.requester.first_name}}, your order %ORDER_ID% left.", "Hi Kim, your order X left."),
        ("Hoi [naam], ${product} komt {0}.", "Hoi Kim, X komt X."),
        ("Hei <etunimi>, <<asiakas>> ja [[agent]].", "Hei Kim, Kim ja Kim."),
        ("Hi #NAME#, $ORDER$ and %%user%%.", "Hi Kim, X and Kim."),
        ("{% if vip %}Dear{% endif %} friend", "Dear friend"),
        ("<p>Hi <b>there</b>,</p><p>bye</p>", "\nHi there,\n\nbye\n"),
        (
            "50% of 20%, [1], a [link](http://x.example) and 3 < 4 > 2",
            "50% of 20%, [1], a [link](http://x.example) and 3 < 4 > 2",
        ),
        ("", ""),
    ],
)
def test_placeholders_become_somebody_or_something(source: str, text: str) -> None:
    assert read_template(source).text == text


@pytest.mark.parametrize(
    ("source", "words", "quote"),
    [
        ("Hi [naam], <b>User</b> error.", "User error", "User</b> error"),
        ("<p>Hi <i>User error</i>.</p>", "User error", "User error"),
        ("Hi {{name}}, user error.", "user error", "user error"),
        ("Your {{order.id}} is late, {{name}}.", "is late, Kim", "is late, {{name}}"),
        ("Your {{order.id}} is late.", "Your X", "Your {{order.id}}"),
        ("User error", "User error", "User error"),
    ],
)
def test_words_found_in_the_text_are_quoted_as_the_template_has_them(source: str, words: str, quote: str) -> None:
    template = read_template(source)
    start = template.text.index(words)
    first, last = template.original(start, start + len(words))
    assert source[first:last] == quote
    assert template.restored(f"“{words}” hurts.", start, start + len(words)) == f"“{quote}” hurts."
