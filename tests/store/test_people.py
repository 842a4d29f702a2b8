"""People: choices, figures of a week, export, and being forgotten."""

from __future__ import annotations

from datetime import date

from bot.coaching.model import Draft
from bot.desk.model import Preferences, Week
from bot.desk.ports import People
from tests.store.conftest import ANNA, BEN, FAR, review
from tests.test_coach import BLAME, coach

TODAY = date(2026, 11, 22)


def test_somebody_unknown_has_the_defaults(people: People) -> None:
    assert people.preferences(ANNA) == Preferences()
    assert people.week(ANNA, TODAY) == Week()


def test_choices_are_kept_one_by_one(people: People) -> None:
    people.prefer(ANNA, language="fi")
    people.prefer(ANNA, quiet=True)
    people.prefer(ANNA)
    assert people.preferences(ANNA) == Preferences(language="fi", quiet=True)
    assert people.preferences(BEN) == people.preferences(FAR) == Preferences()


def test_a_rule_is_silenced_once_and_can_be_heard_again(people: People) -> None:
    for rule in ("blame-1", "shouting", "blame-1"):
        people.silence(ANNA, rule)
    assert people.preferences(ANNA).silenced == ("blame-1", "shouting")
    people.unsilence(ANNA, "blame-1")
    people.unsilence(ANNA, "never-silenced")
    assert people.preferences(ANNA).silenced == ("shouting",)


def test_a_review_made_again_counts_once(people: People) -> None:
    blamed = coach().review_local(Draft(text=BLAME))
    people.reviewed(ANNA, "j1", TODAY, blamed)
    people.reviewed(ANNA, "j1", TODAY, blamed)
    people.reviewed(ANNA, "j2", TODAY, review("send"))
    people.reviewed(BEN, "j3", TODAY, blamed)
    week = people.week(ANNA, TODAY)
    assert (week.reviews, week.sent) == (2, 1)
    assert dict(week.criteria) == {finding.criterion: 1 for finding in blamed.findings}


def test_a_week_is_seven_days(people: People) -> None:
    people.reviewed(ANNA, "j1", date(2026, 11, 15), review())
    people.reviewed(ANNA, "j2", date(2026, 11, 16), review())
    people.reviewed(ANNA, "j3", date(2026, 11, 23), review())
    assert people.week(ANNA, TODAY).reviews == 1


def test_the_last_word_on_use_counts(people: People) -> None:
    people.useful(ANNA, "j1", TODAY, True, "")
    people.useful(ANNA, "j1", TODAY, False, "too long")
    people.useful(ANNA, "j2", TODAY, True, "")
    week = people.week(ANNA, TODAY)
    assert (week.useful, week.not_useful) == (1, 1)


def test_export_and_delete(people: People) -> None:
    for person, name in ((ANNA, "a"), (BEN, "b"), (FAR, "f")):
        people.prefer(person, quiet=True)
        people.silence(person, "shouting")
        people.reviewed(person, f"{name}1", TODAY, review("revise"))
        people.useful(person, f"{name}1", TODAY, False, "why not")
    before = people.export(BEN)
    assert people.export(ANNA) == {
        "preferences": {"language": "", "quiet": True, "silenced": ["shouting"]},
        "reviews": [{"id": "a1", "day": "2026-11-22", "verdict": "revise", "criteria": []}],
        "feedback": [{"id": "a1", "day": "2026-11-22", "useful": False, "why": "why not"}],
    }
    people.delete(ANNA)
    assert people.export(ANNA) == {"preferences": Preferences().model_dump(mode="json"), "reviews": [], "feedback": []}
    assert people.export(BEN) == before
    people.delete_workspace("slack", "T1")
    assert people.preferences(BEN) == Preferences()
    assert people.preferences(FAR).quiet
