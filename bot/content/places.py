"""Where the shipped data files lie: beside the package in a checkout, inside it when installed from a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def _shipped(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


KNOWLEDGE = _shipped("knowledge")
PROMPTS = _shipped("prompts")
WORDING = _PACKAGE / "wording"
