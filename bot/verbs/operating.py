"""Look after an installation: what is wrong with it, its backup and its return."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import terminal

if TYPE_CHECKING:
    from bot.operating.backup import Place
    from bot.settings import Settings


def doctor() -> None:
    """Look at settings, connections, permissions, index, database and disk, and say how to mend what is wrong."""
    import asyncio

    from bot.operating.doctor import examine

    found = asyncio.run(examine())
    for one in found:
        mark = "wrong" if one.wrong else "ok"
        typer.echo(f"{mark:<6}{one.what}{': ' if one.wrong else ''}{one.wrong}")
    wrong = sum(bool(one.wrong) for one in found)
    if wrong:
        terminal.complain(f"{wrong} of {len(found)} things are wrong.")
        raise typer.Exit(1)


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write, such as heartware-2026-11-22.tar.gz.")],
) -> None:
    """Back up the database, the key and the index's memory into one file, also while Heartware runs."""
    from bot.operating.backup import back_up
    from bot.settings import load_settings

    settings = load_settings()
    names = back_up(_place(settings), file, now=datetime.now(UTC))
    typer.echo(f"{file}: {', '.join(names)}. Who has it can read what is kept: store it as you store a password.")
    if not settings.database.startswith("sqlite"):
        typer.echo("The database is a server's: back it up with its own tool, such as pg_dump.")


def restore(
    file: Annotated[Path, typer.Argument(help="A file that 'heartware backup' wrote.")],
    replace: Annotated[bool, typer.Option("--replace", help="Set aside what is there now.")] = False,
) -> None:
    """Bring back what 'heartware backup' wrote, while Heartware does not run."""
    from bot.operating.backup import bring_back
    from bot.settings import load_settings

    names = bring_back(_place(load_settings()), file, replace=replace)
    typer.echo(f"Brought back: {', '.join(names)}. The index is brought up to date by 'heartware index'.")


def _place(settings: Settings) -> Place:
    from sqlalchemy import make_url

    from bot.operating.backup import Place

    url = make_url(settings.database)
    file = url.database if url.get_backend_name() == "sqlite" else None
    return Place(settings.heartware_data, Path(file) if file else None)
