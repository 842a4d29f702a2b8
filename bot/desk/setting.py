"""What the agent told of the reader and the channel, in one tap each, and what it changes in a review.

Nothing told changes nothing. Somebody who knows the field is not taught what they know, and their own words are no
jargon to them (rows D3-06, K0-18). What everybody can read must hold nothing of one customer's; long is long where
people read in passing (row X2-34), and a letter begins with a greeting (row K0-14).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from bot.coaching.lexicon import Lexicon
from bot.coaching.model import CatalogueTouch, Draft, Finding, Review
from bot.coaching.ports import Span
from bot.coaching.redact import NAME
from bot.coaching.text import words
from bot.coaching.wording import Wording
from bot.desk.model import Job

CHANNELS = ("chat", "email", "social")
LONGEST = {"chat": 600, "social": 280}
"""Characters from which on a message is long there; 280 is also what a short-message service takes."""
MOST_SHOWN = 3
TELLING = 4
"""Letters from which on a word says what it is about; of capitals alone any number."""

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"#\w*\d{3}\w*|\b(?=(?:[\w-]*\d){5})\w[\w-]*\w\b")
_DATE = re.compile(r"\d{1,4}([-./])\d{1,2}\1\d{1,4}")


def taught(catalogue: Collection[CatalogueTouch]) -> frozenset[str]:
    """The ideas that an expert is not offered: those that teach."""
    return frozenset(touch.idea for touch in catalogue if touch.kind == "educational")


def at_fault(job: Job, finding: Finding) -> bool:
    """Whether a finding holds for this reader: an expert's own words are no jargon to them."""
    if job.reader != "expert" or finding.criterion != "jargon" or not finding.quote:
        return True
    theirs = {word.lower() for word in _WORD.findall(job.draft.customer)}
    telling = [word for word in _WORD.findall(finding.quote) if len(word) >= TELLING or word.isupper()]
    return not telling or any(word.lower() not in theirs for word in telling)


def in_setting(job: Job, review: Review, wording: Wording, lexicon: Lexicon | None, spans: Sequence[Span]) -> Review:
    """The review with what the channel asks for. ``spans``: personal data in the draft."""
    if review.touch and review.touch.kind == "educational" and job.reader == "expert":
        review = review.model_copy(update={"touch": None, "no_touch_because": wording.because("expert")})
    if job.best:
        best = wording.say("gift.best")
        review = review.model_copy(update={"headline": f"{review.headline} ★ {best}"})
    notes = tuple(_notes(job, wording, lexicon))
    private = _private(job.draft.text, spans) if job.channel == "social" else []
    if private:
        named = wording.listed([f"“{one}”" for one in private[:MOST_SHOWN]])
        headline = wording.say("headline.public", details=named)
        notes = (wording.say("setting.public"), *notes)
        review = review.model_copy(update={"verdict": "hold", "headline": headline, "touch": None})
    return review.model_copy(update={"notes": (*review.notes, *notes)}) if notes else review


def _notes(job: Job, wording: Wording, lexicon: Lexicon | None) -> Iterator[str]:
    length = len(job.draft.text)
    if length > LONGEST.get(job.channel, length):
        yield wording.say(f"setting.{job.channel}-long", length=length)
    if job.channel == "email" and lexicon and not _greets(job.draft, lexicon):
        yield wording.say("setting.no-greeting")


def _greets(draft: Draft, lexicon: Lexicon) -> bool:
    said = " ".join(words(draft.text)[:4])
    return any(f" {greeting} " in f" {said} " for greeting in lexicon.greetings)


def _private(text: str, spans: Sequence[Span]) -> list[str]:
    """What of one customer stands in the text; a name alone may."""
    found = [(span.start, text[span.start : span.end]) for span in spans if span.kind != NAME]
    found += [(match.start(), match.group()) for match in _NUMBER.finditer(text) if not _DATE.fullmatch(match.group())]
    shown: list[str] = []
    for _, words_ in sorted(found):
        if not any(words_ in other or other in words_ for other in shown):
            shown.append(words_)
    return shown
