"""``/wow`` as leads and their teams see it: plan, preview, pause, post, take part, stop."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.rituals.daily.prompting import LEASE
from tests.edges.slack.block_kit import Json
from tests.edges.slack.fake_slack import SCOPES, Person, Post, View
from tests.edges.slack.harness import Harness, eventually

SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Wow:
    """The running app with a clock of its own, and a lead."""

    def __init__(self, harness: Harness) -> None:
        self.app = harness
        self.slack = harness.slack
        self.lead = harness.somebody()
        self.channel = f"C{self.lead[1:]}"
        self.slack.people[self.lead] = Person(admin=True)
        self.at(SUNDAY)

    def at(self, moment: datetime) -> None:
        self.app.settings.__dict__["heartware_now"] = moment

    def tick(self, moment: datetime) -> None:
        self.at(moment)
        self.app.rituals.prompter.tick()

    def says(self, text: str, user: str = "", **more: str) -> None:
        fields = {"command": "/wow", "channel": self.channel, **more}
        assert self.app.command(text, user or self.lead, **fields).status_code == 200

    def form(self, text: str = "schedule") -> View:
        self.says(text)
        return self.app.view("Time zone")

    def plans(self, view: View | None = None, **values: Any) -> View:
        view = view or self.form()
        self.app.submit(view, self.lead, filled(self.channel, **values))
        return view

    @property
    def posts(self) -> list[Post]:
        return [post for post in self.slack.public if post.channel == self.channel]


def filled(channel: str, **values: Any) -> Json:
    days = [{"value": str(day)} for day in values.get("days", range(5))]
    return {
        "channel": {"selected_conversation": values.get("channel", channel)},
        "at": {"selected_time": values.get("at", "09:00")},
        "days": {"selected_options": days},
        "zone": {"value": values.get("zone", "Europe/Helsinki")},
        "how": {"selected_option": {"value": values.get("how", "channel")}},
        "language": {"selected_option": {"value": values.get("language", "en")}},
        "country": {"value": values.get("country")},
        "start": {"selected_date": values.get("start")},
        "closed_from": {"selected_date": values.get("closed_from")},
        "closed_to": {"selected_date": values.get("closed_to")},
        "late": {"selected_option": {"value": "post"}},
    }


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Harness]:
    harness = Harness(tmp_path_factory.mktemp("heartware"), heartware_env="test", heartware_now=SUNDAY)
    yield harness
    harness.stop()


@pytest.fixture
def wow(running: Harness) -> Iterator[Wow]:
    yield Wow(running)
    running.settled()
    slack, found = running.slack, [*running.slack.faults]
    slack.forget()
    slack.scopes = SCOPES
    slack.absent_from.clear()
    for schedule in running.rituals.planner.of(_team()):
        running.rituals.planner.remove(schedule)
    assert found == []


def _team() -> Any:
    from bot.rituals.model import Team

    return Team(platform="slack", workspace="T0TEAM")


def helsinki(day: int, hour: int, minute: int = 0, second: int = 3) -> datetime:
    return datetime(2026, 11, day, hour - 2, minute, second, tzinfo=UTC)


def test_a_lead_plans_and_the_prompt_comes_on_monday_at_nine(wow: Wow) -> None:
    view = wow.plans()
    assert (
        "Planned: Monday to Friday at 09:00, Europe/Helsinki. The first prompt comes on Monday 23 November at 09:00"
        in (view.shown)
    )
    wow.tick(helsinki(23, 8, 59))
    assert wow.posts == []
    wow.tick(helsinki(23, 9))
    wow.tick(helsinki(23, 9, 1))
    [post] = wow.posts
    assert "WOW of the day" in post.shown
    assert "[Share a WOW]" in post.shown
    assert ".txt)" in post.shown  # its source
    assert "late" not in post.shown


def test_late_after_downtime_it_says_so(wow: Wow) -> None:
    wow.plans()
    wow.tick(helsinki(26, 13))
    [post] = wow.posts
    assert "A little late today" in post.shown


def test_the_form_opens_with_what_is_planned(wow: Wow) -> None:
    wow.plans(at="10:30", country="fi", language="fi")
    again = wow.form()
    assert "10:30" in again.shown
    assert "[_FI_]" in again.shown
    wow.says("list")
    wow.app.sees(wow.lead, "10:30, Europe/Helsinki, not on public holidays (FI)")


def test_preview_is_what_comes(wow: Wow) -> None:
    wow.plans()
    agent = wow.app.somebody()
    wow.says("preview", agent)
    seen = wow.app.sees(agent, "Next on Monday 23 November at 09:00:")
    wow.tick(helsinki(23, 9))
    assert wow.posts[0].text in seen.shown


def test_pause_skip_resume_and_now(wow: Wow) -> None:
    wow.plans()
    wow.says("skip tomorrow")
    wow.app.sees(wow.lead, "No prompt on Monday 23 November.")
    wow.tick(helsinki(23, 9))
    assert wow.posts == []
    wow.says("pause")
    wow.app.sees(wow.lead, "Paused.")
    wow.tick(helsinki(24, 9))
    assert wow.posts == []
    wow.says("resume")
    wow.app.sees(wow.lead, "Going on. The next prompt comes on Wednesday 25 November at 09:00.")
    wow.says("now")
    wow.app.sees(wow.lead, "Today's prompt is in the channel.")
    wow.says("now")
    wow.app.sees(wow.lead, "has been posted already")
    assert len(wow.posts) == 1
    wow.says("remove")
    wow.app.sees(wow.lead, "is removed")
    wow.tick(helsinki(25, 9))
    assert len(wow.posts) == 1


def test_the_buttons_of_the_list_pause_and_resume(wow: Wow) -> None:
    wow.plans()
    wow.says("list")
    listed = wow.app.sees(wow.lead, "Daily prompts")
    wow.app.press("wow_pause", wow.lead, listed)
    wow.app.sees(wow.lead, "Paused.")
    wow.says("list")
    listed = wow.app.sees(wow.lead, "[Resume]")
    wow.app.press("wow_change", wow.lead, listed)
    wow.app.view("Time zone")


@pytest.mark.parametrize("text", ["schedule", "list", "pause", "resume", "skip tomorrow", "now", "remove", "plannen"])
def test_only_leads_may(wow: Wow, text: str) -> None:
    agent = wow.app.somebody()
    wow.says(text, agent)
    wow.app.sees(agent, "Only team leads can do that.")
    assert wow.slack.views == {}


def test_somebody_who_is_no_lead_cannot_submit_or_press_either(wow: Wow) -> None:
    view = wow.form()
    agent = wow.app.somebody()
    wow.app.submit(view, agent, filled(wow.channel))
    assert "Only team leads" in view.shown
    wow.plans()
    wow.says("list")
    listed = wow.app.sees(wow.lead, "Daily prompts")
    wow.app.press("wow_pause", agent, listed)
    wow.app.sees(agent, "Only team leads")


@pytest.mark.parametrize(("values", "field", "words"), [
    ({"zone": "Atlantis"}, "zone", "I do not know this time zone."),
    ({"country": "XX"}, "country", "I know no public holidays"),
    ({"closed_from": "2026-12-24"}, "closed_to", "Give both days"),
    ({"closed_from": "2026-12-24", "closed_to": "2026-12-01"}, "closed_to", "the first before the last"),
])  # fmt: skip
def test_what_cannot_be_is_said_beside_the_field(wow: Wow, values: Json, field: str, words: str) -> None:
    view = wow.form()
    answer = wow.app.submit(view, wow.lead, filled(wow.channel, **values)).json()
    assert words in answer["errors"][field]
    assert view.open


def test_a_channel_that_the_bot_is_not_in(wow: Wow) -> None:
    view = wow.form()
    wow.slack.absent_from.add(wow.channel)
    answer = wow.app.submit(view, wow.lead, filled(wow.channel)).json()
    assert "Invite me there first" in answer["errors"]["channel"]


def test_thrown_out_of_the_channel_the_lead_is_told(wow: Wow) -> None:
    wow.plans()
    wow.slack.absent_from.add(wow.channel)
    wow.tick(helsinki(23, 9))
    wow.app.sees(wow.lead, "I could not post the prompt of Monday 23 November: I am not in that channel.")
    wow.slack.absent_from.clear()
    wow.says("now")
    wow.app.sees(wow.lead, "Today's prompt is in the channel.")


def test_a_server_that_breaks_in_the_middle_is_not_asked_twice(wow: Wow) -> None:
    wow.plans()
    wow.slack.refuse("chat.postMessage", "500")
    wow.tick(helsinki(23, 9))
    wow.app.sees(wow.lead, "I cannot see whether it arrived")
    wow.tick(helsinki(23, 9, 2))
    assert wow.posts == []


def test_with_the_history_scope_it_is_looked_for_and_posted(wow: Wow) -> None:
    wow.slack.scopes = (*SCOPES, "channels:history")
    wow.plans()
    wow.slack.refuse("chat.postMessage", "500")
    wow.tick(helsinki(23, 9))
    assert len(wow.posts) == 1
    # Killed after it was posted, and before that was noted.
    schedules = wow.app.rituals.prompter._schedules
    [kept] = wow.app.rituals.planner.of(_team())
    from bot.rituals.model import EVERYBODY, Key

    key = Key(kept.id, EVERYBODY, helsinki(23, 9).date())
    schedules.mark(key, "posting", helsinki(23, 9))
    wow.tick(helsinki(23, 9) + LEASE + timedelta(seconds=1))
    assert len(wow.posts) == 1
    assert schedules.state(key) == "posted"


def test_a_rate_limit_is_waited_for(wow: Wow) -> None:
    wow.plans()
    wow.slack.refuse("chat.postMessage", "429")
    wow.tick(helsinki(23, 9))
    assert len(wow.posts) == 1


def test_by_direct_message_by_one_click_and_out_by_one_click(wow: Wow) -> None:
    wow.plans(how="each")
    [invitation] = wow.posts
    stranger, agent = wow.app.somebody(), wow.app.somebody()
    wow.app.press("wow_join", stranger, invitation, home="T0ELSEWHERE")
    wow.app.sees(stranger, "you are in another one")
    wow.slack.people[agent] = Person(zone="Europe/Amsterdam")
    wow.app.press("wow_join", agent, invitation)
    wow.app.sees(agent, "You will get it at 09:00")
    wow.tick(helsinki(23, 9))
    assert not [post for post in wow.slack.of(agent) if "WOW of the day" in post.shown]
    wow.tick(helsinki(23, 10))
    prompt = wow.app.sees(agent, "WOW of the day")
    assert prompt.channel.startswith("D")
    wow.app.press("wow_stop", agent, prompt)
    wow.app.sees(agent, "You get no more, and I keep nothing of it.")
    before = len(wow.slack.of(agent))
    wow.tick(helsinki(24, 10))
    assert len(wow.slack.of(agent)) == before
    assert wow.posts == [invitation]


@pytest.mark.parametrize(("language", "title"), [("nl", "WOW van de dag"), ("fi", "Päivän WOW")])
def test_it_speaks_the_channels_language(wow: Wow, language: str, title: str) -> None:
    wow.plans(language=language)
    wow.tick(helsinki(23, 9))
    assert title in wow.posts[0].shown


@pytest.mark.parametrize(("locale", "text", "words"), [
    ("nl-NL", "hulp", "Eén WOW per dag"),
    ("fi-FI", "ohje", "Yksi WOW päivässä"),
    ("en-US", "", "One WOW a day"),
    ("en-US", "dance", "I do not know that one."),
    ("nl-NL", "voorbeeld", "Hier staat geen dagelijks opdrachtje gepland"),
])  # fmt: skip
def test_it_answers_in_the_persons_language(wow: Wow, locale: str, text: str, words: str) -> None:
    agent = wow.app.somebody()
    wow.slack.people[agent] = Person(locale=locale)
    wow.says(text, agent)
    wow.app.sees(agent, words)


def test_leads_by_user_group(tmp_path_factory: pytest.TempPathFactory) -> None:
    harness = Harness(tmp_path_factory.mktemp("heartware"), heartware_leads="U0BOSS, S0LEADS")
    try:
        harness.slack.groups["S0LEADS"] = ["U0ANN"]
        harness.slack.people["U0ADMIN"] = Person(admin=True)
        for user, words in (("U0BOSS", "planned"), ("U0ANN", "planned"), ("U0ADMIN", "Only team leads")):
            harness.command("list", user, command="/wow")
            harness.sees(user, words)
        assert eventually(lambda: harness.slack.faults == [] or None)
    finally:
        harness.stop()


# --- the team's budget ---


def test_a_gesture_is_logged_by_anybody_and_taken_back(wow: Wow) -> None:
    agent = wow.app.somebody()
    wow.says("gift 25 branded mug for the bakery's reopening id:8841", agent)
    seen = wow.app.sees(
        agent, "Logged: 25.00 USD, branded mug for the bakery's reopening. Left this month: 475.00 USD."
    )
    assert "Better not (mug):" in seen.shown
    wow.says("gift 0 a kind word id:8841", agent)
    wow.app.sees(agent, "This customer had before: branded mug for the bakery's reopening (22 November).")
    wow.app.press("wow_undo", agent, seen)
    wow.app.sees(agent, "Taken back. Left this month: 500.00 USD.")
    wow.app.press("wow_undo", agent, seen)
    wow.app.sees(agent, "I cannot take that back")


def test_what_is_left_and_what_goes_down_well(wow: Wow) -> None:
    agent = wow.app.somebody()
    wow.says("gift", agent)
    seen = wow.app.sees(agent, "Left this month: 500.00 USD of 500.00 USD.")
    assert "We would like to send you a card." in seen.shown
    assert "Goes down well (plush)" in seen.shown


@pytest.mark.parametrize(("text", "words"), [
    ("gift -3 card", "An amount cannot be less than nothing."),
    ("gift 1e9 card", "Begin with an amount"),
    ("gift 25,50 € card", "Our budget is in USD."),
    ("gift 25", "Say what it is for"),
    ("gift 101 flowers", "Above 100.00 USD at once a team lead logs it"),
])  # fmt: skip
def test_an_amount_that_cannot_be_is_said(wow: Wow, text: str, words: str) -> None:
    agent = wow.app.somebody()
    wow.says(text, agent)
    wow.app.sees(agent, words)


def test_a_lead_may_go_above_the_limit(wow: Wow) -> None:
    wow.says("gift 101 flowers &amp; a card for <us>")
    seen = wow.app.sees(wow.lead, "Logged: 101.00 USD, flowers & a card")
    wow.app.press("wow_undo", wow.lead, seen)
    wow.app.sees(wow.lead, "Taken back.")


# --- stories ---


def story(view: View, *uses: str, text: str = "Found the charger in the cafe and brought it over.") -> Json:
    return {
        "whom": {"selected_option": {"value": "customer"}},
        "what": {"value": text},
        "value": {"selected_option": {"value": "value-wow"}},
        "uses": {"selected_options": [{"value": use} for use in uses]},
    }


def test_a_story_under_the_prompt_goes_only_where_its_teller_agreed(wow: Wow) -> None:
    wow.plans()
    wow.tick(helsinki(23, 9))
    agent = wow.app.somebody()
    wow.app.press("wow_share", agent, wow.posts[0])
    view = wow.app.view("Where may it stand?")
    assert "In our culture book" in view.shown
    wow.app.submit(view, agent, story(view))
    assert "I have kept nothing of it." in view.shown
    assert len(wow.posts) == 1
    wow.says("book 2026")
    wow.app.sees(wow.lead, "There are no stories for the book in that time yet.")


def test_shared_in_the_channel_without_a_name_and_with_one(wow: Wow) -> None:
    agent = wow.app.somebody()
    for uses, lead in (
        (("channel",), "Somebody shared a WOW"),
        (("channel", "name"), f"Name of {agent} shared a WOW"),
    ):
        wow.says("share", agent)
        view = wow.app.view("Where may it stand?")
        wow.app.submit(view, agent, story(view, *uses, text="I <b>called</b> & helped"))
        assert lead in wow.posts[-1].shown
        assert "I <b>called</b> & helped" in wow.posts[-1].shown
        assert (agent in str(wow.posts[-1].blocks)) == ("name" in uses)


def test_the_book_comes_to_the_lead_as_a_file_and_a_story_can_be_taken_back(wow: Wow) -> None:
    agent = wow.app.somebody()
    wow.says("share", agent)
    view = wow.app.view("Where may it stand?")
    wow.app.submit(view, agent, story(view, "book"))
    assert "It will stand in the book until you take it back." in view.shown
    wow.says("book", agent)
    wow.app.sees(agent, "Only team leads")
    wow.says("book")
    wow.app.sees(wow.lead, "It is in your messages")
    [(channel, name, page), (_, printed, pdf)] = wow.slack.files
    assert channel == f"D{wow.lead[1:]}"
    assert name == "culture-book-2026-01-01-2026-12-31.html"
    assert printed == "culture-book-2026-01-01-2026-12-31.pdf"
    assert pdf.startswith("%PDF")
    assert "Found the charger" in page
    assert "Do one thing more than expected" in page
    wow.app.press("wow_take_back", agent, view)
    wow.app.view("Taken back. It is gone for good.")
    wow.says("book 2026-11")
    wow.app.sees(wow.lead, "There are no stories for the book in that time yet.")


def test_a_story_for_a_channel_that_the_bot_is_not_in(wow: Wow) -> None:
    agent = wow.app.somebody()
    wow.says("share", agent)
    view = wow.app.view("Where may it stand?")
    wow.slack.absent_from.add(wow.channel)
    wow.app.submit(view, agent, story(view, "channel"))
    assert "I could not post it in the channel" in view.shown


# --- evidence ---


def test_a_lead_sees_figures_of_the_team_only_of_five_people_or_more(wow: Wow) -> None:
    from bot.desk.model import Person as Asker
    from tests.store.conftest import review

    people = wow.app.desk._people
    for number in range(4):
        asker = Asker(platform="slack", workspace="T0TEAM", id=f"UASKER{number}")
        people.reviewed(asker, f"job-{number}", datetime(2026, 10, 5).date(), review())
    wow.says("insight")
    wow.app.sees(wow.lead, "Fewer than five people asked for reviews in that month")
    asker = Asker(platform="slack", workspace="T0TEAM", id="UASKER5")
    people.reviewed(asker, "job-5", datetime(2026, 10, 5).date(), review("revise"))
    wow.says("insight")
    seen = wow.app.sees(wow.lead, "5 reviews; 80% of the replies were ready to send at once.")
    assert "The team in October 2026" in seen.shown
    assert "No evidence yet" in seen.shown
    assert "UASKER" not in str(seen.blocks)
    agent = wow.app.somebody()
    wow.says("insight", agent)
    wow.app.sees(agent, "Only team leads")


def test_the_month_comes_as_a_page_to_pass_on(wow: Wow) -> None:
    wow.says("insight page")
    wow.app.sees(wow.lead, "It is in your messages")
    assert [name for _, name, _ in wow.slack.files[-2:]] == ["heartware-2026-10.html", "heartware-2026-10.pdf"]
