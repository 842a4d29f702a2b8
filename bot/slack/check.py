"""``heartware slack --check``: whether settings, tokens and scopes are as they must be, without starting anything."""

from __future__ import annotations

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk.checked import Checked
from bot.settings import Settings
from bot.slack.app import missing_setting
from bot.slack.clients import SECONDS
from bot.slack.manifest import scopes


async def check(settings: Settings) -> list[Checked]:
    """Everything that can be known before the first message."""
    app_token = settings.slack_app_token.get_secret_value()
    bot_token = settings.slack_bot_token.get_secret_value()
    missing = missing_setting(settings, socket=bool(app_token))
    checked = [Checked("settings", str(missing) if missing else "")]
    if bot_token:
        checked += await _bot(AsyncWebClient(bot_token, base_url=settings.slack_api_url, timeout=SECONDS))
    if app_token:
        client = AsyncWebClient(base_url=settings.slack_api_url, timeout=SECONDS)
        checked.append(await _socket(client, app_token))
    return checked


async def _bot(client: AsyncWebClient) -> list[Checked]:
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        said = error.response.get("error")
        return [Checked("SLACK_BOT_TOKEN", f"Slack refuses it ({said}): copy it again from OAuth & Permissions.")]
    except (aiohttp.ClientError, TimeoutError) as error:
        return [Checked("SLACK_API_URL", f"Slack cannot be reached ({type(error).__name__}).")]
    granted = str(answer.headers.get("X-OAuth-Scopes") or answer.headers.get("x-oauth-scopes") or "").split(",")
    missing = sorted(set(scopes()) - set(granted))
    mend = f"missing {', '.join(missing)}: update the app from the manifest and install it again." if missing else ""
    return [Checked(f"SLACK_BOT_TOKEN: {answer['team']}, {answer['user_id']}"), Checked("scopes", mend)]


async def _socket(client: AsyncWebClient, app_token: str) -> Checked:
    try:
        await client.apps_connections_open(app_token=app_token)
    except SlackApiError as error:
        said = error.response.get("error")
        mend = "make an app-level token with connections:write, and switch Socket Mode on"
        return Checked("SLACK_APP_TOKEN", f"Slack refuses it ({said}): {mend}.")
    except (aiohttp.ClientError, TimeoutError) as error:
        return Checked("SLACK_API_URL", f"Slack cannot be reached ({type(error).__name__}).")
    return Checked("SLACK_APP_TOKEN")
