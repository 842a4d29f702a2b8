"""Owners are reminded once of what is due, and hear what is said to be wrong, with the passage and without the name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from sqlalchemy import Engine

from bot.coaching.model import Care, Passage, Source
from bot.desk.model import Person
from bot.rituals.errors import Refused
from bot.rituals.keeping import Keeper, Owners
from bot.rituals.model import Team
from bot.settings import platform_of
from bot.store.reminders import SqlReminders
from tests.fakes import Clock
from tests.test_coach import SHELF

ANNA = Person(platform="slack", workspace="T1", id="U1")
TEAM = Team(platform="slack", workspace="T1")
SOURCE = Source(id="s", file="culture.md", title="Our culture", author="Mia", language="en")
PASSAGE = Passage(
    id="fact/a/en", text="We answer within a day.", source=SOURCE, language="en", kind="fact", card="fact/a"
)
OWN = Passage(id="own/1", text="Shops open at nine.", source=SOURCE, language="en", kind="document")
CARE = {
    "fact/a": Care(card="fact/a", owner="people lead", review_by=date(2026, 11, 1)),
    "fact/b": Care(card="fact/b", owner="service lead", review_by=date(2027, 1, 1)),
    "touch/c": Care(card="touch/c", owner="", review_by=date(2026, 10, 1)),
}


class Post:
    """What owners are told; ``gone`` cannot be written to."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str, dict[str, object]]] = []
        self.gone = False

    def step(self, walk: object, told: object) -> None:
        raise AssertionError("no step is due")

    def tell(self, person: Person, sentence: str, **values: object) -> None:
        if self.gone:
            raise Refused("not-allowed")
        self.said.append((person.id, sentence, values))


@pytest.fixture
def post() -> Post:
    return Post()


def keeper(engine: Engine, post: Post, clock: Clock, *owners: str) -> Keeper:
    def cited(ids: Sequence[str]) -> list[Passage]:
        return [passage for passage in (PASSAGE, OWN) if passage.id in ids]

    return Keeper(
        lambda: CARE,
        cited,
        Owners(owners, platform_of),
        SqlReminders(engine),
        {"slack": post},
        lambda: [TEAM],
        hide=lambda text, language: text.replace("Jan", "[NAME]"),
        now=clock,
    )


def test_each_owner_is_reminded_once_by_whatever_process(engine: Engine, post: Post, clock: Clock) -> None:
    given = ("people lead=UPEOPLE", "UREST")
    for _ in range(3):
        keeper(engine, post, clock, *given).tick()
    told = sorted((id, values["cards"]) for id, _, values in post.said)
    assert told == [("UPEOPLE", "fact/a"), ("UREST", "touch/c")]


def test_once_more_is_due_the_owner_hears_of_that_alone(engine: Engine, post: Post, clock: Clock) -> None:
    keeper(engine, post, clock, "UREST").tick()
    clock.to("2027-02-01T12:00")
    keeper(engine, post, clock, "UREST").tick()
    assert [values["cards"] for _, _, values in post.said] == ["fact/a, touch/c", "fact/b"]


def test_where_nobody_is_set_nobody_is_reminded(engine: Engine, post: Post, clock: Clock) -> None:
    keeper(engine, post, clock).tick()
    keeper(engine, post, clock, "people lead=29c0ffee-0000-4000-8000-00000000000a").tick()  # somebody in Teams
    assert post.said == []


def test_the_owner_gets_the_passage_and_no_name(engine: Engine, post: Post, clock: Clock) -> None:
    passed = keeper(engine, post, clock, "people lead=UPEOPLE").wrong(
        ANNA, PASSAGE.id, "Jan says it is two days.", "en", named=False
    )
    assert passed == "told"
    [(owner, sentence, values)] = post.said
    assert (owner, sentence) == ("UPEOPLE", "keeping.wrong")
    assert values == {
        "passage": "We answer within a day.",
        "source": str(SOURCE),
        "remark": "[NAME] says it is two days.",
    }
    assert SHELF.wording("nl").say(sentence, **values)


def test_who_agrees_is_named(engine: Engine, post: Post, clock: Clock) -> None:
    keeper(engine, post, clock, "UREST").wrong(ANNA, PASSAGE.id, "", "en", named=True)
    [(_, sentence, values)] = post.said
    assert (sentence, values["who"], values["remark"]) == ("keeping.wrong-named", "U1", "–")


def test_a_document_of_the_company_goes_to_whoever_keeps_the_rest(engine: Engine, post: Post, clock: Clock) -> None:
    assert keeper(engine, post, clock, "people lead=UPEOPLE").wrong(ANNA, OWN.id, "", "en", named=False) == "nobody"
    assert keeper(engine, post, clock, "UREST").wrong(ANNA, OWN.id, "", "en", named=False) == "told"


def test_what_cannot_be_passed_on_is_said_honestly(engine: Engine, post: Post, clock: Clock) -> None:
    one = keeper(engine, post, clock, "UREST")
    assert one.wrong(ANNA, "fact/gone/en", "", "en", named=False) == "gone"
    post.gone = True
    assert one.wrong(ANNA, PASSAGE.id, "", "en", named=False) == "failed"
