"""``bot/wording/*.toml`` → the bot's own sentences."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.coaching.errors import BadKnowledge
from bot.coaching.wording import Wording


def read_wording(path: Path) -> Wording:
    """One language's sentences. Raises BadKnowledge where the file is not TOML of texts."""
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadKnowledge(f"{path}: this is not valid TOML ({error}).") from None
    return Wording(language=path.stem, sentences=dict(_flat(tables, "", path)))


def _flat(table: dict[str, Any], prefix: str, path: Path) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.", path)
        elif isinstance(value, str):
            yield prefix + name, value
        else:
            raise BadKnowledge(f"{path}: '{prefix}{name}' must be a text.")
