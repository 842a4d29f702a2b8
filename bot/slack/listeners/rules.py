"""``/wow rules``: leads see and change which rules hold, and decide what colleagues proposed."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.coaching.model import Level
from bot.packs.asked import Answer, Asked, Every, Said, Tried
from bot.packs.commands import Command, read_rules
from bot.packs.model import Place
from bot.slack.blocks.rules import all_blocks, decline_form, lines_blocks, rules_blocks
from bot.slack.edge import Edge
from bot.slack.listeners.request import Request, on_button
from bot.slack.text import escape, plain


def register(app: AsyncApp, edge: Edge) -> None:
    """Listen to the command, the buttons and the reason. Before the listener that takes all of ``/wow``."""

    def read(command: dict[str, Any]) -> Command | None:
        return read_rules(plain(command.get("text") or ""), edge.languages.every())

    async def asks(command: dict[str, Any]) -> bool:
        return read(command) is not None

    @app.command("/wow", matchers=[asks])
    async def rules(ack: AsyncAck, command: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        await ack()
        asked = Request(edge, command, context, client, channel=command["channel_id"])
        edge.work.spawn(_answer(asked, read(command)), otherwise=asked.failed, late=asked.late)

    on_button(app, edge, "rules_try", tried)
    on_button(app, edge, "rules_approve_may", lambda asked, id: approved(asked, id, "may"))
    on_button(app, edge, "rules_approve_must", lambda asked, id: approved(asked, id, "must"))
    on_button(app, edge, "rules_decline", ask_why)
    on_button(app, edge, "rules_keep", kept)
    on_button(app, edge, "rules_remove", removed)

    @app.view("rules_decline")
    async def declined(ack: AsyncAck, view: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        await ack()
        id, _, url = view["private_metadata"].partition("|")
        asked = Request(edge, {"response_url": url}, context, client, channel="")
        reason = next(iter(view["state"]["values"]["reason"].values())).get("value") or ""
        edge.work.spawn(_declined(asked, id, reason), otherwise=asked.failed, late=asked.late)


async def _answer(asked: Request, command: Command | None) -> None:
    if command is not None:
        await _show(asked, await asked.call((await _asked(asked)).done, command))


async def tried(asked: Request, id: str) -> None:
    """What a rule would have flagged."""
    await _show(asked, await asked.call((await _asked(asked)).tried, id))


async def approved(asked: Request, id: str, severity: Level) -> None:
    """It holds from now on."""
    await _show(asked, await asked.call((await _asked(asked)).approved, id, severity))


async def ask_why(asked: Request, id: str) -> None:
    """Ask for the reason of a no."""
    wording = await asked.wording()
    if await asked.leads():
        await asked.open(decline_form(id, asked.url, wording))
    else:
        await asked.say(wording.say("wow.only-leads"))


async def _declined(asked: Request, id: str, reason: str) -> None:
    await _show(asked, await asked.call((await _asked(asked)).declined, id, reason))


async def kept(asked: Request, id: str) -> None:
    """Another half year."""
    await _show(asked, await asked.call((await _asked(asked)).kept, id))


async def removed(asked: Request, id: str) -> None:
    """It holds no longer."""
    await _show(asked, await asked.call((await _asked(asked)).removed, id))


async def _asked(request: Request) -> Asked:
    here = Place(platform="slack", workspace=request.person.workspace, channel=request.channel)
    rituals, wording = request.edge.rituals, await request.wording()
    leads = await request.leads()
    return Asked(rituals.proposer, request.person.id, here, wording, leads=leads, today=rituals.today())


async def _show(asked: Request, answer: Answer) -> None:
    wording = await asked.wording()
    if isinstance(answer, Said):
        await asked.say(answer.text)
    elif isinstance(answer, Tried):
        await asked.show(escape(answer.lines[0]), lines_blocks(answer.lines))
    elif isinstance(answer, Every):
        await asked.show(wording.say("packs.title"), all_blocks(answer.lines, wording))
    else:
        await asked.show(wording.say("packs.title"), rules_blocks(answer, wording))
