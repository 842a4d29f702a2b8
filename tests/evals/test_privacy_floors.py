"""Masking reaches its targets in each language on its own (``heartware eval privacy``)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.content.places import KNOWLEDGE
from bot.evals.privacy import Seen, Text, by_kind, false_masks, see
from bot.privacy.finder import PersonalData

TEXTS = [
    Text.model_validate_json(line) for line in (Path(__file__).parent / "privacy.jsonl").read_text("utf-8").splitlines()
]
LANGUAGES = ("en", "nl", "fi")


@pytest.fixture(scope="module")
def seen() -> Sequence[Seen]:
    return list(see(TEXTS, PersonalData(KNOWLEDGE / "privacy")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_has_a_checksum_or_a_format_is_hidden(seen: Sequence[Seen], language: str) -> None:
    assert by_kind(seen)["checksum or format"][language].value >= 0.97


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_and_addresses_are_hidden(seen: Sequence[Seen], language: str) -> None:
    assert by_kind(seen)["names and addresses"][language].value >= 0.90


@pytest.mark.parametrize("language", LANGUAGES)
def test_little_else_is_hidden(seen: Sequence[Seen], language: str) -> None:
    assert all(shares[language].value <= 0.03 for shares in false_masks(seen).values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_texts_enough_to_say_so(language: str) -> None:
    own = [text for text in TEXTS if text.language == language]
    assert sum(bool(text.spans) for text in own) >= 150
    assert sum(not text.spans for text in own) >= 60


def test_every_label_stands_on_words() -> None:
    for text in TEXTS:
        assert all(text.text[label.start : label.end].strip() for label in text.spans), text.id
