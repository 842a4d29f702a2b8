"""What the rules find and the tagger believes, together: with chances given by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from bot.coaching.ports import Span
from bot.privacy.learned import agreed
from bot.privacy.tagger import Tagged


def tagged(text: str, chances: Mapping[str, float], kind: str = "NAME") -> list[Tagged]:
    """The words of a text; those not named are surely neither."""
    nothing = {"NAME": 0.0, "ADDRESS": 0.0}
    return [
        Tagged(*word.span(), nothing | {kind: chances.get(word.group(), 0.0)}) for word in re.finditer(r"\S+", text)
    ]


def found(text: str, chances: Mapping[str, float], *rules: str, kind: str = "NAME") -> list[str]:
    spans = [Span(text.index(rule), text.index(rule) + len(rule), kind) for rule in rules]
    return [text[span.start : span.end] for span in agreed(spans, tagged(text, chances, kind), text)]


def test_what_a_rule_finds_stands_unless_the_tagger_is_sure_that_it_is_none() -> None:
    assert found("Ask Tess about it.", {"Tess": 0.5}, "Tess") == ["Tess"]
    assert found("The sofa Iris is sold.", {"Iris": 0.001}, "Iris") == []


def test_what_the_tagger_is_sure_of_needs_no_rule() -> None:
    assert found("it went to kukkola today", {"kukkola": 0.99}) == ["kukkola"]
    assert found("it went to kukkola today", {"kukkola": 0.4}) == []


def test_a_likely_word_beside_a_sure_one_belongs_to_the_name() -> None:
    assert found("for Oumaima El Bouzidi please", {"Oumaima": 0.99, "El": 0.5, "Bouzidi": 0.6}) == [
        "Oumaima El Bouzidi"
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I spoke to (Joan).", "Joan"),
        ("It is Joan's parcel.", "Joan"),
        ("Signed by J. Lathom, thanks.", "J. Lathom"),
        ("It was “Joan”, I think.", "Joan"),
    ],
)
def test_what_stands_around_a_name_is_left_to_read(text: str, name: str) -> None:
    assert found(text, dict.fromkeys(("(Joan).", "Joan's", "J.", "Lathom,", "“Joan”,"), 0.99)) == [name]


def test_two_names_apart_by_a_comma_or_a_line_stay_two() -> None:
    names = dict.fromkeys(("Joan,", "Derek", "Olu"), 0.99)
    assert found("Joan, Derek\nOlu", names) == ["Joan", "Derek", "Olu"]


def test_an_address_is_one_through_its_commas_and_lines() -> None:
    text = "Send it to 14 Rathgar Close,\nDublin 6, thanks."
    chances = dict.fromkeys(("14", "Rathgar", "Close,", "Dublin", "6,"), 0.95)
    assert found(text, chances, kind="ADDRESS") == ["14 Rathgar Close,\nDublin 6"]


def test_a_word_of_signs_alone_is_no_name() -> None:
    assert found("Thanks, -- !", {"--": 0.99, "!": 0.9}) == []
