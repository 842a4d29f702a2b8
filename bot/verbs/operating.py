"""Look after an installation: what is wrong with it, its backup and its return."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import terminal
from bot.coaching.errors import BadInput
from bot.verbs.common import InWorkspace, built

if TYPE_CHECKING:
    from bot.operating.backup import Place
    from bot.settings import Settings


class Whose(StrEnum):
    """What is forgotten."""

    person = "person"
    workspace = "workspace"
    sealed = "sealed"


class OnPlatform(StrEnum):
    """Where they are."""

    slack = "slack"
    teams = "teams"


def doctor() -> None:
    """Look at settings, connections, permissions, index, database and disk, and say how to mend what is wrong."""
    import asyncio

    from bot.observing.logs import set_up_logs
    from bot.operating.doctor import examine

    set_up_logs("error", lines=False)
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


def forget(
    what: Annotated[
        Whose, typer.Argument(help="A person, a whole workspace, or what was sealed with a key that is lost.")
    ],
    id: Annotated[str, typer.Argument(help="Their id on the platform; of a workspace, its own.")] = "",
    platform: Annotated[OnPlatform, typer.Option(help="Where they are.")] = OnPlatform.slack,
    workspace: InWorkspace = "",
    export: Annotated[
        bool, typer.Option("--export", help="Print what is kept of a person, and erase nothing.")
    ] = False,
) -> None:
    """Erase everything that is kept of somebody, or export it."""
    if what is Whose.sealed:
        _forget_sealed()
        return
    import json

    from bot.build import open_desk, open_rituals
    from bot.desk.model import Person
    from bot.rituals.model import Team

    parts = built(local=True)
    desk, engine = open_desk(parts)
    rituals = open_rituals(parts, engine, {})
    team = Team(platform=platform.value, workspace=id if what is Whose.workspace else workspace)
    if not id:
        raise BadInput(f"The id is missing: give that of the {what.value}.")
    if what is Whose.person and not workspace:
        raise BadInput("--workspace is missing: give the id of the workspace that the person is in.")
    person = Person(platform=platform.value, workspace=team.workspace, id=id)
    if export:
        kept = {**desk.export(person), **rituals.export(person)}
        typer.echo(json.dumps(kept, indent=2, ensure_ascii=False))
        return
    if what is Whose.workspace:
        desk.uninstalled(team.platform, team.workspace)
        rituals.forget(team)
    else:
        rituals.forget_person(team, id)
        desk.delete(person)
    typer.echo(f"Nothing is kept of {what.value} {id} any more.")


def _forget_sealed() -> None:
    """Begin anew where the key is lost: what it sealed, nobody can read. Refused while the key fits."""
    from bot.build import seal_of
    from bot.settings import load_settings
    from bot.store.database import open_database
    from bot.store.key_check import fits, forget_sealed

    settings = load_settings()
    seal = seal_of(settings)
    engine = open_database(settings.database, seal)
    if fits(engine, seal):
        raise BadInput("Nothing is lost: the key fits what is sealed. To erase a workspace: 'forget workspace ID'.")
    typer.echo(f"{forget_sealed(engine)} rows erased that nobody could read. Slack workspaces by OAuth install anew.")
