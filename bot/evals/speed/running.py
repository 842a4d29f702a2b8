"""The parts of ``heartware bench``, in the order in which they are run and shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bot.build import Parts
from bot.evals.running import CASES
from bot.evals.speed.beside import beside
from bot.evals.speed.documents import growth, indexing
from bot.evals.speed.everyday import everyday
from bot.evals.speed.model import SECONDS, overhead, tokens
from bot.evals.speed.people import people
from bot.evals.speed.timing import Row
from bot.observing.memory import most, resident


class Scale(NamedTuple):
    """How much is measured: documents, people at once, documents with their real vectors, and how often all else."""

    documents: Sequence[int]
    people: Sequence[int]
    indexed: int
    times: int = 30
    cold: int = 5
    """Starts from the shell."""
    drafts: int = 20
    """Of each language, for the tokens."""
    cases: Path = CASES / "drafts.jsonl"


QUICK = Scale((10, 100), (1, 10), 20)
ALL = Scale((10, 100, 1_000, 10_000), (1, 10, 100), 200)


def bench(parts: Parts, scale: Scale, *, told: Callable[[int, int], None]) -> dict[str, list[Row]]:
    """Tables by title. ``told`` hears how many of them are done."""
    knowledge = parts.shelf.knowledge.passages()
    tables: Mapping[str, Callable[[], list[Row]]] = {
        "Every day": lambda: everyday(parts, times=scale.times, cold=scale.cold),
        "On the same English drafts": lambda: beside(parts, scale.cases),
        f"Over the bare call of a model ({SECONDS * 1000:.0f} ms, on this machine)": lambda: overhead(
            parts, times=scale.times
        ),
        "Tokens of a prompt": lambda: tokens(parts, scale.cases, drafts=scale.drafts),
        "Indexing": lambda: indexing(parts, knowledge, scale.indexed),
        "More people at once": lambda: people(parts, scale.people),
        "More documents": lambda: growth(parts.embedder, knowledge, scale.documents),
    }
    done: dict[str, list[Row]] = {}
    memory: list[Row] = []
    for title, measure in tables.items():
        done[title] = measure()
        memory.append({"memory of this process after": title, "MB": resident()})
        told(len(done), len(tables))
    return done | {"Memory": [*memory, {"memory of this process after": "the most at any moment", "MB": most()}]}
