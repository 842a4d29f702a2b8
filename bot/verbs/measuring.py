"""Measure judgement and speed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from bot import terminal
from bot.coaching.errors import BadInput
from bot.verbs.common import AsJson, built


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


def bench(
    everything: Annotated[
        bool, typer.Option("--all", help="10,000 documents and 100 people at once too: some minutes instead of one.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Measure speed, tokens and memory on this machine, beside what else could be run; compare within one run."""
    from bot.evals.speed import running

    with terminal.progress("Measuring") as told:
        scale = running.ALL if everything else running.QUICK
        tables = running.bench(built(local=True, progress=told), scale, told=told)
    if as_json:
        typer.echo(json.dumps(tables, ensure_ascii=False))
        return
    for title, rows in tables.items():
        terminal.show(terminal.table(title, rows), piped=terminal.WIDE_TABLE)
