"""The only reader of the environment and ``.env``: one frozen Settings, or one line that says what to mend."""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
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


def _currency(value: str) -> str:
    if not (len(value) == 3 and value.isascii() and value.isalpha()):
        raise ValueError("must be the three letters of a currency, such as EUR")
    return value.upper()


def _prices(value: str) -> str:
    try:
        prices = [float(price) for price in value.split(",") if price.strip()]
    except ValueError:
        prices = [-1.0]
    if len(prices) not in (0, 2) or not all(0 <= price < 100_000 for price in prices):
        raise ValueError("must be two numbers, the dollars for a million tokens read and written, such as 0.75, 4.50")
    return value


def _stripped(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


WebAddress = Annotated[str, BeforeValidator(_stripped), AfterValidator(_web_address)]
Name = Annotated[str, BeforeValidator(_stripped)]


SHORTEST_SECRET = 32
OWN_NAMES = ("HEARTWARE_", "SLACK_", "TEAMS_", "CHROMA_URL")
"""How the names of our settings begin; what else the environment holds is none of our business."""
GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
"""How Microsoft writes the id of a person, an app or an organisation."""


def platform_of(id: str) -> Literal["slack", "teams"]:
    """Whose user id this is: in Teams people have object ids."""
    return "teams" if GUID.fullmatch(id) else "slack"


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
    heartware_ask_whom: Name = ""
    heartware_leads: Name = ""
    heartware_owners: Name = ""
    heartware_budget: Decimal = Field(default=Decimal(500), ge=0, le=1_000_000, decimal_places=2)
    heartware_budget_at_once: Decimal = Field(default=Decimal(100), ge=0, le=1_000_000, decimal_places=2)
    heartware_budget_carries: bool = False
    heartware_customers_secret: SecretStr = SecretStr("")
    heartware_currency: Annotated[Name, AfterValidator(_currency)] = "USD"
    heartware_funding: Name = ""
    heartware_mask_orders: bool = False
    heartware_model_seconds: float = Field(default=20.0, gt=0, le=120)
    heartware_model_prices: Annotated[Name, AfterValidator(_prices)] = ""
    heartware_log: Literal["debug", "info", "warning", "error"] = "info"
    heartware_keep_days: int = Field(default=400, ge=1, le=3_660)
    otel_sdk_disabled: bool = False
    otel_exporter_otlp_endpoint: WebAddress = ""
    otel_traces_exporter: Name = "otlp"
    otel_metrics_exporter: Name = "otlp"
    chroma_url: WebAddress = ""
    database_url: SecretStr = SecretStr("")
    heartware_secret: SecretStr = SecretStr("")
    slack_bot_token: SecretStr = SecretStr("")
    slack_signing_secret: SecretStr = SecretStr("")
    slack_app_token: SecretStr = SecretStr("")
    slack_client_id: Name = ""
    slack_client_secret: SecretStr = SecretStr("")
    slack_api_url: WebAddress = "https://slack.com/api"
    teams_client_id: Name = ""
    teams_client_secret: SecretStr = SecretStr("")
    teams_tenant_id: Name = ""
    teams_openid_metadata_url: WebAddress = ""
    teams_test_token: SecretStr = SecretStr("")
    port: int = Field(default=3000, ge=0, le=65535)

    @model_validator(mode="after")
    def _together(self) -> Settings:
        if self.heartware_now and self.heartware_env != "test":
            raise ValueError("HEARTWARE_NOW is only for tests: remove it, or set HEARTWARE_ENV=test.")
        if self.heartware_env != "test":
            only_there = {
                "TEAMS_OPENID_METADATA_URL": self.teams_openid_metadata_url,
                "TEAMS_TEST_TOKEN": self.teams_test_token.get_secret_value(),
            }
            for name, value in only_there.items():
                if value:
                    raise ValueError(f"{name} is only for tests: remove it, or set HEARTWARE_ENV=test.")
        if self.needs_key and not self.openai_api_key.get_secret_value():
            raise ValueError("OPENAI_API_KEY is missing: set it, or leave HEARTWARE_MODEL empty for the local coach.")
        return self

    @field_validator("heartware_secret", "heartware_customers_secret")
    @classmethod
    def _long(cls, secret: SecretStr) -> SecretStr:
        if 0 < len(secret.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError(f"must have at least {SHORTEST_SECRET} characters that nobody can guess")
        return secret

    @property
    def database(self) -> str:
        """The address of the database: a file in the data folder where none is set."""
        return self.database_url.get_secret_value().strip() or f"sqlite:///{self.heartware_data / 'heartware.db'}"

    @property
    def model_prices(self) -> tuple[float, float]:
        """Dollars for a million tokens read, and written; 0 where none are set."""
        read, written = (float(price) for price in (self.heartware_model_prices or "0,0").split(","))
        return read, written

    def sends_by_otlp(self, exporter: str) -> bool:
        """Whether traces or metrics are sent, by the value of their OTEL_*_EXPORTER."""
        return bool(self.otel_exporter_otlp_endpoint) and exporter == "otlp" and not self.otel_sdk_disabled

    @property
    def teams_tenants(self) -> tuple[str, ...]:
        """The organisations that may use the bot in Teams: their ids, in small letters."""
        return tuple(id.strip().lower() for id in self.teams_tenant_id.split(",") if id.strip())

    @property
    def owners(self) -> tuple[str, ...]:
        """Who keeps what of the knowledge true: ``role=id``, or an id for all the rest."""
        return tuple(entry.strip() for entry in self.heartware_owners.split(",") if entry.strip())

    @property
    def slack_leads(self) -> tuple[str, ...]:
        """The ids of the people and user groups that lead in Slack; none: the admins of the workspace do."""
        return tuple(id for id in self._leads if platform_of(id) == "slack")

    @property
    def teams_leads(self) -> tuple[str, ...]:
        """The object ids of the people who lead in Teams, in small letters; none: nobody does."""
        return tuple(id.lower() for id in self._leads if platform_of(id) == "teams")

    @property
    def _leads(self) -> list[str]:
        return [id.strip() for id in self.heartware_leads.split(",") if id.strip()]

    @property
    def now(self) -> datetime:
        """The moment it is, in UTC, or the one that a test has set."""
        return (self.heartware_now or datetime.now(UTC)).astimezone(UTC)

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


def unknown_variables() -> list[str]:
    """Variables that look like settings and are none: a misspelt one changes nothing, silently."""
    known = {name.upper() for name in Settings.model_fields}
    given = {*os.environ, *dotenv_values(".env")}
    return sorted(name for name in given if name.startswith(OWN_NAMES) and name not in known)


def _sentence(message: str) -> str:
    message = message[:1].lower() + message[1:]
    return f"{message}." if message.startswith(("must", "should")) else f"is wrong: {message}."
