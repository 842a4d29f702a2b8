"""A value written whole. What is shown leaves out rule ids and writes sources as one line; what is kept may not."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel


def plain(value: Any) -> Any:
    """The value as what JSON knows, with every field of every model in it, so that it can be validated back."""
    if isinstance(value, BaseModel):
        return {name: plain(getattr(value, name)) for name in type(value).model_fields}
    return [plain(item) for item in value] if isinstance(value, tuple) else value
