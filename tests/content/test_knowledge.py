"""The data files: read into typed values, and every mistake named with file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.coaching.errors import BadKnowledge
from bot.coaching.model import LANGUAGES, Language
from bot.content.checking import check
from bot.content.knowledge import Knowledge
from bot.content.places import KNOWLEDGE, PROMPTS, WORDING
from bot.content.prompts import read_prompt


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    shutil.copytree(KNOWLEDGE, tmp_path / "knowledge", ignore=shutil.ignore_patterns("*.jsonl", "*.npz"))
    shutil.copytree(PROMPTS, tmp_path / "prompts")
    shutil.copytree(WORDING, tmp_path / "wording")
    return tmp_path


def problems(root: Path) -> list[str]:
    return check(root / "knowledge", root / "prompts", root / "wording")


def replace(path: Path, old: str, new: str) -> int:
    """Replace the first occurrence; the line it stood on is returned."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_shipped_data_files_are_as_they_should_be() -> None:
    assert check(KNOWLEDGE, PROMPTS, WORDING) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_principle_and_touch_exists_in_every_language(language: Language) -> None:
    shipped = Knowledge(KNOWLEDGE)
    assert list(shipped.principles(language)) == list(shipped.principles("en"))
    assert list(shipped.touches(language)) == list(shipped.touches("en"))
    assert list(shipped.facts(language)) == list(shipped.facts("en"))


def test_a_wrong_field_is_named_with_file_and_line(copied: Path) -> None:
    path = copied / "knowledge" / "principles" / "nl.yaml"
    line = replace(path, "  breaks: ", "  braeks: ")
    assert any(p.startswith(f"{path}:{line}:") and "braeks" in p for p in problems(copied))


def test_broken_yaml_is_named_with_file_and_line(copied: Path) -> None:
    path = copied / "knowledge" / "touches" / "en.yaml"
    path.write_text("- id: [unclosed\n", "utf-8")
    assert any(p.startswith(f"{path}:") and "not valid YAML" in p for p in problems(copied))


def test_an_id_without_words_in_a_language_is_named(copied: Path) -> None:
    path = copied / "knowledge" / "principles" / "fi.yaml"
    replace(path, "- id: next-step", "- id: next-stepp")
    found = problems(copied)
    assert any("'next-step' of principles.yaml has no words here" in p for p in found)
    assert any("'next-stepp' is not in principles.yaml" in p for p in found)


def test_an_unknown_source_is_named(copied: Path) -> None:
    line = replace(copied / "knowledge" / "principles" / "principles.yaml", "source: K0", "source: K9")
    assert any("'K9' is not in sources.yaml" in p for p in problems(copied)), line


def test_a_rule_whose_example_does_not_fire_is_named(copied: Path) -> None:
    path = copied / "knowledge" / "rules" / "en" / "blame.yaml"
    replace(path, "  fires:\n", "  fires:\n    - A wonderful day to you.\n")
    [problem] = problems(copied)
    assert problem.startswith(f"{path}:")
    assert "must fire on this example and does not: A wonderful day to you." in problem


def test_a_pattern_that_can_be_slow_is_named(copied: Path) -> None:
    path = copied / "knowledge" / "rules" / "en" / "blame.yaml"
    replace(path, "  find:\n", "  find:\n    - '(a+)+b'\n")
    assert any("repeat inside a repeat" in p for p in problems(copied))


def test_a_pattern_that_is_no_pattern_is_named(copied: Path) -> None:
    path = copied / "knowledge" / "rules" / "en" / "blame.yaml"
    replace(path, "  find:\n", "  find:\n    - '(a'\n")
    assert any("is not a regular expression" in p for p in problems(copied))


def test_a_sentence_of_ours_that_one_language_lacks_is_named(copied: Path) -> None:
    replace(copied / "wording" / "nl.toml", 'send = "Verstuur maar."', "")
    assert any("'headline.send'" in p for p in problems(copied))


def test_a_file_in_another_encoding_is_one_clear_sentence(copied: Path) -> None:
    path = copied / "knowledge" / "sources.yaml"
    path.write_bytes("- id: K0\n  title: é\n".encode("latin-1"))
    with pytest.raises(BadKnowledge, match=r"sources\.yaml:1: .*UTF-8"):
        _ = Knowledge(copied / "knowledge").sources


def test_a_prompt_keeps_what_is_put_into_it_as_text(tmp_path: Path) -> None:
    path = tmp_path / "p.md"
    path.write_text("---\nname: p\nversion: 3\n---\n# system\nBe kind.\n# user\n<<<${draft}>>>", "utf-8")
    prompt = read_prompt(path)
    assert prompt.id == "p@3"
    assert prompt.filled({"draft": "${secret} {x} $"})[1].text == "<<<${secret} {x} $>>>"


def test_a_prompt_without_front_matter_is_one_clear_sentence(tmp_path: Path) -> None:
    path = tmp_path / "p.md"
    path.write_text("Be kind.", "utf-8")
    with pytest.raises(BadKnowledge, match=r"p\.md:1: a prompt needs front matter"):
        read_prompt(path)


def test_a_step_without_what_its_exercise_needs_is_named_with_file_and_line(copied: Path) -> None:
    path = copied / "knowledge" / "path" / "nl.yaml"
    replace(path, "  customer: hoi, mijn bestelling is nooit gekomen\n", "")
    [problem] = [one for one in problems(copied) if "a draft has 'customer' and no 'answer'" in one]
    assert problem.startswith(f"{path}:")


def test_a_step_in_the_wrong_week_or_with_an_unknown_card_is_named(copied: Path) -> None:
    path = copied / "knowledge" / "path" / "path.yaml"
    line = replace(path, "- id: first-words\n  week: 2", "- id: first-words\n  week: 3")
    replace(path, "card: value-fun", "card: value-luck")
    place = f"{path}:{line}: step 'first-words'"
    found = problems(copied)
    assert f"{place} stands in week 2 and says 3: each week has 5 steps, in order." in found
    assert f"{place} names the value card 'value-luck', which does not exist." in found
    assert f"{path}:1: no step gives the value card 'value-fun'." in found
