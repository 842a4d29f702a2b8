"""What stands under a review: each button, where the review is a message, a direct message or a modal."""

from __future__ import annotations

import pytest

from bot.desk.model import Person
from tests.edges.slack.block_kit import Json
from tests.edges.slack.fake_slack import TEAM, Post, View
from tests.edges.slack.harness import BLAME, Harness, eventually

HOLLOW = "We sincerely apologise for any inconvenience this may have caused. Your order arrives on Friday."
GOOD = "Hi Anna, your parcel left today and arrives on Friday before noon. Shall I send you the link?"


def asked(app: Harness, agent: str, place: str, draft: str = BLAME) -> Post | View:
    """A review at a place."""
    if place == "command":
        app.command(draft, agent)
    elif place == "dm":
        app.dm(draft, agent)
    elif place == "modal":
        app.shortcut(draft, agent)
        return app.view("[Useful]")
    else:
        app.mention(draft, agent)
    return app.sees(agent, "[Useful]")


def person(agent: str) -> Person:
    return Person(platform="slack", workspace=TEAM, id=agent)


PLACES = ["command", "dm", "modal", "mention"]


@pytest.mark.parametrize("place", PLACES)
def test_not_here_silences_the_rule_for_good_and_can_be_undone(app: Harness, place: str) -> None:
    agent = app.somebody()
    shown = asked(app, agent, place)
    app.press("not_here", agent, shown, containing="interrogation")
    eventually(lambda: "I will not show you this again: a question before a welcome." in shown.shown)
    assert "“What's your order number?”" not in shown.shown
    assert len(app.desk.preferences(person(agent)).silenced) == 1
    again = asked(app, agent, "command")
    assert "“What's your order number?”" not in again.shown
    app.press("undo", agent, shown)
    eventually(lambda: "“What's your order number?”" in shown.shown)
    assert app.desk.preferences(person(agent)).silenced == ()


@pytest.mark.parametrize("place", PLACES)
def test_shorter_leaves_out_what_says_nothing(app: Harness, place: str) -> None:
    agent = app.somebody()
    shown = asked(app, agent, place, HOLLOW)
    app.press("shorter", agent, shown)
    gone = "~We sincerely apologise for any inconvenience this may have caused.~"
    eventually(lambda: gone in shown.shown)


@pytest.mark.parametrize("place", PLACES)
def test_warmer_without_a_model_says_so(app: Harness, place: str) -> None:
    agent = app.somebody()
    shown = asked(app, agent, place)
    app.press("warmer", agent, shown)
    eventually(lambda: "For that I need a language model" in shown.shown)


def test_another_touch_replaces_the_first(app: Harness) -> None:
    agent = app.somebody()
    shown = asked(app, agent, "command", GOOD)
    before = shown.shown
    app.press("touch", agent, shown)
    eventually(lambda: shown.shown != before and ":sparkles:" in shown.shown)


@pytest.mark.parametrize("place", PLACES)
def test_the_rewrite_is_copied_whole_or_change_by_change(app: Harness, place: str) -> None:
    agent = app.somebody()
    app.press("copy", agent, asked(app, agent, place))
    whole = "Something went wrong there. The password wasn't quite right. What's your order number?"
    modal = app.view(f"[_{whole}_]")
    assert ("submit" in modal.view) == (place in ("command", "mention"))
    app.press("changes", agent, modal, selected_options=[{"value": "1"}])
    app.view("[_User error. The password wasn't quite right. What's your order number?_]")
    app.press("changes", agent, modal, selected_options=[])
    app.view(f"[_{BLAME}_]")


def test_only_a_second_click_shares_the_text_in_the_channel(app: Harness) -> None:
    agent = app.somebody()
    app.press("copy", agent, asked(app, agent, "command"))
    modal = app.view("Select all of it and copy")
    assert not app.slack.public
    field = next(block["block_id"] for block in modal.view["blocks"] if block["block_id"].startswith("text-"))
    app.submit(modal, agent, {field: {"value": "It was <!here> our mistake & we mend it."}})
    shared = app.slack.public[0]
    app.slack.posts.remove(shared)
    assert (shared.channel, shared.to) == ("C0SUPPORT", None)
    assert shared.shown == f"A reply, shared by <@{agent}>:\nIt was <!here> our mistake & we mend it."
    assert "&lt;!here&gt;" in shared.blocks[1]["text"]["text"]


@pytest.mark.parametrize("place", PLACES)
def test_useful(app: Harness, place: str) -> None:
    agent = app.somebody()
    shown = asked(app, agent, place)
    if place == "modal":
        app.press("useful", agent, shown)
        app.view("Thank you, that helps.")
    else:
        job = shown.blocks[-1]["elements"][0]["positive_button"]["value"]  # type: ignore[union-attr]
        app.press("feedback", agent, shown, value=job)
        app.sees(agent, "Thank you, that helps.")
    assert app.desk.week(person(agent)).useful == 1


@pytest.mark.parametrize("place", PLACES)
def test_not_useful_asks_why_and_need_not_be_told(app: Harness, place: str) -> None:
    agent = app.somebody()
    shown = asked(app, agent, place)
    if place == "modal":
        app.press("not_useful", agent, shown)
    else:
        job = shown.blocks[-1]["elements"][0]["negative_button"]["value"]  # type: ignore[union-attr]
        app.press("feedback", agent, shown, value=job)
    modal = app.view("In a few words")
    assert app.desk.week(person(agent)).not_useful == 1
    app.submit(modal, agent, {"why": {"value": "The order number is needed, mail me at anna@example.com"}})
    assert not modal.open
    said = app.desk.export(person(agent))["feedback"][0]
    assert said["why"].startswith("The order number is needed")
    assert "anna@" not in said["why"]


@pytest.mark.parametrize("place", ["command", "modal", "mention"])
def test_a_review_that_would_vanish_can_be_sent_to_the_messages(app: Harness, place: str) -> None:
    agent = app.somebody()
    shown = asked(app, agent, place)
    app.press("more", agent, shown, selected_option=menu(shown, "dm"))
    copy = eventually(lambda: next((p for p in app.slack.of(agent) if p.channel.startswith("D")), None))
    assert "“User error”" in copy.shown
    app.press("shorter", agent, copy)
    eventually(lambda: copy.versions == 2)


@pytest.mark.parametrize("place", PLACES)
def test_a_draft_is_erased_at_once_on_request(app: Harness, place: str) -> None:
    agent = app.somebody()
    shown = asked(app, agent, place)
    before = Post(agent, agent, "", [*blocks(shown)], "before") if isinstance(shown, Post) else shown
    app.press("more", agent, shown, selected_option=menu(shown, "erase"))
    eventually(lambda: shown.shown == "Your draft is erased.")
    assert app.desk.export(person(agent))["drafts"] == []
    if isinstance(before, Post):
        app.press("shorter", agent, before)
        app.sees(agent, "That draft is erased by now")


def menu(shown: Post | View, what: str) -> dict[str, str]:
    """A choice of the menu under a review."""
    menus = [e for b in blocks(shown) for e in b.get("elements", []) if e.get("action_id") == "more"]
    chosen: dict[str, str] = next(o for o in menus[0]["options"] if o["value"].startswith(f"{what}|"))
    return chosen


def blocks(shown: Post | View) -> list[Json]:
    """The blocks that stand there now."""
    found = shown.blocks if isinstance(shown, Post) else shown.view["blocks"]
    return list(found)
