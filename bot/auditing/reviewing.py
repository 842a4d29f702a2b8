"""One text of a file, reviewed as an agent's draft is, by the local coach: the same every time, and without a key."""

from __future__ import annotations

from collections.abc import Collection

from bot.auditing.model import Audited, Entry, Fault, Unread
from bot.auditing.placeholders import Template, read_template
from bot.coach import LONGEST_DRAFT, Coach
from bot.coaching.mend import apply
from bot.coaching.model import LANGUAGES, Draft, Edit, Finding, Review
from bot.coaching.ports import Shelf
from bot.coaching.text import words

INSTRUCTING = frozenset({"command", "effort"})
"""What is a fault in a reply and the purpose of a help text: to say what to do."""


def unread(entry: Entry) -> Unread | None:
    """Why a text cannot be reviewed, or None."""
    if len(entry.text) > LONGEST_DRAFT:
        return "too-long"
    return None if words(read_template(entry.text).text) else "no-text"


def audited(entry: Entry, coach: Coach, shelf: Shelf) -> Audited:
    """What the coach finds in a text that is not ``unread``. Raises BadInput for no language code."""
    template = read_template(entry.text)
    customer = "" if entry.kind == "help" else read_template(entry.customer).text
    review = coach.local(Draft(text=template.text, customer=customer, language=entry.language), shelf=shelf).review
    holding = _holding(review, shelf)
    findings = [found for found in review.findings if entry.kind == "reply" or _in_help(found, holding)]
    return Audited(
        line=entry.line,
        id=entry.id,
        language=review.language,
        faults=tuple(_fault(found, template, holding) for found in findings),
        overall=review.scores.overall,
        rewrite=_rewrite(review, template),
    )


def _in_help(found: Finding, holding: Collection[str]) -> bool:
    """Whether a finding holds for a help text, which answers nobody, so that it misses nothing, and is to instruct."""
    return found.start is not None and (found.criterion not in INSTRUCTING or found.rule in holding)


def _holding(review: Review, shelf: Shelf) -> Collection[str]:
    language = next((known for known in LANGUAGES if known == review.language), None)
    return {rule.id for rule in shelf.reader(language).rules if rule.hold} if language else ()


def _fault(found: Finding, template: Template, holding: Collection[str]) -> Fault:
    quote, why, suggestion = "", found.why, found.suggestion
    if found.start is not None and found.end is not None:
        first, last = template.original(found.start, found.end)
        quote = template.source[first:last].strip()
        why, suggestion = (template.restored(said, found.start, found.end) for said in (why, suggestion))
    return Fault(
        rule=found.rule,
        criterion=found.criterion,
        severity=found.severity,
        effect=found.effect,
        hold=found.rule in holding,
        words=quote,
        why=why,
        suggestion=suggestion,
        principle=found.principle.id,
        title=found.principle.title,
        source=found.principle.source.short,
    )


def _rewrite(review: Review, template: Template) -> str:
    """The template with the review's edits, but for those that would take a placeholder or a tag away."""
    made: list[Edit] = []
    for edit in review.rewrite.edits if review.rewrite else ():
        first, last = template.original(edit.start, edit.end)
        if not any(part.first < last and first < part.last for part in template.parts):
            made.append(edit.model_copy(update={"start": first, "end": last}))
    return apply(template.source, made) if made else ""
