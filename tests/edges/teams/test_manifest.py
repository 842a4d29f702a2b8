"""The app package as Teams takes it, and in step with the code: commands, scopes, icons, lengths."""

from __future__ import annotations

import json
import re
import struct
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app as verbs
from bot.coaching.errors import BadInput, BadSetting
from bot.coaching.model import LANGUAGES
from bot.content.places import WORDING
from bot.content.wording import read_wording
from bot.desk.commands import Ask, Help, Review, read_command
from bot.rituals.path.commands import read as read_path
from bot.settings import Settings
from bot.teams.handlers import extensions, settings, wow
from bot.teams.manifest.icons import color, outline, png
from bot.teams.package import FOLDER, manifest, write_package
from tests.edges.teams.fake_connector import CLIENT

ADDRESS = "coach.example.com"
SAID = manifest(CLIENT, ADDRESS)
LENGTHS = {("name", "short"): 30, ("name", "full"): 100, ("description", "short"): 80, ("description", "full"): 4000}
SHORT = (("title", 32), ("description", 128))
KNOWN = {
    "$schema", "manifestVersion", "version", "id", "developer", "icons", "name", "description", "accentColor", "bots",
    "composeExtensions", "permissions", "validDomains", "localizationInfo",
}  # fmt: skip


def test_it_has_what_the_schema_asks_for_and_nothing_unknown() -> None:
    assert set(SAID) == KNOWN
    assert tuple(map(int, SAID["manifestVersion"].split("."))) >= (1, 25)
    assert f"/v{SAID['manifestVersion']}/" in SAID["$schema"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", SAID["version"])
    assert re.fullmatch(r"#[0-9A-F]{6}", SAID["accentColor"])
    assert set(SAID["developer"]) == {"name", "websiteUrl", "privacyUrl", "termsOfUseUrl"}
    assert all(url.startswith(f"https://{ADDRESS}") for name, url in SAID["developer"].items() if name != "name")
    assert len(SAID["developer"]["name"]) <= 32
    for (part, kind), longest in LENGTHS.items():
        assert 0 < len(SAID[part][kind]) <= longest
    assert "${" not in json.dumps(SAID)


def test_the_bot_is_in_chats_groups_and_teams_and_suggests_what_it_understands() -> None:
    [bot] = SAID["bots"]
    assert bot["botId"] == CLIENT == SAID["id"]
    assert bot["scopes"] == ["personal", "team", "groupChat"]
    wordings = [read_wording(WORDING / f"{language}.toml") for language in LANGUAGES]
    assert [scope for listed in bot["commandLists"] for scope in listed["scopes"]] == bot["scopes"]
    for listed in bot["commandLists"]:
        assert 2 <= len(listed["commands"]) <= 10
        for command in listed["commands"]:
            assert len(command["title"]) <= 32
            assert len(command["description"]) <= 128
    first, *others = ([one["title"] for one in listed["commands"]] for listed in bot["commandLists"])
    assert [type(read_command(title, wordings)) for title in first[:3]] == [Review, Ask, Help]
    assert settings.asks(first[3], wordings)
    assert read_path(first[4], wordings)
    assert all(wow.read(titles[-1], wordings) for titles in (first, *others))
    assert bot["supportsFiles"]  # the book, and people's own data


@pytest.mark.parametrize("language", ["nl", "fi"])
def test_the_words_of_the_manifest_in_other_languages(language: str) -> None:
    said = json.loads((FOLDER / f"{language}.json").read_text("utf-8"))
    assert {"languageTag": language, "file": f"{language}.json"} in SAID["localizationInfo"]["additionalLanguages"]
    named = {f"{part}.{kind}": longest for (part, kind), longest in LENGTHS.items()}
    for at, listed in enumerate(SAID["bots"][0]["commandLists"]):
        for number in range(len(listed["commands"])):
            named |= {f"bots[0].commandLists[{at}].commands[{number}].{kind}": longest for kind, longest in SHORT}
    for number in range(len(SAID["composeExtensions"][0]["commands"])):
        named |= {f"composeExtensions[0].commands[{number}].{kind}": longest for kind, longest in SHORT}
    assert set(said) == {*named, "$schema"}
    for name, longest in named.items():
        assert 0 < len(said[name]) <= longest, name
    wording = [read_wording(WORDING / f"{language}.toml")]
    titles = [said[f"bots[0].commandLists[0].commands[{number}].title"] for number in range(6)]
    assert [type(read_command(title, wording)) for title in titles[:3]] == [Review, Ask, Help]
    assert settings.asks(titles[3], wording)
    assert read_path(titles[4], wording)
    assert wow.read(titles[5], wording)


def test_the_extension_has_the_actions_that_the_code_answers() -> None:
    [extension] = SAID["composeExtensions"]
    assert extension["botId"] == CLIENT
    commands = {command["id"]: command for command in extension["commands"]}
    assert {name: command["context"] for name, command in commands.items()} == {
        "reviewDraft": ["compose"],
        "reviewMessage": ["message"],
    }
    for name, command in commands.items():
        assert (command["type"], command["fetchTask"]) == ("action", True)
        assert len(command["title"]) <= 32
        assert len(command["description"]) <= 128
        assert name in (extensions.__doc__ or "") + Path(extensions.__file__).read_text("utf-8")


@pytest.mark.parametrize(("name", "side", "paint"), [("color", 192, color), ("outline", 32, outline)])
def test_the_icons_are_drawn_by_their_program(name: str, side: int, paint: object) -> None:
    raw = (FOLDER / f"{name}.png").read_bytes()
    assert struct.unpack(">II", raw[16:24]) == (side, side)
    assert len(raw) < 10_000
    assert raw == png(side, paint)  # type: ignore[arg-type]


def test_the_verb_writes_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEAMS_CLIENT_ID", CLIENT)
    out = tmp_path / "app.zip"
    done = CliRunner().invoke(verbs, ["teams", "package", "--address", f"https://{ADDRESS}/", "--out", str(out)])
    assert done.exit_code == 0, done.output
    with zipfile.ZipFile(out) as package:
        assert sorted(package.namelist()) == ["color.png", "fi.json", "manifest.json", "nl.json", "outline.png"]
        assert json.loads(package.read("manifest.json")) == SAID


@pytest.mark.parametrize("address", ["", "coach", "http://", "a b.example.com", "../x.example"])
def test_an_address_of_no_sense_is_refused(tmp_path: Path, address: str) -> None:
    settings = Settings(_env_file=None, teams_client_id=CLIENT)
    with pytest.raises(BadInput, match="--address"):
        write_package(settings, address, tmp_path / "app.zip")


def test_an_id_of_no_sense_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="TEAMS_CLIENT_ID"):
        write_package(Settings(_env_file=None, teams_client_id="bot"), ADDRESS, tmp_path / "app.zip")


def test_the_suggested_prompts_are_understood_in_every_language() -> None:
    for language in LANGUAGES:
        wording = read_wording(WORDING / f"{language}.toml")
        said = [wording.say(f"teams.prompt.{name}") for name in ("review", "ask", "help")]
        kinds = [type(read_command(one, [wording])) for one in said]
        assert kinds == [Review, Ask, Help]
