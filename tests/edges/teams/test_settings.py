"""The settings of one person: what is kept, my week, what I silenced, language, quiet mode, all touches, my data."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from bot.rituals.model import Team
from tests.edges.leaving import did_everything, tables_that_say
from tests.edges.teams.adaptive import elements, rendered
from tests.edges.teams.fake_connector import Post
from tests.edges.teams.harness import BLAME, Harness, eventually


def settings(app: Harness, agent: str, word: str = "settings", **more: Any) -> Post:
    app.message(word, agent, **more)
    return eventually(lambda: next((post for post in app.connector.of(agent) if "[Delete" in button_line(post)), None))


def button_line(post: Post) -> str:
    return post.shown.replace("[Wis ", "[Delete ").replace("[Poista ", "[Delete ")


def test_what_is_kept_and_a_week_of_nothing(app: Harness) -> None:
    shown = settings(app, app.somebody()).shown
    assert "- Your lead never sees a name, a ranking or a draft." in shown
    assert "No reviews in the last seven days." in shown
    assert "You have silenced nothing." in shown
    assert "(As in Teams) (English) (Nederlands) (Suomi)" in shown


def test_my_week(app: Harness) -> None:
    agent = app.somebody()
    app.message(BLAME, agent)
    app.sees(agent, "“User error”")
    assert "One review in the last seven days. Found most often: words that blame the customer" in (
        settings(app, agent).shown
    )


def test_what_was_silenced_comes_back(app: Harness) -> None:
    agent = app.somebody()
    app.message(BLAME, agent)
    post = app.sees(agent, "“User error”")
    rule = next(element for element in elements(post.card) if element.get("id") == "rule")["choices"][0]["value"]
    app.press("not_here", agent, post, rule=rule)
    shown = settings(app, agent)
    assert "words that blame the customer (" in shown.shown
    assert "You have silenced nothing" in rendered(app.press("show_again", agent, shown))
    assert app.desk.preferences(app.person(agent)).silenced == ()


def test_the_language_is_chosen_and_left_to_teams_again(app: Harness) -> None:
    agent = app.somebody()
    post = settings(app, agent)
    assert "Wat ik zie en bewaar" in rendered(app.press("language", agent, post, language="nl"))
    assert "What I see and keep" in rendered(app.press("language", agent, post, language="auto"))
    assert "What I see and keep" in rendered(app.press("language", agent, post, language="klingon"))


def test_quiet_mode_is_turned_on_and_off(app: Harness) -> None:
    agent = app.somebody()
    post = settings(app, agent)
    quiet = app.press("quiet", agent, post)
    assert "On: I show only what goes against a principle." in rendered(quiet)
    assert app.desk.preferences(app.person(agent)).quiet
    post.activity["attachments"][0]["content"] = quiet
    assert "Off:" in rendered(app.press("quiet", agent, post))


def test_all_touches_page_by_page(app: Harness) -> None:
    agent = app.somebody()
    post = settings(app, agent)
    seen: set[str] = set()
    for _ in range(20):
        card = app.press("touches", agent, post)
        seen |= {line for line in rendered(card).split("\n") if line.startswith("“")}
        post.activity["attachments"][0]["content"] = card
        if "[Next]" not in rendered(card):
            break
        # The button to the next page is the last of that name.
        card["actions"] = [one for one in card["actions"] if one["title"] != "Back"]
    assert len(seen) > 70
    assert "Settings" in rendered(card)
    assert "What I see and keep" in rendered(app.press("settings", agent, post))


def test_my_data_as_a_file(app: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    agent = app.somebody()
    app.message(BLAME, agent)
    app.sees(agent, "“User error”")
    app.press("export", agent, settings(app, agent))
    offer = eventually(lambda: next((post for post in app.connector.of(agent) if post.file), None))
    assert offer.file["name"] == "heartware-my-data.json"
    put: list[bytes] = []

    async def taken(client: Any, url: str, *, content: bytes, headers: dict[str, str]) -> httpx.Response:
        put.append(content)
        return httpx.Response(201, request=httpx.Request("PUT", url))

    monkeypatch.setattr("httpx.AsyncClient.put", taken)
    upload = {"uploadUrl": "https://contoso-my.sharepoint.com/up", "contentUrl": "https://contoso/x", "uniqueId": "1"}
    context = offer.file["content"]["acceptContext"]
    value = {"type": "fileUpload", "action": "accept", "context": context, "uploadInfo": upload}
    app.invoke("fileConsent/invoke", agent, value, replyToId=offer.id)
    eventually(lambda: offer.file["contentType"].endswith("info"))
    kept = json.loads(put[0])
    assert kept["drafts"][0]["draft"]["text"] == BLAME


def test_my_data_is_deleted(app: Harness) -> None:
    agent = app.somebody()
    app.message(BLAME, agent)
    app.sees(agent, "“User error”")
    post = settings(app, agent)
    assert "for good" in post.shown
    card = app.press("delete", agent, post)
    assert "Everything that I kept of you is deleted." in rendered(card)
    assert "No reviews" in rendered(card)
    assert app.desk.jobs(app.person(agent)) == []


def test_a_lead_who_leaves_is_nowhere_any_more(app: Harness) -> None:
    agent, colleague = app.somebody(), app.somebody()
    leaver = app.person(agent)
    did_everything(leaver, app.person(colleague), app.desk, app.rituals)
    app.message(BLAME, agent)
    app.sees(agent, "“User error”")
    assert tables_that_say(app.engine, leaver.id) >= {"jobs", "schedules", "walks", "own_rules", "conversations"}
    app.press("delete", agent, settings(app, agent))
    assert tables_that_say(app.engine, leaver.id) == tables_that_say(app.engine, agent) == set()
    for schedule in app.rituals.planner.of(Team(platform="teams", workspace=leaver.workspace)):
        app.rituals.planner.remove(schedule)


@pytest.mark.parametrize(("word", "locale", "words"), [
    ("instellingen", "nl-NL", "Zoals in Teams"), ("asetukset", "fi-FI", "Kuten Teamsissa"),
])  # fmt: skip
def test_in_their_own_language(app: Harness, word: str, locale: str, words: str) -> None:
    assert words in settings(app, app.somebody(), word, locale=locale).shown


def test_in_a_channel_the_settings_are_for_one_persons_eyes(app: Harness) -> None:
    agent = app.somebody()
    app.mention("settings", agent)
    assert app.sees(agent, "What I see and keep").activity["recipient"]["isTargeted"]
