"""The doctor names everything that is wrong, with the mend, and its code says whether anything is."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from bot.coaching.errors import LibraryUnavailable
from bot.content import places
from bot.desk.checked import Checked
from bot.encoder.encoder import Encoder
from bot.library import embedder
from bot.operating import doctor
from bot.settings import Settings
from bot.store.database import migrations, open_database
from bot.store.key_check import insist
from bot.store.seal import Seal
from tests.edges.processes import said_here


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("heartware")


def wrong(said: str) -> list[str]:
    return [line.removeprefix("wrong ") for line in said.splitlines() if line.startswith("wrong ")]


def test_a_sound_installation_has_nothing_wrong(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # To make a whole index takes many seconds; the other tests see it looked at.
    monkeypatch.setattr(doctor, "_index", lambda settings: [Checked("index: 1,005 passages")])
    code, said = said_here(data, "doctor")
    assert (code, wrong(said)) == (0, [])
    for what in ("settings", "data folder", "disk", "key", "knowledge", "database: made at", "index: 1,"):
        assert f"ok    {what}" in said


def test_damaged_weights_are_named_and_a_machine_without_the_encoder_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [checked.wrong for checked in doctor._learned()] == ["", ""]
    monkeypatch.setattr(places, "KNOWLEDGE", tmp_path)
    assert ["shipped" in checked.wrong for checked in doctor._learned()] == [True, True]

    def none() -> Encoder:
        raise LibraryUnavailable("There is no encoder here.")

    monkeypatch.setattr(embedder, "load_encoder", none)
    [checked] = doctor._learned()
    assert checked.wrong == ""
    assert "the rules judge and mask alone" in checked.what


def test_whatever_is_wrong_is_named_with_the_mend(data: Path) -> None:
    (data / "secret.key").write_text("x" * 44)
    (data / "secret.key").chmod(0o644)
    open_database(f"sqlite:///{data / 'heartware.db'}").dispose()
    given = {
        "HEARTWARE_MODL": "x", "HEARTWARE_MODEL": "small", "OPENAI_BASE_URL": "http://127.0.0.1:9/v1",
        "HEARTWARE_ENV": "test", "CHROMA_URL": "http://127.0.0.1:9", "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_API_URL": "http://127.0.0.1:9/api",
    }  # fmt: skip
    code, said = said_here(data, "doctor", **given)
    assert code == 1
    found = "\n".join(wrong(said))
    for what in (
        "HEARTWARE_MODL: no setting has this name", "HEARTWARE_ENV: it is 'test'", "chmod 600", "index: CHROMA_URL",
        "model small: The model small failed (OpenAIConnectionError): it cannot be reached, look at",
        "Slack, settings: SLACK_SIGNING_SECRET", "Slack cannot be reached",
    ):  # fmt: skip
        assert what in found
    assert "xoxb-1" not in said


def test_a_damaged_database_is_named_and_how_to_go_on(tmp_path: Path) -> None:
    (tmp_path / "heartware.db").write_bytes(b"no database at all " * 1000)
    code, said = said_here(tmp_path, "doctor", CHROMA_URL="http://127.0.0.1:9")
    assert code == 1
    assert "is damaged: bring a backup back with 'heartware restore FILE" in said


def looked_at(url: str, data: Path, secret: str = "") -> dict[str, str]:
    """What the doctor says of the database and its key, without the rest of its round."""
    settings = Settings(heartware_data=data, database_url=SecretStr(url), heartware_secret=SecretStr(secret))
    return {one.what: one.wrong for one in doctor._database(settings)}


def test_an_older_database_is_only_looked_at_and_a_newer_one_is_wrong(database_url: str, tmp_path: Path) -> None:
    secret = "s" * 40
    engine = open_database(database_url)
    latest, before = migrations(engine)[1][:2]
    assert not any(looked_at(database_url, tmp_path, secret).values())
    for revision, said in ((before, f"the next start brings it to {latest}"), ("9999", "written by a newer Heartware")):
        with engine.begin() as connection:
            connection.execute(text(f"UPDATE heartware_version SET version_num = '{revision}'"))
        found = looked_at(database_url, tmp_path, secret)
        assert said in "\n".join(f"{what} {wrong}" for what, wrong in found.items())
        assert any(found.values()) == (revision == "9999")
        assert migrations(engine)[0] == revision
    engine.dispose()


def test_a_key_that_is_not_the_one_of_the_database_is_named(database_url: str, tmp_path: Path) -> None:
    engine = open_database(database_url)
    insist(engine, Seal("s" * 40))
    assert "HEARTWARE_SECRET is not the key" not in str(looked_at(database_url, tmp_path, "s" * 40))
    for other in ("t" * 40, ""):
        assert "HEARTWARE_SECRET is not the key" in str(looked_at(database_url, tmp_path, other))
    engine.dispose()


@pytest.mark.parametrize("wrong_setting", [{"PORT": "x"}, {"HEARTWARE_MODEL_PRICES": "cheap"}])
def test_where_the_settings_are_wrong_that_is_what_is_said(tmp_path: Path, wrong_setting: dict[str, str]) -> None:
    code, said = said_here(tmp_path, "doctor", **wrong_setting)
    assert code == 1
    assert f"wrong settings: {next(iter(wrong_setting))}" in said
