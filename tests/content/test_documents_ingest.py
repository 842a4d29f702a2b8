"""The data files that say what to leave out and what to put in plain words."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.coaching.errors import BadKnowledge
from bot.content.documents import edition, read_document
from bot.content.documents.ingest import FOLDER, read_ingest


def test_the_shipped_files_are_sound_and_say_nothing_twice() -> None:
    ingest = read_ingest()
    assert len({term.spun for term in ingest.spun}) == len(ingest.spun) > 100
    assert all(term.spun == term.spun.casefold() and term.spun != term.plain for term in ingest.spun)
    assert [alias.heard for alias in ingest.aliases] == ["Gorgeous", "Splendy", "Bob"]
    assert all(alias.why for alias in ingest.aliases)
    assert edition().endswith(ingest.edition)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("spun-terms", "- spun: ideal now\n  plan: right now\n", "spun-terms.yaml:2: .*plain"),
        ("aliases", "- heard: Bob\n", "aliases.yaml:1: probably"),
        ("boilerplate", "- reason: menu\n  covers: page\n  patterns: [x]\n", "boilerplate.yaml:2: covers"),
        ("boilerplate", "- reason: menu\n  covers: line\n  patterns: ['(']\n", "boilerplate.yaml:1: patterns"),
    ],
)
def test_a_mistake_in_a_file_is_said_with_its_line(tmp_path: Path, name: str, text: str, says: str) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "ingest")
    (folder / f"{name}.yaml").write_text(text)
    with pytest.raises(BadKnowledge, match=says):
        read_ingest(folder)


def test_a_changed_file_makes_a_new_edition(tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "ingest")
    with (folder / "aliases.yaml").open("a") as file:
        file.write("- {heard: Acmi, probably: Acme, why: sounds alike}\n")
    assert read_ingest(folder).edition != read_ingest().edition


@pytest.mark.parametrize(
    "text",
    [
        "# Helpdesk manual\n\nHow we work.\n\n## Leave a reply\n\nChoose a macro.\n\n## Comments\n\nUse them.\n",
        "Labels: choose the label that fits best, so that a colleague finds the ticket again.\n",
        "Photo: ask for a photo of the damage before anything else.\n",
        "The source data are refreshed every night.\n\nSource data older than a day are marked in red.\n",
        "Contact Us\n\nBy Live Chat\n\nOpen the chat at the bottom of the page and say what is wrong with the order.\n",
        "You can use code WELCOME in the cart. Tickets are answered in the order in which they came in.\n",
    ],
)
def test_what_a_guide_teaches_is_not_taken_for_boilerplate(tmp_path: Path, text: str) -> None:
    path = tmp_path / "guide.md"
    path.write_text(text)
    assert read_document(path, name=path.name).left_out == ()
    plain = path.rename(tmp_path / "guide.txt")
    assert read_document(plain, name=plain.name).left_out == ()
