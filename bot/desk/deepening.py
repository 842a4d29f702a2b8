"""What a deeper review changes of the first, for where it cannot stand in the first one's place."""

from __future__ import annotations

from typing import NamedTuple

from bot.coaching.model import Review


class Deepened(NamedTuple):
    """Criteria that the deeper review found and the first did not, and the other way round."""

    new: tuple[str, ...]
    gone: tuple[str, ...]


def deepened(first: Review, deeper: Review) -> Deepened | None:
    """What is other; None where the agent would read the same twice."""
    if _told(first) == _told(deeper):
        return None
    before, after = ([finding.criterion for finding in review.findings] for review in (first, deeper))
    return Deepened(
        new=tuple(dict.fromkeys(criterion for criterion in after if criterion not in before)),
        gone=tuple(dict.fromkeys(criterion for criterion in before if criterion not in after)),
    )


def _told(review: Review) -> tuple[object, ...]:
    findings = tuple((finding.criterion, finding.start, finding.end, finding.why) for finding in review.findings)
    rewrite = review.rewrite.text if review.rewrite else ""
    return review.verdict, findings, rewrite, review.touch.idea if review.touch else ""
