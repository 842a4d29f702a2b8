"""The Slack app: Bolt with every listener, for one workspace by token or for many by OAuth."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization.async_authorize import AsyncInstallationStoreAuthorize
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from sqlalchemy import Engine

from bot.coaching.errors import BadSetting
from bot.coaching.ports import Shelf
from bot.desk.desk import Desk
from bot.desk.model import Job, Person
from bot.desk.work import Work
from bot.rituals.together import Rituals
from bot.settings import Settings
from bot.slack.board import SlackBoard
from bot.slack.clients import Clients
from bot.slack.delivery import SlackDelivery
from bot.slack.edge import Edge, parts_of
from bot.slack.guidepost import SlackGuidepost
from bot.slack.heralding import SlackHerald
from bot.slack.in_time import InTime, Late
from bot.slack.installations import Installations, Secrets, States, pages
from bot.slack.languages import Languages
from bot.slack.leads import Leads
from bot.slack.listeners import (
    actions,
    commands,
    home,
    keeping,
    lifecycle,
    mentions,
    messages,
    path,
    proposing,
    rules,
    schedules,
    shortcuts,
    stories,
    views,
    wow,
)
from bot.slack.manifest import scopes

log = logging.getLogger(__name__)
LISTENERS = (
    path, proposing, rules, keeping, commands, shortcuts, messages, mentions, actions, views, home, wow, schedules,
    stories, lifecycle,
)  # fmt: skip
# Bolt warns of tokens in the environment that it is not to use.
logging.getLogger("slack_bolt").setLevel(logging.ERROR)


def missing_setting(settings: Settings, *, socket: bool) -> BadSetting | None:
    """What must be set before the app can start, or None. ``socket``: in Socket Mode, else over HTTP."""
    if settings.slack_client_id and not settings.slack_client_secret.get_secret_value():
        return BadSetting("SLACK_CLIENT_SECRET is missing: copy it from Basic Information of your Slack app.")
    if not settings.slack_client_id and not settings.slack_bot_token.get_secret_value():
        return BadSetting("SLACK_BOT_TOKEN is missing: install your Slack app and copy the token that begins xoxb-.")
    if not socket and not settings.slack_signing_secret.get_secret_value():
        return BadSetting(
            "SLACK_SIGNING_SECRET is missing: copy it from Basic Information of your Slack app, "
            "or set SLACK_APP_TOKEN for Socket Mode."
        )
    return None


class Slack:
    """The edge as a whole. Made within the event loop that it runs in."""

    def __init__(self, settings: Settings, shelf: Shelf, desk: Desk, engine: Engine, secrets: Secrets) -> None:
        self._settings = settings
        self._shelf = shelf
        self._desk = desk
        self.work = Work()
        self._installations = Installations(secrets, self.work) if self._by_oauth else None
        self._states = States(engine, self.work)
        self._clients = Clients(settings.slack_api_url, self._token_of)
        self._languages = Languages(desk, shelf, self.work)
        loop = asyncio.get_running_loop()
        self.delivery = SlackDelivery(desk, shelf, self._clients, self._languages, self.work, loop)
        self.board = SlackBoard(shelf, self._clients, self._languages, loop)
        self.guidepost = SlackGuidepost(self.board, shelf, self._clients, self._languages)
        self.herald = SlackHerald(self.board, shelf, self._clients, self._languages)

    def bolt(self, take: Callable[[Job], bool], rituals: Rituals) -> AsyncApp:
        """Bolt's app. ``take`` keeps a job durably; a request is acknowledged when that is done."""
        app = self._for_many(self._installations) if self._installations else self._for_one()
        app.late = Late(self._clients, self._languages, self.work)
        edge = Edge(
            self._desk,
            self._shelf,
            take,
            self._clients,
            self._languages,
            self.work,
            rituals,
            Leads(self._settings.slack_leads),
        )
        for listeners in LISTENERS:
            listeners.register(app, edge)
        actions.register_last(app, edge)
        return app

    async def close(self) -> None:
        """Close all connections, once no review is under way any more."""
        self.work.close()
        await self._clients.close()

    @property
    def _by_oauth(self) -> bool:
        return bool(self._settings.slack_client_id)

    def _for_one(self) -> InTime:
        return InTime(
            client=self._clients.client(self._settings.slack_bot_token.get_secret_value()),
            signing_secret=self._settings.slack_signing_secret.get_secret_value(),
            process_before_response=True,
            user_facing_authorize_error_message=self._shelf.wording("en").say("chat.failed"),
        )

    def _for_many(self, installations: Installations) -> InTime:
        secret = self._settings.slack_client_secret.get_secret_value()
        client = self._clients.client()
        oauth = AsyncOAuthSettings(
            client_id=self._settings.slack_client_id,
            client_secret=secret,
            scopes=scopes(),
            installation_store=installations,
            installation_store_bot_only=True,
            state_store=self._states,
            callback_options=pages(),
        )
        authorize = AsyncInstallationStoreAuthorize(
            logger=log,
            installation_store=installations,
            client_id=self._settings.slack_client_id,
            client_secret=secret,
            client=client,
            bot_only=True,
            cache_enabled=True,
        )
        return InTime(
            client=client,
            signing_secret=self._settings.slack_signing_secret.get_secret_value(),
            authorize=authorize,  # type: ignore[arg-type]  # the hint leaves out Bolt's own class
            installation_store=installations,
            oauth_flow=AsyncOAuthFlow(client=client, settings=oauth),
            process_before_response=True,
            user_facing_authorize_error_message=self._shelf.wording("en").say("chat.failed"),
        )

    async def _token_of(self, person: Person) -> str:
        """The bot's token where this person works; it was renewed, if need be, when their request came in."""
        if self._installations is None:
            return self._settings.slack_bot_token.get_secret_value()
        enterprise, team = parts_of(person)
        bot = await self._installations.async_find_bot(enterprise_id=enterprise, team_id=team)
        if bot is None or not bot.bot_token:
            raise BadSetting("SLACK_CLIENT_ID: this workspace uninstalled the app.")
        return bot.bot_token
