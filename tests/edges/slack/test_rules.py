"""The rules of a team in Slack: proposed by an agent, tried and decided by a lead, heard in reviews."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.packs.model import Place
from bot.packs.proposing import HOLDS
from tests.edges.slack.fake_slack import Person, View
from tests.edges.slack.harness import BLAME, Harness, eventually

WHOLE = Place(platform="slack", workspace="T0TEAM")
HANG_TIGHT = "Please hang tight, we are on it and will write to you tomorrow before noon."


class Team:
    """The running app with a lead and an agent."""

    def __init__(self, app: Harness) -> None:
        self.app = app
        self.lead, self.agent = app.somebody(), app.somebody()
        app.slack.people[self.lead] = Person(admin=True)

    def lead_says(self, text: str, **more: str) -> None:
        assert self.app.command(text, self.lead, command="/wow", **more).status_code == 200

    def proposes(self, **values: str) -> View:
        self.app.command("propose rule", self.agent)
        view = eventually(lambda: next((v for v in self.app.slack.views.values() if v.open), None))
        self.app.submit(view, self.agent, rule(**values))
        return view

    def waits(self) -> Any:
        return eventually(lambda: self.app.rituals.proposer.own(WHOLE))[0]


def rule(**values: str) -> dict[str, Any]:
    texts = {"phrases": "hang tight", "why": "It makes waiting their job.", "instead": "I write to you by noon."}
    given = {**texts, "principle": "next-step", "language": "en", **values}
    chosen = ("principle", "language", "touch", "cost")
    return {
        name: {"selected_option": {"value": value}} if name in chosen else {"value": value}
        for name, value in given.items()
    }


@pytest.fixture
def team(app: Harness) -> Iterator[Team]:
    yield Team(app)
    app.settled()
    app.rituals.proposer.forget(WHOLE)


def test_a_proposal_is_tried_approved_heard_and_its_proposer_told(team: Team) -> None:
    app = team.app
    view = team.proposes()
    assert "They do not see that it came from you" in view.shown
    team.lead_says("rules")
    listed = app.sees(team.lead, "Rule: “hang tight”")
    assert "I write to you by noon." in listed.shown
    assert team.agent not in listed.shown
    app.press("rules_try", team.lead, listed)
    assert "good replies would have been flagged" in app.sees(team.lead, "Tried on past examples").shown
    app.press("rules_approve_must", team.lead, listed)
    app.sees(team.lead, "It is in your care until")
    app.sees(team.agent, "Your proposal is a rule of the team now: “hang tight”")
    somebody = app.somebody()
    app.command(HANG_TIGHT, somebody)
    review = app.sees(somebody, "“hang tight”")
    assert "words that our team avoids" in review.shown
    app.press("not_here", somebody, review, containing="own")
    eventually(lambda: "This one I keep showing: words that our team avoids" in review.shown)
    assert app.desk.preferences(_person(somebody)).silenced == ()


def test_a_no_comes_with_its_reason_in_private(team: Team) -> None:
    team.proposes()
    team.lead_says("regels")
    listed = team.app.sees(team.lead, "hang tight")
    team.app.press("rules_decline", team.lead, listed)
    form = team.app.view("Why not?")
    team.app.submit(form, team.lead, {"reason": {"value": "We say it to each other, not to customers"}})
    told = team.app.sees(team.agent, "was not taken up")
    assert "We say it to each other" in told.shown
    assert team.lead not in told.shown
    assert team.app.rituals.proposer.own(WHOLE) == []


def test_a_rule_is_switched_off_for_a_channel_and_on_again(team: Team) -> None:
    app = team.app
    team.lead_says("rules blame off here")
    app.sees(team.lead, "blame: off, in this channel, from now on.")
    app.command(BLAME, team.agent)
    inside = app.sees(team.agent, "What's your order number?")
    assert "blame the customer" not in inside.shown
    elsewhere = app.somebody()
    app.command(BLAME, elsewhere, channel="C0OTHER")
    app.sees(elsewhere, "words that blame the customer")
    team.lead_says("säännöt blame oletus täällä")
    app.sees(team.lead, "blame: as it was shipped, in this channel")
    again = app.somebody()
    app.command(BLAME, again)
    app.sees(again, "words that blame the customer")


def test_what_must_not_go_out_stays(team: Team) -> None:
    team.lead_says("rules i-guarantee off")
    team.app.sees(team.lead, "“i-guarantee” stays on")
    team.lead_says("rules jargn off")
    team.app.sees(team.lead, "Did you mean “jargon”?")
    team.lead_says("rules jargon perhaps")
    team.app.sees(team.lead, "Say must, may, off or default")
    team.lead_says("rules all")
    team.app.sees(team.lead, "`unauthorised-promise`: a promise you may not be able to keep")


@pytest.mark.parametrize("words", ["rules", "rules blame off", "rules all"])
def test_only_leads_see_and_change_rules(team: Team, words: str) -> None:
    team.app.command(words, team.agent, command="/wow")
    team.app.sees(team.agent, "Only team leads can do that")
    assert team.app.rituals.proposer.packs.rulebook.chosen(WHOLE) == {}


def test_a_form_says_what_is_wrong_where_it_is_wrong(team: Team) -> None:
    app = team.app
    app.command("propose", team.agent)
    view = app.view("What would you like to propose")
    app.press("propose_rule", team.agent, view)
    view = app.view("one phrase a line")
    said = app.submit(view, team.agent, rule(instead="Please hang tight.")).json()
    assert "find fault with this itself" in said["errors"]["instead"]
    said = app.submit(view, team.agent, rule(phrases="hi")).json()
    assert "no phrase for a rule" in said["errors"]["phrases"]
    said = app.submit(view, team.agent, rule(phrases="mail jane.doe@example.com")).json()
    assert "personal data" in said["errors"]["phrases"]


def test_a_touch_of_their_own_fits_where_its_message_does(team: Team) -> None:
    app = team.app
    app.command("propose touch", team.agent)
    view = app.view("A customer's message that it would fit")
    texts = {
        "idea": "Send the recipe card of the week",
        "line": "I have put our recipe card of the week in the parcel for you.",
        "example": "Thanks, everything arrived well!",
        "why": "It is useful and costs nothing.",
        "touch": "wow",
        "cost": "free",
    }
    values = rule(**texts)
    for name in ("phrases", "instead"):
        values.pop(name)
    nothing = app.submit(view, team.agent, {**values, "example": {"value": "Hello."}}).json()
    assert "recognise no moment" in nothing["errors"]["example"]
    app.submit(view, team.agent, values)
    team.waits()
    team.lead_says("rules")
    app.press("rules_approve_may", team.lead, app.sees(team.lead, "Touch: “Send the recipe card of the week”"))
    app.sees(team.agent, "one of the team's touches now")
    catalogue = app.rituals.proposer.packs.shelf(WHOLE).catalogue("en")
    assert "Send the recipe card of the week" in {touch.idea for touch in catalogue.values()}


def test_the_owner_is_asked_once_when_half_a_year_is_over(team: Team) -> None:
    app, proposer = team.app, team.app.rituals.proposer
    team.proposes()
    one = team.waits()
    proposer.approve(WHOLE, one.id, team.lead, "may")
    proposer.remind()
    later = app.settings.now + HOLDS + timedelta(days=1)
    app.settings.__dict__.update(heartware_now=later)
    try:
        proposer.remind()
        proposer.remind()
        asked = app.sees(team.lead, "Does it still hold?")
        assert sum("Does it still hold?" in post.shown for post in app.slack.of(team.lead)) == 1
        app.press("rules_keep", team.lead, asked)
        app.sees(team.lead, "It stays, in your care until")
    finally:
        app.settings.__dict__.update(heartware_now=None)


def _person(id: str) -> Any:
    from bot.desk.model import Person as Somebody

    return Somebody(platform="slack", workspace="T0TEAM", id=id)
