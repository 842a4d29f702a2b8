"""``wow`` as leads and their teams see it: plan, preview, pause, post, take part, stop, tell, give, look back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.rituals.daily.prompting import LEASE
from bot.rituals.errors import Refused
from bot.rituals.model import Report, Team
from tests.edges.running import numbers
from tests.edges.teams.adaptive import Json, button, rendered
from tests.edges.teams.fake_connector import TENANT, Post
from tests.edges.teams.harness import Harness, eventually, oid

SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
LEAD = "29:lead"
TEAM = Team(platform="teams", workspace=TENANT)


class Wow:
    """The running app with a clock of its own, a lead, and a channel that is new for each test."""

    def __init__(self, harness: Harness) -> None:
        self.app = harness
        self.teams = harness.connector
        self.channel = f"19:ch{next(numbers)}@thread.tacv2"
        self.teams.channels[self.channel] = "Support"
        self.at(SUNDAY)

    def at(self, moment: datetime) -> None:
        self.app.settings.__dict__["heartware_now"] = moment

    def tick(self, moment: datetime) -> None:
        self.at(moment)
        self.app.rituals.prompter.tick()

    @property
    def here(self) -> Json:
        conversation = {"id": self.channel, "conversationType": "channel", "tenantId": TENANT}
        info = {"type": "clientInfo", "timezone": "Europe/Helsinki"}
        return {"scope": "channel", "conversation": conversation, "entities": [info]}

    def says(self, text: str, user: str = LEAD) -> None:
        """Somebody mentions the bot in the channel."""
        self.app.mention(f"wow {text}", user, **self.here)

    def hears(self, words: str, user: str = LEAD) -> Post:
        return self.app.sees(user, words)

    def asks(self, text: str, words: str, user: str = LEAD) -> Post:
        """What somebody is answered in the channel, for their eyes alone."""
        self.says(text, user)
        post = self.hears(words, user)
        assert post.conversation == self.channel
        return post

    def form(self, post: Post, name: str = "wow_plan", user: str = LEAD) -> Json:
        return self.app.task(user, button(post.card, name)["data"], fetch=True, **self.here)

    def sends(self, form: Json, name: str, user: str = LEAD, **inputs: str) -> Json:
        return self.app.task(user, {**button(form, name)["data"], **inputs}, **self.here)

    def plans(self, **values: str) -> str:
        """What a lead reads who plans the channel's prompt."""
        form = self.form(self.asks("schedule", "Daily prompt"))
        return rendered(self.sends(form, "wow_planned", **filled(**values)))

    @property
    def posts(self) -> list[Post]:
        return [post for post in self.teams.public if post.conversation == self.channel]

    def press(self, name: str, user: str, post: Post) -> Json:
        action = button(post.card, name)
        value = {"action": {"type": "Action.Execute", "verb": name, "data": action["data"]}}
        where = self.here if post.conversation == self.channel else {}
        answer = self.app.invoke("adaptiveCard/action", user, value, replyToId=post.id, **where)
        assert answer.status_code == 200
        said: Json = answer.json()
        return said


def filled(**values: str) -> dict[str, str]:
    likely = {"at": "09:00", "days": "0,1,2,3,4", "zone": "Europe/Helsinki", "how": "channel", "language": "en"}
    return {**likely, "country": "", "start": "", "closed_from": "", "closed_to": "", "late": "post", **values}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Harness]:
    folder = tmp_path_factory.mktemp("heartware")
    harness = Harness(folder, heartware_now=SUNDAY, heartware_leads=f"U0SLACK, {oid(LEAD).upper()}")
    harness.installed(LEAD)
    harness.sees(LEAD, "I read your reply")
    yield harness
    harness.stop()


@pytest.fixture
def wow(running: Harness) -> Iterator[Wow]:
    yield Wow(running)
    running.settled()
    faults = [*running.connector.faults]
    running.connector.forget()
    for schedule in running.rituals.planner.of(TEAM):
        running.rituals.planner.remove(schedule)
    assert faults == []


def helsinki(day: int, hour: int, minute: int = 0, second: int = 3) -> datetime:
    return datetime(2026, 11, day, hour - 2, minute, second, tzinfo=UTC)


def test_a_lead_plans_in_the_channel_and_the_prompt_comes_on_monday_at_nine(wow: Wow) -> None:
    said = wow.plans()
    assert said.startswith("Planned: Monday to Friday at 09:00, Europe/Helsinki. The first prompt comes on Monday 23")
    wow.tick(helsinki(23, 8, 59))
    assert wow.posts == []
    wow.tick(helsinki(23, 9))
    wow.tick(helsinki(23, 9, 1))
    [post] = wow.posts
    assert "WOW of the day" in post.shown
    assert "[Share a WOW]" in post.shown
    assert ".txt)" in post.shown
    assert "entities" not in post.activity  # nobody but people wrote it


def test_the_form_knows_the_clock_of_the_lead_and_what_is_planned_already(wow: Wow) -> None:
    fresh = rendered(wow.form(wow.asks("schedule", "[Plan it]")))
    assert "<Time zone>\n| Europe/Helsinki" in fresh
    wow.plans(at="08:30", country="fi", days="0,2")
    known = wow.asks("schedule", "[Change]")
    assert "Monday and Wednesday at 08:30" in known.shown
    assert "<Time> 08:30" in rendered(wow.form(known))


@pytest.mark.parametrize(("values", "words"), [
    ({"days": ""}, "Choose at least one day"),
    ({"days": "8,x,-1"}, "Choose at least one day"),
    ({"zone": "Atlantis"}, "I do not know this time zone"),
    ({"country": "ATLANTIS"}, "I know no public holidays"),
    ({"closed_from": "2026-12-24"}, "Give both days"),
    ({"closed_from": "2026-12-24", "closed_to": "2026-12-01"}, "Give both days"),
])  # fmt: skip
def test_a_form_that_cannot_be_taken_comes_back_with_the_reason(wow: Wow, values: dict[str, str], words: str) -> None:
    said = wow.plans(**values)
    assert words in said
    assert "[Plan it]" in said
    assert wow.app.rituals.planner.of(TEAM) == []


def test_a_channel_that_the_bot_does_not_know_is_not_planned_for(wow: Wow) -> None:
    form = wow.form(wow.asks("schedule", "Daily prompt"))
    data = {**button(form, "wow_planned")["data"], **filled(), "channel": "19:elsewhere@thread.tacv2"}
    assert "I am not there" in rendered(wow.app.task(LEAD, data, **wow.here))
    assert wow.app.rituals.planner.of(TEAM) == []


def test_who_does_not_lead_is_told_so_everywhere(wow: Wow) -> None:
    wow.plans()
    agent, [schedule] = wow.app.somebody(), wow.app.rituals.planner.of(TEAM)
    for command in ("schedule", "list", "pause", "resume", "skip tomorrow", "now", "remove", "book", "insight"):
        wow.asks(command, "Only team leads can do that", agent)
        wow.teams.posts.clear()
    for action in ("wow_plan", "wow_change"):
        opened = wow.app.task(agent, {"action": action, "id": schedule.id}, fetch=True, **wow.here)
        assert "Only team leads" in rendered(opened)
    planned = {"action": "wow_planned", "channel": wow.channel, **filled(at="07:00")}
    assert "Only team leads" in rendered(wow.app.task(agent, planned, **wow.here))
    value = {"action": {"verb": "wow_pause", "data": {"action": "wow_pause", "id": schedule.id}}}
    said = wow.app.invoke("adaptiveCard/action", agent, value, **wow.here).json()
    assert "Only team leads" in rendered(said["value"])
    assert wow.app.rituals.planner.of(TEAM) == [schedule]


def test_the_list_names_the_channel_and_pauses_in_place(wow: Wow) -> None:
    wow.plans()
    post = wow.asks("list", "Daily prompts")
    assert "*Support*" in post.shown
    paused = rendered(wow.press("wow_pause", LEAD, post)["value"])
    assert paused.startswith("Paused. wow resume goes on.")
    assert "[Resume]" in paused
    wow.tick(helsinki(23, 9))
    assert wow.posts == []
    wow.asks("resume", "Going on. The next prompt comes on")


def test_preview_skip_and_remove(wow: Wow) -> None:
    wow.plans()
    assert "*✨ WOW of the day*" in wow.asks("preview", "Next on Monday 23 November").shown
    wow.asks("skip tomorrow", "No prompt on Monday 23 November")
    wow.tick(helsinki(23, 9))
    assert wow.posts == []
    wow.asks("remove", "is removed")
    wow.asks("preview", "wow schedule plans one")


def test_now_posts_at_once_and_only_one_a_day(wow: Wow) -> None:
    wow.plans()
    wow.asks("now", "Today's prompt is in the channel")
    wow.asks("now", "there is one a day")
    assert len(wow.posts) == 1


def test_late_after_downtime_it_says_so(wow: Wow) -> None:
    wow.plans()
    wow.tick(helsinki(23, 11))
    assert "A little late today" in wow.posts[0].shown


@pytest.mark.parametrize(("status", "words"), [
    (403, "the channel does not let me write there"),
    (404, "I am not there"),
    (400, "Teams did not take it"),
])  # fmt: skip
def test_what_teams_refuses_the_lead_is_told(wow: Wow, status: int, words: str) -> None:
    wow.plans()
    wow.teams.fail = [(status, {})]
    wow.tick(helsinki(23, 9))
    assert wow.hears(words).shown.startswith("Support: I could not post the prompt of Monday 23 November")
    assert wow.posts == []


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_where_nobody_knows_whether_it_arrived_it_is_not_posted_again_and_the_lead_is_told(
    wow: Wow, status: int
) -> None:
    wow.plans()
    wow.teams.fail = [(status, {})]
    wow.tick(helsinki(23, 9))
    wow.tick(helsinki(23, 9, 1) + LEASE)
    assert "so that nobody gets it twice" in wow.hears("I was interrupted").shown
    assert wow.posts == []


def test_a_rate_limit_is_waited_for(wow: Wow) -> None:
    wow.plans()
    wow.teams.fail = [(429, {"Retry-After": "1"})]
    wow.tick(helsinki(23, 9))
    assert len(wow.posts) == 1


def test_a_long_rate_limit_is_left_to_the_next_look(wow: Wow) -> None:
    wow.plans()
    wow.teams.fail = [(429, {"Retry-After": "60"})]
    wow.tick(helsinki(23, 9))
    assert wow.posts == []
    wow.tick(helsinki(23, 9, 1) + LEASE)
    assert len(wow.posts) == 1


def test_each_gets_it_in_their_chat_at_their_own_time_and_stops_by_one_click(wow: Wow) -> None:
    assert "by direct message" in wow.plans(how="each")
    [invitation] = wow.posts
    agent = wow.app.somebody()
    said = wow.press("wow_join", agent, invitation)
    assert said["value"] == "You will get it at 09:00, from the next day that has a prompt."
    assert wow.app.conversations.of(wow.app.person(agent))
    wow.tick(helsinki(23, 9))
    post = wow.app.sees(agent, "WOW of the day")
    assert post.conversation == f"a:{agent}"
    assert "You get no more" in rendered(wow.press("wow_stop", agent, post)["value"])
    wow.tick(helsinki(24, 9))
    assert len(wow.teams.of(agent)) == 1
    assert wow.posts == [invitation]


def test_an_invitation_that_cannot_be_posted_is_not_planned(wow: Wow) -> None:
    form = wow.form(wow.asks("schedule", "Daily prompt"))
    wow.teams.fail = [(403, {})]
    assert "I am not there" in rendered(wow.sends(form, "wow_planned", **filled(how="each")))
    assert wow.app.rituals.planner.of(TEAM) == []


def told(wow: Wow, agent: str, **values: str) -> Json:
    form = wow.form(wow.asks("share", "[Share a WOW]", agent), "wow_tell", agent)
    given = {"whom": "customer", "what": "Flowers for Mr. Jansen, call 06 12345678", **values}
    return wow.sends(form, "wow_told", agent, **given)


def test_a_story_without_consent_is_kept_nowhere(wow: Wow) -> None:
    agent = wow.app.somebody()
    assert "I have kept nothing of it" in rendered(told(wow, agent))
    assert wow.posts == []
    assert wow.app.rituals.teller.told(TEAM, SUNDAY.date(), SUNDAY.date()) == []


def test_a_story_with_consent_is_posted_kept_and_taken_back(wow: Wow) -> None:
    agent = wow.app.somebody()
    thanks = told(wow, agent, uses="channel,book,name")
    [post] = wow.posts
    assert "Anna shared a WOW" in post.shown
    assert "12345678" not in post.shown
    assert len(wow.app.rituals.teller.told(TEAM, SUNDAY.date(), SUNDAY.date())) == 1
    other = wow.sends(thanks, "wow_take_back", wow.app.somebody())
    assert "nothing of yours to take back" in rendered(other)
    assert "Taken back" in rendered(wow.sends(thanks, "wow_take_back", agent))
    assert wow.app.rituals.teller.told(TEAM, SUNDAY.date(), SUNDAY.date()) == []


def test_a_story_that_teams_delivers_twice_is_told_once(wow: Wow) -> None:
    agent = wow.app.somebody()
    data = {"action": "wow_told", "what": "I called back.", "uses": "channel,book"}
    for _ in range(2):
        wow.app.task(agent, data, id="f:the-same", **wow.here)
    assert len(wow.posts) == 1
    assert len(wow.app.rituals.teller.told(TEAM, SUNDAY.date(), SUNDAY.date())) == 1


def test_a_story_of_nothing_comes_back(wow: Wow) -> None:
    assert "[Share]" in rendered(told(wow, wow.app.somebody(), what="  ", uses="channel,book"))
    assert wow.posts == []


def test_a_story_told_in_the_chat_with_the_bot_is_posted_nowhere(wow: Wow) -> None:
    agent = wow.app.somebody()
    form = wow.app.task(agent, {"action": "wow_tell", "value": "x"}, fetch=True)
    assert "(Here in the channel)" not in rendered(form)
    wow.app.task(agent, {"action": "wow_told", "what": "I called back.", "uses": "channel"})
    assert wow.teams.public == []


def test_a_gesture_is_logged_warned_about_and_taken_back(wow: Wow) -> None:
    agent = wow.app.somebody()
    first = wow.asks("gift 25 mugs for the reopening id:8841", "Logged: 25.00 USD", agent)
    assert "🔴 Better not" in first.shown
    again = wow.asks("gift 12.50 handwritten card id:8841", "Logged: 12.50 USD", agent)
    assert "This customer had before: mugs for the reopening" in again.shown
    assert "Left this month: 487.50 USD" in rendered(wow.press("wow_undo", agent, first)["value"])
    assert "I cannot take that back" in rendered(wow.press("wow_undo", wow.app.somebody(), again)["value"])
    assert "Goes down well" in wow.asks("gift", "of 500.00 USD", agent).shown


@pytest.mark.parametrize(("text", "words"), [
    ("gift a card", "Begin with an amount"),
    ("gift 150 hamper", "Above 100.00 USD at once a team lead logs it"),
    ("gift 5 EUR card", "Our budget is in USD"),
])  # fmt: skip
def test_a_gesture_that_is_not_logged_says_why(wow: Wow, text: str, words: str) -> None:
    wow.asks(text, words, wow.app.somebody())


def test_a_lead_sees_no_figures_of_fewer_than_five_people(wow: Wow) -> None:
    wow.asks("insight", "Fewer than five people")


def test_who_planned_prompts_gets_the_month_in_private(wow: Wow) -> None:
    report = Report(SUNDAY.date().replace(month=10, day=1), None, ())
    wow.app.edge.board.report(TEAM, oid(LEAD), report, "USD")
    assert wow.hears("The team in October 2026").conversation == f"a:{LEAD}"
    with pytest.raises(Refused):
        wow.app.edge.board.report(TEAM, "nobody", report, "USD")


def test_the_book_is_offered_as_files_and_put_where_teams_says(wow: Wow, monkeypatch: pytest.MonkeyPatch) -> None:
    told(wow, wow.app.somebody(), uses="book")
    wow.says("book 2026")
    offers = eventually(lambda: [post for post in wow.teams.of(LEAD) if post.file] or None)
    offers = eventually(lambda: [post for post in wow.teams.of(LEAD) if post.file][1:] and offers) and [
        post for post in wow.teams.of(LEAD) if post.file
    ]
    assert [post.file["name"].rpartition(".")[2] for post in offers] == ["html", "pdf"]
    assert {post.conversation for post in offers} == {f"a:{LEAD}"}
    put: dict[str, Any] = {}

    async def taken(client: Any, url: str, *, content: bytes, headers: dict[str, str]) -> Any:
        import httpx

        put[url] = (content, headers["Content-Range"])
        return httpx.Response(201, request=httpx.Request("PUT", url))

    monkeypatch.setattr("httpx.AsyncClient.put", taken)
    upload = {"uploadUrl": "https://contoso-my.sharepoint.com/up", "contentUrl": "https://contoso/x", "uniqueId": "1"}
    for where, user in (("https://evil.example/up", LEAD), ("http://127.0.0.1/up", LEAD), (None, wow.app.somebody())):
        value = accepted(offers[0], {**upload, **({"uploadUrl": where} if where else {})})
        assert wow.app.invoke("fileConsent/invoke", user, value).status_code == 200
        wow.app.settled()
        assert put == {}
    wow.app.invoke("fileConsent/invoke", LEAD, accepted(offers[0], upload), replyToId=offers[0].id)
    eventually(lambda: offers[0].file["contentType"].endswith("info"))
    [(content, span)] = put.values()
    assert b"Flowers" in content
    assert span == f"bytes 0-{len(content) - 1}/{len(content)}"
    value = {**accepted(offers[1], upload), "action": "decline"}
    wow.app.invoke("fileConsent/invoke", LEAD, value, replyToId=offers[1].id)
    eventually(lambda: offers[1].text.startswith("Not sent"))


def accepted(offer: Post, upload: Json) -> Json:
    context = offer.file["content"]["acceptContext"]
    return {"type": "fileUpload", "action": "accept", "context": context, "uploadInfo": upload}


def test_in_the_chat_with_the_bot_a_plan_is_sent_to_its_channel(wow: Wow) -> None:
    wow.app.message("wow schedule", LEAD)
    wow.hears("mention me there with wow schedule")
    wow.app.message("wow", LEAD)
    assert "`wow gift 25" in wow.hears("One WOW a day").text


@pytest.mark.parametrize("draft", [
    "Wow, thank you for your patience! Your order number is wrong, what is it?",
    "Wow now that is a lot of mails about the wrong password of yours.",
    "Wow. Schedule a call with me about this order, will you?",
])  # fmt: skip
def test_a_draft_may_begin_with_wow(wow: Wow, draft: str) -> None:
    agent = wow.app.somebody()
    wow.app.message(draft, agent)
    wow.app.sees(agent, "[Warmer]")


def test_a_command_that_does_not_exist_says_so(wow: Wow) -> None:
    wow.asks("lst", "I do not know that one", wow.app.somebody())


@pytest.mark.parametrize(("text", "words"), [("wow ohje", "One WOW a day"), ("wow plannen", "Only team leads")])
def test_the_words_of_all_languages_are_understood(wow: Wow, text: str, words: str) -> None:
    agent = wow.app.somebody()
    wow.app.message(text, agent)
    wow.app.sees(agent, words)


def test_a_team_that_removes_the_bot_leaves_no_plan_behind(wow: Wow) -> None:
    wow.plans()
    team = {"channelData": {"tenant": {"id": TENANT}, "team": {"id": "19:team@thread.tacv2"}}}
    wow.app.installed(LEAD, "remove", scope="channel", **team)
    assert wow.app.rituals.planner.of(TEAM) == []
    wow.tick(helsinki(23, 9) + timedelta(minutes=1))
    assert wow.posts == []
