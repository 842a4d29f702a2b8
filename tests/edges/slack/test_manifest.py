"""The manifest and the code cannot drift: scopes, events, commands and callback ids are the same on both sides."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, cast

from slack_bolt.async_app import AsyncApp

from bot.coaching.model import LANGUAGES
from bot.content.places import WORDING
from bot.content.wording import read_wording
from bot.slack.app import LISTENERS
from bot.slack.blocks.form import form, why
from bot.slack.edge import Edge
from bot.slack.listeners import commands
from bot.slack.manifest import manifest, scopes
from tests.edges.slack.block_kit import faults_of_view
from tests.edges.slack.fake_slack import METHODS, SCOPES

SOURCES = Path(commands.__file__).parents[1]
FOR_EVENTS = {"app_mention": "app_mentions:read", "message.im": "im:history"}
ALWAYS = {"commands", "assistant:write"}
"""What shortcuts and commands, and the agent view, ask for."""
OPTIONAL = {"channels:history"}
"""With this scope a daily prompt is looked for before it is posted again; without it, it is not posted again."""


class Recorder:
    """Stands in for Bolt's app and writes down what is listened to."""

    def __init__(self) -> None:
        self.heard: dict[str, set[Any]] = {}
        for listeners in LISTENERS:
            listeners.register(cast(AsyncApp, self), cast(Edge, None))

    def __getattr__(self, kind: str) -> Any:
        def listen(what: Any, **_: Any) -> Any:
            self.heard.setdefault(kind, set()).add(what["callback_id"] if isinstance(what, dict) else what)
            return lambda function: function

        return (lambda function: function) if kind == "error" else listen


def test_commands_shortcuts_and_events_are_those_that_are_listened_to() -> None:
    heard, said = Recorder().heard, manifest()
    assert {command["command"] for command in said["features"]["slash_commands"]} == heard["command"]
    assert {shortcut["callback_id"] for shortcut in said["features"]["shortcuts"]} == heard["shortcut"]
    events = {name.split(".")[0] for name in said["settings"]["event_subscriptions"]["bot_events"]}
    assert events == heard["event"]


def test_every_modal_that_can_be_submitted_is_listened_to() -> None:
    sources = "\n".join(path.read_text("utf-8") for path in (SOURCES / "blocks").rglob("*.py"))
    written = re.findall(r'callback_id=f?"([\w{}]+)"', sources)
    patterns = [re.sub(r"\{\w+\}", r"\\w+", name) for name in written]
    heard = Recorder().heard["view"]
    assert [name for name in heard if not any(re.fullmatch(pattern, name) for pattern in patterns)] == []
    assert [pattern for pattern in patterns if not any(re.fullmatch(pattern, name) for name in heard)] == []


def test_the_scopes_are_those_that_the_calls_and_events_ask_for_and_no_more() -> None:
    sources = "\n".join(path.read_text("utf-8") for path in SOURCES.rglob("*.py"))
    called = {name for name in METHODS if re.search(rf"\.{name.replace('.', '_')}\(", sources)}
    called |= {name for name in METHODS if name.startswith("files.") and ".files_upload_v2(" in sources}
    needed = {METHODS[name].scope for name in called} - {""}
    events = {
        FOR_EVENTS[name] for name in manifest()["settings"]["event_subscriptions"]["bot_events"] if name in FOR_EVENTS
    }
    assert (needed | events | ALWAYS) - OPTIONAL == set(scopes()) == set(SCOPES)


def test_it_is_the_agent_view_and_not_the_older_pane() -> None:
    features = manifest()["features"]
    assert "assistant_view" not in features
    assert 0 < len(features["agent_view"]["suggested_prompts"]) <= 4
    assert features["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }


def test_it_keeps_to_slacks_lengths() -> None:
    said = manifest()
    about = said["display_information"]
    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    assert 174 <= len(about["long_description"]) <= 4000
    for shortcut in said["features"]["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150


def test_titles_and_labels_fit_in_every_language() -> None:
    for language in LANGUAGES:
        wording = read_wording(WORDING / f"{language}.toml")
        for name in ("review-title", "close", "copy-out.title", "copy-out.share", "why.title", "why.submit"):
            assert len(wording.say(f"slack.{name}")) <= 24, (language, name)
        for name in ("chat.form.title", "chat.form.submit", "home.touches-title"):
            assert len(wording.say(name)) <= 24, (language, name)
        assert faults_of_view(form(wording)) == []
        assert faults_of_view(why("1", wording)) == []
