"""The path of a new colleague in Teams: begun, walked, practised, written down, finished; and what a lead may do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.edges.teams.adaptive import Json, button, rendered
from tests.edges.teams.fake_connector import Post
from tests.edges.teams.harness import Harness, eventually, oid

SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
LEAD = "29:lead"
INFO = [{"type": "clientInfo", "timezone": "Europe/Helsinki"}]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Harness]:
    harness = Harness(tmp_path_factory.mktemp("heartware"), heartware_now=SUNDAY, heartware_leads=oid(LEAD))
    harness.installed(LEAD)
    harness.sees(LEAD, "I read your reply")
    yield harness
    harness.stop()


def at(app: Harness, moment: datetime) -> None:
    app.settings.__dict__["heartware_now"] = moment
    app.rituals.path.guide.tick()


def dialog(app: Harness, agent: str, post: Post | Json, name: str, *, fetch: bool = True, **inputs: str) -> Json:
    card = post.card if isinstance(post, Post) else post
    return app.task(agent, {**button(card, name)["data"], **inputs}, fetch=fetch, entities=INFO)


def begun(app: Harness, **inputs: str) -> tuple[str, Post]:
    """A new colleague with their first step."""
    at(app, SUNDAY)
    agent = app.somebody()
    app.message("path", agent)
    form = dialog(app, agent, app.sees(agent, "You are not on the path"), "path_begin")
    assert "Twenty small steps" in rendered(form)
    said = dialog(app, agent, form, "path_begun", fetch=False, **{"at": "08:30", "fades": "yes", **inputs})
    assert "the others come on working days at 08:30" in rendered(said)
    return agent, app.sees(agent, "Week 1 · step 1 of 20")


def test_begun_by_themselves_and_a_step_comes_each_working_day_at_their_hour(app: Harness) -> None:
    agent, first = begun(app)
    assert ".txt" in first.shown
    assert "Try today:" in first.shown
    at(app, datetime(2026, 11, 23, 6, 29, tzinfo=UTC))
    assert len([post for post in app.connector.of(agent) if "Week 1" in post.shown]) == 1
    at(app, datetime(2026, 11, 23, 6, 31, tzinfo=UTC))
    at(app, datetime(2026, 11, 23, 6, 32, tzinfo=UTC))
    app.sees(agent, "step 2 of 20")
    assert len([post for post in app.connector.of(agent) if "Week 1" in post.shown]) == 2


def test_a_question_shows_what_others_would_say_and_a_draft_is_reviewed(app: Harness) -> None:
    agent, _ = begun(app)
    seen: set[str] = set()
    for day in range(23, 28):
        post = next(post for post in reversed(app.connector.of(agent)) if "Try today" in post.shown)
        data = {action["data"]["action"] for action in post.card["actions"]}
        if "path_question" in data:
            assert "What others would say" in rendered(dialog(app, agent, post, "path_question"))
            seen.add("question")
        elif "path_draft" in data:
            form = dialog(app, agent, post, "path_draft")
            assert "A made-up customer writes:" in rendered(form)
            assert "There is no draft" in rendered(dialog(app, agent, form, "path_practised", fetch=False, draft=""))
            card = dialog(app, agent, form, "path_practised", fetch=False, draft="User error. Read the manual first.")
            assert "“User error”" in rendered(app.reviewed(agent, card))
            seen.add("draft")
        at(app, datetime(2026, 11, day, 6, 31, tzinfo=UTC))
    assert seen == {"question", "draft"}


def test_it_rests_and_goes_on(app: Harness) -> None:
    agent, first = begun(app)
    assert "Your path rests." in rendered(app.press("path_pause", agent, first))
    at(app, datetime(2026, 11, 23, 6, 31, tzinfo=UTC))
    assert len([post for post in app.connector.of(agent) if "Week 1" in post.shown]) == 1
    app.message("path resume", agent)
    app.sees(agent, "The next one comes Tuesday 24 November at 08:30")


def test_a_reflection_is_for_their_own_eyes(app: Harness) -> None:
    agent, _ = begun(app)
    form = app.task(agent, {"action": "path_reflect", "week": "1"}, fetch=True)
    assert "Only you ever see this" in rendered(form)
    kept = dialog(app, agent, form, "path_noted", fetch=False, note="I called back. It **helped**.")
    assert "for your eyes alone" in rendered(kept)
    app.message("path notes", agent)
    assert "I called back. It **helped**." in app.sees(agent, "My notes").shown
    assert all("called back" not in post.shown for post in app.connector.of(LEAD))


def test_the_lead_hears_of_it_only_where_the_person_says_so(app: Harness) -> None:
    begun(app)
    assert app.connector.of(LEAD) == []
    agent, _ = begun(app, lead=oid(LEAD))
    assert "Anna has begun the path" in app.sees(LEAD, "agreed that you know").shown
    app.message("path", agent)
    app.invoke("adaptiveCard/action", agent, {"action": {"verb": "path_finish", "data": {"action": "path_finish"}}})
    app.sees(LEAD, "has finished the path")
    assert app.desk.preferences(app.person(agent)).quiet


def test_a_country_without_holidays_comes_back(app: Harness) -> None:
    agent = app.somebody()
    data = {"action": "path_begun", "at": "x", "country": "ATLANTIS"}
    assert "I know no public holidays for that" in rendered(app.task(agent, data))
    assert app.rituals.path.of(app.person(agent)) is None


def invite(app: Harness, lead: str, *mentioned: str) -> None:
    mentions: list[Any] = [{"type": "mention", "mentioned": {"id": id, "name": "x"}} for id in mentioned]
    app.mention("path invite", lead, scope="groupChat", entities=mentions)


def test_a_lead_invites_who_is_then_free_to_begin(app: Harness) -> None:
    agent = app.somebody()
    invite(app, LEAD, agent)
    app.sees(LEAD, "I asked them")
    post = app.sees(agent, "Anna thought that the path")
    assert post.conversation == f"a:{agent}"
    assert "Twenty small steps" in rendered(dialog(app, agent, post, "path_begin"))


def test_invitations_that_cannot_be(app: Harness) -> None:
    agent = app.somebody()
    invite(app, agent, LEAD)
    app.sees(agent, "Only team leads can do that")
    invite(app, LEAD)
    app.sees(LEAD, "Mention whom to invite")
    app.connector.nobody.add("29:gone")
    invite(app, LEAD, "29:gone")
    app.sees(LEAD, "I cannot write to them")


def test_a_step_that_cannot_be_sent_waits_until_it_can(app: Harness) -> None:
    agent, _ = begun(app)
    app.connector.fail = [(429, {"Retry-After": "60"})] * 50
    at(app, datetime(2026, 11, 23, 6, 31, tzinfo=UTC))
    app.connector.fail.clear()
    assert not any("step 2" in post.shown for post in app.connector.of(agent))
    at(app, datetime(2026, 11, 23, 6, 33, tzinfo=UTC))
    eventually(lambda: any("step 2" in post.shown for post in app.connector.of(agent)))
