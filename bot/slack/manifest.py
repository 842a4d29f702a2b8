"""The manifest: what the app is to Slack. It stands beside this file as JSON, to paste where the app is created."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

MANIFEST = Path(__file__).parent / "manifest.json"


def manifest() -> dict[str, Any]:
    """The whole manifest."""
    read: dict[str, Any] = json.loads(MANIFEST.read_text("utf-8"))
    return read


def scopes() -> list[str]:
    """What the bot's token must allow."""
    listed: list[str] = manifest()["oauth_config"]["scopes"]["bot"]
    return listed
