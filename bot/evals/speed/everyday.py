"""How fast the coach is on this machine: compare within one run, not across machines."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from bot.build import Parts
from bot.coaching.model import Draft

REPEATS = 30
COLD = 5
# Every sentence differs from one time to the next, so that no vector is remembered.
_REPLY = (
    "Hi Anna {n}, thank you for your message and for the {n} photos of the parcel. I have looked at the scans of order "
    "{n} and the depot in Utrecht has it since {n} this morning. You entered street number {n}, so the driver could "
    "not find the door. I have changed it to {n}1, and he tries again tomorrow before noon. If you are not at home, "
    "your neighbours at number {n}3 can sign for it. As soon as it is in your hands, page {n} shows a green mark. "
    "Please let me know if anything is missing from box {n}. Kind regards, Sanne {n}"
)
_CUSTOMER = (
    "Where is parcel {n}? It should have been here on Tuesday and I am getting worried, it is a birthday present."
)


def measure(parts: Parts, told: Callable[[int, int], None]) -> list[dict[str, object]]:
    """Median and worst of each, in milliseconds, and the process's memory."""
    steps = COLD + 3 * REPEATS
    done = 0

    def timed(times: int, act: Callable[[int], object]) -> list[float]:
        nonlocal done
        taken = []
        for number in range(times):
            begun = time.perf_counter()
            act(number)
            taken.append((time.perf_counter() - begun) * 1000)
            done += 1
            told(done, steps)
        return taken

    cold = timed(COLD, lambda n: _cold(_REPLY.format(n=n)))
    parts.coach.review_local(Draft(text="Warm up, please.", language="en"))
    parts.coach.search("warm up")
    review = timed(REPEATS, lambda n: parts.coach.review_local(_draft(n)))
    search = timed(REPEATS, lambda n: parts.coach.search(f"what are the values, number {n}?"))
    answer = timed(REPEATS, lambda n: parts.coach.answer(f"How many core values are there, question {n}?"))
    rows: list[dict[str, object]] = [
        _row("review of 100 words, cold from the shell", cold),
        _row("review of 100 words, warm", review),
        _row("search, warm", search),
        _row("answer, warm", answer),
    ]
    return [*rows, {"what": "memory of this process (MB)", "median": _memory(), "p95": "", "worst": "", "times": ""}]


def _draft(n: int) -> Draft:
    return Draft(text=_REPLY.format(n=n), customer=_CUSTOMER.format(n=n))


def _row(what: str, taken: list[float]) -> dict[str, object]:
    p95 = statistics.quantiles(taken, n=20)[-1]
    return {
        "what": f"{what} (ms)",
        "median": f"{statistics.median(taken):.0f}",
        "p95": f"{p95:.0f}",
        "worst": f"{max(taken):.0f}",
        "times": len(taken),
    }


def _cold(draft: str) -> None:
    command = [sys.executable, "-m", "bot", "review", "--local", "--json", draft]
    subprocess.run(command, check=True, capture_output=True, env=os.environ)  # noqa: S603 our own command


def _memory() -> str:
    try:
        import resource
    except ImportError:  # Windows has no such measure
        return "?"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return f"{peak / (1024 * 1024 if sys.platform == 'darwin' else 1024):.0f}"
