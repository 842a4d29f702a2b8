"""``heartware doctor``: everything that can be wrong with an installation, looked at one after another."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.coaching.errors import HeartwareError
from bot.desk.checked import Checked
from bot.operating.parts import JUMP, LEAST_FREE, data_folder
from bot.settings import Settings, load_settings, unknown_variables

OLDEST_PYTHON = (3, 11)


async def examine() -> list[Checked]:
    """Look at everything. Where the settings themselves are wrong, nothing else can be looked at."""
    version = ".".join(map(str, sys.version_info[:3]))
    found = [Checked(f"Python {version}", "" if sys.version_info >= OLDEST_PYTHON else "install Python 3.11 or newer.")]
    try:
        settings = load_settings()
    except HeartwareError as error:
        return [*found, Checked("settings", str(error))]
    found += [Checked("settings"), *_environment(settings), *_data(settings), *_knowledge(settings)]
    found += [*_database(settings), *_index(settings), *_model(settings)]
    return [*found, *await _platforms(settings)]


def _environment(settings: Settings) -> Iterator[Checked]:
    """Variables that look like ours and are none, and what this machine must bring."""
    for name in unknown_variables():
        yield Checked(name, "no setting has this name: see README.md for those there are.")
    if settings.heartware_env == "test":
        yield Checked("HEARTWARE_ENV", "it is 'test', which lets test settings in: remove it where people work.")
    try:
        ZoneInfo("Europe/Helsinki")
        yield Checked("time zones")
    except ZoneInfoNotFoundError:
        yield Checked("time zones", "this machine has none: install the package tzdata.")


def _data(settings: Settings) -> Iterator[Checked]:
    folder = settings.heartware_data
    yield Checked(f"data folder {folder}", _mended(data_folder(folder)(), "set HEARTWARE_DATA to one that can be"))
    if folder.is_dir():
        yield Checked(
            f"disk: {shutil.disk_usage(folder).free // 1_000_000:,} MB free (at least {LEAST_FREE // 1_000_000})"
        )
    key = folder / "secret.key"
    if settings.heartware_secret.get_secret_value():
        yield Checked("key: HEARTWARE_SECRET")
    elif key.exists() and os.name == "posix" and key.stat().st_mode & 0o077:
        yield Checked(f"key {key}", f"others can read it: chmod 600 {key}.")
    elif settings.database_url.get_secret_value() and not settings.database.startswith("sqlite"):
        yield Checked("key", "several processes need the same one: set HEARTWARE_SECRET for each of them.")
    else:
        yield Checked(f"key {key}" if key.exists() else "key: made at the first start")


def _knowledge(settings: Settings) -> Iterator[Checked]:
    from bot.content.checking import check, stale
    from bot.content.places import KNOWLEDGE, PROMPTS, WORDING

    problems = check(KNOWLEDGE, PROMPTS, WORDING)
    first = f"{len(problems)} mistakes, the first: {problems[0]}" if problems else ""
    yield Checked("knowledge, prompts and wording", first)
    due = list(stale(KNOWLEDGE, settings.today))
    yield Checked(f"review dates: {len(due)} due" if due else "review dates")


def _database(settings: Settings) -> Iterator[Checked]:
    from sqlalchemy import text
    from sqlalchemy.exc import SQLAlchemyError

    from bot.store.database import open_database

    begun = time.perf_counter()
    try:
        engine = open_database(settings.database)
        kind = engine.dialect.name
        with engine.connect() as connection:
            revision = connection.execute(text("SELECT version_num FROM heartware_version")).scalar()
            yield Checked(f"database: {kind}, migration {revision}, {(time.perf_counter() - begun) * 1000:.0f} ms")
            if kind == "sqlite":
                sound = connection.execute(text("PRAGMA quick_check")).scalar() == "ok"
                yield Checked(
                    "database file", "" if sound else "it is damaged: stop, and 'heartware restore' a backup."
                )
            else:
                there = connection.execute(text("SELECT now()")).scalar()
                assert isinstance(there, datetime)
                apart = abs((datetime.now(UTC) - there).total_seconds())
                wrong = f"{apart:.0f} seconds from the database's: set both by NTP." if apart > JUMP else ""
                yield Checked("clock", wrong)
        engine.dispose()
    except (HeartwareError, SQLAlchemyError) as error:
        sentence = str(error) if isinstance(error, HeartwareError) else f"it does not answer ({type(error).__name__})."
        yield Checked("database", sentence)


def _index(settings: Settings) -> Iterator[Checked]:
    from bot.build import build

    def search() -> str:
        parts = build(settings, local=True)
        begun = time.perf_counter()
        found = parts.library().search("How do we treat a customer?", k=1)
        took = (time.perf_counter() - begun) * 1000
        return f"index: {len(parts.library().ids()):,} passages, {took:.0f} ms a search" if found else ""

    where = "CHROMA_URL" if settings.chroma_url else "HEARTWARE_DATA"
    yield _tried("index", search, empty=f"it holds nothing: run 'heartware index' (the index of {where}).")


def _model(settings: Settings) -> Iterator[Checked]:
    if not settings.heartware_model:
        yield Checked("model: none, the local coach reviews alone")
        return
    from pydantic import BaseModel

    from bot.build import build
    from bot.coaching.ports import Message

    class Answer(BaseModel):
        word: str

    def ask() -> str:
        model = build(settings).model
        assert model
        begun = time.perf_counter()
        model.ask([Message("user", "Answer with the word: ready.")], Answer)
        return f"model {settings.heartware_model}: {time.perf_counter() - begun:.1f} s an answer"

    yield _tried(f"model {settings.heartware_model}", ask)


def _tried(what: str, attempt: Callable[[], str], *, empty: str = "") -> Checked:
    """What the attempt says of itself, or what is wrong."""
    try:
        said = attempt()
    except HeartwareError as error:
        return Checked(what, str(error))
    return Checked(said or what, "" if said else empty)


async def _platforms(settings: Settings) -> list[Checked]:
    found: list[Checked] = []
    if settings.slack_bot_token.get_secret_value() or settings.slack_client_id:
        from bot.slack.check import check as check_slack

        found += [Checked(f"Slack, {one.what}", one.wrong) for one in await check_slack(settings)]
    if settings.teams_client_id or settings.teams_tenants:
        from bot.teams.check import check as check_teams

        found += [Checked(f"Teams, {one.what}", one.wrong) for one in await check_teams(settings)]
    return found or [Checked("no chat platform is set up: the verbs of the terminal work")]


def _mended(wrong: str, mend: str) -> str:
    return f"{wrong.rstrip('.')}: {mend}." if wrong else ""
