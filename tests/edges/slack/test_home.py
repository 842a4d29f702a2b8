"""App Home: what is kept, my week, my choices, my data."""

from __future__ import annotations

import json

import pytest

from bot.desk.model import Person as Somebody
from bot.rituals.model import Team
from tests.edges.leaving import did_everything, tables_that_say
from tests.edges.slack.fake_slack import TEAM, Person, View
from tests.edges.slack.harness import BLAME, Harness, eventually


def opened(app: Harness, agent: str) -> View:
    """Somebody's App Home."""
    app.event({"type": "app_home_opened", "tab": "home", "channel": f"D{agent[1:]}"}, agent)
    return eventually(lambda: app.slack.homes.get(agent))


def now(app: Harness, agent: str, words: str) -> View:
    """App Home once it says these words."""
    return eventually(lambda: ((home := app.slack.homes[agent]) and words in home.shown and home) or None)


def test_it_says_what_is_kept_in_plain_words(app: Harness) -> None:
    shown = opened(app, app.somebody()).shown
    assert "I see only what you give me" in shown
    assert "sealed for an hour" in shown
    assert "No reviews in the last seven days." in shown


def test_the_messages_tab_is_no_reason_to_publish(app: Harness) -> None:
    agent = app.somebody()
    app.event({"type": "app_home_opened", "tab": "messages", "channel": "D1"}, agent)
    app.settled()
    assert agent not in app.slack.homes


def test_my_week_is_mine_alone(app: Harness) -> None:
    agent, other = app.somebody(), app.somebody()
    app.command(BLAME, agent)
    app.sees(agent, "“User error”")
    shown = opened(app, agent).shown
    assert "One review in the last seven days." in shown
    assert "Found most often: " in shown
    assert "No reviews" in opened(app, other).shown


def test_a_silenced_rule_stands_there_and_can_be_shown_again(app: Harness) -> None:
    agent = app.somebody()
    app.command(BLAME, agent)
    app.press("not_here", agent, app.sees(agent, "“User error”"), containing="interrogation")
    app.sees(agent, "I will not show you this again")
    home = opened(app, agent)
    assert "a question before a welcome" in home.shown
    app.press("show_again", agent, home)
    now(app, agent, "You have silenced nothing")
    app.command(BLAME, agent)
    eventually(lambda: "“What's your order number?”" in app.slack.of(agent)[-1].shown)


@pytest.mark.parametrize(("locale", "words"), [("fi-FI", "Viikkoni"), ("nl-BE", "Mijn week"), ("de-DE", "My week")])
def test_it_speaks_the_language_of_the_agents_slack(app: Harness, locale: str, words: str) -> None:
    agent = app.somebody()
    app.slack.people[agent] = Person(locale=locale)
    assert words in opened(app, agent).shown


def test_a_chosen_language_comes_first_and_can_be_taken_back(app: Harness) -> None:
    agent = app.somebody()
    app.slack.people[agent] = Person(locale="nl-NL")
    home = opened(app, agent)
    app.press("language", agent, home, selected_option={"value": "fi"})
    app.press("language", agent, now(app, agent, "Viikkoni"), selected_option={"value": "auto"})
    now(app, agent, "Mijn week")


def test_quiet_mode_leaves_suggestions_out(app: Harness) -> None:
    agent = app.somebody()
    app.press("quiet", agent, opened(app, agent))
    app.press("quiet", agent, now(app, agent, "On: I show only what goes against a principle."))
    now(app, agent, "Off: I show principles and suggestions.")


def test_all_touches_with_their_cost_and_source(app: Harness) -> None:
    agent = app.somebody()
    app.press("touches", agent, opened(app, agent))
    shown = app.view("One WOW touch · free").shown
    assert shown.count("·") > 40
    assert ".txt)" in shown


def test_my_data_comes_to_my_messages_and_is_deleted_on_request(app: Harness) -> None:
    agent = app.somebody()
    app.command(BLAME + " <b>&", agent)
    app.sees(agent, "“User error”")
    team = Team(platform="slack", workspace=TEAM)
    app.rituals.teller.tell(
        team, agent, "I sent a card.", whom="customer", value="value-wow", language="en", in_book=True
    )
    app.rituals.giver.log(team, agent, "5 card for the bakery id:47110815", "en")
    app.press("export", agent, opened(app, agent))
    app.sees(agent, "Everything that I keep of you")
    channel, name, content = eventually(lambda: app.slack.files)[-1]
    assert (channel, name) == (f"D{agent[1:]}", "heartware-my-data.json")
    exported = json.loads(content)
    assert exported["drafts"][0]["draft"]["text"] == BLAME + " <b>&"
    assert [story["text"] for story in exported["stories"]] == ["I sent a card."]
    assert [gesture["what"] for gesture in exported["gestures"]] == ["card for the bakery"]
    assert "47110815" not in content
    home = app.slack.homes[agent]
    button = next(e for b in home.view["blocks"] for e in b.get("elements", []) if e.get("action_id") == "delete")
    assert button["confirm"]
    app.press("delete", agent, home)
    now(app, agent, "Everything that I kept of you is deleted.")
    assert "No reviews" in app.slack.homes[agent].shown


def test_a_lead_who_leaves_is_nowhere_any_more_and_what_they_planned_goes_on(app: Harness) -> None:
    leaver, colleague = (Somebody(platform="slack", workspace=TEAM, id=app.somebody()) for _ in range(2))
    did_everything(leaver, colleague, app.desk, app.rituals)
    app.command(BLAME, leaver.id)
    app.sees(leaver.id, "“User error”")
    app.press("export", leaver.id, opened(app, leaver.id))
    exported = json.loads(eventually(lambda: [f for f in app.slack.files if f[0] == f"D{leaver.id[1:]}"])[0][2])
    for name in ("stories", "gestures", "proposals", "path", "path_notes", "prompts_planned", "prompts_by_message"):
        assert exported[name], name
    assert tables_that_say(app.engine, leaver.id) >= {"jobs", "schedules", "walks", "own_rules", "lead_reports"}
    app.press("delete", leaver.id, app.slack.homes[leaver.id])
    now(app, leaver.id, "Everything that I kept of you is deleted.")
    app.settled()
    assert tables_that_say(app.engine, leaver.id) == set()
    team = Team(platform="slack", workspace=TEAM)
    assert {one.channel: one.lead for one in app.rituals.planner.of(team)} == {"C0LED": "", "C0EACH": colleague.id}
    assert app.rituals.path.of(colleague)
    for schedule in app.rituals.planner.of(team):
        app.rituals.planner.remove(schedule)
