"""Questions answered from the knowledge: the right sentences with their sources, or "I don't know"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.coaching.model import Answer, Citation, Found
from bot.coaching.wording import Wording

KNOWN = 0.5
"""A best passage nearer than this answers the question; chosen on the development questions."""
CLOSE = 0.04
"""A second passage this near to the best adds to the answer."""
MOST_PASSAGES = 2
EXCERPT = 400


def answer(question: str, found: Sequence[Found], language: str, wording: Wording) -> Answer:
    """An extractive answer from the passages found (best first). Touches are ideas, not facts: they answer nothing."""
    about = [hit for hit in found if hit.passage.kind != "touch"]
    if not about:
        return Answer(text=wording.say("answer.unknown"), language=language, citations=(), known=False)
    if about[0].score < KNOWN:
        text = f"{wording.say('answer.unknown')} {wording.say('answer.nearest', topic=about[0].passage.heading)}"
        return Answer(text=text, language=language, citations=(_cite(about[0]),), known=False)
    used = [hit for hit in about if hit.score >= about[0].score - CLOSE][:MOST_PASSAGES]
    caveats = dict.fromkeys(hit.passage.source.caveat for hit in used if hit.passage.source.caveat)
    text = "\n\n".join([*(_said(hit) for hit in used), *caveats])
    return Answer(text=text, language=language, citations=tuple(_cite(hit) for hit in used), known=True)


def _said(hit: Found) -> str:
    passage = hit.passage
    # A card's text begins with its heading, for the search; the answer does not repeat it.
    return passage.text.removeprefix(f"{passage.heading}. ")


def _cite(hit: Found) -> Citation:
    passage = hit.passage
    return Citation(source=passage.source, passage=passage.id, heading=passage.heading, text=passage.text[:EXCERPT])
