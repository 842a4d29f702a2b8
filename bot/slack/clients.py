"""Clients of Slack's Web API: patient where it limits, quick where a trigger expires."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import aiohttp
from aiohttp import ClientOSError, ServerConnectionError, ServerDisconnectedError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.desk.model import Person

SECONDS = 10
"""How long one call may take."""

TokenOf = Callable[[Person], Awaitable[str]]


def retries() -> list[AsyncRetryHandler]:
    """Try again after a rate limit as Slack says, and after a broken connection or server."""
    lost = [ServerConnectionError, ServerDisconnectedError, ClientOSError, asyncio.TimeoutError]
    return [
        AsyncRateLimitErrorRetryHandler(max_retry_count=3),
        AsyncConnectionErrorRetryHandler(max_retry_count=2, error_types=lost),
        AsyncServerErrorRetryHandler(max_retry_count=2),
    ]


class Clients:
    """``token_of`` gives the bot's token in somebody's workspace. Made within the event loop that uses it."""

    def __init__(self, base_url: str, token_of: TokenOf) -> None:
        self._base_url = base_url
        self._token_of = token_of
        self.session = aiohttp.ClientSession()

    def client(self, token: str = "") -> AsyncWebClient:
        """A client; without a token Bolt gives each request's own."""
        return AsyncWebClient(
            token or None,
            base_url=self._base_url,
            timeout=SECONDS,
            session=self.session,
            retry_handlers=retries(),
        )

    async def of(self, person: Person) -> AsyncWebClient:
        """A client of the person's workspace."""
        return self.client(await self._token_of(person))

    def hook(self, url: str) -> AsyncWebhookClient:
        """A client of a ``response_url``."""
        return AsyncWebhookClient(url, timeout=SECONDS, session=self.session, retry_handlers=retries())

    async def close(self) -> None:
        """Close all connections."""
        await self.session.close()


def hasty(client: AsyncWebClient) -> AsyncWebClient:
    """The client, without waiting for a rate limit: a trigger would expire meanwhile."""
    return AsyncWebClient(
        client.token, base_url=client.base_url, timeout=SECONDS, session=client.session, retry_handlers=[]
    )
