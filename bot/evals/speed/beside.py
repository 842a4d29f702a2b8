"""The local review beside what else one could run on a draft: a plain retrieval pipeline, and public linters.

All read the same development drafts, each once, in English, which is all that the linters know. What they flag says
what the time buys: a retrieval pipeline judges nothing, and linters were made for articles, not for replies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from bot.build import Parts
from bot.coaching.model import Draft, Passage
from bot.coaching.ports import Embedder
from bot.evals.counting import share
from bot.evals.drafts import Case
from bot.evals.speed.timing import Row, Times, median, row, timed

PASSAGES = 5
HOW = "not installed: pip install --group bench"
Flags = Callable[[str], bool | None]
"""Whether something of a draft's text is flagged; None for what only retrieves."""


class Candidate(NamedTuple):
    """What is run on each draft."""

    name: str
    flags: Flags


def beside(parts: Parts, cases: Path) -> list[Row]:
    """The review and each of the others, with the share of bad and of good drafts that are flagged."""
    lines = cases.read_text("utf-8").splitlines()
    drafts = [case for case in map(Case.model_validate_json, lines) if case.language == "en"]
    candidates = [
        Candidate("local review: findings, rewrite, touch", _reviewing(parts, drafts)),
        Candidate(f"LangChain + Chroma: {PASSAGES} passages, nothing else", _retrieving(parts)),
        *(Candidate(name, make()) for name, (module, make) in LINTERS.items() if find_spec(module)),
    ]
    ran = [Ran(candidate.name, [], {}) for candidate in candidates]
    for candidate in candidates:
        candidate.flags("Warm up, please.")
    for case in drafts:  # in turns, so that what else the machine does falls on all of them
        for candidate, one in zip(candidates, ran, strict=True):
            _read(candidate, case, one)
    rows: list[Row] = [
        {
            **row(one.name, one.times),
            "review ÷ this": round(median(ran[0].times) / median(one.times), 1),
            "bad flagged": _share(one.flagged[case.id] for case in drafts if case.bad),
            "good flagged": _share(one.flagged[case.id] for case in drafts if not case.bad),
        }
        for one in ran
    ]
    lacking = [name for name, (module, _) in LINTERS.items() if not find_spec(module)]
    return rows + [{**dict.fromkeys(rows[0], ""), "what": f"{name}: {HOW}"} for name in lacking]


class Ran(NamedTuple):
    """What a candidate took and said, by draft."""

    name: str
    times: Times
    flagged: dict[str, bool | None]


def _read(candidate: Candidate, case: Case, ran: Ran) -> None:
    def flag(text: str) -> None:
        ran.flagged[case.id] = candidate.flags(text)

    ran.times.extend(timed(flag, [case.draft]))


def _share(flagged: Iterable[bool | None]) -> str:
    said = [flag for flag in flagged if flag is not None]
    return f"{share(said).value:.2f}" if said else "–"


def _reviewing(parts: Parts, drafts: Sequence[Case]) -> Flags:
    customers = {case.draft: case.customer for case in drafts}

    def flags(text: str) -> bool:
        draft = Draft(text=text, customer=customers.get(text, ""), language="en")
        return parts.coach.review_local(draft).verdict != "send"

    return flags


def _retrieving(parts: Parts) -> Flags:
    search = plain_retrieval(parts.embedder, parts.shelf.knowledge.passages())

    def flags(text: str) -> None:
        search(text)

    return flags


def plain_retrieval(embedder: Embedder, passages: Sequence[Passage]) -> Callable[[str], object]:
    """The pipeline of the tutorials: LangChain's Chroma store over the passages, asked for those nearest to a text."""
    from chromadb import EphemeralClient
    from chromadb.config import Settings
    from langchain_chroma import Chroma
    from langchain_core.embeddings import Embeddings

    class Ours(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [list(vector) for vector in embedder.passages(texts)]

        def embed_query(self, text: str) -> list[float]:
            return list(embedder.queries([text])[0])

    client = EphemeralClient(Settings(anonymized_telemetry=False))
    store = Chroma("bench", embedding_function=Ours(), client=client)
    store.add_texts([passage.text for passage in passages], ids=[passage.id for passage in passages])
    return lambda text: store.similarity_search(text, k=PASSAGES)


def _proselint() -> Flags:
    from proselint.checks import __register__
    from proselint.registry import CheckRegistry
    from proselint.tools import LintFile

    CheckRegistry().register_many(__register__)
    return lambda text: bool(LintFile("draft", text).lint())


def _harper() -> Flags:
    from harper import Linter

    linter = Linter()
    return lambda text: bool(linter.lint(text))


LINTERS = {"proselint (style)": ("proselint", _proselint), "Harper (grammar and style)": ("harper", _harper)}
"""Public linters by name: the module that tells whether they are here, and what makes them ready."""
