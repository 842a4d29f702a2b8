"""Who gets in: nobody without a token that the Bot Framework signed for this bot, and only one's own organisation."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.edges.teams.fake_connector import CLIENT, TENANT
from tests.edges.teams.harness import BLAME, Harness

OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def unsigned(app: Harness) -> str:
    _, body, _ = app.connector.token().split(".")
    none = base64.urlsafe_b64encode(json.dumps({"alg": "none", "kid": "k1"}).encode()).rstrip(b"=").decode()
    return f"{none}.{body}."


BAD: dict[str, Callable[[Harness], str]] = {
    "no token": lambda app: "",
    "no words of one": lambda app: "nonsense",
    "three parts of nonsense": lambda app: "a.b.c",
    "signed by somebody else": lambda app: app.connector.token(key=OTHER),
    "signed by an unknown key": lambda app: app.connector.token(key=OTHER, kid="k2"),
    "signed with a shared secret": lambda app: app.connector.token(key="s" * 32, algorithm="HS256"),
    "not signed": unsigned,
    "a changed signature": lambda app: app.connector.token()[:-4] + "AAAA",
    "for another bot": lambda app: app.connector.token(aud="99999999-2222-3333-4444-555555555555"),
    "for nobody": lambda app: app.connector.token(aud=None),
    "by another issuer": lambda app: app.connector.token(iss="https://evil.example"),
    "by a tenant of Entra": lambda app: app.connector.token(iss=f"https://sts.windows.net/{TENANT}/", tid=TENANT),
    "by nobody": lambda app: app.connector.token(iss=None),
    "expired": lambda app: app.connector.token(exp=int(time.time()) - 600),
    "without an end": lambda app: app.connector.token(exp="never"),
    "not valid yet": lambda app: app.connector.token(nbf=int(time.time()) + 3600),
    "issued in the future": lambda app: app.connector.token(iat=int(time.time()) + 3600),
    "for another service": lambda app: app.connector.token(serviceurl="https://evil.example"),
    "for no service": lambda app: app.connector.token(serviceurl=None),
    "far too long": lambda app: "a" * 50_000,
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_token_is_refused(app: Harness, name: str) -> None:
    activity = json.dumps(app.activity(app.somebody(), text=BLAME))
    answer = app.post(activity, Authorization=f"Bearer {BAD[name](app)}")
    assert answer.status_code == 401
    assert answer.content == b""


@pytest.mark.parametrize("header", ["", "Bearer", "Basic Ym90OmJvdA==", "Digest x"])
def test_no_bearer_is_refused(app: Harness, header: str) -> None:
    assert app.post(json.dumps(app.activity(app.somebody())), Authorization=header).status_code == 401


def test_a_right_token_is_let_in(app: Harness) -> None:
    agent = app.somebody()
    for audience in (CLIENT, f"api://{CLIENT}"):
        assert app.send(app.activity(agent, text="help"), app.connector.token(aud=audience)).status_code == 200
    app.sees(agent, "Ask me before you send")


def test_the_switch_of_the_sdk_that_lets_anybody_in_does_nothing(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS", "true")
    app = Harness(tmp_path_factory.mktemp("open"))
    try:
        answer = app.post(json.dumps(app.activity(app.somebody(), text=BLAME)), Authorization="")
        assert answer.status_code == 401
        assert app.connector.posts == []
    finally:
        app.stop()


@pytest.mark.parametrize("told", [
    {"channelData": {"tenant": {"id": "bbbbbbbb-bbbb-cccc-dddd-eeeeeeeeeeee"}}},
    {"channelData": {}, "conversation": {"id": "a:x", "conversationType": "personal"}},
    {"channelData": {}, "conversation": {"id": "a:x", "tenantId": "bbbbbbbb-bbbb-cccc-dddd-eeeeeeeeeeee"}},
    {"channelData": {"tenant": "x"}, "conversation": {"id": "a:x", "tenantId": 7}},
])  # fmt: skip
def test_another_organisation_is_refused(app: Harness, told: dict[str, object]) -> None:
    agent = app.somebody()
    assert app.send(app.activity(agent, text=BLAME) | told).status_code == 403
    app.settled()
    assert app.connector.posts == []


def test_keys_that_cannot_be_read_ask_to_send_again(tmp_path_factory: pytest.TempPathFactory) -> None:
    nowhere = "http://127.0.0.1:9/v1/.well-known/openidconfiguration"
    app = Harness(tmp_path_factory.mktemp("nowhere"), teams_openid_metadata_url=nowhere)
    try:
        assert app.send(app.activity(app.somebody(), text=BLAME)).status_code == 503
    finally:
        app.stop()
