"""Run the chat edges."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.coaching.errors import BadInput
from bot.verbs.common import built


def slack(
    check_only: Annotated[
        bool, typer.Option("--check", help="Check settings, tokens and scopes, and start nothing.")
    ] = False,
) -> None:
    """Run the Slack bot: in Socket Mode where SLACK_APP_TOKEN is set, else over HTTP on PORT."""
    import asyncio

    from bot.settings import load_settings

    settings = load_settings()
    if check_only:
        from bot.slack.check import check

        _report(asyncio.run(check(settings)))
        return
    from bot.serving import serve as serve_all

    http = not settings.slack_app_token.get_secret_value()
    asyncio.run(serve_all(built(), ["slack"], http=http, tell=typer.echo))


def teams(
    package: Annotated[str, typer.Argument(metavar="[package]", help="Write the app package for Teams.")] = "",
    check_only: Annotated[
        bool, typer.Option("--check", help="Check settings, tokens and the manifest, and start nothing.")
    ] = False,
    address: Annotated[str, typer.Option(help="With package: where Heartware runs, such as coach.example.com.")] = "",
    out: Annotated[Path, typer.Option(help="With package: the file to write.")] = Path("heartware-teams.zip"),
) -> None:
    """Run the Teams bot over HTTP on PORT."""
    import asyncio

    from bot.settings import load_settings

    settings = load_settings()
    if package and package != "package":
        raise BadInput(f"'{package}' is no part of this: say 'heartware teams package', or nothing.")
    if package:
        from bot.teams.package import write_package

        write_package(settings, address, out)
        typer.echo(f"{out}: upload it in the Teams admin center, or under Apps, Manage your apps, in Teams.")
        return
    if check_only:
        from bot.teams.check import check

        _report(asyncio.run(check(settings)))
        return
    from bot.serving import serve as serve_all

    asyncio.run(serve_all(built(), ["teams"], http=True, tell=typer.echo))


def serve() -> None:
    """Run everything over HTTP on PORT: Slack and Teams, as far as they are set up, /healthz and /readyz."""
    import asyncio

    from bot.serving import serve as serve_all
    from bot.serving import set_up

    parts = built()
    asyncio.run(serve_all(parts, set_up(parts.settings), http=True, tell=typer.echo))


def worker() -> None:
    """Work beside processes that serve, on their database: take over from those that died, post what is due, tidy."""
    import asyncio

    from bot.serving import serve as serve_all
    from bot.serving import set_up

    parts = built()
    asyncio.run(serve_all(parts, set_up(parts.settings), http=False, worker=True, tell=typer.echo))


def _report(checked: Sequence[Any]) -> None:
    """Say what was looked at, and end with code 1 where something is wrong."""
    for one in checked:
        typer.echo(f"{'wrong' if one.wrong else 'ok':<6}{one.what}{': ' if one.wrong else ''}{one.wrong}")
    if any(one.wrong for one in checked):
        raise typer.Exit(1)
