"""Who the best customers are, as another system tells: over HTTP with a secret, and what an agent then sees."""

from __future__ import annotations

import json
from datetime import date

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, text

from bot.coaching.ledger import Budget
from bot.desk.model import Person
from bot.rituals.evidence.reporting import Reporter
from bot.rituals.gifts.customers import receive
from bot.rituals.gifts.giving import Giver
from bot.rituals.model import Team
from bot.store.evidence import SqlEvidence
from bot.store.ledger import SqlGestures
from bot.store.people import SqlPeople
from bot.store.pseudonyms import Pseudonyms
from bot.store.seal import Seal
from bot.web import Customers, web_app
from tests.fakes import Clock
from tests.store.conftest import review

TEAM = Team(platform="slack", workspace="T1")
SECRET = "s" * 32
ALLOWED = {"Authorization": f"Bearer {SECRET}"}


class Web:
    """The route, and what stands behind it."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        pseudonyms, gestures = Pseudonyms("a secret of the tests"), SqlGestures(engine, Seal("a secret of the tests"))
        budget = Budget(a_month=100, at_once=100, currency="EUR")
        self.giver = Giver(gestures, budget, pseudonyms, lambda language: [], hide=lambda text, _: text, now=clock)
        reporter = Reporter(SqlEvidence(engine), gestures, pseudonyms, now=clock)
        customers = Customers(SECRET, lambda body: receive(body, self.giver, reporter))
        self.client = TestClient(web_app(None, lambda: True, customers=customers))

    def tell(self, told: object, headers: dict[str, str] = ALLOWED) -> tuple[int, dict[str, object]]:
        answer = self.client.post("/customers", content=json.dumps(told), headers=headers)
        return answer.status_code, answer.json() if answer.content else {}


@pytest.fixture
def web(engine: Engine, clock: Clock) -> Web:
    person = Person(platform="slack", workspace="T1", id="U1")
    SqlPeople(engine, Seal("a secret of the tests")).reviewed(person, "j1", date(2026, 10, 1), review())
    return Web(engine, clock)


def listed(**values: float) -> dict[str, object]:
    return {"customers": [{"customer": id, "lifetime_value": value, "active": True} for id, value in values.items()]}


def test_a_whole_list_takes_the_place_of_the_one_before(web: Web, engine: Engine) -> None:
    assert web.tell(listed(a=10, b=1000)) == (200, {"best": 1})
    assert web.giver.is_best(TEAM, "#B ")
    assert web.tell(listed(a=2000, b=1000)) == (200, {"best": 1})
    assert not web.giver.is_best(TEAM, "b")
    with engine.connect() as connection:
        assert len(connection.execute(text("SELECT customer FROM best_customers")).scalar() or "") == 64


def test_one_customer_is_told_as_it_happens(web: Web) -> None:
    assert web.tell({"customer": 8841, "best": True}) == (200, {"best": 1})
    assert web.tell({"customer": "8841", "best": True}) == (200, {"best": 1})
    assert web.giver.is_best(TEAM, "8841")
    assert web.tell({"customer": "8841", "best": False}) == (200, {"best": 0})
    assert not web.giver.is_best(TEAM, "8841")


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer "}, {"Authorization": f"Bearer {SECRET[:-1]}"}])
def test_nobody_gets_in_without_the_secret(web: Web, headers: dict[str, str]) -> None:
    assert web.tell(listed(a=1), headers) == (401, {})


@pytest.mark.parametrize("told", [
    {}, [], {"customers": [{"customer": "a"}]}, {"customers": [{"customer": "", "lifetime_value": 1, "active": True}]},
    {"customer": "a"}, {"customer": "a", "best": True, "customers": []}, {"customer": "a", "best": True, "else": 1},
    {"workspace": "T9", "customer": "a", "best": True}, "=cmd()",
])  # fmt: skip
def test_what_cannot_be_taken_is_said_in_a_sentence_that_repeats_nothing(web: Web, told: object) -> None:
    status, answer = web.tell(told)
    assert status == 400
    assert str(answer["error"]).endswith(".")
    assert "cmd" not in str(answer["error"])


def test_without_a_secret_there_is_no_route() -> None:
    assert TestClient(web_app(None, lambda: True)).post("/customers").status_code == 404
