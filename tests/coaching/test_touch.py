"""When a touch is withheld, and how one is said."""

from __future__ import annotations

import pytest

from bot.coaching.judged import UNJUDGED, Judged
from bot.coaching.model import Language
from bot.coaching.situation import Situation
from bot.coaching.touch import suited, withheld
from bot.content.knowledge import Knowledge
from bot.content.places import KNOWLEDGE

CALM = Situation.none().model_copy(update={"solved": True})
OPEN = Situation.none()
UPSET = CALM.model_copy(update={"feelings": frozenset({"worry"})})
GRIEVING = CALM.model_copy(update={"barred": ("Someone grieves.",)})


def judged(wanted: float, none: float = 0.0) -> Judged:
    return UNJUDGED._replace(whole={"wanted": wanted, "none": none})


@pytest.mark.parametrize(
    ("situation", "seen", "because"),
    [
        (CALM, UNJUDGED, None),
        (OPEN, UNJUDGED, "not-solved"),
        (UPSET, UNJUDGED, "feeling-first"),
        (CALM, judged(0.2), None),
        (CALM, judged(0.01), "not-now"),
        (OPEN, judged(0.2), "not-solved"),
        (OPEN, judged(0.9), None),
        (UPSET, judged(0.2), "feeling-first"),
        (UPSET, judged(0.9), None),
        (CALM, judged(0.9, none=0.8), "not-now"),
        (GRIEVING, judged(0.99), "Someone grieves."),
    ],
)
def test_a_touch_waits_for_an_answer_and_for_its_moment(
    situation: Situation, seen: Judged, because: str | None
) -> None:
    assert withheld(situation, (), seen) == because


@pytest.mark.parametrize(
    ("language", "formal"), [("nl", "Heeft u hem al ontvangen?"), ("fi", "Oletteko te saaneet sen?")]
)
def test_to_a_customer_who_is_addressed_politely_no_touch_is_familiar(language: Language, formal: str) -> None:
    knowledge = Knowledge(KNOWLEDGE)
    lexicon = knowledge.lexicon(language)
    catalogue = knowledge.touches(language).values()
    assert lexicon.is_formal(formal)
    for touch in suited(catalogue, formal, lexicon):
        assert lexicon.informal.isdisjoint(touch.line.lower().split())


def test_where_a_touch_has_a_polite_line_it_is_said_so() -> None:
    knowledge = Knowledge(KNOWLEDGE)
    touch = next(iter(knowledge.touches("nl").values())).model_copy(
        update={"line": "Je ziet het.", "line_formal": "U ziet het."}
    )
    [polite] = suited([touch], "Heeft u hem al ontvangen?", knowledge.lexicon("nl"))
    [familiar] = suited([touch], "Heb je hem al ontvangen?", knowledge.lexicon("nl"))
    assert (polite.line, familiar.line) == ("U ziet het.", "Je ziet het.")
