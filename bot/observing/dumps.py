"""A process that crashes leaves no picture of its memory behind: drafts and keys are in it in clear."""

from __future__ import annotations

import sys


def leave_none() -> None:
    """From now on this process, and what it starts, is never dumped to a file or a collector of crashes."""
    try:
        import resource
    except ImportError:  # Windows, where nobody dumps unasked
        return
    # To a program that collects dumps (systemd-coredump, apport) Linux gives them at a limit of 0, too, but never at 1,
    # the limit that it sets for such programs themselves (do_coredump in fs/coredump.c); a file is not begun at either.
    least = 1 if sys.platform == "linux" else 0
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    if hard == resource.RLIM_INFINITY or hard >= least:
        resource.setrlimit(resource.RLIMIT_CORE, (least, hard))
