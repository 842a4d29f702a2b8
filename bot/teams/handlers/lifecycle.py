"""The bot is installed, joins, leaves, is removed: one greeting, and nothing kept afterwards."""

from __future__ import annotations

from bot.rituals.model import Team
from bot.teams.edge import Edge
from bot.teams.messages import welcome_message
from bot.teams.turn import Turn

GONE = ("teamDeleted", "teamHardDeleted", "channelDeleted")


async def installed(edge: Edge, turn: Turn) -> None:
    """``installationUpdate``: added or removed."""
    if turn.action.startswith("add"):
        edge.in_background(turn, _begun(edge, turn))
    elif turn.action.startswith("remove"):
        await edge.work.call(_ended, edge, turn)


async def updated(edge: Edge, turn: Turn) -> None:
    """``conversationUpdate``: some clients tell of an installation in this way alone."""
    if turn.bot in turn.members_added:
        edge.in_background(turn, _begun(edge, turn))
    elif turn.bot in turn.members_removed or turn.event in GONE:
        await edge.work.call(_ended, edge, turn)


async def _begun(edge: Edge, turn: Turn) -> None:
    """Keep where this is; greet somebody who installed the bot for themselves, once."""
    await edge.remember(turn)
    if turn.scope != "personal" or await edge.work.call(edge.conversations.welcomed, turn.kept):
        return
    wording = await edge.wording(turn)
    await edge.say(turn, welcome_message(wording.say("teams.welcome"), wording, turn.user))


def _ended(edge: Edge, turn: Turn) -> None:
    """Forget the conversation and what was planned there; where somebody removed the bot for themselves, them too."""
    kept, team = turn.kept, Team(platform="teams", workspace=turn.person.workspace)
    whole_team = turn.team if turn.event != "channelDeleted" else ""
    for schedule in edge.rituals.planner.of(team):
        where = edge.conversations.get("teams", kept.workspace, schedule.channel)
        if schedule.channel == kept.id or (where and whole_team and where.team == whole_team):
            edge.rituals.planner.remove(schedule)
    edge.conversations.forget("teams", kept.workspace, kept.id, whole_team)
    if turn.scope == "personal":
        edge.rituals.forget_person(team, turn.person.id)
        edge.desk.delete(turn.person)
