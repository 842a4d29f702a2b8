"""What several verbs share: their options, and the parts they work with."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from bot import terminal
from bot.coaching.errors import BadInput

if TYPE_CHECKING:
    from bot.build import Parts
    from bot.packs.model import Place
    from bot.packs.shelf import TeamShelf
    from bot.rituals.together import Rituals

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
AsLines = Annotated[bool, typer.Option("--jsonl", help="Read one JSON object a line on standard input, answer each.")]
InWorkspace = Annotated[str, typer.Option("--workspace", help="Its id, where more than one uses Heartware.")]
InLanguage = Annotated[str, typer.Option("--language", help="en, nl or fi; otherwise found from the text.")]


def built(*, local: bool = False, progress: Callable[[int, int], None] | None = None) -> Parts:
    """Everything joined as the settings say; ``local`` leaves the language model out."""
    from bot.build import build
    from bot.observing.logs import set_up_logs
    from bot.settings import load_settings

    set_up_logs("warning", lines=False)
    return build(load_settings(), local=local, progress=progress, tell=terminal.complain)


def opened_rituals(parts: Parts | None = None) -> Rituals:
    """The rituals, without any chat platform."""
    from bot.build import open_desk, open_rituals

    parts = parts or built(local=True)
    _, engine = open_desk(parts)
    return open_rituals(parts, engine, {})


def team_shelf(parts: Parts, workspace: str = "") -> TeamShelf:
    """The knowledge as a team has it: of this workspace, or of the team that works in this terminal."""
    from bot.build import open_desk
    from bot.packs.model import NO_PACK
    from bot.packs.shelf import TeamShelf

    database = parts.settings.heartware_data / "heartware.db"
    if not workspace and not parts.settings.database_url.get_secret_value() and not database.exists():
        return TeamShelf(parts.shelf, NO_PACK)
    _, engine = open_desk(parts)
    return parts.packs(engine).shelf(place_of(workspace))


def place_of(workspace: str, channel: str = "") -> Place:
    """Where a pack holds: in this workspace, or where there is no chat. Raises BadInput for an unknown workspace."""
    from bot.packs.model import TERMINAL, Place

    if not workspace:
        if channel:
            raise BadInput("--channel belongs to a workspace: give --workspace too.")
        return TERMINAL
    team = opened_rituals().reporter.team(workspace)
    return Place(platform=team.platform, workspace=team.workspace, channel=channel)


def given(text: str, what: str) -> str:
    """The text, or what stands on standard input where it is empty or ``-``. Raises BadInput where nobody gives one."""
    if text not in ("", "-"):
        return text
    if sys.stdin.isatty():
        raise BadInput(f"There is no {what}: give it in quotes, or on standard input.")
    return sys.stdin.buffer.read().decode("utf-8", "replace")
