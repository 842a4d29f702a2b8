"""Settings: a wrong or missing one is one line that names the variable and the mend."""

from pathlib import Path

import pytest

from bot.coaching.errors import BadSetting
from bot.settings import load_settings


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "HEARTWARE_MODEL", "CHROMA_URL", "HEARTWARE_ENV", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)


def test_nothing_need_be_set() -> None:
    settings = load_settings()
    assert settings.heartware_model == ""
    assert settings.heartware_data == Path(".heartware")


@pytest.mark.parametrize(
    ("name", "value", "mend"),
    [
        ("CHROMA_URL", "localhost:8000", "http://"),
        ("OPENAI_BASE_URL", "ftp://x", "http://"),
        ("HEARTWARE_EMBEDDINGS", "word2vec", "'local' or 'openai:'"),
        ("HEARTWARE_ENV", "staging", "'production' or 'test'"),
        ("HEARTWARE_MODEL_SECONDS", "soon", "valid number"),
        ("HEARTWARE_SECRET", "short", "at least 32 characters"),
        ("HEARTWARE_NOW", "2026-11-21T09:00:00", "HEARTWARE_ENV=test"),
    ],
)
def test_a_wrong_setting_is_one_line_that_begins_with_its_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, mend: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSetting) as caught:
        load_settings()
    message = str(caught.value)
    assert message.startswith(name)
    assert mend in message
    assert "\n" not in message


def test_a_model_of_openai_needs_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEARTWARE_MODEL", "gpt-5.4-mini")
    with pytest.raises(BadSetting, match=r"^OPENAI_API_KEY is missing"):
        load_settings()


def test_a_local_server_needs_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEARTWARE_MODEL", "smollm2")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:8080/v1")
    assert load_settings().openai_base_url == "http://127.0.0.1:8080/v1"


def test_the_key_never_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret")
    assert "very-secret" not in repr(load_settings())


def test_settings_come_from_a_dotenv_file_too(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("HEARTWARE_DATA=/var/heartware\n")
    assert load_settings().heartware_data == Path("/var/heartware")


def test_the_database_is_a_file_in_the_data_folder_unless_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEARTWARE_DATA", "kept")
    assert load_settings().database == "sqlite:///kept/heartware.db"
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:p@host/name")
    assert load_settings().database == "postgresql://u:p@host/name"


def test_passwords_and_secrets_never_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEARTWARE_SECRET", "hush" * 10)
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:hush@host/name")
    assert "hush" not in repr(load_settings())
