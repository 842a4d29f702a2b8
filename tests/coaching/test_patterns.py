"""A pattern that looks for letters first finds what the bare expression finds."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coaching.model import LANGUAGES, Language
from bot.coaching.patterns import Patterns, Searched, likely, needed
from bot.coaching.text import Reading
from bot.content.knowledge import Knowledge
from bot.content.places import KNOWLEDGE

SHIPPED = Knowledge(KNOWLEDGE)


@pytest.mark.parametrize(("pattern", "letters"), [
    ("user error", {"user error"}),
    (r"\byou(?:'ve| have) to\b", {"you"}),
    (r"(?:blame|fault)s?", {"blame", "fault"}),
    (r"colou?r", {"colo"}),
    (r"(?:very )+late", {"very "}),
    (r"(?:very )*late", {"late"}),
    (r"KÄYTTÄJÄ", {"käyttäjä"}),
    (r"(?!never)sorry", {"sorry"}),
    (r"(?<=not )sorry", {"sorry"}),
])  # fmt: skip
def test_what_every_match_holds(pattern: str, letters: set[str]) -> None:
    assert set(needed(pattern)) == letters


@pytest.mark.parametrize("pattern", [r"\d+", r"[A-Z]{4,}", r"(?:why)?", r"yes|[!?]{2}", ""])
def test_where_nothing_is_sure_the_expression_is_tried(pattern: str) -> None:
    assert needed(pattern) == ()
    assert likely((pattern, "yes"), Searched("neither"))


def test_no_pattern_matches_nothing() -> None:
    assert not likely((), Searched("anything"))


@cache
def patterns(language: Language) -> list[str]:
    rules = SHIPPED.rules(language)
    found = {p for r in rules for p in (*r.find, *r.unless, *r.needs, *r.when_customer, *r.when_draft, *r.unless_draft)}
    found.update(p for sign in SHIPPED.signs(language) for p in (*sign.find, *sign.unless))
    return sorted(found)


@cache
def texts(language: Language) -> list[str]:
    drafts = [rule.fires[0].draft for rule in SHIPPED.rules(language)]
    return [sentence.text for draft in drafts for sentence in Reading(draft).sentences]


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_the_rules_find_holds_what_they_look_for(language: Language) -> None:
    said = "\n".join(texts(language))
    for pattern in patterns(language):
        for match in re.compile(pattern, re.IGNORECASE).finditer(said):
            letters = needed(pattern)
            assert not letters or any(one in match.group().lower() for one in letters), (pattern, match.group())


SAID = st.sampled_from(
    ["you", "have", "i", "I", "İ", "ı", "ſ", "s", "ß", "K", "ä", "Ä", "err", " ", "4", "é", "E\u0301"]
)
WANTED = st.sampled_from(["you", "have", "is", "ss", "k", "ä", "err", " ", "4", "é"])


@settings(max_examples=1000, deadline=None)
@given(st.lists(SAID, min_size=1), st.lists(WANTED, min_size=1, max_size=2), st.booleans())
def test_whatever_the_letters_the_same_is_found(said: list[str], wanted: list[str], case: bool) -> None:
    pattern, text = re.escape("".join(wanted)), Reading("".join(said)).folded.text
    bare = re.compile(pattern, 0 if case else re.IGNORECASE)
    tried = Patterns([pattern], case=case).likely(Searched(text))
    assert any(one.search(text) for one in tried) == bool(bare.search(text))
