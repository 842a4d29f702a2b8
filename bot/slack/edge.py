"""What every listener works with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext

from bot.coaching.model import LANGUAGES, Language
from bot.coaching.ports import Shelf
from bot.coaching.wording import Wording
from bot.desk.desk import Desk
from bot.desk.model import Job, Person
from bot.desk.work import Work
from bot.rituals.together import Rituals
from bot.slack.clients import Clients
from bot.slack.languages import Languages
from bot.slack.leads import Leads

NO_BODY: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Edge:
    """``take`` keeps a job durably and sees to its answer; False for a duplicate."""

    desk: Desk
    shelf: Shelf
    take: Callable[[Job], bool]
    clients: Clients
    languages: Languages
    work: Work
    rituals: Rituals
    leads: Leads


def person_of(context: AsyncBoltContext) -> Person:
    """Who asks."""
    return Person(platform="slack", workspace=workspace_of(context), id=context.user_id or "")


def workspace_of(context: AsyncBoltContext) -> str:
    """The workspace that a request comes from."""
    return workspace_named(context.enterprise_id, context.team_id)


def workspace_named(enterprise: str | None, team: str | None) -> str:
    """The workspace, and the organisation that it belongs to where it belongs to one."""
    return "/".join(id for id in (enterprise, team) if id)


def parts_of(person: Person) -> tuple[str | None, str]:
    """Organisation and workspace of a person."""
    enterprise, _, team = person.workspace.rpartition("/")
    return enterprise or None, team


def known_language(wording: Wording) -> Language:
    """The language of these sentences, for what the knowledge has by language."""
    return next((code for code in LANGUAGES if code == wording.language), "en")


def is_outsider(context: AsyncBoltContext, body: Mapping[str, Any] = NO_BODY) -> bool:
    """Whether somebody of another organisation asks, through a shared channel. ``body`` is that of an interaction.

    Within an organisation people work in more than one workspace, so there only the organisations are compared.
    """
    user, team = body.get("user"), body.get("team")
    if isinstance(user, dict) and isinstance(team, dict) and not context.enterprise_id:
        return bool(user.get("team_id") and team.get("id") and user["team_id"] != team["id"])
    if context.actor_enterprise_id:
        return context.actor_enterprise_id != context.enterprise_id
    return bool(context.actor_team_id and context.team_id and context.actor_team_id != context.team_id)


def job_id(context: AsyncBoltContext, *parts: str) -> str:
    """An id that is the same for every delivery of the same request."""
    return "-".join(["slack", context.team_id or "", *parts])
