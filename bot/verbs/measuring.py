"""Measure judgement and speed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot import terminal
from bot.coaching.errors import BadInput
from bot.verbs.common import built


def evaluate(
    what: Annotated[
        str,
        typer.Argument(help="drafts (judgement), search (language pairs), questions (answers) or privacy (masking)."),
    ] = "drafts",
    cases: Annotated[Path | None, typer.Option(help="Other cases than the development set, in the same form.")] = None,
    split: Annotated[str, typer.Option(help="dev, test or all.")] = "all",
) -> None:
    """Measure the coach on the development sets and print a table with 95 % intervals."""
    from bot.evals import running

    runs = {
        "drafts": running.drafts,
        "search": running.search,
        "questions": running.questions,
        "privacy": running.privacy,
    }
    if what not in runs:
        raise BadInput(f"There is nothing to measure called '{what}': say drafts, search, questions or privacy.")
    with terminal.progress("Measuring") as told:
        tables = runs[what](built(local=True, progress=told), cases, split, told)
    for title, rows in tables.items():
        terminal.show(terminal.table(title, rows), piped=terminal.WIDE_TABLE)


def bench() -> None:
    """Measure speed: a cold start from the shell, warm reviews, search, and memory."""
    from bot.evals import speed

    with terminal.progress("Timing") as told:
        rows = speed.measure(built(local=True, progress=told), told)
    terminal.show(terminal.table("Speed", rows))
