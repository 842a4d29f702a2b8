"""The edge as a whole: Microsoft's SDK for tokens and messages, and the way of an activity to its handler."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from microsoft_teams.api.auth.cloud_environment import PUBLIC, CloudEnvironment, with_overrides
from microsoft_teams.apps import App
from microsoft_teams.apps.auth import TokenValidator
from microsoft_teams.common import Client, ClientOptions

from bot.coaching.errors import BadSetting
from bot.coaching.ports import Shelf
from bot.desk.conversations import Conversations
from bot.desk.desk import Desk
from bot.desk.model import Job
from bot.desk.work import Work, nothing
from bot.rituals.together import Rituals
from bot.settings import Settings
from bot.teams.board import TeamsBoard
from bot.teams.cards.form import dialog
from bot.teams.cards.parts import CONTENT_TYPE, notice
from bot.teams.channels import Channels
from bot.teams.connector import Connector
from bot.teams.delivery import TeamsDelivery
from bot.teams.edge import Edge
from bot.teams.gate import Gate
from bot.teams.guidepost import TeamsGuidepost
from bot.teams.handlers import buttons, dialogs, extensions, files, lifecycle, messages
from bot.teams.herald import TeamsHerald
from bot.teams.leads import Leads
from bot.teams.messages import unasked_message
from bot.teams.patience import Patience
from bot.teams.text import mended
from bot.teams.turn import Json, Turn, Unreadable, read_turn, tenants
from bot.teams.wording import Words

log = logging.getLogger(__name__)
# The SDK logs what it cannot read, and that may hold a draft.
logging.getLogger("microsoft_teams").setLevel(logging.CRITICAL)

SECONDS = 10
"""How long one call of the Connector may take."""
SOON, PATIENT = 4.0, 6.0
"""Seconds for a handler: Teams waits five for a dialog's answer, and longer for that to a message or a card."""
LARGEST = 1_000_000
"""Bytes of the largest request that is read."""

Handler = Callable[[Edge, Turn], Awaitable[Json | None]]
ACTIVITIES: Mapping[str, Handler] = {
    "message": messages.handle,
    "installationUpdate": lifecycle.installed,
    "conversationUpdate": lifecycle.updated,
}
INVOKES: Mapping[str, Handler] = {
    "composeExtension/fetchTask": extensions.opened,
    "composeExtension/submitAction": extensions.submitted,
    "adaptiveCard/action": buttons.pressed,
    "message/submitAction": buttons.feedback,
    "task/fetch": dialogs.opened,
    "task/submit": dialogs.submitted,
    "fileConsent/invoke": files.answered,
}


def missing_setting(settings: Settings) -> BadSetting | None:
    """What must be set before the app can start, or None."""
    if not settings.teams_client_id:
        return BadSetting("TEAMS_CLIENT_ID is missing: copy the application (client) id of your bot's registration.")
    if not settings.teams_client_secret.get_secret_value() and not settings.teams_test_token.get_secret_value():
        return BadSetting("TEAMS_CLIENT_SECRET is missing: make one under Certificates & secrets of the registration.")
    if not settings.teams_tenants:
        return BadSetting("TEAMS_TENANT_ID is missing: give the id of your organisation, or several parted by commas.")
    return None


class Teams:
    """The edge as a whole. Made within the event loop that it runs in; ``initialize`` before anything is asked."""

    def __init__(self, settings: Settings, shelf: Shelf, desk: Desk, conversations: Conversations) -> None:
        self._tenants = frozenset(settings.teams_tenants)
        self._shelf = shelf
        self._words = Words(shelf)
        self._desk = desk
        self._conversations = conversations
        self._edge: Edge | None = None
        self.work = Work()
        cloud = with_overrides(PUBLIC, openid_metadata_url=settings.teams_openid_metadata_url or None)
        self._gate = Gate(TokenValidator.for_service(settings.teams_client_id, cloud=cloud))
        self._app = _sdk(settings, cloud)
        self._connector = Connector(self._app)
        loop = asyncio.get_running_loop()
        self.delivery = TeamsDelivery(desk, self._words, self._connector, conversations, self.work, loop)
        self._channels = Channels(self._connector, conversations, self.work)
        self._leads = Leads(settings.teams_leads)
        self.board = TeamsBoard(desk, self._words, self._connector, conversations, self._channels, self.work, loop)

        self.guidepost = TeamsGuidepost(self.board, desk, self._words, self._connector, conversations, self.work)
        self.herald = TeamsHerald(self.guidepost)

    async def initialize(self, take: Callable[[Job], bool], rituals: Rituals) -> None:
        """Be ready for requests. ``take`` keeps a job durably; a request is answered when that is done."""
        self._edge = Edge(
            self._desk,
            self._shelf,
            self._words,
            take,
            self._connector,
            self._conversations,
            self.work,
            self.delivery,
            rituals,
            self._leads,
            self._channels,
        )
        await self._app.initialize()

    async def close(self) -> None:
        """Close all connections, once no review is under way any more."""
        self.work.close()
        self._gate.close()
        await self._app.http_client.http.aclose()
        await self._app.api.http.http.aclose()

    async def endpoint(self, request: Request) -> Response:
        """``POST /api/messages``. Nothing is read closely before the token is known to be right."""
        raw = await request.body()
        if len(raw) > LARGEST:
            return Response(status_code=413)
        try:
            activity = mended(json.loads(raw))
        except (ValueError, RecursionError):
            return Response(status_code=400)
        if not isinstance(activity, dict):
            return Response(status_code=400)
        refused = await self._gate.refusal(request.headers.get("Authorization", ""), activity.get("serviceUrl"))
        return Response(status_code=refused) if refused else await self._answered(activity)

    async def _answered(self, activity: Json) -> Response:
        """The answer to an activity whose token is right."""
        named = tenants(activity)
        if not named or not named <= self._tenants:
            log.warning("refused: not an organisation of TEAMS_TENANT_ID")
            return _answer(403)
        try:
            turn = read_turn(activity)
        except Unreadable:
            return _answer(400)
        handler = INVOKES.get(turn.name) if turn.type == "invoke" else ACTIVITIES.get(turn.type, _ignored)
        if handler is None:
            return _answer(400)
        assert self._edge
        seconds = SOON if turn.name.startswith(("composeExtension/", "task/")) else PATIENT
        handling = await self.work.soon(self._handled(self._edge, turn, handler), seconds)
        if handling.done():
            return handling.result()
        self.work.spawn(_shown_later(self._edge, turn, handling), otherwise=nothing)
        return self._said(self._edge, turn, "chat.late")

    async def _handled(self, edge: Edge, turn: Turn, handler: Handler) -> Response:
        try:
            return _answer(200, await handler(edge, turn))
        except Exception as error:
            # The text of an error may hold a draft, so only its kind is logged.
            log.exception("request failed type=%s error=%s", turn.type, type(error).__name__, exc_info=False)
            return self._said(edge, turn, "chat.failed")

    def _said(self, edge: Edge, turn: Turn, sentence: str) -> Response:
        """One plain sentence, in the form that was asked for."""
        wording = self._words.of(turn.locale[:2] or "en")
        if turn.name.startswith(("composeExtension/", "task/")):
            return _answer(200, dialog(notice(wording.say(sentence)), wording))
        if turn.name == "adaptiveCard/action":
            said = {"type": "application/vnd.microsoft.activity.message", "value": wording.say(sentence)}
            return _answer(200, {"statusCode": 200, **said})
        if turn.type == "message":
            edge.work.spawn(edge.tell(turn, sentence), otherwise=nothing)
        return _answer(200)


async def _shown_later(edge: Edge, turn: Turn, handling: asyncio.Task[Response]) -> None:
    """What a press led to takes the place of the card; only where its owner alone reads it."""
    said = json.loads(bytes((await handling).body) or b"{}")
    if said.get("type") == CONTENT_TYPE and turn.reply_to and turn.scope == "personal":
        await edge.connector.show({**turn.address, "activity": turn.reply_to}, unasked_message(said["value"], ""))


async def _ignored(edge: Edge, turn: Turn) -> None:
    """Reactions, edits, typing and the like ask for nothing."""


def _answer(status: int, body: Json | None = None) -> Response:
    return Response(status_code=status) if body is None else JSONResponse(body, status_code=status)


def _sdk(settings: Settings, cloud: CloudEnvironment) -> App:
    """The SDK's app, to speak through. What it would else read from the environment is stated."""
    test_token = settings.teams_test_token.get_secret_value()
    # Where a header is stated, the SDK asks Microsoft for no token.
    headers = {"Authorization": f"Bearer {test_token}"} if test_token else {}
    client = Client(ClientOptions(timeout=SECONDS, headers=headers))
    client.use(Patience())
    tenants = settings.teams_tenants
    return App(
        client_id=settings.teams_client_id,
        client_secret=settings.teams_client_secret.get_secret_value() or None,
        tenant_id=tenants[0] if len(tenants) == 1 else None,
        client=client,
        cloud=cloud,
        dangerously_allow_unauthenticated_requests=False,
        fetch_user_token=False,
        state=False,
        service_url="https://smba.trafficmanager.net/teams",
        telemetry={"agent365": False},
    )
