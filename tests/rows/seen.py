"""What a review says, in the form that tests of a row ask for."""

from __future__ import annotations

from bot.coaching.model import Review


def criteria(review: Review) -> set[str]:
    """The criteria of all findings."""
    return {finding.criterion for finding in review.findings}


def quotes(review: Review, criterion: str) -> str:
    """The words that findings of a criterion quote, one after the other."""
    return " … ".join(finding.quote or "" for finding in review.findings if finding.criterion == criterion)


def principles(review: Review) -> set[str]:
    """The principles that findings name."""
    return {finding.principle.id for finding in review.findings}


def praised(review: Review) -> dict[str, str]:
    """The words praised, by the principle they keep."""
    return {strength.principle.id: strength.quote for strength in review.strengths}
