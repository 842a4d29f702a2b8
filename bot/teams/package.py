"""The app package that Teams installs: the manifest with this installation's ids, icons, translations, in a zip."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.coaching.errors import BadInput, BadSetting
from bot.content.whole import whole
from bot.settings import GUID, Settings

FOLDER = Path(__file__).parent / "manifest"
BESIDE = ("color.png", "outline.png", "nl.json", "fi.json")
"""The icons, and the words of the manifest in other languages."""
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", re.IGNORECASE)


def manifest(client_id: str, address: str) -> dict[str, Any]:
    """The whole manifest, for the bot with this id at this address."""
    text = (FOLDER / "manifest.json").read_text("utf-8")
    read: dict[str, Any] = json.loads(text.replace("${TEAMS_CLIENT_ID}", client_id).replace("${ADDRESS}", address))
    return read


def write_package(settings: Settings, address: str, path: Path) -> None:
    """Write the package. Raises BadSetting, BadInput."""
    if not GUID.fullmatch(settings.teams_client_id):
        raise BadSetting("TEAMS_CLIENT_ID is missing or wrong: give the application (client) id of your registration.")
    host = urlsplit(address).hostname or address.strip()
    if not HOST.fullmatch(host):
        raise BadInput("There is no address: say --address and where Heartware runs, such as coach.example.com.")
    with whole(path) as beside, zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("manifest.json", json.dumps(manifest(settings.teams_client_id, host), indent=2))
        for name in BESIDE:
            package.write(FOLDER / name, name)
