"""How long each waits when many ask at once, as the chat edges ask: through the desk, with its sealed store."""

from __future__ import annotations

import itertools
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pydantic import SecretStr

from bot.build import Parts, build, open_desk
from bot.desk.model import Job, Person
from bot.evals.speed.everyday import draft
from bot.evals.speed.timing import Row, median, rounded, row, timed

AT_LEAST = 20
"""Reviews of a row, so that its 95th percentile says something."""


def people(parts: Parts, sizes: Sequence[int]) -> list[Row]:
    """A row for each number of people who ask at the same moment, again when they are answered."""
    with tempfile.TemporaryDirectory(prefix="heartware-bench-") as folder:
        update = {"heartware_data": Path(folder), "database_url": SecretStr("")}
        desk, engine = open_desk(build(parts.settings.model_copy(update=update), local=True))

        def ask(number: int) -> None:
            person = Person(platform="slack", workspace="bench", id=str(number))
            desk.take(Job(id=f"bench-{number}", person=person, draft=draft(number), address={}))
            desk.first(f"bench-{number}")

        ask(0)
        numbers, rows, alone = itertools.count(1), list[Row](), 0.0
        for size in sizes:
            asked = list(itertools.islice(numbers, max(size, AT_LEAST)))
            with ThreadPoolExecutor(size) as threads:
                begun = time.perf_counter()
                times = [took for [took] in threads.map(lambda number: timed(ask, [number]), asked)]
                took = time.perf_counter() - begun
            alone = alone or median(times)
            each = row(f"{size} at once", times)
            ratio = f"{median(times) / alone:.1f}"
            rows.append({**each, "reviews a second": rounded(len(asked) / took), "median ÷ alone": ratio})
        engine.dispose()
        return rows
