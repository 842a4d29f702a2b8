"""Phrases are literal words with a few alternatives; no sign of theirs means anything else."""

from __future__ import annotations

import re
import time

import pytest

from bot.packs.errors import Declined
from bot.packs.phrases import pattern, read_phrases


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("hang tight", "Please hang  tight for a day."),
        ("kindly|humbly ask", "We humbly ask you to wait."),
        ("laki*", "Lakisääteinen syy on tämä."),
        ("tot ziens!", "Tot ziens! Groet, Mia"),
        ("c'est la vie", "Well, c'est la vie."),
        ("100 %", "We are 100 % sure."),
        ("(sic)", "Your parcell (sic) is here."),
    ],
)
def test_a_phrase_finds_its_words(phrase: str, text: str) -> None:
    [read] = read_phrases(phrase)
    assert re.search(pattern(read), text, re.IGNORECASE)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [("hang tight", "We change tights."), ("a.b word", "A-b word"), (".* refund", "Your refund"), ("laki*", "Maalaki")],
)
def test_it_finds_nothing_else(phrase: str, text: str) -> None:
    assert not re.search(pattern(phrase), text, re.IGNORECASE)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "no-phrase"),
        (" ; \n", "no-phrase"),
        ("hi", "bad-phrase"),
        ("x" * 121, "bad-phrase"),
        ("...|--- ask", "bad-choice"),
        ("\n".join(f"phrase {n}" for n in range(21)), "too-many-phrases"),
    ],
)
def test_what_is_no_phrase_is_declined(text: str, problem: str) -> None:
    with pytest.raises(Declined) as declined:
        read_phrases(text)
    assert declined.value.problem == problem


def test_curly_quotes_and_doubles_are_one() -> None:
    assert read_phrases("don’t worry; don't worry\nhold on") == ("don't worry", "hold on")


def test_no_phrase_is_slow() -> None:
    hostile = [pattern("a* a* a* a* b"), pattern("aa|a* aa|a* aa|a* c")]
    text = "a " * 20_000
    begun = time.thread_time()
    assert not any(re.search(made, text) for made in hostile)
    assert time.thread_time() - begun < 20  # a tenth of a second; where it goes back and forth, it never ends
