"""A team's pack in reviews: must, may and off, of a channel before the workspace, never for what must not go out."""

from __future__ import annotations

import pytest

from bot.coaching.model import Draft
from bot.packs.errors import Declined
from bot.packs.model import Place, Proposal
from bot.packs.packs import FRESH, Packs
from tests.packs.rulebook import MemoryRulebook
from tests.packs.test_proposing import OWN_RULE
from tests.test_coach import BLAME, SHELF, coach

WHOLE = Place(platform="slack", workspace="T1")
HERE = Place(platform="slack", workspace="T1", channel="C1")
FAR = Place(platform="slack", workspace="T2")
COACH = coach()


class Seconds:
    at = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def packs() -> Packs:
    return Packs(MemoryRulebook(), SHELF, clock=Seconds())


def found(packs: Packs, place: Place, text: str = BLAME, language: str = "en") -> dict[str, str]:
    review = COACH.local(Draft(text=text, language=language), shelf=packs.shelf(place)).review
    return {finding.criterion: finding.severity for finding in review.findings}


def test_a_rule_switched_off_is_heard_nowhere_in_the_workspace(packs: Packs) -> None:
    assert found(packs, WHOLE)["blame"] == "must"
    packs.choose(WHOLE, "blame", "off")
    assert "blame" not in found(packs, WHOLE)
    assert "blame" not in found(packs, HERE)
    assert "blame" in found(packs, FAR)


def test_a_channel_has_its_own_before_the_workspace(packs: Packs) -> None:
    packs.choose(WHOLE, "blame", "off")
    packs.choose(HERE, "blame", "may")
    assert found(packs, HERE)["blame"] == "may"
    assert "blame" not in found(packs, WHOLE)
    packs.choose(HERE, "blame", None)
    assert "blame" not in found(packs, HERE)


def test_one_rule_of_a_criterion_can_be_chosen_by_its_id(packs: Packs) -> None:
    review = COACH.local(Draft(text="User error."), shelf=packs.shelf(WHOLE)).review
    [finding] = review.findings
    packs.choose(WHOLE, finding.rule, "off")
    assert found(packs, WHOLE, "User error.") == {}
    assert "blame" in found(packs, WHOLE, "You entered the wrong password.")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I guarantee that your parcel will arrive tomorrow."),
        ("nl", "Ik garandeer u dat het pakket morgen aankomt."),
        ("fi", "Takaan, että paketti saapuu huomenna."),
    ],
)
def test_what_must_not_go_out_at_all_stays_whatever_is_chosen(packs: Packs, language: str, text: str) -> None:
    before = found(packs, WHOLE, text, language)
    assert before == {"unauthorised-promise": "must"}
    assert packs.choose(WHOLE, "unauthorised-promise", "off") > 0
    assert found(packs, WHOLE, text, language) == before
    with pytest.raises(Declined) as declined:
        packs.choose(WHOLE, "i-guarantee", "may")
    assert declined.value.problem == "held"


@pytest.mark.parametrize(("name", "near"), [("jargn", "jargon"), ("xyzzy", "")])
def test_a_name_that_is_none_is_declined_with_the_nearest(packs: Packs, name: str, near: str) -> None:
    with pytest.raises(Declined) as declined:
        packs.choose(WHOLE, name, "off")
    assert declined.value.values["near"] == near


def test_what_another_process_chose_is_seen_soon(packs: Packs) -> None:
    clock = packs._clock
    assert isinstance(clock, Seconds)
    assert "blame" in found(packs, WHOLE)
    packs.rulebook.choose(WHOLE, "blame", "off")
    assert "blame" in found(packs, WHOLE)
    clock.at = FRESH + 1
    assert "blame" not in found(packs, WHOLE)


def test_a_rule_of_ones_own_is_heard_in_its_language_and_workspace_alone(packs: Packs) -> None:
    packs.rulebook.add(Proposal(id="a" * 32, place=WHOLE, approved=True, content=OWN_RULE, by="U1"))
    packs.rulebook.add(
        Proposal(id="b" * 32, place=WHOLE, content=OWN_RULE.model_copy(update={"phrases": ("noon",)}), by="U1")
    )
    text = "Please hang tight until noon."
    review = COACH.local(Draft(text=text, language="en"), shelf=packs.shelf(HERE)).review
    [finding] = [one for one in review.findings if one.criterion == "own"]
    assert finding.quote == "hang tight"
    assert finding.why == OWN_RULE.why
    assert finding.principle.source.file.endswith(".txt")
    assert "words that our team avoids" in review.headline
    assert "own" not in found(packs, FAR, text)
    packs.choose(WHOLE, "own-aaaaaaaa", "off")
    assert "own" not in found(packs, HERE, text)


def test_the_list_says_how_rules_were_shipped_and_what_was_chosen(packs: Packs) -> None:
    packs.choose(WHOLE, "jargon", "must")
    packs.choose(WHOLE, "rules-are-rules", "may")
    lines = {line.known.criterion: line for line in packs.lines(WHOLE)}
    reader = SHELF.reader("en")
    assert len(lines) == len({one.criterion for one in (*reader.rules, *reader.advice.values())})
    assert (lines["jargon"].known.level, lines["jargon"].choice) == ("may", "must")
    assert lines["policy-wall"].rules == (("rules-are-rules", "may"),)
    assert lines["unauthorised-promise"].known.held > 0
