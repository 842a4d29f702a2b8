"""What a language model says of a draft, and how much of it is believed.

``assemble`` distrusts the model: a quote that is not in the draft, a principle or touch that does not exist, a
replacement that adds or loses a fact, a link that came from nowhere are all left out, and the review says how many.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from bot.coaching.facts import compare
from bot.coaching.lexicon import Lexicon
from bot.coaching.links import brings_links, brings_markup
from bot.coaching.mend import rewrite
from bot.coaching.model import (
    CatalogueTouch,
    Draft,
    Edit,
    Finding,
    Level,
    Principle,
    Review,
    Rewrite,
    Scores,
    Strength,
    Touch,
    Verdict,
)
from bot.coaching.redact import Mask
from bot.coaching.review import MOST_FINDINGS, MOST_STRENGTHS, headline
from bot.coaching.touch import cite, offer
from bot.coaching.wording import Wording

Missing = Literal["no-acknowledgement", "no-answer", "no-next-step", "no-alternative", "no-cause"]
Said = Literal[
    "blame",
    "polite-blame",
    "told-you-already",
    "minimising",
    "policy-wall",
    "command",
    "proof-demand",
    "interrogation",
    "robotic",
    "stock-sympathy",
    "jargon",
    "over-apology",
    "unauthorised-promise",
    "passive-aggression",
    "sarcasm",
    "shouting",
    "upsell",
    "disparaging",
    "hedging",
    "effort",
    "cold-tone",
]
MISSING: tuple[str, ...] = get_args(Missing)
CRITERIA: tuple[str, ...] = (*get_args(Said), *MISSING)
LONGEST_REMARK = 400


class _Said(BaseModel):
    """Part of the answer that the model must give; every field is required, as strict JSON schemas ask."""

    model_config = ConfigDict(extra="forbid")


class OpinedFinding(_Said):
    """A finding as the model gives it."""

    criterion: Said | Missing
    severity: Level
    principle: str
    quote: str
    why: str
    suggestion: str
    replacement: str


class OpinedStrength(_Said):
    """A strength as the model gives it."""

    quote: str
    why: str
    principle: str


class Opinion(_Said):
    """The one structured answer that is asked of the model. Empty texts stand for "none"."""

    findings: list[OpinedFinding]
    strengths: list[OpinedStrength]
    touch: str = Field(description="id of a touch of the list, or empty")
    no_touch_because: str
    tone: float
    empathy: float


def unmasked(opinion: Opinion, mask: Mask) -> Opinion:
    """The opinion with personal data back in place of the placeholders."""

    def shown(part: object) -> object:
        if isinstance(part, str):
            return mask.show(part)
        if isinstance(part, list):
            return [shown(item) for item in part]
        return {name: shown(value) for name, value in part.items()} if isinstance(part, dict) else part

    return Opinion.model_validate(shown(opinion.model_dump()))


def assemble(
    draft: Draft,
    local: Review,
    opinion: Opinion,
    *,
    principles: Mapping[str, Principle],
    offered: Mapping[str, CatalogueTouch],
    lexicon: Lexicon | None,
    wording: Wording,
    engine: str,
    prompt: str,
) -> Review:
    """The review deepened by what of the opinion holds.

    What the local coach says must not go out stays said; a touch comes only where the local coach, too, found that
    the question is answered and the moment bears it.
    """
    kept: list[tuple[Finding, str]] = []
    dropped = 0
    for opined in opinion.findings:
        found = _finding(draft.text, opined, principles)
        if found is None or any(_same_place(found, other) for other, _ in kept):
            dropped += 1
        else:
            kept.append((found, opined.replacement))
    held = [f for f in local.findings if local.verdict == "hold" and f.severity == "must"]
    findings = [*(f for f in held if not any(_same_place(f, other) for other, _ in kept)), *(f for f, _ in kept)]
    findings = findings[:MOST_FINDINGS]
    praised = [s for s in (_strength(draft.text, opined, principles) for opined in opinion.strengths) if s]
    mended = _rewrite(draft.text, [pair for pair in kept if pair[0] in findings], lexicon)
    verdict: Verdict = "hold" if held else ("revise" if findings else "send")
    touch, because = _touch(local, opinion, findings, offered, principles, wording)
    notes = (*local.notes, wording.say("note.dropped", count=dropped)) if dropped else local.notes
    return local.model_copy(
        update={
            "verdict": verdict,
            "headline": headline(verdict, findings, wording),
            "scores": _scores(local, opinion),
            "findings": tuple(findings),
            "strengths": tuple(praised[:MOST_STRENGTHS]) or local.strengths,
            "rewrite": mended or _still(local.rewrite, findings),
            "touch": touch,
            "no_touch_because": because,
            "engine": engine,
            "prompt": prompt,
            "notes": notes,
        }
    )


def _finding(draft: str, opined: OpinedFinding, principles: Mapping[str, Principle]) -> Finding | None:
    principle = principles.get(opined.principle)
    missing = opined.criterion in MISSING
    if principle is None or not opined.why.strip() or missing == bool(opined.quote):
        return None
    if brings_links(draft, opined.why, opined.suggestion):
        return None
    start = end = None
    if not missing:
        start = draft.find(opined.quote)
        if start < 0:
            return None
        end = start + len(opined.quote)
    return Finding(
        rule="",
        criterion=opined.criterion,
        severity=opined.severity,
        quote=opined.quote or None,
        start=start,
        end=end,
        why=opined.why[:LONGEST_REMARK],
        suggestion=opined.suggestion[:LONGEST_REMARK],
        principle=cite(principle),
        category=principle.category,
        effect="misses" if missing else "destroys",
    )


def _same_place(a: Finding, b: Finding) -> bool:
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return a.criterion == b.criterion
    return a.start < b.end and b.start < a.end


def _strength(draft: str, opined: OpinedStrength, principles: Mapping[str, Principle]) -> Strength | None:
    principle = principles.get(opined.principle)
    if principle is None or not opined.quote or opined.quote not in draft or brings_links(draft, opined.why):
        return None
    return Strength(quote=opined.quote, why=opined.why[:LONGEST_REMARK], principle=cite(principle))


def _rewrite(draft: str, pairs: list[tuple[Finding, str]], lexicon: Lexicon | None) -> Rewrite | None:
    edits = [
        Edit(start=found.start, end=found.end, text=replacement, why=found.why)
        for found, replacement in pairs
        if replacement and found.start is not None and found.end is not None
        if not compare(found.quote or "", replacement, lexicon).added
        if not brings_links(draft, replacement) and not brings_markup(draft, replacement)
    ]
    return rewrite(draft, edits, lexicon)


def _still(local: Rewrite | None, findings: list[Finding]) -> Rewrite | None:
    """The local rewrite, where all its edits still answer a finding that is shown."""
    if local is None:
        return None
    spans = {(f.start, f.end) for f in findings}
    return local if all((edit.start, edit.end) in spans for edit in local.edits) else None


def _touch(
    local: Review,
    opinion: Opinion,
    findings: list[Finding],
    offered: Mapping[str, CatalogueTouch],
    principles: Mapping[str, Principle],
    wording: Wording,
) -> tuple[Touch | None, str | None]:
    if any(f.effect == "destroys" for f in findings):
        return None, wording.because("mend-first")
    if not offered:
        return None, local.no_touch_because
    chosen = offered.get(opinion.touch)
    if chosen:
        return offer(chosen, principles), None
    if opinion.touch:
        return local.touch, local.no_touch_because
    because = opinion.no_touch_because.strip()[:LONGEST_REMARK]
    return None, because if because and not brings_links("", because) else wording.because("none-fits")


def _scores(local: Review, opinion: Opinion) -> Scores:
    tone = min(1.0, max(0.0, opinion.tone))
    empathy = None if local.scores.empathy is None else min(1.0, max(0.0, opinion.empathy))
    parts = [local.scores.overall, tone] if empathy is None else [local.scores.overall, tone, empathy]
    return Scores(overall=sum(parts) / len(parts), tone=tone, empathy=empathy)
