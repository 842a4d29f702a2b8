"""From what was seen to what is said: choose the findings, weigh the reply, mend it, and word the verdict."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.coaching.judged import Judged
from bot.coaching.learned import believed, learned, surest
from bot.coaching.lexicon import Lexicon
from bot.coaching.mend import rewrite
from bot.coaching.model import (
    Draft,
    Edit,
    Finding,
    Principle,
    Review,
    Verdict,
)
from bot.coaching.rules import Advice, Hit, Rule, Seen, find
from bot.coaching.situation import Situation
from bot.coaching.strengths import Praise, strengths
from bot.coaching.text import Reading
from bot.coaching.touch import Choice, cite
from bot.coaching.weighing import weigh
from bot.coaching.wording import Wording

_PLACE = re.compile(r"\{(quote|mend)\}")
MOST_FINDINGS = 3
MOST_STRENGTHS = 2
ENOUGH = 2
"""Findings that together weigh less than this are not worth an agent's time: quiet over loud."""


class Reader(NamedTuple):
    """All of one language's knowledge that a review is made with."""

    rules: Sequence[Rule]
    advice: Mapping[str, Advice]
    praise: Sequence[Praise]
    principles: Mapping[str, Principle]
    lexicon: Lexicon | None
    wording: Wording

    def reading(self, text: str) -> Reading:
        """The text as it is read, without what talks to its reviewer: that must sway nobody."""
        return Reading(text, aside=self.lexicon.is_swaying if self.lexicon else None)


def compose(
    draft: Draft,
    reader: Reader,
    reading: Reading,
    customer: Reading,
    situation: Situation,
    judged: Judged,
    choose_touch: Callable[[Collection[Finding]], Choice],
    *,
    engine: str,
    notes: Iterable[str] = (),
    partial: bool = False,
) -> Review:
    """The local coach's review of a draft whose language ``reader`` knows.

    ``reading`` and ``customer`` are the draft and the message before it as ``reader`` reads them; ``choose_touch`` is
    asked once the findings are known.
    """
    formal = bool(reader.lexicon and reader.lexicon.is_formal(draft.text))
    answers, feeling = bool(customer.sentences), bool(situation.feelings)
    seen: Seen = {}
    fired = believed(find(reader.rules, reading, customer=customer, formal=formal, seen=seen), judged, reading)
    fired += learned(reading, judged, fired, reader.advice, answers=answers, feeling=feeling)
    hits = chosen(fired, surest(judged, reading))
    findings = tuple(finding(hit, reader.principles) for hit in hits)
    praised = strengths(reader.praise, reading, reader.principles, taken=findings)[:MOST_STRENGTHS]
    before = {hit.rule.id for hit in fired}
    of_words = [rule for rule in reader.rules if rule.kind == "words"]

    def still_bad(text: str) -> bool:
        again = find(of_words, reader.reading(text), customer=customer, formal=formal, seen=seen)
        return any(hit.rule.id not in before for hit in again)

    mended = rewrite(draft.text, _edits(hits, findings), reader.lexicon, still_bad=still_bad)
    verdict = _verdict(hits, findings)
    choice = choose_touch(findings)
    return Review(
        id=draft.id,
        language=draft.language,
        verdict=verdict,
        headline=headline(verdict, findings, reader.wording),
        scores=weigh(hits, judged, feeling=feeling, answers=answers),
        findings=findings,
        strengths=praised,
        rewrite=mended,
        touch=choice.touch,
        no_touch_because=None if choice.touch else reader.wording.because(choice.because or "none-fits"),
        engine=engine,
        prompt=None,
        partial=partial,
        notes=tuple(notes),
    )


def smaller(
    draft: Draft, reader: Reader, reading: Reading, customer: Reading, judged: Judged, *, engine: str
) -> Review:
    """The honest, smaller review of a draft in a language without rules: its tone, and what any language shows."""
    anywhere = [rule for rule in reader.rules if rule.criterion == "shouting"]
    touch = Choice(None, "unknown-language")
    review = compose(
        draft,
        reader._replace(rules=anywhere, advice={}, praise=(), lexicon=None),
        reading,
        customer,
        Situation.none(),
        judged._replace(words=()),  # of words it was taught in three languages only
        lambda findings: touch,
        engine=engine,
        notes=(reader.wording.say("note.unknown-language"),),
        partial=True,
    )
    if review.verdict == "send":  # nothing found is not yet good, where most cannot be seen
        return review.model_copy(update={"headline": reader.wording.say("headline.unsure")})
    return review


def chosen(hits: Iterable[Hit], surest: tuple[int, int] | None = None) -> list[Hit]:
    """The hits worth saying: at most three, one a span, the worst first; none where all are trifles.

    What is said of the ``surest`` words goes before what may be worse.
    """

    def order(hit: Hit) -> tuple[bool | int, ...]:
        return (not hit.rule.hold, not (surest and hit.touches(*surest)), *_worst_first(hit))

    kept: list[Hit] = []
    echoes: list[Hit] = []
    again = 0
    for hit in sorted(hits, key=order):
        start, end = hit.start, hit.end
        overlaps = start is not None and end is not None and any(other.touches(start, end) for other in kept)
        if overlaps:
            continue
        if any(_same(hit, other) for other in kept):
            again += hit.rule.weight if start is not None else 0
            continue
        # What is missing is often what the words already spoke of lack: it is said where nothing else is to be said.
        echo = start is None and any(hit.rule.principle == other.rule.principle for other in kept)
        (echoes if echo else kept).append(hit)
    kept = [*kept, *echoes][:MOST_FINDINGS]
    # What is said once may have been found often: a habit is more than a trifle.
    return kept if sum(hit.rule.weight for hit in kept) + again >= ENOUGH else []


def _same(hit: Hit, other: Hit) -> bool:
    """Whether the other says it already: the same words again, or words of the kind that is missing."""
    if hit.start is None:
        return hit.rule.criterion == other.rule.criterion
    return hit.rule.id == other.rule.id and hit.quote.casefold() == other.quote.casefold()


def _worst_first(hit: Hit) -> tuple[bool, bool, int, bool, int]:
    rule = hit.rule
    return (
        rule.severity != "must",
        rule.effect != "destroys",
        -rule.weight,
        hit.start is None,
        hit.start or 0,
    )


def finding(hit: Hit, principles: Mapping[str, Principle]) -> Finding:
    """The hit as the agent reads it, with the draft's own words in the advice."""
    rule = hit.rule
    principle = principles[rule.principle]
    said = {"quote": " ".join(hit.quote.split()), "mend": hit.mended or ""}
    return Finding(
        rule=rule.id,
        criterion=rule.criterion,
        severity=rule.severity,
        quote=hit.quote or None,
        start=hit.start,
        end=hit.end,
        why=_filled(rule.why, said),
        suggestion=_filled(rule.suggestion, said),
        principle=cite(principle),
        category=principle.category,
        effect=rule.effect,
    )


def _filled(text: str, said: Mapping[str, str]) -> str:
    """The text with its {places} filled in one go: what a draft says in braces stays as it is."""
    return _PLACE.sub(lambda place: said[place[1]], text)


def _edits(hits: Sequence[Hit], findings: Sequence[Finding]) -> list[Edit]:
    return [
        Edit(start=hit.start, end=hit.end, text=hit.mended, why=found.why)
        for hit, found in zip(hits, findings, strict=True)
        if hit.mended is not None and hit.start is not None and hit.end is not None
    ]


def _verdict(hits: Sequence[Hit], findings: Sequence[Finding]) -> Verdict:
    if any(hit.rule.hold for hit in hits):
        return "hold"
    return "revise" if findings else "send"


def headline(verdict: Verdict, findings: Sequence[Finding], wording: Wording) -> str:
    """One line that says what to do and about what."""
    if verdict == "send":
        return wording.say("headline.send")
    about = list(dict.fromkeys(wording.say(f"criterion.{finding.criterion}") for finding in findings))
    return wording.say(f"headline.{verdict}", count=len(findings), about=wording.listed(about))
