"""A team's pack at the desk: in the first review and the deeper one, before the person's own choice."""

from __future__ import annotations

from typing import Any

import pytest

from bot.desk.desk import Desk
from bot.desk.model import Job, Person
from bot.packs.model import Place
from bot.packs.packs import Packs
from tests.fakes import Clock, MemoryJobs, MemoryPeople, ScriptedModel
from tests.packs.rulebook import MemoryRulebook
from tests.test_coach import SHELF, coach

ANNA = Person(platform="slack", workspace="T1", id="U1")
WHOLE = Place(platform="slack", workspace="T1")
DRAFT = "User error. You will get a new one today, so please revert back to us."
OPINION = {
    "findings": [
        {
            "criterion": criterion, "severity": "may", "principle": "customers-point-of-view", "quote": quote,
            "why": "It hurts.", "suggestion": "Say it plainly.", "replacement": "",
        }
        for criterion, quote in (("blame", "User error"), ("jargon", "revert back"))
    ],
    "strengths": [], "touch": "", "no_touch_because": "", "tone": 0.5, "empathy": 0.5,
}  # fmt: skip


def new_desk(packs: Packs, model: ScriptedModel | None = None) -> Desk:
    clock = Clock()
    return Desk(coach(model), SHELF, MemoryJobs(clock), MemoryPeople(), packs=packs, model=model, now=clock)


@pytest.fixture
def packs() -> Packs:
    return Packs(MemoryRulebook(), SHELF)


def take(desk: Desk, id: str = "j1", **more: Any) -> None:
    assert desk.take(Job.model_validate({"id": id, "person": ANNA, "draft": {"text": DRAFT}, **more}))


def criteria(review: Any) -> dict[str, str]:
    return {finding.criterion: finding.severity for finding in review.findings}


def test_a_channel_is_known_by_where_it_was_asked(packs: Packs) -> None:
    packs.choose(WHOLE.model_copy(update={"channel": "C1"}), "blame", "off")
    desk = new_desk(packs)
    take(desk, asked_in="C1")
    take(desk, "j2", address={"at": "thread", "channel": "C1"})
    take(desk, "j3", asked_in="C2")
    assert "blame" not in criteria(desk.first("j1"))
    assert "blame" not in criteria(desk.first("j2"))
    assert "blame" in criteria(desk.first("j3"))


def test_what_a_lead_called_a_must_is_silenced_by_nobody(packs: Packs) -> None:
    desk = new_desk(packs)
    take(desk)
    [finding] = [one for one in desk.first("j1").findings if one.criterion == "blame"]
    assert not desk.keeps("j1", finding.rule)
    desk.silence(ANNA, finding.rule)
    desk.prefer(ANNA, quiet=True)
    assert "blame" not in criteria(desk.review("j1"))
    packs.choose(WHOLE, "blame", "must")
    assert desk.keeps("j1", finding.rule)
    assert criteria(desk.review("j1"))["blame"] == "must"


def test_a_pack_counts_for_a_review_that_was_shown_before(packs: Packs) -> None:
    desk = new_desk(packs)
    take(desk)
    assert "blame" in criteria(desk.first("j1"))
    packs.choose(WHOLE, "blame", "off")
    review = desk.review("j1")
    assert "blame" not in criteria(review)
    assert review.rewrite is None or "User error" in review.rewrite.text


def test_a_language_model_that_knows_no_packs_says_no_more_than_they_allow(packs: Packs) -> None:
    packs.choose(WHOLE, "blame", "off")
    packs.choose(WHOLE, "jargon", "must")
    desk = new_desk(packs, ScriptedModel(OPINION))
    take(desk)
    desk.first("j1")
    deeper = desk.deeper("j1")
    assert deeper
    assert criteria(deeper) == {"jargon": "must"}
    assert deeper.verdict == "revise"
    assert desk.keeps("j1", deeper.findings[0].rule)
