"""The parts of ``heartware bench``, in the order in which they are run and shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.build import Parts
from bot.evals.running import CASES
from bot.evals.speed.beside import beside
from bot.evals.speed.documents import growth, indexing
from bot.evals.speed.everyday import everyday
from bot.evals.speed.model import SECONDS, overhead, tokens
from bot.evals.speed.people import people
from bot.evals.speed.timing import Row
from bot.observing.memory import most, resident

QUICK = ((10, 100), (1, 10), 20)
ALL = ((10, 100, 1_000, 10_000), (1, 10, 100), 200)
"""How many documents, how many people at once, and how many documents with their real vectors."""


def bench(parts: Parts, *, everything: bool, told: Callable[[int, int], None]) -> dict[str, list[Row]]:
    """Tables by title. ``told`` hears how many of them are done; ``everything`` takes minutes instead of one."""
    documents, at_once, indexed = ALL if everything else QUICK
    cases = CASES / "drafts.jsonl"
    knowledge = parts.shelf.knowledge.passages()
    tables: Mapping[str, Callable[[], list[Row]]] = {
        "Every day": lambda: everyday(parts),
        "On the same English drafts": lambda: beside(parts, cases),
        f"Over the bare call of a model ({SECONDS * 1000:.0f} ms, on this machine)": lambda: overhead(parts),
        "Tokens of a prompt": lambda: tokens(parts, cases),
        "Indexing": lambda: indexing(parts, knowledge, indexed),
        "More people at once": lambda: people(parts, at_once),
        "More documents": lambda: growth(parts.embedder, knowledge, documents),
    }
    done: dict[str, list[Row]] = {}
    memory: list[Row] = []
    for title, measure in tables.items():
        done[title] = measure()
        memory.append({"memory of this process after": title, "MB": resident()})
        told(len(done), len(tables))
    return done | {"Memory": [*memory, {"memory of this process after": "the most at any moment", "MB": most()}]}
