"""A Bot Connector on loopback, with the key set beside it: strict about what it is sent, and able to fail.

It records every message with who can see it. Served by threads of its own, so that the app may block on it.
"""

from __future__ import annotations

import itertools
import json
import threading
import time
import uuid
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.edges.teams.adaptive import Json, faults_of_card, rendered

CLIENT = "11111111-2222-3333-4444-555555555555"
TENANT = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"
TOKEN = "connector-token"
CARD = "application/vnd.microsoft.card.adaptive"
FILES = {
    "application/vnd.microsoft.teams.card.file.consent",
    "application/vnd.microsoft.teams.card.file.info",
}
ISSUER = "https://api.botframework.com"
KNOWN = {
    "type", "id", "text", "textFormat", "summary", "attachments", "entities", "channelData", "suggestedActions",
    "from", "conversation", "recipient", "channelId", "replyToId",
}  # fmt: skip


@dataclass
class Post:
    """A message as it stands; ``to`` is who alone sees it, nobody in particular where all do."""

    conversation: str
    to: str
    id: str
    activity: Json
    versions: list[Json] = field(default_factory=list)
    at: float = field(default_factory=time.monotonic)

    @property
    def card(self) -> Json:
        attached: list[Json] = self.activity.get("attachments", [])
        return dict(attached[0]["content"]) if attached and attached[0]["contentType"] == CARD else {}

    @property
    def file(self) -> Json:
        """A file that is offered, or that is there."""
        attached: list[Json] = self.activity.get("attachments", [])
        return attached[0] if attached and attached[0]["contentType"] in FILES else {}

    @property
    def text(self) -> str:
        return str(self.activity.get("text", ""))

    @property
    def shown(self) -> str:
        return "\n".join(part for part in (self.text, rendered(self.card) if self.card else "") if part)


@cache
def _key() -> rsa.RSAPrivateKey:
    """Made once: it takes a second."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class FakeConnector:
    """``fail`` holds what the next requests are answered with: a status and headers."""

    def __init__(self) -> None:
        self.posts: list[Post] = []
        self.faults: list[str] = []
        self.requests: list[tuple[str, str]] = []
        self.fail: list[tuple[int, dict[str, str]]] = []
        self.no_targeted = False
        self.personal: dict[str, str] = {}
        self.channels: dict[str, str] = {}
        self.nobody: set[str] = set()
        self.key = _key()
        self._ids = itertools.count(1_700_000_000_000)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def metadata_url(self) -> str:
        return f"{self.url}/v1/.well-known/openidconfiguration"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def token(self, *, key: Any = None, kid: str = "k1", algorithm: str = "RS256", **claims: Any) -> str:
        """A token as the Bot Framework makes it, but for what is given."""
        now = int(time.time())
        given = {
            "iss": ISSUER, "aud": CLIENT, "serviceurl": self.url, "iat": now, "nbf": now, "exp": now + 3600, **claims,
        }  # fmt: skip
        kept = {name: value for name, value in given.items() if value is not None}
        return jwt.encode(kept, self.key if key is None else key, algorithm=algorithm, headers={"kid": kid})

    def of(self, user: str) -> list[Post]:
        """What somebody was shown in private."""
        return [post for post in self.posts if post.to == user]

    @property
    def public(self) -> list[Post]:
        return [post for post in self.posts if not post.to]

    def forget(self) -> None:
        for kept in (self.posts, self.faults, self.requests, self.fail):
            kept.clear()
        self.no_targeted = False

    def answer(self, method: str, url: str, headers: Any, body: Json) -> tuple[int, Json, dict[str, str]]:
        parts = urlsplit(url)
        path = [unquote(part) for part in parts.path.split("/") if part]
        if path == ["v1", ".well-known", "keys"]:
            jwk = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
            return 200, {"keys": [jwk | {"kid": "k1", "use": "sig", "alg": "RS256"}]}, {}
        self.requests.append((method, parts.path))
        if self.fail:
            status, extra = self.fail.pop(0)
            return status, {"error": {"code": "Failed", "message": "told to fail"}}, extra
        if headers.get("Authorization") != f"Bearer {TOKEN}":
            self.faults.append(f"{method} {parts.path} without the token")
            return 401, {}, {}
        if method == "GET" and path[:2] == ["v3", "teams"] and path[3:] == ["conversations"]:
            return 200, {"conversations": [{"id": id, "name": name} for id, name in self.channels.items()]}, {}
        if method == "GET" and path[:2] == ["v3", "conversations"] and path[3:4] == ["members"]:
            return self._member(path[4])
        if method == "POST" and path == ["v3", "conversations"]:
            return self._begun(body)
        targeted = parse_qs(parts.query).get("isTargetedActivity") == ["true"]
        if path[:2] == ["v3", "conversations"] and path[3:4] == ["activities"]:
            return self._activity(method, path[2], path[4] if len(path) > 4 else "", body, targeted)
        self.faults.append(f"unknown {method} {parts.path}")
        return 404, {}, {}

    def _member(self, id: str) -> tuple[int, Json, dict[str, str]]:
        """Everybody is called Anna, but whoever ``nobody`` lists."""
        if id in self.nobody:
            return 404, {}, {}
        return 200, {"id": id, "aadObjectId": str(uuid.uuid5(uuid.NAMESPACE_URL, id)), "name": "Anna"}, {}

    def _begun(self, body: Json) -> tuple[int, Json, dict[str, str]]:
        if body.get("tenantId") != TENANT or len(body.get("members", [])) != 1 or not body.get("bot"):
            self.faults.append(f"bad conversation {body}")
            return 400, {}, {}
        user = body["members"][0]["id"]
        id = f"a:{user}"
        self.personal[id] = user
        return 201, {"id": id}, {}

    def _activity(
        self, method: str, conversation: str, id: str, body: Json, targeted: bool
    ) -> tuple[int, Json, dict[str, str]]:
        self.faults += [f"unknown field {name}" for name in set(body) - KNOWN]
        for attachment in body.get("attachments", []):
            if attachment["contentType"] == CARD:
                self.faults += faults_of_card(attachment["content"])
            elif attachment["contentType"] not in FILES or not attachment.get("name"):
                self.faults.append(f"unknown attachment {attachment}")
        if "text" in body and body["type"] == "message" and "textFormat" not in body and not streams(body):
            self.faults.append("text in no stated format")
        if targeted and self.no_targeted:
            return 403, {"error": {"code": "NotSupported", "message": "targeted messages are off"}}, {}
        if method == "PUT":
            post = next((one for one in self.posts if (one.conversation, one.id) == (conversation, id)), None)
            if post is None:
                return 404, {}, {}
            post.versions.append(post.activity)
            post.activity = body
            return 200, {"id": id}, {}
        if targeted != bool(body.get("recipient", {}).get("isTargeted")):
            self.faults.append("targeted in name only")
        to = body["recipient"]["id"] if targeted else self.personal.get(conversation, "")
        stream = streams(body)
        if stream and stream.get("streamId"):
            begun = next((one for one in self.posts if one.id == stream["streamId"]), None)
            if begun is None:
                return 404, {}, {}
            post = begun
            post.versions.append(post.activity)
            post.activity = body
            return 202, {}, {}
        made = Post(conversation, to, str(next(self._ids)), body)
        self.posts.append(made)
        return 201, {"id": made.id}, {}


def streams(activity: Json) -> Json:
    """What an activity says of the stream that it belongs to."""
    return next((one for one in activity.get("entities", []) if one.get("type") == "streaminfo"), {})


def _handler(fake: FakeConnector) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            try:
                status, body, extra = fake.answer(self.command, self.path, self.headers, json.loads(raw or b"{}"))
            except Exception as error:
                fake.faults.append(f"{self.command} {self.path}: {error!r}")
                status, body, extra = 500, {}, {}
            sent = json.dumps(body).encode()
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **extra}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        do_GET = do_POST = do_PUT = do_DELETE = _serve  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    return Handler
