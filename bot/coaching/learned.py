"""What the learned judge finds that no rule has words for, and which findings of the rules it does not believe.

The thresholds were chosen on drafts that neither the judge had learnt from nor the rules were written for (see the data
card): as many bad replies flagged as leave nine good ones in ten alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.coaching.judged import Fault, Judged, faults
from bot.coaching.rules import Advice, Hit
from bot.coaching.text import Reading, words

BAD, SURELY_BAD = 0.8, 0.86
"""From here on a reply is bad as a whole, and bad enough that its worst place is named however unsure that is."""
HURTS, STANDS_OUT = 0.4, 0.9
"""A sentence that hurts as surely as this by itself upholds what a rule says of it; and what it counts for in how bad
the whole is, since the whole is judged less well without the customer's message."""
SUSPECT, ABSENT, ABSENT_TOO = 0.45, 0.4, 0.7
"""In a bad reply, from here on words are at fault, or something is missing, by the judge alone; and where something is
said of words already."""
BESIDE = 0.9
"""The same for words beside the surest ones: of these about nine in ten are at fault, of any less sure hardly one in
two (drafts held out from the teaching), and a wrong remark costs more than a missed one."""
ALONE, ALONE_WORDS = 0.7, 0.8
"""Without the customer's message the judge speaks only of sentences that hurt, and words at fault, so surely."""
NAMED, UNNAMED = 0.25, "cold-tone"
"""How much must speak for one criterion before words are said to hurt in that way (two of three are then named rightly,
of the others one in four), and the criterion for the rest.
"""
GENERAL = 0.97
"""How bad a reply must be before words are said to hurt without saying how: of replies less bad, of which only that
could be said, more than half were good (held-out drafts)."""
LEAST = 0.05
AGREED = {True: 0.03, False: 0.1}
"""How sure the judge must be of words that a rule finds fault with, in a bad reply (True) and in another."""
HEAVIEST, HEAVY = 3, 0.02
"""The same for a rule of the greatest weight."""
SHORT, LONG = 20, 200
"""Words of drafts, up to the first and beyond the second, in which the rules are believed as they are: the judge was
taught with none so short or so long."""
MISSED = {True: 0.1, False: 0.5}
"""The same for what a rule misses."""
SEEN = 0.2
BY_EYE = frozenset({"jargon", "over-apology", "upsell"})
"""Criteria that go by the letter, which rules see better: a reply as bad as ``SEEN`` is enough for them."""
BY_LETTER = frozenset({"shouting", "unauthorised-promise", "proof-demand", "disparaging"})
"""Criteria of which the rules know more than the judge: of the hits that it doubted, twelve in fifteen were right."""


Places = Sequence[tuple[int, int]]


def believed(hits: Iterable[Hit], judged: Judged, reading: Reading) -> list[Hit]:
    """The hits of the rules that the judge does not contradict: quiet where the two disagree.

    What must not go out at all stands whatever the judge says.
    """
    if not judged.words or not SHORT < len(words(reading.own)) <= LONG:
        return list(hits)
    words_at = [reading.original(start, end) for start, end in judged.words]
    sentences_at = [reading.original(sentence.start, sentence.end) for sentence in reading.sentences]
    return [hit for hit in hits if hit.rule.hold or _agreed(hit, judged, words_at, sentences_at)]


def _agreed(hit: Hit, judged: Judged, words_at: Places, sentences_at: Places) -> bool:
    """Whether the judge finds the same; words and sentences stand at these places of the draft as given."""
    bad = badness(judged)
    if hit.start is None or hit.end is None:
        return judged.whole.get(hit.rule.criterion, 1.0) >= MISSED[bad >= BAD]
    surely = hit.rule.criterion in BY_LETTER or hit.rule.criterion not in judged.faults
    if surely or (hit.rule.criterion in BY_EYE and bad >= SEEN):
        return True
    if any(hurt >= HURTS for hurt in _on(hit, sentences_at, judged.sentences["hurt"])):
        return True
    sure = _on(hit, words_at, judged.faults["any"])
    least = HEAVY if hit.rule.weight == HEAVIEST else AGREED[bad >= BAD]
    return not sure or max(sure) >= least


def _on(hit: Hit, places: Places, chances: Sequence[float]) -> list[float]:
    """The chances of the places that the hit touches."""
    return [chance for place, chance in zip(places, chances, strict=True) if hit.touches(*place)]


def badness(judged: Judged) -> float:
    """How bad a reply is as a whole, 0 to 1."""
    return max(judged.whole["bad"], STANDS_OUT * max(judged.sentences["hurt"]))


def surest(judged: Judged, reading: Reading) -> tuple[int, int] | None:
    """Where in the draft as given the words stand that the judge is surest of; None where it is of none.

    Of held-out bad drafts these words are at fault in nine of ten.
    """
    if not judged.words or badness(judged) < BAD:
        return None
    found = _surest(faults(judged, reading, SUSPECT))
    return reading.original(found.start, found.end) if found else None


def _surest(found: Iterable[Fault]) -> Fault | None:
    return max(found, key=lambda fault: fault.chance, default=None)


def _named(fault: Fault) -> bool:
    return fault.share >= NAMED


def learned(
    reading: Reading,
    judged: Judged,
    hits: Sequence[Hit],
    advice: Mapping[str, Advice],
    *,
    answers: bool,
    feeling: bool,
) -> Iterator[Hit]:
    """In a bad reply, hits of the judge on words that none of the ``hits`` speaks of, and on what is missing.

    ``answers``: the customer's message is known, ``feeling``: it shows one; without them nothing can be missed.
    """
    if not judged.words or badness(judged) < BAD:
        return
    ruled = {hit.rule.criterion for hit in hits if hit.start is None}
    missing = {
        criterion: judged.whole[criterion]
        for criterion in advice
        if criterion in judged.whole and criterion not in ruled and answers
        if criterion != "no-acknowledgement" or feeling
    }
    seen = list(faults(judged, reading, LEAST))
    first = _surest(seen)
    suspects = [fault for fault in seen if fault.criterion in advice and not _taken(fault, reading, hits)]
    if not answers:
        suspects = [one for one in suspects if one.chance >= ALONE_WORDS and _hurts(one, judged, reading) >= ALONE]
    clear = badness(judged) >= GENERAL or (first is not None and _named(first))
    suspects = suspects if clear else [one for one in suspects if _named(one)]
    said = [
        one for one in suspects if (one.chance >= SUSPECT if one == first else one.chance >= BESIDE and _named(one))
    ]
    least = ABSENT_TOO if hits or said else ABSENT
    missed = [criterion for criterion, chance in missing.items() if chance >= least]
    if answers and clear and not (hits or said or missed) and badness(judged) >= SURELY_BAD:
        worst = _surest(suspects)
        likeliest = max(missing, key=lambda criterion: missing[criterion], default=None)
        if likeliest and (worst is None or missing[likeliest] > worst.chance):
            missed = [likeliest]
        elif worst:
            said = [worst]
    for fault in said:
        start, end = reading.original(fault.start, fault.end)
        criterion = fault.criterion if _named(fault) or UNNAMED not in advice else UNNAMED
        yield Hit(advice[criterion], start, end, reading.text[start:end], None)
    for criterion in missed:
        yield Hit(advice[criterion], None, None, "", None)


def _hurts(fault: Fault, judged: Judged, reading: Reading) -> float:
    """How surely the sentence of the fault hurts by itself."""
    found = zip(reading.sentences, judged.sentences["hurt"], strict=True)
    return max(hurt for sentence, hurt in found if sentence.start < fault.end and sentence.end > fault.start)


def _taken(fault: Fault, reading: Reading, hits: Sequence[Hit]) -> bool:
    start, end = reading.original(fault.start, fault.end)
    return any(hit.touches(start, end) for hit in hits)
