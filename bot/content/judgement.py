"""``knowledge/judgement/heads-<embedder>.json`` → the learned heads."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from bot.coaching.errors import BadKnowledge
from bot.coaching.tone import Heads


def read_heads(folder: Path, embedder: str) -> Heads | None:
    """The heads trained for this embedder; None where there are none. Raises BadKnowledge for a broken file."""
    path = folder / f"heads-{embedder}.json"
    if not path.exists():
        return None
    try:
        return Heads.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise BadKnowledge(f"{path}:1: these weights cannot be used ({error.errors()[0]['msg']}).") from None
