"""The doctor names everything that is wrong, with the mend, and its code says whether anything is."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.desk.checked import Checked
from bot.operating import doctor
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
    for what in ("settings", "data folder", "disk", "key", "knowledge", "database: sqlite, migration", "index: 1,"):
        assert f"ok    {what}" in said


def test_whatever_is_wrong_is_named_with_the_mend(data: Path) -> None:
    (data / "secret.key").write_text("x" * 44)
    (data / "secret.key").chmod(0o644)
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
        "model small: The model small failed", "Slack, settings: SLACK_SIGNING_SECRET", "Slack cannot be reached",
    ):  # fmt: skip
        assert what in found
    assert "xoxb-1" not in said


def test_a_damaged_database_is_named_and_how_to_go_on(tmp_path: Path) -> None:
    (tmp_path / "heartware.db").write_bytes(b"no database at all " * 1000)
    code, said = said_here(tmp_path, "doctor", CHROMA_URL="http://127.0.0.1:9")
    assert code == 1
    assert "is damaged: bring a backup back with 'heartware restore FILE" in said


@pytest.mark.parametrize("wrong_setting", [{"PORT": "x"}, {"HEARTWARE_MODEL_PRICES": "cheap"}])
def test_where_the_settings_are_wrong_that_is_what_is_said(tmp_path: Path, wrong_setting: dict[str, str]) -> None:
    code, said = said_here(tmp_path, "doctor", **wrong_setting)
    assert code == 1
    assert f"wrong settings: {next(iter(wrong_setting))}" in said
