"""What a tap for the reader and the channel changes in a review, in three languages; and that none changes nothing."""

from __future__ import annotations

from typing import Any

import pytest

from bot.coaching.model import Draft, Review
from bot.desk.desk import Desk
from bot.desk.model import Job, Wish
from tests.desk.test_desk import ANNA, ASKED, MOVED, new_desk
from tests.fakes import ScriptedModel
from tests.test_coach import CALM, SHELF

JARGON = [
    ("en", "Hi Tom, our back office has to approve it.", "Is it with your back office?"),
    ("nl", "Dag Tom, het bedrag wordt gestorneerd.", "Wanneer is het gestorneerd?"),
    ("fi", "Hei Tom, olen eskaloinut asian.", "Olen pettynyt: onko kukaan eskaloinut tätä?"),
]
GREETED = {
    "en": "Hi Tom, it leaves today.",
    "nl": "Beste Tom, het gaat vandaag weg.",
    "fi": "Hei Tom, se lähtee tänään.",
}
BARE = {"en": "It leaves today.", "nl": "Het gaat vandaag weg.", "fi": "Se lähtee tänään."}
NOTES = ("public", "social-long", "chat-long", "no-greeting")
PRIVATE = {
    "en": "Hi Tom, thanks for asking! Order 8829-1174 leaves today, the link goes to tom@home.example.",
    "nl": "Dag Tom, dank voor je vraag! Bestelling 8829-1174 gaat vandaag weg, de link gaat naar tom@home.example.",
    "fi": "Hei Tom, kiitos kysymyksestä! Tilaus 8829-1174 lähtee tänään, linkki menee osoitteeseen tom@home.example.",
}


def reviewed(text: str, customer: str = "", desk: Desk | None = None, **told: Any) -> Review:
    desk = desk or new_desk()
    id = f"j{len(desk.kept('slack'))}"
    desk.take(Job(id=id, person=ANNA, draft=Draft(text=text, customer=customer), **told))
    return desk.first(id)


def notes(language: str, review: Review) -> list[str]:
    """What is said of the setting."""
    fixed = [SHELF.wording(language).sentences[f"setting.{name}"].split("{")[0] for name in NOTES]
    return [note for note in review.notes if note.startswith(tuple(fixed))]


def jargon(review: Review) -> list[str]:
    return [finding.quote or "" for finding in review.findings if finding.criterion == "jargon"]


@pytest.mark.parametrize(("language", "text", "customer"), JARGON)
def test_an_expert_s_own_words_are_no_jargon_to_them(language: str, text: str, customer: str) -> None:
    assert jargon(reviewed(text, customer))
    assert jargon(reviewed(text, "", reader="expert"))
    found = reviewed(text, customer, reader="expert")
    assert not jargon(found)
    assert (found.verdict == "send") == (not found.findings)
    assert found.rewrite is None or not found.rewrite.edits or found.findings


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"reader": "expert", "channel": "social"}, "Who reads it: expert\nWhere it goes: social"),
        ({}, "Who reads it: not told\nWhere it goes: not told"),
    ],
)
def test_a_model_is_told_of_reader_and_channel(told: dict[str, str], said: str) -> None:
    model = ScriptedModel(CALM)
    desk = new_desk(model)
    reviewed(MOVED, ASKED, desk, **told)
    desk.deeper("j0")
    assert said in model.asked[0][-1].text


def test_an_expert_is_taught_nothing() -> None:
    teaching = {touch.idea for touch in SHELF.catalogue("en").values() if touch.kind == "educational"}
    desk = new_desk()
    found = reviewed(MOVED, ASKED, desk, reader="expert")
    shown = set()
    for _ in range(12):
        if found.touch:
            shown.add(found.touch.idea)
        found = desk.again("j0", Wish(kind="touch"))
    assert shown
    assert not shown & teaching


@pytest.mark.parametrize("language", ["en", "nl", "fi"])
def test_nothing_of_one_customer_stands_in_public(language: str) -> None:
    say = SHELF.wording(language).say
    found = reviewed(PRIVATE[language], channel="social")
    assert found.verdict == "hold"
    assert found.headline == say("headline.public", details=f"“8829-1174” {say('and')} “tom@home.example”")
    assert say("setting.public") in found.notes
    assert found.touch is None
    assert reviewed(GREETED[language], channel="social").verdict == "send"


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Hi Anna, we are open from 9:00 to 17:30 on 2026-12-24 and on 24.12.2026.", False),
        ("Hi Anna, the jacket is 129,00 euros, and 10,000 people wear one.", False),
        ("Hi Anna, call us at 020 624 1111.", True),
        ("Hi Anna, your case #4471 is solved.", True),
    ],
)
def test_a_date_a_price_and_a_first_name_may_stand_in_public(text: str, held: bool) -> None:
    assert (reviewed(text, channel="social").verdict == "hold") == held


@pytest.mark.parametrize("language", ["en", "nl", "fi"])
@pytest.mark.parametrize(("channel", "longest"), [("chat", 600), ("social", 280)])
def test_what_is_long_there_is_said_to_be(language: str, channel: str, longest: int) -> None:
    short, long = GREETED[language], f"{GREETED[language]} " * (longest // len(GREETED[language]) + 1)
    note = SHELF.wording(language).say(f"setting.{channel}-long", length=len(long))
    assert notes(language, reviewed(long, channel=channel)) == [note]
    assert not notes(language, reviewed(short, channel=channel))
    assert not notes(language, reviewed(long, channel="email"))


@pytest.mark.parametrize("language", ["en", "nl", "fi"])
def test_an_e_mail_begins_with_a_greeting(language: str) -> None:
    note = SHELF.wording(language).say("setting.no-greeting")
    assert notes(language, reviewed(BARE[language], channel="email")) == [note]
    assert not notes(language, reviewed(GREETED[language], channel="email"))
    assert not notes(language, reviewed(BARE[language], channel="chat"))


@pytest.mark.parametrize("text", [*PRIVATE.values(), *BARE.values(), MOVED * 20, *(row[1] for row in JARGON)])
def test_nothing_told_changes_nothing(text: str) -> None:
    found, local = reviewed(text), new_desk()._coach.review_local(Draft(text=text))
    assert found.model_copy(update={"id": ""}).model_dump() == local.model_copy(update={"id": ""}).model_dump()
