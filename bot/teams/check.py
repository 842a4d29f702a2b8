"""``heartware teams --check``: whether settings, secret and keys are as they must be, without starting anything."""

from __future__ import annotations

import asyncio

import httpx
from microsoft_teams.api.auth.cloud_environment import PUBLIC
from microsoft_teams.api.auth.credentials import ClientCredentials
from microsoft_teams.apps.token_manager import TokenManager

from bot.desk.checked import Checked
from bot.settings import GUID, Settings
from bot.teams.app import missing_setting

SECONDS = 10


async def check(settings: Settings) -> list[Checked]:
    """Everything that can be known before the first message."""
    missing = missing_setting(settings)
    checked = [Checked("settings", str(missing) if missing else "")]
    if settings.teams_client_id:
        wrong = "" if GUID.fullmatch(settings.teams_client_id) else "it is no id: copy the application (client) id."
        checked.append(Checked("TEAMS_CLIENT_ID", wrong))
    checked += [_tenant(tenant) for tenant in settings.teams_tenants]
    if not missing and not settings.teams_test_token.get_secret_value():
        checked.append(await _secret(settings))
    checked.append(await _keys(settings.teams_openid_metadata_url or PUBLIC.openid_metadata_url))
    return checked


def _tenant(tenant: str) -> Checked:
    return Checked(f"TEAMS_TENANT_ID: {tenant}", "" if GUID.fullmatch(tenant) else "it is no id: copy the tenant id.")


async def _secret(settings: Settings) -> Checked:
    """Ask Microsoft for a token, as before every message."""
    tenants = settings.teams_tenants
    credentials = ClientCredentials(
        client_id=settings.teams_client_id,
        client_secret=settings.teams_client_secret.get_secret_value(),
        tenant_id=tenants[0] if len(tenants) == 1 else None,
    )
    try:
        await asyncio.wait_for(TokenManager(credentials).get_app_token(PUBLIC.bot_scope), SECONDS)
    except (OSError, TimeoutError) as error:
        return Checked("TEAMS_CLIENT_SECRET", f"Microsoft cannot be reached ({type(error).__name__}).")
    except Exception as error:  # the SDK and the library below it raise what they like
        return Checked("TEAMS_CLIENT_SECRET", f"Microsoft refuses it ({type(error).__name__}): make a new secret.")
    return Checked("TEAMS_CLIENT_SECRET")


async def _keys(url: str) -> Checked:
    """The keys that requests are checked with."""
    try:
        async with httpx.AsyncClient(timeout=SECONDS) as client:
            answer = await client.get(url.removesuffix("openidconfiguration") + "keys")
            known = answer.status_code == 200 and bool(answer.json().get("keys"))
    except (httpx.HTTPError, ValueError, AttributeError) as error:
        return Checked("keys of the Bot Framework", f"they cannot be reached ({type(error).__name__}).")
    return Checked("keys of the Bot Framework", "" if known else "there are none at TEAMS_OPENID_METADATA_URL.")
