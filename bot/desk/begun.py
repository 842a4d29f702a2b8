"""Local reviews whose deeper review follows within seconds, so that they need not be made twice."""

from __future__ import annotations

import threading
from collections import OrderedDict

from bot.coach import Local

MOST = 200


class Begun:
    """Kept in memory alone, the oldest let go first: what is no longer there is made again."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Local] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, job_id: str, local: Local) -> None:
        """Keep the local review of a job."""
        with self._lock:
            self._kept[job_id] = local
            if len(self._kept) > MOST:
                self._kept.popitem(last=False)

    def pop(self, job_id: str) -> Local | None:
        """The local review of a job, which is then no longer kept."""
        with self._lock:
            return self._kept.pop(job_id, None)
