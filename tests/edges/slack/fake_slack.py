"""Slack on loopback: a Web API that refuses what Slack refuses, and a record of who could see what.

Where it is sure of what Slack does it does the same. A slash command's ``response_url`` cannot replace what it
posted before; that of a button can.
"""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from aiohttp import WSMsgType, web

from tests.edges.slack.block_kit import Json, faults, faults_of_text, faults_of_view, read

TEAM, BOT_USER, BOT_TOKEN, APP_TOKEN = "T0TEAM", "U0BOT", "xoxb-good", "xapp-good"
SCOPES = (
    "app_mentions:read",
    "assistant:write",
    "chat:write",
    "commands",
    "files:write",
    "im:history",
    "usergroups:read",
    "users:read",
)
TRIGGER_LIVES, URL_LIVES, URL_USES = 3.0, 1800.0, 5


class Refused(Exception):
    """Slack answers ``{"ok": false, "error": …}``."""


@dataclass
class Method:
    """What a method asks for: its scope, its arguments, and how often a minute it may be called."""

    needs: str
    takes: str = ""
    scope: str = ""
    a_minute: int = 100


METHODS = {
    "auth.test": Method("", a_minute=1000),
    "apps.connections.open": Method("", a_minute=20),
    "oauth.v2.access": Method("client_id client_secret", "code grant_type refresh_token redirect_uri", a_minute=600),
    "chat.postMessage": Method(
        "channel text", "blocks thread_ts unfurl_links unfurl_media metadata", "chat:write", 600
    ),
    "chat.postEphemeral": Method("channel user text", "blocks thread_ts", "chat:write"),
    "chat.update": Method("channel ts text", "blocks", "chat:write", 50),
    "chat.startStream": Method(
        "channel thread_ts",
        "markdown_text chunks task_display_mode recipient_team_id recipient_user_id",
        "chat:write",
        20,
    ),
    "chat.appendStream": Method("channel ts", "markdown_text chunks", "chat:write"),
    "chat.stopStream": Method("channel ts", "markdown_text chunks blocks", "chat:write", 20),
    "views.open": Method("trigger_id view"),
    "views.push": Method("trigger_id view"),
    "views.update": Method("view_id view", "hash"),
    "views.publish": Method("user_id view", "hash"),
    "users.info": Method("user", "include_locale", "users:read"),
    "files.getUploadURLExternal": Method("filename length", "alt_txt snippet_type", "files:write", 20),
    "files.completeUploadExternal": Method("files", "channel_id thread_ts initial_comment", "files:write", 20),
    "usergroups.users.list": Method("usergroup", "include_disabled", "usergroups:read", 20),
    "conversations.history": Method("channel", "limit include_all_metadata cursor", "channels:history", 50),
    "assistant.threads.setStatus": Method("channel_id thread_ts status", "loading_messages", "assistant:write", 600),
}


@dataclass
class Post:
    """A message. ``to`` is the one person who sees it; None: everybody in the channel."""

    channel: str
    to: str | None
    text: str
    blocks: list[Json]
    ts: str
    thread_ts: str = ""
    streaming: bool = False
    versions: int = 1
    at: float = 0.0
    metadata: Json | None = None
    vanishes: bool = False
    """Whether it is there only until Slack is loaded again; no method changes such a message."""

    @property
    def shown(self) -> str:
        """What a person reads."""
        return read(self.blocks) if self.blocks else self.text


@dataclass
class View:
    """A modal, or somebody's App Home."""

    id: str
    user: str
    view: Json
    open: bool = True
    versions: int = 1

    @property
    def shown(self) -> str:
        """What a person reads."""
        return read(self.view["blocks"])


@dataclass
class ResponseUrl:
    """One ``response_url``. ``replaces`` is the message under the button that was pressed."""

    channel: str
    user: str
    replaces: Post | None
    made: float
    uses: int = 0


@dataclass
class Person:
    """Somebody of the workspace."""

    locale: str = "en-US"
    guest: bool = False
    admin: bool = False
    zone: str = "Europe/Helsinki"


@dataclass
class FakeSlack:
    """Start with ``await start()``; then ``api_url`` is what SLACK_API_URL must be."""

    scopes: tuple[str, ...] = SCOPES
    tokens: dict[str, str] = field(default_factory=lambda: {BOT_TOKEN: TEAM})
    people: dict[str, Person] = field(default_factory=dict)
    groups: dict[str, list[str]] = field(default_factory=dict)
    """The members of user groups."""
    absent_from: set[str] = field(default_factory=set)
    """Channels that the bot is not in."""
    posts: list[Post] = field(default_factory=list)
    views: dict[str, View] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)
    calls: list[tuple[str, Json]] = field(default_factory=list)
    files: list[tuple[str, str, str]] = field(default_factory=list)
    """Channel, name and content of what was uploaded."""
    faults: list[str] = field(default_factory=list)
    """What the app did that Slack would refuse, or that a reviewer would."""
    later: float = 0.0
    """Seconds that the clock of this Slack is ahead."""
    slow: dict[str, float] = field(default_factory=dict)
    """Seconds that a method takes to answer, once it did what it was asked."""
    minute: float = 60.0
    """Seconds that its rate limits count; fewer for a test that waits for them."""
    url: str = ""
    organisation_wide: bool = False
    """Whether somebody installs the app for all workspaces of an organisation."""

    def __post_init__(self) -> None:
        self._ids = itertools.count(1)
        self._triggers: dict[str, float] = {}
        self._urls: dict[str, ResponseUrl] = {}
        self._called: dict[str, deque[float]] = {}
        self._refusals: dict[str, deque[str]] = {}
        self._sockets: list[web.WebSocketResponse] = []
        self._uploads: dict[str, tuple[str, str]] = {}
        self.acked: dict[str, Json] = {}

    @property
    def api_url(self) -> str:
        """The address of the Web API."""
        return f"{self.url}/api/"

    def now(self) -> float:
        """This Slack's clock."""
        return time.monotonic() + self.later

    def refuse(self, method: str, *errors: str) -> None:
        """The next calls of a method get these errors; ``429`` is a rate limit of a second, ``500`` a broken server."""
        self._refusals.setdefault(method, deque()).extend(errors)

    def trigger(self) -> str:
        """A trigger id, good once within three seconds."""
        trigger = f"trigger.{next(self._ids)}"
        self._triggers[trigger] = self.now()
        return trigger

    def response_url(self, channel: str, user: str, *, replaces: Post | None = None) -> str:
        """A response_url, good five times within half an hour."""
        name = f"r{next(self._ids)}"
        self._urls[name] = ResponseUrl(channel, user, replaces, self.now())
        return f"{self.url}/response/{name}"

    def of(self, user: str) -> list[Post]:
        """What one person was shown in private."""
        return [post for post in self.posts if post.to == user]

    @property
    def public(self) -> list[Post]:
        """What stands in channels for everybody."""
        return [post for post in self.posts if post.to is None]

    def forget(self) -> None:
        """Begin anew."""
        for kept in (self.posts, self.views, self.homes, self.calls, self.faults, self._called, self._refusals):
            kept.clear()
        self.files.clear()
        self.later = 0.0

    def fault(self, what: str) -> None:
        """Remember that the app did something wrong."""
        self.faults.append(what)

    # --- serving ---

    async def start(self, port: int = 0) -> None:
        """Listen on loopback."""
        app = web.Application(client_max_size=2**24)
        app.router.add_post("/api/{method}", self._api)
        app.router.add_get("/api/{method}", self._api)
        app.router.add_post("/response/{name}", self._respond)
        app.router.add_post("/upload/{id}", self._upload)
        app.router.add_get("/socket", self._socket)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Stop listening."""
        await self._runner.cleanup()

    async def _api(self, request: web.Request) -> web.Response:
        name = request.match_info["method"]
        arguments = await _arguments(request)
        refusal = self._refusals.get(name)
        error = refusal.popleft() if refusal else ""
        wait = 1 if error == "429" else self._too_often(name)
        if wait:
            self.calls.append((f"{name} 429", arguments))
            body = {"ok": False, "error": "ratelimited"}
            return web.json_response(body, status=429, headers={"Retry-After": str(wait)})
        self.calls.append((name, arguments))
        if error == "500":
            return web.Response(status=500, text="upstream error")
        try:
            if error:
                raise Refused(error)
            answer = self._call(name, arguments, request)
        except Refused as refused:
            return web.json_response({"ok": False, "error": str(refused)})
        await asyncio.sleep(self.slow.get(name, 0))
        headers = {"X-OAuth-Scopes": ",".join(self.scopes)}
        return web.json_response({"ok": True, **answer}, headers=headers)

    def _too_often(self, name: str) -> int:
        """How many seconds to wait before this method may be called again."""
        called = self._called.setdefault(name, deque())
        while called and called[0] < self.now() - self.minute:
            called.popleft()
        if name in METHODS and len(called) >= METHODS[name].a_minute:
            return math.ceil(called[0] + self.minute - self.now())
        called.append(self.now())
        return 0

    def _call(self, name: str, arguments: Json, request: web.Request) -> Json:
        method = METHODS.get(name)
        if method is None:
            self.fault(f"unknown method {name}")
            raise Refused("unknown_method")
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token.startswith("Basic "):
            client = base64.b64decode(token.removeprefix("Basic ")).decode()
            arguments = {**arguments, **dict(zip(("client_id", "client_secret"), client.split(":"), strict=True))}
        if name == "apps.connections.open":
            if token != APP_TOKEN:
                raise Refused("invalid_auth")
        elif name != "oauth.v2.access" and token not in self.tokens:
            raise Refused("invalid_auth")
        if method.scope and method.scope not in self.scopes:
            raise Refused("missing_scope")
        needs, takes = set(method.needs.split()), {*method.takes.split(), "team_id"}
        for missing in needs - set(arguments):
            self.fault(f"{name} without {missing}")
            raise Refused("invalid_arguments")
        for unknown in set(arguments) - needs - takes:
            self.fault(f"{name} with {unknown}")
        if name == "auth.test":
            return {"team_id": self.tokens[token], "user_id": BOT_USER, "bot_id": "B0BOT", "team": "Team", "url": "u"}
        handler: Callable[[Json], Json] = getattr(self, "_" + name.replace(".", "_"))
        return handler(arguments)

    # --- messages ---

    def _checked(self, blocks: list[Json], text: str, where: str) -> None:
        found = faults(blocks, "message") + faults_of_text(text)
        if not text:
            found.append("no text")
        if found:
            for fault in found:
                self.fault(f"{where}: {fault}")
            raise Refused("invalid_blocks")

    def _new(self, channel: str, to: str | None, arguments: Json) -> Post:
        self._checked(arguments.get("blocks", []), arguments["text"], "a message")
        ts = f"{1_700_000_000 + next(self._ids)}.000100"
        thread = arguments.get("thread_ts", "")
        post = Post(channel, to, arguments["text"], arguments.get("blocks", []), ts, thread, at=self.now())
        self.posts.append(post)
        return post

    def _chat_postMessage(self, arguments: Json) -> Json:  # noqa: N802
        channel = arguments["channel"]
        if channel.startswith("U"):
            channel = f"D{channel[1:]}"
        if channel in self.absent_from:
            raise Refused("not_in_channel")
        post = self._new(channel, _owner(channel), arguments)
        post.metadata = arguments.get("metadata")
        return {"channel": channel, "ts": post.ts, "message": {"text": post.text}}

    def _chat_postEphemeral(self, arguments: Json) -> Json:  # noqa: N802
        if arguments["channel"] in self.absent_from:
            raise Refused("channel_not_found")
        post = self._new(arguments["channel"], arguments["user"], arguments)
        post.vanishes = True
        return {"message_ts": post.ts}

    def _existing(self, arguments: Json) -> Post:
        for post in self.posts:
            if (post.channel, post.ts) == (arguments["channel"], arguments["ts"]):
                return post
        raise Refused("message_not_found")

    def _chat_update(self, arguments: Json) -> Json:
        post = self._existing(arguments)
        if post.vanishes:
            raise Refused("cant_update_message")
        if post.streaming:
            raise Refused("streaming_state_conflict")
        self._checked(arguments.get("blocks", []), arguments["text"], "chat.update")
        post.text, post.blocks = arguments["text"], arguments.get("blocks", [])
        post.versions += 1
        return {"channel": post.channel, "ts": post.ts}

    def _chat_startStream(self, arguments: Json) -> Json:  # noqa: N802
        channel = arguments["channel"]
        if not channel.startswith("D") and "recipient_user_id" not in arguments:
            raise Refused("missing_recipient_user_id")
        text = _streamed(arguments)
        ts = f"{1_700_000_000 + next(self._ids)}.000100"
        post = Post(channel, _owner(channel), text, [], ts, arguments["thread_ts"], streaming=True, at=self.now())
        self.posts.append(post)
        return {"channel": channel, "ts": ts}

    def _chat_appendStream(self, arguments: Json) -> Json:  # noqa: N802
        post = self._existing(arguments)
        if not post.streaming:
            raise Refused("message_not_in_streaming_state")
        post.text += _streamed(arguments)
        return {"channel": post.channel, "ts": post.ts}

    def _chat_stopStream(self, arguments: Json) -> Json:  # noqa: N802
        self._chat_appendStream(arguments)
        self._existing(arguments).streaming = False
        return {"channel": arguments["channel"], "ts": arguments["ts"]}

    async def _respond(self, request: web.Request) -> web.Response:
        known = self._urls.get(request.match_info["name"])
        body = await request.json()
        self.calls.append(("response_url", body))
        refusal = self._refusals.get("response_url")
        if refusal:
            return web.Response(status=int(refusal.popleft()), text="broken")
        if known is None or known.uses >= URL_USES or known.made < self.now() - URL_LIVES:
            return web.Response(status=404, text="used_url" if known and known.uses >= URL_USES else "expired_url")
        known.uses += 1
        if body.get("response_type") == "in_channel":
            self._new(known.channel, None, body)
            return web.Response(text="ok")
        try:
            if body.get("replace_original") and known.replaces:
                self._checked(body.get("blocks", []), body["text"], "response_url")
                known.replaces.text, known.replaces.blocks = body["text"], body.get("blocks", [])
                known.replaces.versions += 1
            else:
                self._new(known.channel, known.user, body).vanishes = True
        except Refused as refused:
            return web.Response(status=400, text=str(refused))
        return web.Response(text="ok")

    # --- views ---

    def _viewed(self, view: Json, *, home: bool = False) -> None:
        found = faults_of_view(view)
        if (view.get("type") == "home") != home:
            found.append(f"a view of type {view.get('type')}")
        if found:
            for fault in found:
                self.fault(f"a view: {fault}")
            raise Refused("invalid_arguments")

    def _opened(self, arguments: Json) -> Json:
        made = self._triggers.pop(arguments["trigger_id"], None)
        if made is None:
            raise Refused(
                "exchanged_trigger_id" if arguments["trigger_id"].startswith("trigger.") else "invalid_trigger"
            )
        if made < self.now() - TRIGGER_LIVES:
            raise Refused("expired_trigger_id")
        self._viewed(arguments["view"])
        view = View(f"V{next(self._ids)}", "", arguments["view"])
        self.views[view.id] = view
        return {"view": {"id": view.id, **arguments["view"]}}

    _views_open = _views_push = _opened

    def _views_update(self, arguments: Json) -> Json:
        view = self.views.get(arguments["view_id"])
        if view is None or not view.open:
            raise Refused("not_found")
        self._viewed(arguments["view"])
        view.view = arguments["view"]
        view.versions += 1
        return {"view": {"id": view.id, **view.view}}

    def _views_publish(self, arguments: Json) -> Json:
        self._viewed(arguments["view"], home=True)
        user = arguments["user_id"]
        before = self.homes.get(user)
        self.homes[user] = View(f"H{user}", user, arguments["view"], versions=before.versions + 1 if before else 1)
        return {"view": {"id": f"H{user}", **arguments["view"]}}

    # --- the rest ---

    def _users_info(self, arguments: Json) -> Json:
        person = self.people.setdefault(arguments["user"], Person())
        user: Json = {
            "id": arguments["user"],
            "tz": person.zone,
            "is_restricted": person.guest,
            "is_admin": person.admin,
            "real_name": f"Name of {arguments['user']}",
        }
        if arguments.get("include_locale"):
            user["locale"] = person.locale
        return {"user": user}

    def _files_getUploadURLExternal(self, arguments: Json) -> Json:  # noqa: N802
        id = f"F{next(self._ids)}"
        self._uploads[id] = (arguments["filename"], "")
        return {"upload_url": f"{self.url}/upload/{id}", "file_id": id}

    async def _upload(self, request: web.Request) -> web.Response:
        id = request.match_info["id"]
        self._uploads[id] = (self._uploads[id][0], (await request.read()).decode("utf-8", "replace"))
        return web.Response(text="OK")

    def _files_completeUploadExternal(self, arguments: Json) -> Json:  # noqa: N802
        for file in arguments["files"]:
            self.files.append((arguments["channel_id"], *self._uploads[file["id"]]))
        return {"files": arguments["files"]}

    def _usergroups_users_list(self, arguments: Json) -> Json:
        if arguments["usergroup"] not in self.groups:
            raise Refused("no_such_subteam")
        return {"users": self.groups[arguments["usergroup"]]}

    def _conversations_history(self, arguments: Json) -> Json:
        if arguments["channel"] in self.absent_from:
            raise Refused("not_in_channel")
        found = [post for post in reversed(self.public) if post.channel == arguments["channel"]]
        start, limit = int(arguments.get("cursor") or 0), int(arguments.get("limit", 100))
        page = found[start : start + limit]
        with_metadata = arguments.get("include_all_metadata") in (True, "1", "true")
        messages = [
            {
                "ts": post.ts,
                "text": post.text,
                **({"metadata": post.metadata} if post.metadata and with_metadata else {}),
            }
            for post in page
        ]
        more = start + limit < len(found)
        return {
            "messages": messages,
            "has_more": more,
            "response_metadata": {"next_cursor": str(start + limit) if more else ""},
        }

    def _assistant_threads_setStatus(self, arguments: Json) -> Json:  # noqa: N802
        return {}

    def _apps_connections_open(self, arguments: Json) -> Json:
        return {"url": f"ws{self.url.removeprefix('http')}/socket"}

    def _oauth_v2_access(self, arguments: Json) -> Json:
        if "code" in arguments and arguments["code"] != "good-code":
            raise Refused("invalid_code")
        team = "T0OTHER"
        token = f"xoxe.xoxb-{next(self._ids)}"
        self.tokens[token] = team
        return {
            "access_token": token,
            "refresh_token": f"xoxe-1-{next(self._ids)}",
            "expires_in": 43200,
            "token_type": "bot",
            "scope": ",".join(self.scopes),
            "bot_user_id": BOT_USER,
            "app_id": "A0APP",
            "team": None if self.organisation_wide else {"id": team, "name": "Other"},
            "enterprise": {"id": "E0ORG", "name": "Org"} if self.organisation_wide else None,
            "authed_user": {"id": "U0INSTALLER"},
            "is_enterprise_install": self.organisation_wide,
        }

    # --- Socket Mode ---

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1})
        self._sockets.append(socket)
        async for message in socket:
            if message.type is WSMsgType.TEXT and message.data.startswith("{"):
                answer = json.loads(message.data)
                self.acked[answer["envelope_id"]] = answer.get("payload") or {}
        return socket

    @property
    def connected(self) -> bool:
        """Whether the app listens in Socket Mode."""
        return any(not socket.closed for socket in self._sockets)

    async def frame(self, kind: str, payload: Json) -> str:
        """Send an envelope over Socket Mode; its id."""
        envelope = f"e{next(self._ids)}"
        frame = {"envelope_id": envelope, "type": kind, "payload": payload, "accepts_response_payload": True}
        await self._sockets[-1].send_json(frame)
        return envelope


async def _arguments(request: web.Request) -> Json:
    if request.method == "GET":
        return dict(request.query)
    body = await request.text()
    if request.content_type == "application/json":
        return dict(json.loads(body)) if body else {}
    arguments: Json = {**request.query, **dict(parse_qsl(body, keep_blank_values=True))}
    for name in ("blocks", "view", "chunks", "loading_messages", "metadata", "files"):
        if isinstance(arguments.get(name), str):
            arguments[name] = json.loads(arguments[name])
    return arguments


def _owner(channel: str) -> str | None:
    """The person whose direct messages a channel is."""
    return f"U{channel[1:]}" if channel.startswith("D") else None


def _streamed(arguments: Json) -> str:
    said = [chunk.get("text", "") or f"\n[{chunk.get('title')}]" for chunk in arguments.get("chunks", [])]
    return str(arguments.get("markdown_text", "")) + "".join(said)
