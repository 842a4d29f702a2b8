"""What new colleagues do in Slack: walk the path, write for themselves, open an answer's passages, say it is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.desk.model import Person as Somebody
from tests.edges.slack.fake_slack import Person, Post, View
from tests.edges.slack.harness import Harness

MONDAY = datetime(2026, 11, 23, 6, tzinfo=UTC)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Harness]:
    harness = Harness(
        tmp_path_factory.mktemp("heartware"), heartware_env="test", heartware_now=MONDAY, heartware_owners="U0OWNER"
    )
    yield harness
    harness.stop()


class Newcomer:
    """Somebody new, in Helsinki, with a clock that can be set."""

    def __init__(self, app: Harness) -> None:
        self.app = app
        self.id = app.somebody()
        app.slack.people[self.id] = Person(zone="Europe/Helsinki")
        self.at(MONDAY)

    def at(self, moment: datetime) -> None:
        self.app.settings.__dict__["heartware_now"] = moment

    def tick(self, moment: datetime) -> None:
        self.at(moment)
        self.app.rituals.path.guide.tick()

    def begins(self, **values: Any) -> Post:
        self.app.command("path", self.id)
        self.app.press("path_begin", self.id, self.app.sees(self.id, "You are not on the path"))
        self.app.submit(self.app.view("Twenty small steps"), self.id, chosen(**values))
        first = self.app.sees(self.id, "step 1 of 20")
        self.app.settled()
        return first

    @property
    def steps(self) -> list[str]:
        return [post.shown for post in self.app.slack.of(self.id) if " of 20 · " in post.shown]


def chosen(at: str = "09:00", country: str = "", lead: str = "", fades: bool = True) -> dict[str, Any]:
    return {
        "at": {"selected_time": at},
        "country": {"value": country or None},
        "lead": {"selected_user": lead or None},
        "fades": {"selected_options": [{"value": "yes"}] if fades else []},
    }


@pytest.fixture
def new(app: Harness) -> Newcomer:
    return Newcomer(app)


def test_the_first_step_comes_at_once_and_the_next_on_the_next_working_day(new: Newcomer) -> None:
    first = new.begins()
    for words in (
        "What you give",
        "To think about",
        "Try today",
        "000_aa6c0d3920d2a764.txt",
        "[What others would say]",
    ):
        assert words in first.shown
    new.tick(MONDAY + timedelta(hours=2))  # 10:00 in Helsinki, on the same day
    assert len(new.steps) == 1
    new.tick(MONDAY + timedelta(days=1, minutes=59))
    assert len(new.steps) == 1
    new.tick(MONDAY + timedelta(days=1, hours=1, seconds=5))
    new.tick(MONDAY + timedelta(days=1, hours=1, minutes=1))
    assert len(new.steps) == 2
    assert "step 2 of 20" in new.steps[1]
    assert "Value card" in new.steps[1]


def test_no_step_comes_at_the_weekend_or_on_a_holiday(new: Newcomer) -> None:
    new.begins(country="FI")
    for day in range(1, 15):  # to Monday 7 December, after a holiday on Sunday the 6th
        new.tick(MONDAY + timedelta(days=day, hours=1, minutes=1))
    assert len(new.steps) == 11


def test_an_unknown_country_is_asked_again(new: Newcomer) -> None:
    new.app.command("path", new.id)
    new.app.press("path_begin", new.id, new.app.sees(new.id, "You are not on the path"))
    answer = new.app.submit(new.app.view("Twenty small steps"), new.id, chosen(country="Atlantis"))
    assert "two letters" in answer.json()["errors"]["country"]


def test_a_practice_reply_is_reviewed_against_the_made_up_customer(new: Newcomer) -> None:
    new.begins()
    new.tick(MONDAY + timedelta(days=1, hours=1, seconds=5))
    step = new.app.sees(new.id, "step 2 of 20")
    assert "I typed my password three times" in step.shown
    new.app.press("path_draft", new.id, step)
    view = new.app.view("Your reply, for practice only")
    new.app.submit(view, new.id, {"draft": {"value": "User error. You entered the wrong password."}})
    assert "“User error”" in new.app.view("User error").shown


def test_a_question_shows_what_others_would_say(new: Newcomer) -> None:
    new.app.press("path_question", new.id, new.begins())
    assert "There is no wrong answer" in new.app.view("There is no wrong answer").shown


def test_a_step_that_was_not_given_yet_cannot_be_opened(new: Newcomer) -> None:
    new.begins()
    path = new.app.rituals.path
    walk = path.of(Somebody(platform="slack", workspace="T0TEAM", id=new.id))
    assert walk
    assert path.step(walk, "wisdom-in-the-doing") is None


def test_it_rests_and_goes_on_and_begins_again(new: Newcomer) -> None:
    new.begins()
    new.app.command("path pause", new.id)
    new.app.sees(new.id, "Your path rests after 1 of 20 steps.")
    new.tick(MONDAY + timedelta(days=1, hours=1, minutes=1))
    assert len(new.steps) == 1
    new.app.dm("path resume", new.id)
    new.app.sees(new.id, "You have had 1 of 20 steps. The next one comes Wednesday 25 November at 09:00.")
    new.tick(MONDAY + timedelta(days=2, hours=1, minutes=1))
    assert len(new.steps) == 2
    new.app.press("path_begin", new.id, new.app.sees(new.id, "The next one comes"))
    new.app.submit(new.app.view("Twenty small steps"), new.id, chosen())
    new.app.settled()
    assert "step 1 of 20" in new.steps[-1]


def walked(new: Newcomer, **values: Any) -> None:
    """All twenty steps."""
    new.begins(**values)
    day = 0
    while len(new.steps) < 20:
        day += 1
        new.tick(MONDAY + timedelta(days=day, hours=1, minutes=1))
        assert day < 40


def test_the_end_is_theirs_the_coach_is_quiet_then_and_only_an_agreed_lead_hears_of_it(new: Newcomer) -> None:
    lead = new.app.somebody()
    walked(new, lead=lead)
    new.app.sees(lead, f"<@{new.id}> has begun the path for new colleagues, and agreed that you know.")
    last = new.app.sees(new.id, "step 20 of 20")
    new.app.press("path_fit", new.id, last)
    view = new.app.view("does working like this fit you?")
    new.app.submit(view, new.id, {"note": {"value": "It does, mornings are hard."}})
    new.app.press("path_finish", new.id, last)
    new.app.sees(new.id, "From now on I only point out what must change.")
    new.app.sees(lead, f"<@{new.id}> has finished the path for new colleagues, and agreed that you know.")
    assert "mornings" not in " ".join(post.shown for post in new.app.slack.of(lead))
    assert new.app.desk.preferences(Somebody(platform="slack", workspace="T0TEAM", id=new.id)).quiet


def test_without_a_lead_nobody_is_told_and_who_wishes_keeps_the_full_coach(new: Newcomer) -> None:
    walked(new, fades=False)
    new.app.press("path_finish", new.id, new.app.sees(new.id, "step 20 of 20"))
    new.app.sees(new.id, "Well done.")
    assert {post.to or post.channel for post in new.app.slack.posts if "path for new" in post.shown} == set()
    assert not new.app.desk.preferences(Somebody(platform="slack", workspace="T0TEAM", id=new.id)).quiet


def test_a_reflection_is_seen_by_its_author_alone_and_lies_sealed(new: Newcomer) -> None:
    new.begins()
    for day in range(1, 5):
        new.tick(MONDAY + timedelta(days=day, hours=1, minutes=1))
    new.app.press("path_reflect", new.id, new.app.sees(new.id, "step 5 of 20"))
    view: View = new.app.view("Only you ever see this")
    new.app.submit(view, new.id, {"note": {"value": "I asked before I answered."}})
    assert "for your eyes alone" in view.shown
    new.app.command("my notes", new.id)
    new.app.sees(new.id, "I asked before I answered.")
    with new.app.engine.connect() as connection:
        sealed = connection.execute(text("SELECT sealed FROM path_notes")).scalars().all()
    assert sealed
    assert all(b"asked" not in row for row in sealed)
    somebody = Somebody(platform="slack", workspace="T0TEAM", id=new.id)
    assert "I asked before I answered." in str(new.app.rituals.path.export(somebody))
    new.app.desk.delete(somebody)
    assert new.app.rituals.path.notes(somebody) == []
    assert new.app.rituals.path.of(somebody) is None


def test_a_lead_invites_and_hears_nothing_unless_that_is_agreed_to(new: Newcomer) -> None:
    lead = new.app.somebody()
    new.app.slack.people[lead] = Person(admin=True)
    new.app.command(f"path invite <@{new.id}|anna>", lead)
    new.app.sees(lead, "I asked them.")
    invitation = new.app.sees(new.id, f"<@{lead}> thought that the path")
    new.app.press("path_begin", new.id, invitation)
    new.app.submit(new.app.view("Twenty small steps"), new.id, chosen())
    new.app.sees(new.id, "step 1 of 20")
    assert not any("begun" in post.shown for post in new.app.slack.of(lead))


def test_somebody_who_leads_nobody_invites_nobody(new: Newcomer) -> None:
    other = new.app.somebody()
    new.app.command(f"path invite <@{new.id}>", other)
    new.app.settled()
    assert new.app.slack.of(new.id) == []


def test_a_draft_that_begins_with_the_word_is_a_draft(new: Newcomer) -> None:
    new.app.command("Path lighting is out of stock. You should have ordered earlier.", new.id)
    new.app.sees(new.id, "ordered earlier")


def test_an_answer_opens_its_passages(new: Newcomer) -> None:
    new.app.command("ask What is heartware?", new.id)
    answer = new.app.sees(new.id, "hardware")
    new.app.press("answer_open", new.id, answer)
    shown = new.app.view("biggest opportunity").shown
    assert "Hardware and heartware: what is the difference?" in shown
    assert "000_aa6c0d3920d2a764.txt" in shown


def test_a_wrong_answer_reaches_its_owner_with_the_passage_and_without_the_name(new: Newcomer) -> None:
    new.app.command("ask What is heartware?", new.id)
    new.app.press("answer_wrong", new.id, new.app.sees(new.id, "hardware"))
    view = new.app.view("Without this nobody learns that it was you.")
    said = {"which": {"selected_option": {"value": "0"}}, "remark": {"value": "We do give figures."}}
    new.app.submit(view, new.id, {**said, "name": {"selected_options": []}})
    assert "Thank you." in view.shown
    told = new.app.sees("U0OWNER", "We do give figures.").shown
    assert "two of the four" in told or "first 2 categories" in told
    assert new.id not in told
    new.app.submit(view_again(new), new.id, {**said, "name": {"selected_options": [{"value": "yes"}]}})
    new.app.sees("U0OWNER", f"<@{new.id}> says that an answer of mine is wrong.")


def view_again(new: Newcomer) -> View:
    """The form once more."""
    new.app.press("answer_wrong", new.id, new.app.sees(new.id, "hardware"))
    return new.app.view("Without this nobody learns that it was you.")
