"""The database: made and migrated at the start, also by two at once; wrong addresses end in one sentence; the seal."""

from __future__ import annotations

import stat
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, make_url, text

from bot.coaching.errors import BadSetting
from bot.desk.errors import Erased
from bot.store.database import open_database
from bot.store.jobs import SqlJobs
from bot.store.key_check import fits, forget_sealed, insist
from bot.store.processes import MISSED, Processes
from bot.store.seal import Seal, secret_of
from bot.store.tables import metadata
from tests.databases import PostgresDatabases
from tests.fakes import Clock
from tests.store.conftest import job


def test_the_migrations_make_the_tables_of_the_code(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": "heartware_version"})
        assert compare_metadata(context, metadata) == []


def test_sqlite_tells_the_time_as_durable_work_asks_for_it_on_any_version(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'heartware.db'}")
    with engine.connect() as connection:
        assert abs(connection.execute(text("SELECT unixepoch('subsec')")).scalar_one() - time.time()) < 5
    engine.dispose()


def test_a_database_of_a_newer_version_is_named_and_left_as_it_is(database_url: str) -> None:
    engine = open_database(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE heartware_version SET version_num = '9999'"))
    with pytest.raises(BadSetting, match=r"^The database was written by a newer Heartware: [^\n]+\.$"):
        open_database(database_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM heartware_version")).scalar() == "9999"
    engine.dispose()


def test_another_key_is_told_before_anything_is_sealed_and_a_lost_one_can_be_left_behind(engine: Engine) -> None:
    first, second = Seal("the secret of one process"), Seal("the secret of another")
    assert fits(engine, second)
    insist(engine, first)
    insist(engine, first)
    with pytest.raises(BadSetting, match=r"^HEARTWARE_SECRET is not the key[^\n]+\.$"):
        insist(engine, second)
    SqlJobs(engine, first, now=Clock()).put(job())
    assert forget_sealed(engine) == 1
    insist(engine, second)
    assert not fits(engine, first)


def test_what_is_wrong_with_a_server_is_named_without_its_password(postgres: PostgresDatabases) -> None:
    address = make_url(postgres.new())
    wrong = {
        address.set(database="nowhere"): "with a user and a database that the server has",
        address.set(username="nobody"): "with a user and a database that the server has",
        make_url("postgresql://a:hush@127.0.0.1:9/x"): "the server runs and listens on that host and port",
        make_url("postgresql://a:hush@host.invalid/x"): "with a host that there is",
    }
    for url, mend in wrong.items():
        with pytest.raises(BadSetting, match=rf"^DATABASE_URL [^\n]+{mend}\.$") as refused:
            open_database(url.render_as_string(hide_password=False))
        assert "hush" not in str(refused.value)


def test_processes_that_start_together_migrate_once(database_url: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        engines = list(threads.map(open_database, [database_url] * 4))
    for engine in engines:
        with engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM heartware_version")).scalar() == 1
        engine.dispose()


@pytest.mark.parametrize(
    "url",
    ["nonsense", "mysql://u:secret@localhost/x", "sqlite:////proc/nowhere/x.db", "postgres://u:secret@127.0.0.1:1/x"],
)
def test_a_wrong_address_is_one_sentence_without_its_password(url: str) -> None:
    with pytest.raises(BadSetting, match=r"^DATABASE_URL") as caught:
        open_database(url)
    assert "secret" not in str(caught.value)


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        secrets = set(threads.map(lambda n: secret_of(tmp_path / "data"), range(16)))
    assert len(secrets) == 1
    path = tmp_path / "data" / "secret.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["secret.key"]


def test_a_key_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "secret.key").mkdir()
    with pytest.raises(BadSetting, match=r"^HEARTWARE_DATA"):
        secret_of(tmp_path)


def test_what_another_key_sealed_is_erased(engine: Engine, clock: Clock) -> None:
    SqlJobs(engine, Seal("one"), now=clock).put(job())
    with pytest.raises(Erased):
        SqlJobs(engine, Seal("other"), now=clock).get("j1")


def test_a_process_that_stops_counting_is_dead_until_it_counts_again(engine: Engine) -> None:
    one, other, gone = (Processes(engine, name) for name in ("one", "other", "gone"))
    gone.beat()
    for _ in range(MISSED):
        assert one.beat() == []
        assert other.beat() == []
    assert one.beat() == ["gone"]
    one.bury("gone")
    assert one.beat() == []
    gone.beat()
    assert one.beat() == []
