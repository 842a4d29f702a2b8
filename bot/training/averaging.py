"""The mean of two judges or taggers: as good on each one's kind of texts as that one, and no slower than one alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np


def average(one: Path, other: Path, out: Path) -> None:
    """Write the mean of two files of ``teach``. Raises ValueError where their heads have other names.

    The changes of the layers stand side by side, so that their rank is the sum of both: what is added to the encoder's
    weights is exactly the mean of what both add.
    """
    with np.load(one) as first, np.load(other) as second:
        arrays: dict[str, Any] = {name: _mean(name, first[name], second[name]) for name in first.files}
    np.savez(out, **arrays)


def _mean(name: str, one: Any, other: Any) -> Any:
    if name == "depth" or name.endswith(".names"):
        if one.tolist() != other.tolist():
            raise ValueError(f"These files cannot be averaged: their {name} differ.")
        return one
    if name.endswith(".down"):
        return np.concatenate([one, other])
    if name.endswith(".up"):
        return np.concatenate([one / 2, other / 2], axis=1)
    return np.mean([one, other], axis=0, dtype=np.float32).astype(np.float16)
