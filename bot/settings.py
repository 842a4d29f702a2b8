"""The only reader of the environment and ``.env``: one frozen Settings, or one line that says what to mend."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.coaching.errors import BadSetting


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise ValueError("must be a web address that begins with http:// or https://")
    return value.rstrip("/")


def _embeddings(value: str) -> str:
    if value != "local" and not (value.startswith("openai:") and len(value) > len("openai:")):
        raise ValueError("must be 'local' or 'openai:' and the name of an embedding model")
    return value


def _stripped(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


WebAddress = Annotated[str, BeforeValidator(_stripped), AfterValidator(_web_address)]
Name = Annotated[str, BeforeValidator(_stripped)]


class Settings(BaseSettings):
    """Everything that can be set, with its default. An empty variable counts as not set."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    openai_api_key: SecretStr = SecretStr("")
    openai_base_url: WebAddress = ""
    heartware_model: Name = ""
    heartware_embeddings: Annotated[Name, AfterValidator(_embeddings)] = "local"
    heartware_data: Path = Path(".heartware")
    heartware_env: Literal["production", "test"] = "production"
    heartware_now: datetime | None = None
    heartware_model_seconds: float = Field(default=20.0, gt=0, le=120)
    chroma_url: WebAddress = ""

    @model_validator(mode="after")
    def _together(self) -> Settings:
        if self.heartware_now and self.heartware_env != "test":
            raise ValueError("HEARTWARE_NOW is only for tests: remove it, or set HEARTWARE_ENV=test.")
        if self.needs_key and not self.openai_api_key.get_secret_value():
            raise ValueError("OPENAI_API_KEY is missing: set it, or leave HEARTWARE_MODEL empty for the local coach.")
        return self

    @property
    def today(self) -> date:
        """The day it is, or the one that a test has set."""
        return (self.heartware_now or datetime.now()).date()

    @property
    def needs_key(self) -> bool:
        """Whether a setting asks for OpenAI's own service; a local server of the same kind takes any key."""
        uses_openai = bool(self.heartware_model) or self.heartware_embeddings != "local"
        return uses_openai and not self.openai_base_url


def load_settings() -> Settings:
    """The settings of this process. Raises BadSetting whose sentence begins with the variable's name."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        message = first["msg"].removeprefix("Value error, ")
        raise BadSetting(f"{name} {_sentence(message)}" if name else message) from None


def _sentence(message: str) -> str:
    message = message[:1].lower() + message[1:]
    return message if message.startswith(("must", "should")) else f"is wrong: {message}."
