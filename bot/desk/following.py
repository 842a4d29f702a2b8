"""What goes on with something asked before: a wish for the latest draft, or a question after a question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.coaching.model import Draft
from bot.coaching.text import words
from bot.coaching.wording import Wording
from bot.desk.model import Job
from bot.desk.wishes import read_wish

LONGEST_QUESTION = 200
"""Characters of a follow-up that is read as a question where a question came before; what is longer is a draft."""
OF_ANSWERS = ("shorter", "language")
"""Wishes that an answer can meet, too."""
NOTHING = Draft(text="")


def follow_up(job: Job, before: Sequence[Job], wordings: Iterable[Wording]) -> Job | None:
    """The job as a wish or a question, where its text is one after what came ``before``; None for a new draft.

    After a question, "shorter" and "in Dutch" are of its answer, as other questions are.
    A wish with no draft before it follows nothing, and is answered by saying that the draft is erased by now.
    """
    wish = read_wish(job.draft.text, wordings)
    asking = bool(before) and bool(before[-1].question)
    if wish and not (asking and wish.kind in OF_ANSWERS):
        drafts = [other.id for other in before if other.draft.text]
        return job.model_copy(update={"draft": NOTHING, "wish": wish, "follows": drafts[-1] if drafts else ""})
    if asking and len(job.draft.text) <= LONGEST_QUESTION and words(job.draft.text):
        return as_question(job, job.draft.text)
    return None


def as_question(job: Job, question: str) -> Job:
    """The job as a question, which is no draft."""
    return job.model_copy(update={"draft": NOTHING, "question": question})
