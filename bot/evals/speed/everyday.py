"""What people wait for every day: a cold start from the shell, and reviews, searches and answers of a warm process."""

from __future__ import annotations

import os
import subprocess
import sys

from bot.build import Parts
from bot.coaching.model import Draft
from bot.evals.speed.timing import Row, row, timed

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


def draft(n: int) -> Draft:
    """A draft of a hundred words that no other number gives."""
    return Draft(text=_REPLY.format(n=n), customer=_CUSTOMER.format(n=n))


def everyday(parts: Parts, *, times: int, cold: int) -> list[Row]:
    """So many times of each, and starts from the shell."""
    coach = parts.coach
    starts = timed(lambda n: _cold(_REPLY.format(n=n)), range(cold))
    coach.review_local(Draft(text="Warm up, please.", language="en"))
    coach.search("warm up")
    numbers = range(times)
    return [
        row("review of 100 words, cold from the shell", starts),
        row("review of 100 words, warm", timed(lambda n: coach.review_local(draft(n)), numbers)),
        row("search, warm", timed(lambda n: coach.search(f"what are the values, number {n}?"), numbers)),
        row("answer, warm", timed(lambda n: coach.answer(f"How many core values are there, question {n}?"), numbers)),
    ]


def _cold(text: str) -> None:
    command = [sys.executable, "-m", "bot", "review", "--local", "--json", text]
    subprocess.run(command, check=True, capture_output=True, env=os.environ)  # noqa: S603 our own command
