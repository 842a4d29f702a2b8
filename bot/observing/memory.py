"""What this process holds in memory."""

from __future__ import annotations

import os
from pathlib import Path


def resident() -> int:
    """Megabytes that this process holds now; where the system does not tell, the most that it ever held."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return round(pages * os.sysconf("SC_PAGE_SIZE") / 1024**2)
    except (OSError, ValueError):
        return most()


def most() -> int:
    """The most megabytes that this process ever held; 0 where the system does not tell."""
    import sys

    try:
        import resource
    except ImportError:  # Windows
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024**2 if sys.platform == "darwin" else 1024))
