"""The web routes: what Slack and Teams call, and what the platform that runs Heartware asks."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from slack_bolt.adapter.fastapi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from starlette.concurrency import run_in_threadpool

log = logging.getLogger(__name__)

LARGEST = 1_000_000
"""Bytes of the largest request that is read."""


Endpoint = Callable[[Request], Awaitable[Response]]


def web_app(slack: AsyncApp | None, ready: Callable[[], bool], teams: Endpoint | None = None) -> FastAPI:
    """The routes. Without ``slack`` or ``teams`` theirs are left out; ``ready`` says whether work can be taken."""
    app = FastAPI(title="Heartware", docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz")
    async def readyz() -> JSONResponse:
        is_ready = await run_in_threadpool(ready)
        return JSONResponse({"status": "ready" if is_ready else "not ready"}, status_code=200 if is_ready else 503)

    if slack is not None:
        handler = AsyncSlackRequestHandler(slack)

        @app.post("/slack/events")
        async def events(request: Request) -> Response:
            if len(await request.body()) > LARGEST:
                return Response(status_code=413)
            try:
                return await handler.handle(request)
            except Exception as error:
                # Bolt reads a request before it looks at the signature; what it cannot read does not come from Slack.
                log.warning("unreadable request error=%s", type(error).__name__)
                return Response(status_code=400)

        if slack.oauth_flow:
            app.add_api_route("/slack/install", handler.handle, methods=["GET"], response_model=None)
            app.add_api_route("/slack/oauth_redirect", handler.handle, methods=["GET"], response_model=None)
    if teams is not None:
        app.add_api_route("/api/messages", teams, methods=["POST"], response_model=None)
    return app
