"""``heartware doctor``: everything that can be wrong with an installation, looked at one after another."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.coaching.errors import BadKnowledge, HeartwareError, LibraryUnavailable
from bot.desk.checked import Checked
from bot.desk.jumps import JUMP
from bot.operating.parts import LEAST_FREE, data_folder
from bot.settings import Settings, load_settings, unknown_variables

if TYPE_CHECKING:
    from sqlalchemy import Engine

OLDEST_PYTHON = (3, 11)
MODEL_MENDS = {
    "Authentication": "OPENAI_API_KEY is refused, copy the key again",
    "PermissionDenied": "this key may not use the model, choose another in HEARTWARE_MODEL",
    "NotFound": "this key knows no such model, look at HEARTWARE_MODEL",
    "RateLimit": "the account's quota or rate is used up, look at its billing",
    "Connection": "it cannot be reached, look at OPENAI_BASE_URL and the network",
    "no answer within": "choose a faster model, or raise HEARTWARE_MODEL_SECONDS",
    "failed": "choose a model in HEARTWARE_MODEL that answers by a JSON schema",
}
"""What to do about a model's failure, by what is said of it."""


async def examine() -> list[Checked]:
    """Look at everything. Where the settings themselves are wrong, nothing else can be looked at."""
    version = ".".join(map(str, sys.version_info[:3]))
    found = [Checked(f"Python {version}", "" if sys.version_info >= OLDEST_PYTHON else "install Python 3.11 or newer.")]
    try:
        settings = load_settings()
    except HeartwareError as error:
        return [*found, Checked("settings", str(error))]
    found += [Checked("settings"), *_environment(settings), *_data(settings), *_knowledge(settings), *_learned()]
    found += [*_database(settings), *_index(settings), *_model(settings), *_leads(settings)]
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
    wrong = data_folder(folder)()
    mend = "make room there, or set HEARTWARE_DATA to a folder that can be written and has room"
    yield Checked(f"data folder {folder}", f"{wrong.rstrip('.')}: {mend}." if wrong else "")
    if folder.is_dir():
        yield Checked(
            f"disk: {shutil.disk_usage(folder).free // 1_000_000:,} MB free (at least {LEAST_FREE // 1_000_000})"
        )


def _leads(settings: Settings) -> Iterator[Checked]:
    """Who leads, where a platform is set up: without any, the rituals have nobody to plan them."""
    if (settings.slack_bot_token.get_secret_value() or settings.slack_client_id) and not settings.slack_leads:
        yield Checked("leads in Slack: none in HEARTWARE_LEADS, so the workspace's admins")
    if settings.teams_client_id and not settings.teams_leads:
        yield Checked("leads in Teams: none in HEARTWARE_LEADS, so nobody; it takes their object ids")


def _knowledge(settings: Settings) -> Iterator[Checked]:
    from bot.content.checking import check, stale
    from bot.content.places import KNOWLEDGE, PROMPTS, WORDING

    problems = check(KNOWLEDGE, PROMPTS, WORDING)
    first = f"{len(problems)} mistakes, the first: {problems[0]}" if problems else ""
    yield Checked("knowledge, prompts and wording", first)
    due = list(stale(KNOWLEDGE, settings.today))
    yield Checked(f"review dates: {len(due)} due" if due else "review dates")


def _learned() -> Iterator[Checked]:
    """Whether the judge and the tagger of names can work: on a machine without the encoder the rules go on alone."""
    from bot.content.places import KNOWLEDGE
    from bot.encoder.heads import read_taught
    from bot.library.embedder import load_encoder

    try:
        encoder = load_encoder()
    except LibraryUnavailable:
        yield Checked("what was learnt: the encoder cannot be loaded here, so the rules judge and mask alone")
        return
    for path in (KNOWLEDGE / "judgement" / "judge.npz", KNOWLEDGE / "privacy" / "names.npz"):
        try:
            read_taught(path, encoder)
            yield Checked(f"what was learnt: {path.name}")
        except BadKnowledge as error:
            yield Checked("what was learnt", str(error))


def _database(settings: Settings) -> Iterator[Checked]:
    """The database and its key, as they are: nothing is made or brought up to date by looking."""
    from sqlalchemy import make_url

    from bot.store.database import NEWER, connected, explained, migrations

    url = settings.database
    file = make_url(url).database if url.startswith("sqlite") else None
    if file and not Path(file).exists():
        yield Checked("database: made at the first start")
        yield from _key(settings, None)
        return
    begun = time.perf_counter()
    try:
        with explained(url):
            engine = connected(url)
            revision, known = migrations(engine)
            took = (time.perf_counter() - begun) * 1000
            what = f"database: {engine.dialect.name}, migration {revision or 'none yet'}, {took:.0f} ms"
            latest = known[0]
            if revision and revision not in known:
                yield Checked(what, NEWER)
            else:
                yield Checked(what if revision == latest else f"{what}; the next start brings it to {latest}")
            yield from _sound(engine)
            yield from _key(settings, engine if revision == latest else None)
            engine.dispose()
    except HeartwareError as error:
        yield Checked("database", str(error))
        yield from _key(settings, None)


def _sound(engine: Engine) -> Iterator[Checked]:
    """A file is whole; of a server the clock goes as ours does."""
    from sqlalchemy import text

    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            sound = connection.execute(text("PRAGMA quick_check")).scalar() == "ok"
            yield Checked("database file", "" if sound else "it is damaged: stop, and 'heartware restore' a backup.")
        else:
            there = connection.execute(text("SELECT now()")).scalar()
            assert isinstance(there, datetime)
            apart = abs((datetime.now(UTC) - there).total_seconds())
            yield Checked("clock", f"{apart:.0f} seconds from the database's: set both by NTP." if apart > JUMP else "")


def _key(settings: Settings, engine: Engine | None) -> Iterator[Checked]:
    """The key that seals what is kept: there, for its owner alone, and the one that the database was sealed with."""
    from bot.store.key_check import OTHER_KEY, fits
    from bot.store.seal import Seal

    path, given = settings.heartware_data / "secret.key", settings.heartware_secret.get_secret_value()
    own = given or (path.read_text("ascii", "replace").strip() if path.exists() else "")
    what = "key: HEARTWARE_SECRET" if given else f"key {path}" if own else "key: made at the first start"
    if engine and not fits(engine, Seal(own)):
        yield Checked("key", OTHER_KEY)
    elif not given and own and os.name == "posix" and path.stat().st_mode & 0o077:
        yield Checked(what, f"others can read it: chmod 600 {path}.")
    elif not given and not settings.database.startswith("sqlite"):
        yield Checked("key", "several processes need the same one: set HEARTWARE_SECRET for each of them.")
    else:
        yield Checked(what)


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

    yield _tried(f"model {settings.heartware_model}", ask, mends=MODEL_MENDS)


def _tried(
    what: str, attempt: Callable[[], str], *, empty: str = "", mends: Mapping[str, str] = MappingProxyType({})
) -> Checked:
    """What the attempt says of itself, or what is wrong, with the mend of the first sign that this has."""
    try:
        said = attempt()
    except HeartwareError as error:
        mend = next((mend for sign, mend in mends.items() if sign in str(error)), "")
        return Checked(what, f"{str(error).rstrip('.')}: {mend}." if mend else str(error))
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
