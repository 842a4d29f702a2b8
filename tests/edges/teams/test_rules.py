"""The rules of a team in Teams: seen, chosen, proposed, tried, approved, declined, looked at again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.edges.teams.adaptive import Json, button, rendered
from tests.edges.teams.fake_connector import Post
from tests.edges.teams.harness import BLAME, Harness, eventually, oid

SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
LEAD = "29:lead"
RULE = {"phrases": "hang tight", "why": "It says that they did not read.", "instead": "Here it is again."}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Harness]:
    harness = Harness(tmp_path_factory.mktemp("heartware"), heartware_now=SUNDAY, heartware_leads=oid(LEAD))
    for user in (LEAD, "29:agent"):
        harness.installed(user)
        harness.sees(user, "I read your reply")
    yield harness
    harness.stop()


def rules(app: Harness, said: str, words: str) -> Post:
    app.message(f"wow rules {said}".strip(), LEAD)
    return app.sees(LEAD, words)


def proposed(app: Harness, kind: str = "rule", **fields: str) -> Json:
    app.message("propose", "29:agent")
    post = app.sees("29:agent", "What would you like to propose")
    form = app.task("29:agent", button(post.card, f"propose_{kind}")["data"], fetch=True)
    given = {"language": "en", "principle": next(iter(app.edge._shelf.reader("en").principles))}
    return app.task("29:agent", {**button(form, f"proposed_{kind}")["data"], **given, **fields})


def test_a_lead_switches_a_rule_off_and_on_again(app: Harness) -> None:
    agent = app.somebody()
    rules(app, "blame off", "blame: off, from now on")
    app.message(BLAME, agent)
    assert "“User error”" not in app.sees(agent, "[Warmer]").shown
    assert "Changed" in rules(app, "", "Rules of the team").shown
    rules(app, "blame default", "as it was shipped, from now on")
    app.message(f"{BLAME} Thanks.", agent)
    app.sees(agent, "“User error”")
    assert "blame" in rules(app, "all", "words that blame").shown


def test_who_does_not_lead_is_told_so(app: Harness) -> None:
    agent = app.somebody()
    app.message("wow rules blame off", agent)
    app.sees(agent, "Only team leads can do that")


def test_a_proposal_is_tried_approved_and_looked_at_again(app: Harness) -> None:
    assert "A team lead looks at it" in rendered(proposed(app, **RULE))
    post = rules(app, "", "Rule: “hang tight”")
    assert "Tried on past examples" in rendered(app.press("rules_try", LEAD, post))
    assert "Approved: “hang tight”" in rendered(app.press("rules_approve_must", LEAD, post))
    app.sees("29:agent", "Your proposal is a rule of the team now")
    agent = app.somebody()
    app.message("Please hang tight, we look into it.", agent)
    app.sees(agent, "“hang tight”")
    app.settings.__dict__["heartware_now"] = SUNDAY + timedelta(days=200)
    app.rituals.proposer.remind()
    due = app.sees(LEAD, "It is half a year since")
    assert "It stays, in your care until" in rendered(app.press("rules_keep", LEAD, due))
    assert "Removed." in rendered(app.press("rules_remove", LEAD, due))
    app.settings.__dict__["heartware_now"] = SUNDAY


def test_a_proposal_is_declined_with_a_reason(app: Harness) -> None:
    proposed(app, **{**RULE, "phrases": "we value your business"})
    post = rules(app, "", "we value your business")
    form = app.task(LEAD, button(post.card, "rules_decline")["data"], fetch=True)
    said = app.task(LEAD, {**button(form, "rules_declined")["data"], "reason": "It is kindly meant."})
    assert "Declined: “we value your business”" in rendered(said)
    app.sees("29:agent", "was not taken up: It is kindly meant.")


@pytest.mark.parametrize(("kind", "fields", "words"), [
    ("rule", {**RULE, "phrases": ""}, "Write the words that should not be in a reply"),
    ("rule", {**RULE, "why": ""}, "What do they do to the customer? Please fill this in."),
    ("rule", {**RULE, "instead": "hang tight"}, "The rule would find fault with this itself"),
    ("touch", {"idea": "x", "line": "y", "why": "z", "example": "q"}, "I recognise no moment for a touch"),
])  # fmt: skip
def test_what_cannot_be_taken_comes_back_with_what_was_given(
    app: Harness, kind: str, fields: dict[str, str], words: str
) -> None:
    shown = rendered(proposed(app, kind, **fields))
    assert words in shown
    assert "[Propose]" in shown
    assert all(f"| {value}" in shown for value in fields.values() if value)


def test_a_draft_may_begin_with_wow_rules(app: Harness) -> None:
    agent = app.somebody()
    app.message("Wow, rules are rules. You entered the wrong password.", agent)
    eventually(lambda: any("[Warmer]" in post.shown for post in app.connector.of(agent)))
