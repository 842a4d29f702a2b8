"""The knowledge: index it, check it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot import terminal
from bot.verbs.common import built


def index(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files and folders: Markdown, text, HTML, PDF, DOCX.")
    ] = None,
) -> None:
    """Index a company's own documents beside the shipped knowledge; without a path, bring the index up to date."""
    from bot.content.documents import find_documents

    passed_over: list[str] = []
    with terminal.progress("Indexing") as told:
        parts = built(progress=told)
        parts.library()
        indexer = parts.indexer()
        found = list(find_documents(paths, tell=passed_over.append)) if paths else indexer.known()
        outcomes = []
        for outcome in indexer.index(found):
            outcomes.append(outcome)
            told(len(outcomes), len(found))
    terminal.show(terminal.indexed(outcomes), piped=terminal.WIDE_TABLE)
    for sentence in passed_over:
        terminal.complain(sentence)
    if any(outcome.state == "bad" for outcome in outcomes):
        raise typer.Exit(1)


def check() -> None:
    """Check every data file: principles, touches, facts, rules and their examples, prompts, wording."""
    from bot.content.checking import check as check_all
    from bot.content.checking import stale
    from bot.content.places import KNOWLEDGE, PROMPTS, WORDING
    from bot.settings import load_settings

    settings = load_settings()
    knowledge, prompts, wording = (_near(folder) for folder in (KNOWLEDGE, PROMPTS, WORDING))
    problems = check_all(knowledge, prompts, wording)
    for problem in problems:
        typer.echo(problem)
    if problems:
        terminal.complain(f"{len(problems)} problem(s) in the data files.")
        raise typer.Exit(1)
    for note in stale(knowledge, settings.today):
        typer.echo(note)
    terminal.show("All data files are as they should be.")


def _near(folder: Path) -> Path:
    """The folder as seen from here, where it is below: shorter to read, and to click."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder
