"""From a proposal to a rule: checked, tried, decided by a lead, told in private, looked at again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.coaching.model import Language
from bot.packs.errors import Declined
from bot.packs.model import OwnRule, OwnTouch, Place, Proposal
from bot.packs.packs import Packs
from bot.packs.proposing import HOLDS, MOST_WAITING, Proposer, said
from bot.packs.saying import say_trial
from bot.packs.trial import Past
from tests.packs.rulebook import MemoryRulebook, RecordingHerald
from tests.test_coach import SHELF

WHOLE = Place(platform="slack", workspace="T1")
FAR = Place(platform="slack", workspace="T2")
OWN_RULE = OwnRule(
    language="en",
    phrases=("hang tight",),
    why="It makes waiting their job.",
    instead="I write to you by noon.",
    principle="next-step",
)
RULE = {"phrases": "hang tight", "why": OWN_RULE.why, "instead": OWN_RULE.instead, "principle": "next-step"}
TOUCH = {
    "idea": "Send the recipe card",
    "line": "I have put our recipe card in the parcel for you.",
    "why": "It is useful.",
    "principle": "value-wow",
    "example": "Thanks, everything arrived well!",
}


class Team:
    def __init__(self) -> None:
        self.at = datetime(2026, 11, 22, 12, tzinfo=UTC)
        self.rulebook, self.herald = MemoryRulebook(), RecordingHerald()
        self.leads: list[str] = []
        self.packs = Packs(self.rulebook, SHELF)
        past = [Past("Please hang tight.", False), Past("Your parcel comes on Friday.", True)]
        self.proposer = Proposer(
            self.packs,
            SHELF,
            lambda language: past,
            {"slack": self.herald},
            leads=lambda platform: self.leads,
            hide=_hidden,
            now=lambda: self.at,
        )

    def rule(self, by: str = "U1", **fields: str) -> Proposal:
        return self.proposer.propose_rule(WHOLE, by, "en", {**RULE, **fields})


def _hidden(text: str, language: Language) -> str:
    return text.replace("Jane", "[NAME_1]")


@pytest.fixture
def team() -> Team:
    return Team()


def test_an_approved_rule_holds_in_the_leads_care_and_its_proposer_is_told(team: Team) -> None:
    waits = team.rule()
    assert team.packs.shelf(WHOLE).reader("en").rules == SHELF.reader("en").rules
    approved = team.proposer.approve(WHOLE, waits.id, "LEAD", "must")
    assert approved
    assert approved.owner == "LEAD"
    assert approved.review_by == team.at.date() + HOLDS
    assert team.packs.shelf(WHOLE).reader("en").rules[-1].id == approved.rule
    assert team.packs.shelf(WHOLE).reader("en").rules[-1].severity == "must"
    assert team.packs.shelf(WHOLE).reader("nl").rules == SHELF.reader("nl").rules
    assert team.herald.told == [("U1", "packs.told-approved-rule", {"what": "hang tight"})]


def test_what_was_decided_is_not_decided_again(team: Team) -> None:
    waits = team.rule()
    assert team.proposer.approve(WHOLE, waits.id, "LEAD", "may")
    assert team.proposer.approve(WHOLE, waits.id, "OTHER", "must") is None
    assert team.proposer.decline(WHOLE, waits.id, "OTHER", "No.") is None
    assert len(team.herald.told) == 1


def test_a_no_is_told_with_its_reason_and_nothing_is_kept(team: Team) -> None:
    assert team.proposer.decline(WHOLE, team.rule().id, "LEAD", "We say it with pride.")
    [(who, sentence, values)] = team.herald.told
    assert (who, sentence, values["reason"]) == ("U1", "packs.told-declined", "We say it with pride.")
    assert team.rulebook.rows == {}


def test_leads_are_not_told_of_their_own(team: Team) -> None:
    team.proposer.approve(WHOLE, team.rule(by="LEAD").id, "LEAD", "may")
    assert team.herald.told == []


@pytest.mark.parametrize(
    ("fields", "problem", "field"),
    [
        ({"phrases": ""}, "no-phrase", "phrases"),
        ({"phrases": "ask Jane"}, "personal", "phrases"),
        ({"why": " "}, "empty", "why"),
        ({"instead": "x" * 301}, "too-long", "instead"),
        ({"instead": "Please Hang Tight!"}, "instead-flagged", "instead"),
        ({"principle": "nonsense"}, "no-principle", "principle"),
    ],
)
def test_a_rule_that_cannot_be_taken_says_where(team: Team, fields: dict[str, str], problem: str, field: str) -> None:
    with pytest.raises(Declined) as declined:
        team.proposer.propose_rule(WHOLE, "U1", "en", {**RULE, **fields})
    assert (declined.value.problem, declined.value.field) == (problem, field)
    for language in ("en", "nl", "fi"):
        assert SHELF.wording(language).say(f"packs.declined.{problem}", **declined.value.values)


def test_personal_data_in_the_rest_is_masked(team: Team) -> None:
    waits = team.rule(why="Jane hates it.")
    assert isinstance(waits.content, OwnRule)
    assert waits.content.why == "[NAME_1] hates it."


def test_the_same_waits_once_and_not_too_many_wait(team: Team) -> None:
    team.rule()
    with pytest.raises(Declined, match="waits-already"):
        team.rule(by="U2")
    for number in range(MOST_WAITING - 1):
        team.rule(phrases=f"hang tight {number}")
    with pytest.raises(Declined, match="too-many-waiting"):
        team.rule(phrases="bear with us")


@pytest.mark.parametrize(
    ("language", "example", "line"),
    [
        ("en", TOUCH["example"], TOUCH["line"]),
        ("nl", "Super bedankt voor de snelle hulp!", "Ik heb ons receptkaartje bij je pakket gedaan."),
        ("fi", "Kiitos paljon nopeasta avusta!", "Laitoin pakettiisi reseptikorttimme."),
    ],
)
def test_a_touch_fits_where_its_message_shows(team: Team, language: Language, example: str, line: str) -> None:
    fields = {**TOUCH, "example": example, "line": line}
    waits = team.proposer.propose_touch(WHOLE, "U1", language, fields, touch="wow", cost="free")
    assert isinstance(waits.content, OwnTouch)
    assert waits.content.cues
    team.proposer.approve(WHOLE, waits.id, "LEAD", "may")
    touch = team.packs.shelf(WHOLE).catalogue(language)[waits.rule]
    assert touch.line == line
    assert touch.source.file == SHELF.wording(language).say("packs.source-touch")
    assert waits.rule in team.packs.shelf(WHOLE).touch_passages(language)
    assert waits.rule not in team.packs.shelf(FAR).catalogue(language)


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"example": "Hello."}, "no-moment"),
        ({"line": "User error, as I said."}, "line-at-fault"),
        ({"idea": ""}, "empty"),
    ],
)
def test_a_touch_that_cannot_be_taken_says_why(team: Team, fields: dict[str, str], problem: str) -> None:
    with pytest.raises(Declined, match=problem):
        team.proposer.propose_touch(WHOLE, "U1", "en", {**TOUCH, **fields}, touch="wow", cost="free")


def test_a_rule_is_tried_on_good_and_bad_ones_and_on_ones_own(team: Team) -> None:
    waits = team.rule()
    trial = team.proposer.try_rule(waits, [Past("Hang tight, friend."), Past("Fine.")])
    assert [(count.flagged, count.of) for count in trial] == [(0, 1), (1, 1), (1, 2)]
    assert trial.bad.samples == ("Please hang tight.",)
    assert not trial.tiring
    for language in ("en", "nl", "fi"):
        lines = say_trial(waits, trial, SHELF.wording(language))
        assert lines[0].endswith("“hang tight”")
        assert len(lines) == 6


def test_a_rule_that_alarms_the_good_ones_is_called_tiring(team: Team) -> None:
    trial = team.proposer.try_rule(team.rule(phrases="parcel"))
    assert trial.tiring
    assert SHELF.wording("en").say("packs.trial.tiring") in say_trial(team.rule(), trial, SHELF.wording("en"))


def test_the_owner_is_asked_once_and_may_keep_it_or_let_it_go(team: Team) -> None:
    one = team.rule()
    team.proposer.approve(WHOLE, one.id, "LEAD", "may")
    team.at += HOLDS - timedelta(days=1)
    team.proposer.remind()
    assert team.herald.asked == []
    team.at += timedelta(days=1)
    team.proposer.remind()
    team.proposer.remind()
    assert team.herald.asked == [("LEAD", one.id)]
    assert team.proposer.keep(WHOLE, one.id, "NEW") == team.at.date() + HOLDS
    team.at += HOLDS
    team.proposer.remind()
    assert team.herald.asked[-1] == ("NEW", one.id)
    assert team.proposer.remove(WHOLE, one.id)
    assert team.proposer.keep(WHOLE, one.id, "NEW") is None


def test_no_workspace_sees_or_decides_for_another(team: Team) -> None:
    one = team.rule()
    assert team.proposer.own(FAR) == []
    for decided in (
        team.proposer.approve(FAR, one.id, "LEAD", "must"),
        team.proposer.decline(FAR, one.id, "LEAD"),
        team.proposer.keep(FAR, one.id, "LEAD"),
        team.proposer.remove(FAR, one.id),
    ):
        assert not decided
    assert [said(waits) for waits in team.proposer.own(WHOLE)] == ["hang tight"]


def test_a_person_who_is_forgotten_leaves_the_teams_rules_without_their_name(team: Team) -> None:
    kept, gone = team.rule(), team.rule(phrases="bear with us")
    team.proposer.approve(WHOLE, kept.id, "LEAD", "may")
    exported = team.proposer.export(WHOLE, "U1")
    assert [one["id"] for one in exported] == [kept.id, gone.id]
    assert "LEAD" not in repr(exported)
    team.proposer.forget_person(WHOLE, "U1")
    team.proposer.forget_person(WHOLE, "LEAD")
    [left] = team.proposer.own(WHOLE)
    assert (left.id, left.by, left.owner) == (kept.id, "", "")
    team.at += HOLDS
    team.proposer.remind()
    assert team.herald.asked == []
    assert team.proposer.keep(WHOLE, kept.id, "") == team.at.date() + HOLDS
    team.at += HOLDS
    team.leads = ["NEXT", "LAST"]
    team.proposer.remind()
    assert team.herald.asked == [("NEXT", kept.id)]
    team.proposer.forget(WHOLE)
    assert team.proposer.own(WHOLE) == []
