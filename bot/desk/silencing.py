"""A review as it is heard: as the team's pack has it, and without what this person does not want to see.

Silenced are rules, and in quiet mode whatever is no must; on the path there are fewer suggestions from week to week.
But what a lead has called a must is the team's promise to its customers, and what must not go out at all is nobody's
to wave through: neither can be silenced.
"""

from __future__ import annotations

from collections.abc import Collection

from bot.coaching.mend import rewrite
from bot.coaching.model import Finding, Review, Verdict
from bot.coaching.review import Reader, headline
from bot.desk.model import Job, Preferences
from bot.desk.setting import at_fault
from bot.packs.shelf import TeamShelf


def named(review: Review, local: Review | None) -> Review:
    """The review whose findings can all be silenced.

    A language model's finding has no rule: it takes that of the local finding on the same words, else its criterion.
    """
    before = local.findings if local else ()
    return review.model_copy(update={"findings": tuple(_named(finding, before) for finding in review.findings)})


def _named(finding: Finding, before: Collection[Finding]) -> Finding:
    if finding.rule:
        return finding
    twin = next((other for other in before if _same(finding, other)), None)
    return finding.model_copy(update={"rule": twin.rule if twin else finding.criterion})


def _same(a: Finding, b: Finding) -> bool:
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return a.criterion == b.criterion
    return a.start < b.end and b.start < a.end


def heard(
    job: Job,
    review: Review,
    wanted: Preferences,
    reader: Reader,
    team: TeamShelf,
    suggestions: int | None = None,
) -> Review:
    """The review of a job as this person wants it, with at most so many ``suggestions`` (None: all)."""
    holding = _holding(reader)
    decided = packed(job.draft.text, review, reader, team)
    kept = [
        finding
        for finding in decided.findings
        if (team.fixed(finding, holding) or _wanted(finding, wanted)) and at_fault(job, finding)
    ]
    if suggestions is not None:
        mere = [finding for finding in kept if finding.severity == "may" and not team.fixed(finding, holding)]
        kept = [finding for finding in kept if finding not in mere[suggestions:]]
    return _of(tuple(kept), job.draft.text, decided, reader)


def packed(draft: str, review: Review, reader: Reader, team: TeamShelf) -> Review:
    """The review as the team's pack has it, which no language model knows."""
    decided = (team.decided(finding, _holding(reader)) for finding in review.findings)
    return _of(tuple(finding for finding in decided if finding), draft, review, reader)


def _of(kept: tuple[Finding, ...], draft: str, review: Review, reader: Reader) -> Review:
    """The review with these findings alone, its verdict, headline and rewrite made again from them."""
    if kept == review.findings:
        return review
    gone = {finding.why for finding in review.findings} - {finding.why for finding in kept}
    verdict = _verdict(kept, _holding(reader))
    mended = review.rewrite
    if mended and any(edit.why in gone for edit in mended.edits):
        mended = rewrite(draft, [edit for edit in mended.edits if edit.why not in gone], reader.lexicon)
    return review.model_copy(
        update={
            "verdict": verdict,
            "headline": headline(verdict, kept, reader.wording),
            "findings": kept,
            "rewrite": mended,
            # "First mend the words that hurt" would speak of words that this review no longer shows.
            "no_touch_because": review.no_touch_because if kept else None,
        }
    )


def _holding(reader: Reader) -> frozenset[str]:
    return frozenset(rule.id for rule in reader.rules if rule.hold)


def _wanted(finding: Finding, wanted: Preferences) -> bool:
    return finding.rule not in wanted.silenced and (finding.severity == "must" or not wanted.quiet)


def _verdict(findings: Collection[Finding], holding: Collection[str]) -> Verdict:
    if any(finding.rule in holding for finding in findings):
        return "hold"
    return "revise" if findings else "send"
