"""The load that must be held: ``python -m tests.edges.slack.load [commands] [a second]``, not part of the test run.

A real process, the fake Slack, and a model that takes a second. Prints what the agents waited for.
"""

# ruff: noqa: T201
from __future__ import annotations

import asyncio
import hashlib
import hmac
import os
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

import httpx

from tests.edges.model import Model
from tests.edges.slack.fake_slack import TEAM
from tests.edges.slack.harness import BLAME, SECRET
from tests.edges.slack.test_running import Outside


async def ask(client: httpx.AsyncClient, app: Outside, agent: str) -> tuple[int, float, float]:
    """One command: its status, when it was sent, and how long the acknowledgement took."""
    fields = {
        "command": "/coach",
        "text": f"{BLAME} Regards, {agent}",
        "user_id": agent,
        "channel_id": "C0SUPPORT",
        "team_id": TEAM,
        "trigger_id": app.slack.trigger(),
        "response_url": app.slack.response_url("C0SUPPORT", agent),
    }
    body, stamp = urlencode(fields), str(int(time.time()))
    signature = hmac.new(SECRET.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={signature}",
    }
    begun = time.monotonic()
    answer = await client.post("/slack/events", content=body, headers=headers)
    return answer.status_code, begun, time.monotonic() - begun


async def press(app: Outside, agents: list[str], rate: float) -> list[tuple[int, float, float]]:
    """All commands, at an even pace."""
    async with httpx.AsyncClient(base_url=str(app.http.base_url), timeout=30) as client:
        tasks = []
        for agent in agents:
            tasks.append(asyncio.create_task(ask(client, app, agent)))
            await asyncio.sleep(1 / rate)
        return list(await asyncio.gather(*tasks))


def named(text: str) -> set[str]:
    """The agents that a text names."""
    return set(re.findall(r"U\d{5}", text))


def memory(pid: int) -> float:
    """Resident megabytes of a process."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def busy(pid: int) -> float:
    """Seconds that a process has used of the processors."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def spread(name: str, seconds: list[float]) -> None:
    """Print a row."""
    cuts = statistics.quantiles(seconds, n=100)
    figures = {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "most": max(seconds)}
    print(f"{name:<28}" + "  ".join(f"{key} {value:6.3f} s" for key, value in figures.items()))


def main(count: int = 200, rate: float = 20) -> None:
    """Run it."""
    app = Outside()
    with Model() as model, tempfile.TemporaryDirectory() as folder:
        model.seconds = 1.0
        process = app.started(Path(folder), "serve", HEARTWARE_MODEL="small", OPENAI_BASE_URL=model.url)
        before = memory(process.pid)
        for round_ in (1, 2, 3):
            app.slack.forget()
            worked = busy(process.pid)
            agents = [app.somebody() for _ in range(count)]
            asked = dict(zip(agents, asyncio.run(press(app, agents, rate)), strict=True))
            end = time.monotonic() + 60
            while len(app.slack.posts) < 2 * count and time.monotonic() < end:
                time.sleep(0.1)
            worked = busy(process.pid) - worked
            mine = {agent: app.slack.of(agent) for agent in agents}
            first = {agent: posts[0].at - asked[agent][1] for agent, posts in mine.items() if posts}
            last = [posts[-1].at - asked[agent][1] for agent, posts in mine.items() if len(posts) > 1]
            print(f"round {round_}: {count} commands at {rate:g} a second")
            spread("  acknowledged", [row[2] for row in asked.values()])
            spread("  first review", list(first.values()))
            spread("  deeper review", last)
            print(f"  overhead over the model      p50 {statistics.median(last) - model.seconds:6.3f} s")
            print(f"  not 200: {sum(row[0] != 200 for row in asked.values())}", end="  ")
            print(f"lost: {sum(len(posts) < 2 for posts in mine.values())}", end="  ")
            print(f"more than twice: {sum(len(posts) > 2 for posts in mine.values())}", end="  ")
            wrong = sum(bool(named(post.shown) - {agent}) for agent, posts in mine.items() for post in posts)
            print(f"to somebody else: {wrong}  public: {len(app.slack.public)}  faults: {len(app.slack.faults)}")
            print(f"  memory {before:.0f} MB → {memory(process.pid):.0f} MB", end="  ")
            print(f"processor {1000 * worked / count:.0f} ms a command")
        process.terminate()
        process.wait(60)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
