"""Every way to ask. After each test the fixture sees to it that nothing was public and nothing broke Slack's rules."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from bot.rituals.model import Team
from tests.edges.slack.fake_slack import Person
from tests.edges.slack.harness import BLAME, Harness, eventually

FORM = {
    "draft": {"type": "plain_text_input", "value": BLAME},
    "customer": {"type": "plain_text_input", "value": "I cannot log in and I am worried about my data."},
    "reader": {"type": "radio_buttons", "selected_option": {"value": "worried"}},
    "long_time": {"type": "checkboxes", "selected_options": [{"value": "yes"}]},
    "channel": {"type": "static_select", "selected_option": {"value": "email"}},
}


def test_a_draft_after_the_command(app: Harness) -> None:
    agent = app.somebody()
    answer = app.command(BLAME, agent)
    assert (answer.status_code, answer.text) == (200, "")
    shown = app.sees(agent, "“User error”").shown
    assert shown.startswith(":large_yellow_circle: *3 changes before you send")
    assert "~User error~ *Something went wrong there*" in shown
    assert "principle · words that blame the customer · Choose words that are on their side" in shown
    app.settled()
    assert len(app.slack.of(agent)) == 1


def test_a_good_draft_gets_one_line_and_a_touch_on_a_card_of_its_own(app: Harness) -> None:
    agent = app.somebody()
    app.command("Hi Anna, your parcel left today and arrives on Friday before noon. Shall I send you the link?", agent)
    shown = app.sees(agent, "Send it.").shown
    assert ":sparkles: *One " in shown
    assert "[Another touch]" in shown
    assert ".txt)›" in shown


def test_the_command_alone_opens_the_form_and_the_review_takes_its_place(app: Harness) -> None:
    agent = app.somebody()
    assert app.command("", agent).text == ""
    form = app.view("Who reads it")
    assert "(New here / Worried / Expert / Angry)" in form.shown
    answer = app.submit(form, agent, FORM)
    assert answer.json()["response_action"] == "update"
    assert eventually(lambda: "“User error”" in form.shown)
    job = app.desk.job(f"slack-T0TEAM-{form.id}")
    assert (job.reader, job.long_time, job.channel) == ("worried", True, "email")
    assert job.draft.customer.startswith("I cannot log in")


def test_the_form_without_words_says_so_beside_the_field(app: Harness) -> None:
    agent = app.somebody()
    app.interact("shortcut", agent, callback_id="review_draft")
    answer = app.submit(app.view("Who reads it"), agent, FORM | {"draft": {"type": "plain_text_input", "value": "…"}})
    assert answer.json()["errors"] == {"draft": "There is no draft to review: send the text of your reply."}


def test_the_message_shortcut_opens_the_review_in_a_modal(app: Harness) -> None:
    agent = app.somebody()
    app.shortcut(BLAME, agent)
    view = app.view("“User error”")
    assert view.view["title"]["text"] == "Your review"
    assert not app.slack.of(agent)


def test_a_direct_message_is_answered_in_its_thread(app: Harness) -> None:
    agent = app.somebody()
    event = app.dm(BLAME, agent)
    post = app.sees(agent, "“User error”")
    assert post.thread_ts == event["ts"]
    assert "Send to my messages" not in post.shown


def test_a_mention_is_answered_in_the_thread_for_its_author_alone(app: Harness) -> None:
    agent = app.somebody()
    app.mention(BLAME, agent, thread="1.0")
    post = app.sees(agent, "“User error”")
    assert (post.channel, post.thread_ts, post.to) == ("C0SUPPORT", "1.0", agent)


def test_a_mention_where_the_bot_cannot_speak_is_answered_in_the_messages(app: Harness) -> None:
    agent = app.somebody()
    app.slack.absent_from.add("C0CLOSED")
    app.mention(BLAME, agent, channel="C0CLOSED")
    assert app.sees(agent, "“User error”").channel == f"D{agent[1:]}"


@pytest.mark.parametrize(("text", "locale", "words"), [
    ("help", "en-GB", "Only you see what I answer"),
    ("hulp", "nl-NL", "Alleen jij ziet wat ik zeg"),
    ("apua", "fi-FI", "Vain sinä näet, mitä vastaan"),
])  # fmt: skip
def test_help_comes_in_the_words_and_the_language_of_the_agent(
    app: Harness, text: str, locale: str, words: str
) -> None:
    agent = app.somebody()
    app.slack.people[agent] = Person(locale=locale)
    app.command(text, agent)
    assert words in app.sees(agent, "/coach").shown
    app.slack.posts.clear()
    app.dm(text, agent)
    assert words in app.sees(agent, "/coach").shown
    app.slack.posts.clear()
    app.mention("", agent)
    assert words in app.sees(agent, "/coach").shown


def test_a_question_is_answered_with_its_sources(app: Harness) -> None:
    agent = app.somebody()
    app.command("ask What is heartware?", agent)
    assert ".txt" in app.sees(agent, "Sources", seconds=60).shown
    app.slack.posts.clear()
    app.dm("ask What is heartware?", agent)
    assert ".txt" in app.sees(agent, "Sources").shown


def test_follow_ups_in_the_thread_are_about_the_same_draft(app: Harness) -> None:
    agent = app.somebody()
    first = app.dm("We sincerely apologise for the inconvenience. " + BLAME, agent)
    app.sees(agent, "[Copy the rewrite]")
    app.dm("keep my second sentence", agent, thread=first["ts"])
    kept = eventually(lambda: [p for p in app.slack.of(agent) if p.thread_ts == first["ts"]][1:])[0]
    assert "~User error~" not in kept.shown
    app.dm("in Dutch", agent, thread=first["ts"])
    app.sees(agent, "For that I need a language model")


def test_a_new_draft_in_the_thread_is_what_follow_ups_are_about_from_then_on(app: Harness) -> None:
    agent = app.somebody()
    first = app.dm(BLAME, agent)
    app.sees(agent, "“User error”")
    app.dm(f"{BLAME} Regards, Bob", agent, thread=first["ts"])
    app.sees(agent, "Regards, Bob")
    app.dm("warmer", agent, thread=first["ts"])
    assert "Regards, Bob" in app.sees(agent, "For that I need a language model").shown


def test_a_follow_up_on_an_erased_draft_says_so(app: Harness) -> None:
    agent = app.somebody()
    app.dm("shorter", agent, thread="1.000001")
    app.sees(agent, "That draft is erased by now")


def test_each_agent_sees_only_their_own(app: Harness) -> None:
    agents = [app.somebody() for _ in range(6)]
    for agent in agents:
        app.command(f"{BLAME} Regards, {agent}", agent)
    for agent in agents:
        assert agent in app.sees(agent, "Regards").shown
        assert len(app.slack.of(agent)) == 1


def test_a_touch_that_is_used_is_counted_without_who(app: Harness) -> None:
    agent = app.somebody()
    app.command("Hi Anna, your parcel left today and arrives on Friday before noon. Shall I send the link?", agent)
    shown = app.sees(agent, "[Use it]")
    app.press("use_touch", agent, shown)
    app.view("Select all of it and copy")
    app.settled()
    with app.engine.connect() as connection:
        [row] = connection.execute(text("SELECT * FROM uses WHERE kind = 'touch'")).all()
    assert agent not in str(row)


def test_the_number_of_a_best_customer_is_seen_above_the_review(app: Harness) -> None:
    agent = app.somebody()
    app.rituals.giver.mark_best(Team(platform="slack", workspace="T0TEAM"), "88413027", True)
    for number, best in (("#88413027", True), ("9000", False)):
        app.command("", agent)
        form = app.view("Ticket or customer number")
        app.submit(form, agent, FORM | {"ticket": {"type": "plain_text_input", "value": number}})
        assert eventually(lambda form=form: "“User error”" in form.shown)  # type: ignore[misc]
        said = "★ One of our best customers: where something is open, settle it in their favour, within the rules."
        assert (said in form.shown) == best
    with app.engine.connect() as connection:
        assert "88413027" not in str(connection.execute(text("SELECT ticket FROM tickets")).all())
