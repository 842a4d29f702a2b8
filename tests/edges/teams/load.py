"""The load that must be held: ``python -m tests.edges.teams.load [messages] [a second]``, not part of the test run.

A real process, the fake Connector, and a model that takes a second. Prints what the agents waited for.
"""

# ruff: noqa: T201
from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path

import httpx

from tests.edges.model import Model
from tests.edges.slack.load import spread
from tests.edges.teams.harness import BLAME
from tests.edges.teams.test_running import Outside


async def ask(client: httpx.AsyncClient, app: Outside, agent: str, token: str) -> tuple[int, float, float]:
    """One draft: its status, when it was sent, and how long Teams waited for the answer."""
    body = json.dumps(app.activity(agent, text=BLAME))
    begun = time.monotonic()
    answer = await client.post("/api/messages", content=body, headers={"Authorization": f"Bearer {token}"})
    return answer.status_code, begun, time.monotonic() - begun


async def press(app: Outside, agents: list[str], rate: float) -> list[tuple[int, float, float]]:
    """All drafts, at an even pace."""
    token = app.connector.token()
    async with httpx.AsyncClient(base_url=str(app.client.base_url), timeout=30) as client:
        tasks = []
        for agent in agents:
            tasks.append(asyncio.create_task(ask(client, app, agent, token)))
            await asyncio.sleep(1 / rate)
        return list(await asyncio.gather(*tasks))


def main(count: int = 200, rate: float = 10) -> None:
    """Run it."""
    app = Outside()
    with Model() as model, tempfile.TemporaryDirectory() as folder:
        model.seconds = 1.0
        process = app.started(Path(folder), "teams", HEARTWARE_MODEL="small", OPENAI_BASE_URL=model.url)
        agents = [app.somebody() for _ in range(count)]
        asked = dict(zip(agents, asyncio.run(press(app, agents, rate)), strict=True))
        end = time.monotonic() + 60
        while sum(bool(post.versions) for post in app.connector.posts) < count and time.monotonic() < end:
            time.sleep(0.1)
        mine = {agent: app.connector.of(agent) for agent in agents}
        print(f"{count} drafts at {rate:g} a second")
        spread("  answered to Teams", [row[2] for row in asked.values()])
        spread("  first card", [posts[0].at - asked[agent][1] for agent, posts in mine.items() if posts])
        print(f"  not 200: {sum(row[0] != 200 for row in asked.values())}", end="  ")
        print(f"lost: {sum(not posts for posts in mine.values())}", end="  ")
        print(f"not deepened: {sum(not post.versions for posts in mine.values() for post in posts)}", end="  ")
        print(f"more than once: {sum(len(posts) > 1 for posts in mine.values())}", end="  ")
        print(f"public: {len(app.connector.public)}  faults: {len(app.connector.faults)}")
        process.terminate()
        process.wait(60)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
