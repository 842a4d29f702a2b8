"""What the judge is taught with: the texts of ``knowledge/judgement/`` and one public corpus, as one kind of row."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import nan
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from bot.coaching.model import LANGUAGES
from bot.coaching.text import Reading, fold
from bot.encoder.tokens import Tokenizer
from bot.encoder.weights import Floats
from bot.models.judge import Part, cut, message_tokens

FAULTS = (
    "blame", "polite-blame", "told-you-already", "minimising", "policy-wall", "command", "proof-demand",
    "interrogation", "robotic", "stock-sympathy", "jargon", "over-apology", "unauthorised-promise",
    "passive-aggression", "sarcasm", "disparaging", "hedging", "effort", "upsell", "shouting",
)  # fmt: skip
MISSING = ("no-acknowledgement", "no-answer", "no-next-step", "no-alternative", "no-cause")
KINDS = (
    "acknowledge", "own", "act", "next", "explain", "choice", "explore", "care",
    "blame", "dismiss", "robotic", "demand", "promise",
)  # fmt: skip
"""What a sentence of a reply does."""
PEER = ("react", "understand", "share", "ask")
"""What a sentence of a peer does who supports someone in distress."""
FEELINGS = ("anger", "worry", "tired", "disappointment", "grief", "joy")
HARMS = frozenset({"blame", "dismiss", "robotic", "demand", "promise"})

WORDS = (*FAULTS, "any")
SENTENCES = ("hurt", "tone", "polite", *KINDS, *PEER)
WHOLE = ("bad", "score", "polite", "request", "wanted", "none", *MISSING, "reacts", "understands", "explores")
CUSTOMER = ("feels", *FEELINGS)

COLD = 0.4
MOST_AT_FAULT = 0.25
"""A sentence of which more than this share is at fault hurts; one with less, but some, is neither."""
FOLDS = 5


@dataclass(eq=False)
class Row:
    """A text and its labels, 0 to 1; what is not known is NaN, and is not learnt from.

    ``rank`` orders the rows of one ``pair``; those of one ``fold`` are held out together.
    """

    kind: str
    part: Part
    words: Floats
    sentences: Floats
    whole: Floats
    customer: Floats
    pair: str
    rank: float
    fold: int
    case: Mapping[str, Any] = field(default_factory=dict)
    low: Any = None
    """The states below the layers that are taught, once they are known."""


class Maker:
    """Makes rows of texts."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer

    def row(self, kind: str, draft: str, customer: str = "", *, pair: str = "", rank: float = nan) -> Row:
        """A row of which nothing is known yet. Only the first part of a long draft is used."""
        part = next(cut(Reading(draft), Reading(customer), self._tokenizer), None)
        if part is None:  # a customer's message alone
            before = message_tokens(Reading(customer), self._tokenizer)
            part = Part([*before, self._tokenizer.end], len(before), (), [])
        return Row(
            kind=kind,
            part=part,
            words=np.full((len(part.pieces), len(WORDS)), nan, np.float32),
            sentences=np.full((len(part.sentences), len(SENTENCES)), nan, np.float32),
            whole=np.full(len(WHOLE), nan, np.float32),
            customer=np.full(len(CUSTOMER), nan, np.float32),
            pair=pair,
            rank=rank,
            fold=crc32((pair or f"{customer}\n{draft}").encode()) % FOLDS,
        )

    def draft(self, values: Mapping[str, Any], language: str) -> Row:
        """A row of ``drafts.<language>.jsonl``: whole replies with the words at fault marked."""
        row = self.row("draft", values["draft"], values["customer"], pair=values["pair"], rank=values["score"])
        row.words[:] = 0
        text = Reading(values["draft"]).own
        for mark in values["marks"]:
            words = fold(mark["words"]).text
            at = text.find(words)
            for number, piece in enumerate(row.part.pieces):
                if at >= 0 and piece.start < at + len(words) and piece.end > at:
                    row.words[number, -1] = 1
                    if mark["criterion"] in FAULTS:
                        row.words[number, FAULTS.index(mark["criterion"])] = 1
        for number, (start, end) in enumerate(row.part.sentences):
            share = row.words[start:end, -1].mean()
            row.sentences[number, 0] = 1.0 if share > MOST_AT_FAULT else (nan if share else 0.0)
        _set(row.whole, WHOLE, {"bad": values["bad"], "score": values["score"], "request": 0})
        _set(row.whole, WHOLE, {name: name in values["missing"] for name in MISSING})
        if values["touch"] != "either":
            _set(row.whole, WHOLE, {"wanted": values["touch"] == "wanted"})
        _set(row.whole, WHOLE, {"none": values["touch"] == "none"})
        row.case = _case(values, language)
        return row

    def alone(self, values: Mapping[str, Any], language: str) -> Row:
        """The same reply without the message it answers, as agents often paste it: what that tells is not known."""
        row = self.draft({**values, "customer": ""}, language)
        row.kind, row.pair, row.case = "alone", f"{row.pair} alone", {}
        _set(row.whole, WHOLE, dict.fromkeys(("score", "wanted", "none", *MISSING), nan))
        return row

    def reply(self, values: Mapping[str, Any]) -> Row:
        """A row of ``replies.<language>.jsonl``: whole replies with a score."""
        pair = f"reply {values['pair']}"
        row = self.row("reply", values["reply"], values["customer"], pair=pair, rank=values["score"])
        bad = 1.0 if values["score"] < COLD else (0.0 if values["score"] > 0.75 else nan)
        _set(row.whole, WHOLE, {"score": values["score"], "bad": bad, "request": 0})
        return row

    def sentence(self, values: Mapping[str, Any]) -> Row:
        """A row of ``sentences.<language>.jsonl``: what one sentence does, and how it sounds."""
        row = self.row("sentence", values["text"])
        cold, marks = values["tone"] < COLD, set(values["marks"])
        hurts = bool(HARMS & marks) and cold
        labels = {kind: kind in marks and (kind not in HARMS or cold) for kind in KINDS}
        labels |= {"hurt": 1.0 if hurts else (nan if cold else 0.0), "tone": values["tone"]}
        for sentence in row.sentences:
            _set(sentence, SENTENCES, labels)
        if not hurts and not cold:
            row.words[:, -1] = 0
        _set(row.whole, WHOLE, {"request": 0})
        return row

    def customer(self, values: Mapping[str, Any]) -> Row:
        """A row of ``customers.<language>.jsonl``: the feeling in a customer's message."""
        row = self.row("customer", "", values["text"])
        feeling = values["feeling"]
        _set(row.customer, CUSTOMER, {name: feeling == name for name in FEELINGS})
        _set(row.customer, CUSTOMER, {"feels": nan if feeling == "joy" else feeling != "none"})
        return row

    def support(self, values: Mapping[str, Any]) -> Row:
        """A row of ``support.en.jsonl``: what one sentence of a peer does."""
        row = self.row("support", values["text"])
        for sentence in row.sentences:
            _set(sentence, SENTENCES, {name: name in values["marks"] for name in PEER})
        return row

    def peer(self, values: Mapping[str, Any]) -> Row:
        """A row of ``peers.en.jsonl``: a peer's whole reply, with levels from 0 to 2."""
        row = self.row("peer", values["reply"], values["seeker"])
        levels = (values["reactions"], values["interpretations"], values["explorations"])
        _set(row.whole, WHOLE, {name: level / 2 for name, level in zip(WHOLE[-3:], levels, strict=True)})
        _set(row.customer, CUSTOMER, {"feels": 1})
        return row

    def turns(self, values: Mapping[str, Any]) -> Iterator[Row]:
        """The two rows of one line of ``turns.en.jsonl``: agents' turns, of which one treats the customer better."""
        for name, rank in (("better", 1.0), ("worse", 0.0)):
            row = self.row("turn", values[name], values["customer"], pair=f"turn {values['id']}", rank=rank)
            _set(row.whole, WHOLE, {"request": 0})
            yield row

    def request(self, values: Mapping[str, Any]) -> Row:
        """A row of the politeness corpus."""
        row = self.row("request", values["text"])
        _set(row.whole, WHOLE, {"polite": values["polite"], "request": 1})
        for sentence in row.sentences:
            _set(sentence, SENTENCES, {"polite": values["polite"]})
        return row


def _taught_alone(values: Mapping[str, Any]) -> bool:
    """Every second pair, as far as the words themselves show what is wrong."""
    shown = bool(values["marks"]) == values["bad"]
    return bool(values["pair"] and values["customer"]) and shown and crc32(values["pair"].encode()) % 2 == 0


def _set(labels: Floats, names: Sequence[str], values: Mapping[str, float]) -> None:
    for name, value in values.items():
        labels[names.index(name)] = value


def _case(values: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The row as ``heartware eval drafts --cases`` reads it."""
    marks, missing = values["marks"], values["missing"]
    kind = marks[0]["criterion"] if marks else (missing or ["good"])[0]
    return {
        "id": values["id"], "language": language, "kind": kind, "customer": values["customer"],
        "draft": values["draft"], "bad": values["bad"], "words": [mark["words"] for mark in marks],
        "missing": "" if marks else (missing or [""])[0], "pair": values["pair"],
        "better": not values["bad"] if values["pair"] else None, "touch": values["touch"], "split": "dev",
    }  # fmt: skip


def read_rows(folder: Path, shared: Path, tokenizer: Tokenizer) -> list[Row]:
    """All rows that can be learnt from, always in the same order."""
    make = Maker(tokenizer)
    rows: list[Row] = []
    for language in LANGUAGES:
        drafts = _read(folder / f"drafts.{language}.jsonl")
        rows += [make.draft(values, language) for values in drafts]
        rows += [make.alone(values, language) for values in drafts if _taught_alone(values)]
        rows += map(make.reply, _read(folder / f"replies.{language}.jsonl"))
        rows += map(make.sentence, _read(folder / f"sentences.{language}.jsonl"))
        rows += map(make.customer, _read(folder / f"customers.{language}.jsonl"))
    rows += map(make.support, _read(folder / "support.en.jsonl"))
    rows += map(make.peer, _read(folder / "peers.en.jsonl"))
    rows += [row for values in _read(folder / "turns.en.jsonl") for row in make.turns(values)]
    rows += map(make.request, _read(shared / "politeness_train.jsonl"))
    return [row for row in rows if row.part.pieces or row.kind == "customer"]


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
