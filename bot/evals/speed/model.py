"""What a review adds to the bare call of a language model, in time and in tokens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.build import Parts, build
from bot.coaching.model import LANGUAGES, Draft, Passage
from bot.evals.drafts import Case
from bot.evals.speed.everyday import draft
from bot.evals.speed.loopback import Scripted, scripted_model
from bot.evals.speed.timing import Row, median, rounded, row, timed
from bot.library.embedder import load_encoder

SECONDS = 0.3
"""What the model takes."""


def overhead(parts: Parts, *, times: int) -> list[Row]:
    """A deepened review, and the same request to the same model without anything around it."""
    from openai import OpenAI

    with scripted_model(SECONDS) as model:
        coach = _with(parts, model).coach
        coach.review(draft(1))
        request = model.asked[-1]
        bare = OpenAI(api_key="none", base_url=model.url).chat.completions
        bare.create(**request)
        alone, whole = list[float](), list[float]()
        for number in range(2, 2 + times):
            alone += timed(lambda body: bare.create(**body), [request])
            whole += timed(coach.review, [draft(number)])
    added = median(whole) - median(alone)
    ratio = f"{median(whole) / median(alone):.2f}"
    return [
        {**row(f"bare call of a model that takes {SECONDS * 1000:.0f} ms", alone), "÷ bare call": "1.00"},
        {**row("review with that model", whole), "÷ bare call": ratio},
        {**dict.fromkeys(row("", whole), ""), "what": "overhead", "median ms": rounded(added), "÷ bare call": ""},
    ]


def tokens(parts: Parts, cases: Path, *, drafts: int) -> list[Row]:
    """The prompt of a review against one with the whole handbook in it and no instructions at all.

    Counted by the tokenizer of our encoder, XLM-RoBERTa's: those of OpenAI's models would have to be downloaded. The
    draft, the customer's message and the form of the answer are counted with both.
    """
    read = [Case.model_validate_json(line) for line in cases.read_text("utf-8").splitlines()]
    passages = parts.shelf.knowledge.passages()
    with scripted_model(0) as model:
        coach = _with(parts, model).coach
        rows: list[Row] = []
        for language in LANGUAGES:
            model.asked.clear()
            for case in [case for case in read if case.language == language][:drafts]:
                coach.review(Draft(text=case.draft, customer=case.customer, language=language))
            rows.append(_counted(language, model.asked, [p for p in passages if p.language == language]))
    return rows


def _counted(language: str, asked: Sequence[Mapping[str, Any]], handbook: Sequence[Passage]) -> Row:
    system, form = count(asked[0]["messages"][0]["content"]), count(str(asked[0]["response_format"]))
    own = sum(count(request["messages"][1]["content"]) for request in asked) / len(asked)
    same = all(request["messages"][0] == asked[0]["messages"][0] for request in asked)
    whole = sum(count(f"{passage.heading}\n{passage.text}") for passage in handbook)
    review, everything = system + form + own, whole + form + own
    return {
        "language": language,
        "review": round(review),
        "of these the same each time, first": f"{(system + form) / review:.0%}" if same else "none",
        "with the whole handbook": round(everything),
        "review ÷ handbook": f"{review / everything:.2f}",
    }


def count(text: str) -> int:
    """The tokens of a text."""
    return len(load_encoder().tokenizer.pieces(text))


def _with(parts: Parts, model: Scripted) -> Parts:
    update = {"heartware_model": "bench", "openai_base_url": model.url, "heartware_model_seconds": 10.0}
    return build(parts.settings.model_copy(update=update))
