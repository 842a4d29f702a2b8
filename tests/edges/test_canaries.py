"""Nothing that people write is at rest in clear: canaries go in by every way, the model fails in every way, and then
every byte that was written is searched, and every line that was logged at the finest level."""

from __future__ import annotations

import base64
import json
import resource
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from tests.edges.model import DEEPER, OPINION
from tests.edges.processes import HEARTWARE, environment, free_port, here
from tests.edges.running import eventually
from tests.edges.slack.fake_slack import BOT_TOKEN
from tests.edges.slack.harness import SECRET
from tests.edges.slack.test_newcomers import chosen
from tests.edges.slack.test_rules import rule
from tests.edges.slack.test_running import Outside as OutsideSlack
from tests.edges.slack.test_wow import story
from tests.edges.teams.fake_connector import CLIENT, TENANT, TOKEN
from tests.edges.teams.test_dialogs import press
from tests.edges.teams.test_path import INFO
from tests.edges.teams.test_running import Outside as OutsideTeams
from tests.local_models import Reply, ScriptedServer, resets, says, sends

CANARY = "quokkabird"
"""Every text that anybody writes here has it."""
BLAME = f"User error. You broke the {CANARY}. What's your order number?"
CUSTOMER = f"My {CANARY} is broken and I am furious!"
QUESTION = f"What would Kaufman say of a {CANARY}?"
NOTE = {"value": f"I asked after the {CANARY} before I answered."}
GOOD = json.dumps(OPINION).replace('"replacement": ""', f'"replacement": "May I see the {CANARY}?"')


class Faulty(ScriptedServer):
    """A model that does something else wrong each time, quoting what it was sent wherever it can; then it is well."""

    def __init__(self) -> None:
        super().__init__()
        quoted = f"cannot process: {BLAME} {CUSTOMER}"
        faults: list[Reply] = [
            sends(400, json.dumps({"error": {"message": quoted}})),
            says(quoted),
            says(json.dumps({"wrong": quoted})),
            says(GOOD[:-40]),
            says("", refusal=quoted),
            sends(500, json.dumps({"error": {"message": quoted}}), **{"Retry-After": "0"}),
            resets,
            sends(200, f"<html>{quoted}"),
            says(quoted * 10_000),
        ]
        self.left = faults
        self.reply = self._next

    def _next(self, request: BaseHTTPRequestHandler) -> None:
        reply = self.left.pop(0) if self.left else says(GOOD)
        reply(request)


LOUD = {
    "HEARTWARE_LOG": "debug", "OPENAI_LOG": "debug", "PYTHONFAULTHANDLER": "1", "LANGSMITH_TRACING": "true",
    "LANGCHAIN_TRACING_V2": "true", "LANGSMITH_API_KEY": "x", "SQLALCHEMY_WARN_20": "1", "PYTHONASYNCIODEBUG": "1",
}  # fmt: skip
"""An operator who looks for a fault switches on whatever speaks."""


def forms(canary: str) -> list[bytes]:
    """The canary as it is, as UTF-16, and as it stands within base64 at each of the three places it may begin at."""
    plain = canary.encode()
    shifted = (base64.b64encode(b"_" * shift + plain)[4 if shift else 0 : -4] for shift in range(3))
    return [plain, canary.encode("utf-16-le"), *shifted]


def found_in(content: bytes) -> bool:
    return any(form in content for form in forms(CANARY)) or CANARY.encode() in content.lower()


def dumps_allowed() -> None:
    """As on a machine that keeps the memory of programs that crash."""
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))


class Everywhere:
    """One process that serves both platforms, with its data folder and its log."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.slack, self.teams, self.model = OutsideSlack(), OutsideTeams(), Faulty()

    def start(self) -> subprocess.Popen[bytes]:
        port = free_port()
        given = {
            "SLACK_API_URL": self.slack.slack.api_url, "SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_SIGNING_SECRET": SECRET,
            "HEARTWARE_ENV": "test", "TEAMS_CLIENT_ID": CLIENT, "TEAMS_TENANT_ID": TENANT, "TEAMS_TEST_TOKEN": TOKEN,
            "TEAMS_OPENID_METADATA_URL": self.teams.connector.metadata_url, "PORT": str(port),
            "HEARTWARE_MODEL": "small", "OPENAI_BASE_URL": self.model.url, "HEARTWARE_MODEL_SECONDS": "5", **LOUD,
        }  # fmt: skip
        log = (self.folder / "log").open("ab")
        env = environment(self.data, **given)
        here = self.folder / "here"
        here.mkdir()
        process = subprocess.Popen(
            [*HEARTWARE, "serve"], cwd=here, env=env, stdout=log, stderr=log, preexec_fn=dumps_allowed
        )
        self.slack.http.base_url = self.teams.client.base_url = f"http://127.0.0.1:{port}"
        eventually(self._ready, 60)
        return process

    def _ready(self) -> bool:
        try:
            return bool(self.slack.http.get("/readyz").status_code == 200)
        except OSError:
            return False
        except Exception as error:
            if "Connect" in type(error).__name__:
                return False
            raise

    def ask_everywhere(self) -> None:
        """Every way by which a text comes in."""
        slack, teams = self.slack, self.teams
        agent = slack.somebody()
        slack.command(BLAME, agent)
        slack.sees(agent, CANARY)
        slack.dm(BLAME, agent)
        slack.mention(BLAME, agent)
        slack.shortcut(BLAME, agent)
        slack.press("not_useful", agent, slack.view(CANARY))
        slack.submit(slack.view("In a few words"), agent, {"why": {"value": f"The {CANARY} was there."}})
        slack.command(f"ask {QUESTION}", agent)
        slack.command("share", agent, command="/wow")
        view = slack.view("Where may it stand?")
        slack.submit(view, agent, story(view, "book", text=f"I mended the {CANARY} at once, and it sang."))
        slack.command(f"gift 5 a card for the {CANARY}", agent, command="/wow")
        slack.command("propose rule", agent)
        own = rule(phrases=f"the {CANARY}", why=f"A {CANARY} is no word.")
        slack.submit(slack.view("What to say instead?"), agent, own)
        slack.command("path", agent)
        slack.press("path_begin", agent, slack.sees(agent, "You are not on the path"))
        slack.submit(slack.view("Twenty small steps"), agent, chosen())
        step = slack.sees(agent, "step 1 of 20")
        reflect = {"type": "button", "action_id": "path_reflect", "value": "1"}  # as at the end of a week
        slack.press("path_reflect", agent, replace(step, blocks=[{"type": "actions", "elements": [reflect]}]))
        slack.submit(slack.view("Only you ever see this"), agent, {"note": NOTE})
        other = teams.somebody()
        teams.message(BLAME, other)
        teams.sees(other, CANARY)
        teams.message(f"ask {QUESTION}", other)
        form = press(teams, other, teams.open("reviewDraft", other), "review", draft=BLAME, customer=CUSTOMER)
        shown = teams.reviewed(other, form)
        press(teams, other, shown, "feedback", useful="not_useful", why=f"The {CANARY} was there.")
        teams.message(f"wow gift 5 a card for the {CANARY}", other)
        words = {"phrases": f"the {CANARY}", "why": f"A {CANARY} is no word.", "instead": "Here it is again."}
        given = {"language": "en", "principle": "next-step", **words}
        teams.task(other, {"action": "proposed_rule", **given})
        teams.task(other, {"action": "path_begun", "at": "08:30", "fades": "yes"}, entities=INFO)
        teams.task(other, {"action": "path_noted", "week": "1", "note": NOTE["value"]})
        teams.send({"text": BLAME})
        slack.http.post("/slack/events", content=f"payload={BLAME}")
        slack.http.post("/api/messages", content=BLAME)
        slack.http.get("/readyz", params={"draft": CANARY})
        while True:  # as many more as the model needs to have done everything wrong
            last = slack.somebody()
            slack.command(BLAME, last)
            if not self.model.left:
                break
            slack.sees(last, "did not answer", seconds=20)
        slack.sees(last, DEEPER, seconds=30)

    def kept(self) -> dict[str, int]:
        """How many rows there are of what people said in their own words."""
        told = ("feedback", "gestures", "own_rules", "path_notes", "stories")
        with closing(sqlite3.connect(self.data / "heartware.db")) as database:
            return {name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in told}

    def written(self) -> Iterator[tuple[str, bytes]]:
        """Every file, with what is in it."""
        for path in self.folder.rglob("*"):
            if path.is_file():
                yield path.name, path.read_bytes()


def the_verbs(app: Everywhere) -> None:
    """The terminal, over the same folder; what it prints is for who typed it, what it complains of says nothing."""
    app.model.left = [says(f"no, {BLAME}"), sends(400, BLAME)]
    lines = "\n".join(json.dumps({"id": n, "draft": BLAME, "customer": CUSTOMER}) for n in range(3)).encode()
    given: dict[str, Any] = {"HEARTWARE_MODEL": "small", "OPENAI_BASE_URL": app.model.url, **LOUD}
    for ran in (
        here("review", "--jsonl", data=app.data, stdin=lines, **given),
        here("ask", QUESTION, data=app.data, **given),
    ):
        assert ran.code == 0
        assert not found_in(ran.err.encode())


@pytest.mark.timeout(200)
def test_no_word_of_anybody_is_at_rest_or_in_a_log(tmp_path: Path) -> None:
    app = Everywhere(tmp_path)
    with app.model:
        process = app.start()
        app.ask_everywhere()
        twice = {"feedback": 2, "gestures": 2, "own_rules": 2, "path_notes": 2, "stories": 1}
        with suppress(AssertionError):
            eventually(lambda: app.kept() == twice, 20)
        assert app.kept() == twice
        while_running = dict(app.written())
        metrics = app.slack.http.get("/metrics").content
        process.send_signal(signal.SIGABRT)  # a crash: nothing is tidied
        assert process.wait(30) == -signal.SIGABRT
        the_verbs(app)
        at_the_end = dict(app.written())
    assert {"heartware.db", "heartware.db-wal", "secret.key", "documents.json", "chroma.sqlite3"} <= set(while_running)
    for state in (while_running, at_the_end, {"metrics": metrics}):
        assert [name for name, content in state.items() if found_in(content)] == []
    assert b"small failed" in at_the_end["log"]
    assert b"Traceback" not in at_the_end["log"]
    for line in at_the_end["log"].partition(b"Fatal Python error: Aborted")[0].splitlines():
        assert line.startswith((b"{", b"Heartware "))
    app.slack.run(app.slack.slack.stop())
    app.teams.connector.close()


def test_the_search_finds_what_is_there() -> None:
    for shift in range(4):
        assert found_in(base64.b64encode(b"x" * shift + f"the {CANARY} is".encode()))
    assert found_in(f"the {CANARY.upper()}".encode())
    assert not found_in(b"the cockatoo is")
