"""Running the edges: everything joined, until the process is told to stop, and then an end in good order."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import uvicorn
from fastapi import FastAPI
from sqlalchemy import Engine

from bot.build import Parts, open_conversations, open_desk, open_installations, open_rituals
from bot.coaching.errors import BadSetting, LibraryUnavailable
from bot.coaching.model import LANGUAGES, Draft
from bot.desk.model import Platform
from bot.durable import Durable
from bot.observing.exporting import Exporting, Wanted
from bot.observing.logs import set_up_logs
from bot.operating import parts as watched
from bot.operating.depth import Depth
from bot.operating.readiness import Readiness
from bot.rituals.gifts.customers import receive
from bot.rituals.together import Rituals, Ticker
from bot.settings import Settings
from bot.store.jobs import kept_jobs, waiting_jobs
from bot.store.patience import is_waited_for, lose_patience
from bot.store.retention import EVERY as RETENTION
from bot.store.retention import Retention
from bot.web import Customers, web_app

if TYPE_CHECKING:
    from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

    from bot.slack.app import Slack
    from bot.teams.app import Teams

log = logging.getLogger(__name__)
T = TypeVar("T")

DRAIN = 25
"""Seconds for the work in flight; platforms kill a process about half a minute after they asked it to stop."""


class Server(uvicorn.Server):
    """uvicorn without its own signal handlers, which would end the process before the work in flight."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone."""
        yield


def set_up(settings: Settings) -> list[Platform]:
    """The platforms that the settings speak of. Raises BadSetting where there is none."""
    slack = settings.slack_client_id or settings.slack_bot_token.get_secret_value()
    teams = settings.teams_client_id or settings.teams_tenants
    named: dict[Platform, object] = {"slack": slack, "teams": teams}
    chosen = [platform for platform, given in named.items() if given]
    if not chosen:
        raise BadSetting("SLACK_BOT_TOKEN and TEAMS_CLIENT_ID are missing: set up Slack, Teams or both, see README.md.")
    return chosen


async def serve(
    parts: Parts,
    platforms: Collection[Platform],
    *,
    http: bool,
    worker: bool = False,
    tell: Callable[[str], None] = lambda sentence: None,
) -> None:
    """Serve these platforms until the process is told to stop: over ``http``, and Slack in Socket Mode where it is set.

    A ``worker`` listens to nobody: it takes over what processes that died left, posts what is due, and tidies.
    ``tell`` is given a sentence when people can ask. Raises BadSetting.
    """
    settings = parts.settings
    app_token = settings.slack_app_token.get_secret_value() if "slack" in platforms and not worker else ""
    # Each takes part of a second to import: who serves one of them does not wait for the other.
    if "slack" in platforms:
        from bot.slack.app import Slack, missing_setting

        _complain(missing_setting(settings, socket=worker or (bool(app_token) and not http)))
    if "teams" in platforms:
        from bot.teams.app import Teams
        from bot.teams.app import missing_setting as missing_in_teams

        _complain(missing_in_teams(settings))
    set_up_logs(settings.heartware_log, lines=True)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await asyncio.to_thread(_warm, parts)
    exporting = Exporting(
        Wanted(
            traces=settings.sends_by_otlp(settings.otel_traces_exporter),
            metrics=settings.sends_by_otlp(settings.otel_metrics_exporter),
        )
    )
    desk, engine = await asyncio.to_thread(open_desk, parts)
    slack = teams = None
    if "slack" in platforms:
        slack = Slack(settings, parts.shelf, desk, engine, open_installations(parts, engine, "slack"))
    if "teams" in platforms:
        teams = Teams(settings, parts.shelf, desk, open_conversations(parts, engine))
    edges: dict[str, Slack | Teams] = {
        name: edge for name, edge in (("slack", slack), ("teams", teams)) if edge is not None
    }
    durable = Durable(desk, engine, {name: edge.delivery for name, edge in edges.items()})
    boards = {name: edge.board for name, edge in edges.items()}
    heralds = {name: edge.herald for name, edge in edges.items()}
    guideposts = {name: edge.guidepost for name, edge in edges.items()}
    rituals = open_rituals(parts, engine, boards, heralds, guideposts)
    bolt = slack.bolt(durable.take, rituals) if slack else None
    if teams:
        await teams.initialize(durable.take, rituals)
    await asyncio.to_thread(durable.start)
    retention = Retention(engine, settings.heartware_keep_days, today=lambda: settings.now.date())
    tickers = [*rituals.tickers(), Ticker(retention.tidy, every=RETENTION)]
    for ticker in tickers:
        ticker.start()
    readiness = readiness_of(parts, engine, durable)
    exporting.watch("heartware.ready", "1 where a part is well, else 0.", readiness.figures, label="part")
    depth = Depth(_asked(engine, waiting_jobs), now=lambda: settings.now)
    exporting.watch("heartware.jobs", "Jobs that are kept, sealed.", _asked(engine, kept_jobs), label="platform")
    waiting, oldest = "Jobs that wait for the end of their answer.", "For how long the oldest of these has waited."
    exporting.watch("heartware.jobs.waiting", waiting, depth.counts, label="kind")
    exporting.watch("heartware.jobs.oldest", oldest, depth.ages, label="kind", unit="s")
    app = web_app(
        bolt,
        readiness.ready,
        teams.endpoint if teams else None,
        customers=_customers(settings, rituals),
        parts=readiness.parts,
        figures=exporting.page,
    )
    socket = None
    if bolt and app_token:
        from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

        socket = AsyncSocketModeHandler(bolt, app_token)
    # What is here now stays. To look through it for garbage would halt everybody for a quarter of a second each time.
    gc.freeze()
    try:
        await _until(stop, app, socket, settings.port if http else None, tell)
    finally:
        lose_patience(engine)
        await asyncio.gather(*(asyncio.to_thread(ticker.stop, DRAIN) for ticker in tickers))
        await asyncio.gather(*(edge.work.drain(DRAIN) for edge in edges.values()))
        await asyncio.to_thread(durable.drain, DRAIN)
        for edge in edges.values():
            await edge.close()
        await asyncio.to_thread(exporting.close)


def readiness_of(parts: Parts, engine: Engine, durable: Durable) -> Readiness:
    """What ``/readyz`` asks of a process that serves."""
    needed = {
        "work": lambda: "" if durable.ready() else "No work is taken: the process ends, or has no database.",
        "database": watched.database(engine),
        "data folder": watched.data_folder(parts.settings.heartware_data),
    }
    useful = {"index": watched.index(parts.library), "clock": watched.clock()}
    if parts.model:
        breaker = parts.model.breaker
        useful["model"] = watched.model(lambda: breaker.open)
    return Readiness(needed, useful)


async def _until(
    stop: asyncio.Event,
    app: FastAPI,
    socket: AsyncSocketModeHandler | None,
    port: int | None,
    tell: Callable[[str], None],
) -> None:
    """Listen until told to stop; then take nothing more."""
    if socket:
        await socket.client.connect()  # type: ignore[no-untyped-call]
        tell("Heartware listens to Slack in Socket Mode.")
    if port is None:
        if not socket:
            tell("Heartware works, and listens to nobody.")
        await stop.wait()
    else:
        server = Server(uvicorn.Config(app, host="0.0.0.0", port=port, log_config=None))  # noqa: S104
        tell(f"Heartware listens on port {port}.")
        serving = asyncio.create_task(server.serve())
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        await serving
        stopping.cancel()
    if socket:
        await socket.client.close()  # type: ignore[no-untyped-call]


def _asked(engine: Engine, figures: Callable[[Engine], T]) -> Callable[[], T]:
    """Asks a database for figures. Raises LookupError where it would have to be waited for: then there are none."""

    def ask() -> T:
        if is_waited_for(engine):
            raise LookupError
        return figures(engine)

    return ask


def _customers(settings: Settings, rituals: Rituals) -> Customers | None:
    """The route by which another system tells who the best customers are; only where a secret is set."""
    secret = settings.heartware_customers_secret.get_secret_value()
    return Customers(secret, lambda body: receive(body, rituals.giver, rituals.reporter)) if secret else None


def _complain(problem: BadSetting | None) -> None:
    if problem:
        raise problem


def _warm(parts: Parts) -> None:
    """Load what a first question would otherwise wait for. Raises BadKnowledge where what was learnt is damaged."""
    for language in LANGUAGES:
        parts.coach.review_local(Draft(text="Thank you for your message.", language=language))
        parts.coach.mask(language, "Thank you, Anna.")
    if parts.model:
        parts.model.load()
    try:
        parts.library()
    except LibraryUnavailable as error:
        # Reviews do without it; the next question opens it again.
        log.warning("the index is not there: %s", error)
