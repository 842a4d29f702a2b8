"""The web routes: what Slack and Teams call, and what the platform that runs Heartware asks."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Awaitable, Callable, Mapping

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST
from slack_bolt.adapter.fastapi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from starlette.concurrency import run_in_threadpool

from bot.coaching.errors import BadInput

log = logging.getLogger(__name__)

LARGEST = 1_000_000
"""Bytes of the largest request that is read."""
LARGEST_LIST = 30_000_000
"""The same for a list of customers."""


Endpoint = Callable[[Request], Awaitable[Response]]


class Customers:
    """The route by which another system tells who the best customers are.

    ``keep`` is given the body, gives how many have the badge by it, and raises BadInput. Who does not send the secret
    as a bearer token learns nothing.
    """

    def __init__(self, secret: str, keep: Callable[[bytes], int]) -> None:
        self._wanted = f"Bearer {secret}".encode()
        self._keep = keep

    async def take(self, request: Request) -> Response:
        """Keep what was sent."""
        if not hmac.compare_digest(request.headers.get("Authorization", "").encode(), self._wanted):
            return Response(status_code=401)
        body = bytearray()
        async for piece in request.stream():
            body += piece
            if len(body) > LARGEST_LIST:
                return Response(status_code=413)
        try:
            count = await run_in_threadpool(self._keep, bytes(body))
        except BadInput as error:
            return JSONResponse({"error": str(error)}, status_code=400)
        return JSONResponse({"best": count})


def web_app(
    slack: AsyncApp | None,
    ready: Callable[[], bool],
    teams: Endpoint | None = None,
    *,
    customers: Customers | None = None,
    parts: Callable[[], Mapping[str, str]] = dict,
    figures: Callable[[], bytes] = bytes,
) -> FastAPI:
    """The routes. Without ``slack``, ``teams`` or ``customers`` theirs are left out.

    ``ready`` says whether work can be taken, ``parts`` what is wrong with each part (empty where it is well), and
    ``figures`` is the page that Prometheus reads.
    """
    app = FastAPI(title="Heartware", docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz")
    async def readyz() -> JSONResponse:
        is_ready, wrong = await run_in_threadpool(lambda: (ready(), parts()))
        status = "not ready" if not is_ready else "degraded" if any(wrong.values()) else "ready"
        said = {name: problem or "ok" for name, problem in wrong.items()}
        return JSONResponse({"status": status, "parts": said}, status_code=200 if is_ready else 503)

    @app.get("/metrics")
    async def metrics() -> Response:
        return Response(await run_in_threadpool(figures), media_type=CONTENT_TYPE_LATEST)

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
    if customers is not None:
        app.add_api_route("/customers", customers.take, methods=["POST"], response_model=None)
    if teams is not None:
        app.add_api_route("/api/messages", teams, methods=["POST"], response_model=None)
    return app
