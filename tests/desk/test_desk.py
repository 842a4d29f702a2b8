"""The desk with the real knowledge: a job from its first review to its erasure, and what a person chose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.coach import LONGEST_DRAFT
from bot.coaching.model import Draft, Review
from bot.coaching.ports import Form, Message
from bot.content.places import PROMPTS
from bot.content.prompts import read_prompt
from bot.desk.begun import MOST, Begun
from bot.desk.desk import KEPT, Desk
from bot.desk.errors import Erased
from bot.desk.model import Job, Person, Wish
from bot.desk.revising import Revision
from tests.fakes import MemoryJobs, MemoryPeople, ScriptedModel
from tests.test_coach import BLAME, CALM, GOOD, SHELF, coach

ANNA = Person(platform="slack", workspace="T1", id="U1")
BEN = Person(platform="slack", workspace="T1", id="U2")
MOVED = "Hi Tom, I've moved your delivery to Friday. You will get the link by mail today. Sanne"
ASKED = "Thanks! Can you move the delivery to Friday?"
INTERROGATION = {
    "criterion": "interrogation",
    "severity": "must",
    "principle": "warm-opening",
    "quote": "What's your order number?",
    "why": "It asks before it welcomes.",
    "suggestion": "Greet first.",
    "replacement": "May I have your order number?",
}


class At:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time


def new_desk(model: ScriptedModel | None = None, now: At | None = None) -> Desk:
    now = now or At()
    revise = read_prompt(PROMPTS / "revise.md")

    def steady() -> float:
        return now().timestamp()

    return Desk(
        coach(model), SHELF, MemoryJobs(now), MemoryPeople(), model=model, revise=revise, now=now, steady=steady
    )


def take(desk: Desk, text: str = BLAME, customer: str = "", id: str = "j1", person: Person = ANNA) -> Job:
    job = Job(id=id, person=person, draft=Draft(text=text, customer=customer))
    assert desk.refusal(job.draft) is None
    assert desk.take(job)
    return job


def rules(review: Review) -> set[str]:
    return {finding.rule for finding in review.findings}


@pytest.mark.parametrize(
    ("text", "refusal"),
    [("", "no-draft"), (" \n", "no-draft"), ("😀", "no-draft"), ("x" * 40_000, "too-long"), ("Ok!", None)],
)
def test_what_cannot_be_reviewed_is_refused_with_a_sentence_in_every_language(text: str, refusal: str | None) -> None:
    assert new_desk().refusal(Draft(text=text)) == refusal
    for language in ("en", "nl", "fi"):
        assert refusal is None or SHELF.wording(language).say(f"desk.refused.{refusal}")


def test_the_longest_draft_that_is_not_refused_is_reviewed() -> None:
    desk = new_desk()
    take(desk, "x" * LONGEST_DRAFT)
    assert desk.first("j1")


def test_a_review_is_the_coach_s_own() -> None:
    desk = new_desk()
    job = take(desk)
    local = coach().review_local(job.draft)
    found = desk.first("j1")
    assert (found.findings, found.headline, found.rewrite) == (local.findings, local.headline, local.rewrite)
    assert desk.deeper("j1") is None
    assert not desk.deepens


def test_a_review_is_kept_whole() -> None:
    desk = new_desk()
    take(desk, MOVED, ASKED)
    shown = desk.first("j1")
    assert shown.touch
    assert desk.review("j1") == shown
    assert desk.first("j1") == shown


def test_the_deeper_review_stands_also_where_the_first_is_made_again() -> None:
    desk = new_desk(ScriptedModel(CALM | {"findings": [INTERROGATION]}))
    take(desk)
    desk.first("j1")
    deeper = desk.deeper("j1")
    assert deeper
    assert deeper.engine == "scripted"
    assert desk.first("j1") == deeper


def test_a_deeper_review_without_its_first_in_memory_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = new_desk(ScriptedModel(CALM | {"findings": [INTERROGATION]}))
    for id in ("j1", "j2"):
        take(desk, id=id)
        desk.first(id)
    remembered = desk.deeper("j1")
    monkeypatch.setattr(desk, "_begun", Begun())
    again = desk.deeper("j2")
    assert remembered
    assert again
    assert again.model_copy(update={"id": remembered.id}) == remembered


def test_what_is_begun_is_kept_once_and_not_without_end() -> None:
    begun = Begun()
    local = coach().local(Draft(text=GOOD))
    for n in range(MOST + 5):
        begun.put(str(n), local)
    assert begun.pop("4") is None
    assert begun.pop("5") == local
    assert begun.pop("5") is None


def test_a_job_can_be_answered_elsewhere() -> None:
    desk = new_desk()
    take(desk)
    desk.answer_at("j1", {"view_id": "V1"})
    assert desk.job("j1").address == {"view_id": "V1"}


def test_an_erased_draft_is_gone() -> None:
    desk = new_desk()
    take(desk)
    desk.erase("j1")
    for call in (desk.first, desk.review, desk.job):
        with pytest.raises(Erased):
            call("j1")
    with pytest.raises(Erased):
        desk.again("j1", Wish(kind="shorter"))


def test_a_draft_is_kept_for_an_hour_after_its_last_use() -> None:
    now = At()
    desk = new_desk(now=now)
    take(desk)
    now.time += KEPT - timedelta(minutes=1)
    desk.first("j1")
    now.time += KEPT - timedelta(minutes=1)
    assert desk.erase_old() == 0
    now.time += timedelta(minutes=2)
    assert desk.erase_old() == 1
    assert desk.kept("slack") == []


def test_a_silenced_rule_is_not_shown_and_can_be_heard_again() -> None:
    desk = new_desk()
    take(desk)
    before = desk.first("j1")
    (blame,) = (finding for finding in before.findings if finding.quote == "User error")
    desk.silence(ANNA, blame.rule)
    after = desk.review("j1")
    assert rules(after) == rules(before) - {blame.rule}
    assert after.headline != before.headline
    assert after.rewrite is None or "User error" in after.rewrite.text
    take(desk, id="j2")
    assert blame.rule not in rules(desk.first("j2"))
    take(desk, id="j3", person=BEN)
    assert blame.rule in rules(desk.first("j3"))
    desk.unsilence(ANNA, blame.rule)
    assert desk.review("j1") == before


def test_with_all_rules_silenced_the_reply_is_good() -> None:
    desk = new_desk()
    take(desk)
    for finding in desk.first("j1").findings:
        desk.silence(ANNA, finding.rule)
    found = desk.review("j1")
    assert (found.verdict, found.headline, found.findings, found.rewrite) == ("send", "Send it.", (), None)
    assert found.no_touch_because is None


def test_a_silenced_rule_is_silent_in_the_model_s_words_too() -> None:
    said = INTERROGATION | {"criterion": "polite-blame", "quote": "User error", "replacement": ""}
    desk = new_desk(ScriptedModel(CALM | {"findings": [said, INTERROGATION]}))
    take(desk)
    (blame,) = (finding for finding in desk.first("j1").findings if finding.quote == "User error")
    desk.silence(ANNA, blame.rule)
    deeper = desk.deeper("j1")
    assert deeper
    (left,) = deeper.findings
    assert left.quote == "What's your order number?"
    desk.silence(ANNA, left.rule)
    assert desk.review("j1").verdict == "send"


def test_quiet_mode_says_only_what_must_be_mended() -> None:
    desk = new_desk()
    take(desk, "Dear customer, user error: you entered the wrong password.")
    assert {finding.severity for finding in desk.first("j1").findings} == {"must", "may"}
    desk.prefer(ANNA, quiet=True)
    quiet = desk.review("j1")
    assert {finding.severity for finding in quiet.findings} == {"must"}
    assert desk.preferences(ANNA).quiet


def test_what_must_not_go_out_can_be_silenced_by_nobody() -> None:
    desk = new_desk()
    take(desk, "User error. I will refund you the full amount today, no questions asked. You are an idiot.")
    found = desk.first("j1")
    holding = {rule.id for rule in SHELF.reader("en").rules if rule.hold}
    held = rules(found) & holding
    assert (found.verdict == "hold") == bool(held)
    for rule in rules(found):
        assert desk.keeps("j1", rule) == (rule in held)
        desk.silence(ANNA, rule)
    assert desk.review("j1").verdict == "hold"
    assert rules(desk.review("j1")) == held


@pytest.mark.parametrize("reader", ["worried", "angry"])
def test_a_reader_with_a_feeling_gets_no_touch(reader: str) -> None:
    desk = new_desk()
    take(desk, MOVED, ASKED)
    assert desk.first("j1").touch
    desk.take(
        Job.model_validate({"id": "j2", "person": ANNA, "draft": {"text": MOVED, "customer": ASKED}, "reader": reader})
    )
    found = desk.first("j2")
    assert found.touch is None
    assert "being heard" in (found.no_touch_because or "")


def test_another_touch_is_another_each_time_and_then_an_honest_no() -> None:
    desk = new_desk()
    take(desk, MOVED, ASKED)
    ideas = []
    found = desk.first("j1")
    none_left = SHELF.wording("en").say("desk.no-more-touches")
    while none_left not in found.notes:
        assert found.touch
        ideas.append(found.touch.idea)
        found = desk.again("j1", Wish(kind="touch"))
    assert len(ideas) > 2
    assert len(set(ideas)) == len(ideas)
    assert found.touch
    assert found.touch.idea == ideas[-1]
    assert none_left not in desk.review("j1").notes


def test_where_the_moment_bears_no_touch_it_bears_no_other() -> None:
    desk = new_desk(ScriptedModel(CALM | {"findings": [INTERROGATION | {"quote": "Hi Tom", "replacement": ""}]}))
    take(desk, MOVED, ASKED)
    assert desk.first("j1").touch
    deeper = desk.deeper("j1")
    assert deeper
    assert deeper.touch is None
    assert desk.again("j1", Wish(kind="touch")).touch is None


def test_a_wish_does_not_take_back_what_was_deepened_meanwhile() -> None:
    text = "Thanks, Tom! You entered another password. What's your order number?"

    class Slow(ScriptedModel):
        def ask(
            self, messages: Sequence[Message], form: type[Form], growing: Callable[[Form], None] | None = None
        ) -> Form:
            if form is Revision:
                desk.deeper("j1")
                return form.model_validate({"text": text})
            return super().ask(messages, form)

    desk = new_desk(Slow(CALM | {"findings": [INTERROGATION]}))
    take(desk)
    desk.first("j1")
    found = desk.again("j1", Wish(kind="warmer"))
    assert [finding.why for finding in found.findings] == [INTERROGATION["why"]]


def test_the_week_is_the_person_s_own() -> None:
    desk = new_desk()
    take(desk)
    take(desk, GOOD, id="j2")
    take(desk, GOOD, id="j3", person=BEN)
    for id in ("j1", "j2", "j3"):
        desk.first(id)
    desk.useful(ANNA, "j1", False, " Mail tom@home.example or 06-12345678: this rule is wrong.  " + "x" * 1_000)
    week = desk.week(ANNA)
    assert (week.reviews, week.sent, week.not_useful) == (2, 1, 1)
    why = desk.export(ANNA)["feedback"][0]["why"]
    assert "tom@home" not in why
    assert "12345678" not in why
    assert len(why) <= 520


def test_export_has_the_drafts_of_the_hour_and_delete_leaves_nothing() -> None:
    desk = new_desk()
    take(desk)
    take(desk, GOOD, id="j2", person=BEN)
    desk.first("j1")
    desk.silence(ANNA, "shouting")
    exported = desk.export(ANNA)
    assert [draft["draft"]["text"] for draft in exported["drafts"]] == [BLAME]
    assert exported["preferences"]["silenced"] == ["shouting"]
    desk.delete(ANNA)
    assert desk.export(ANNA)["drafts"] == desk.export(ANNA)["reviews"] == []
    assert desk.job("j2")
    desk.uninstalled("slack", "T1")
    assert desk.kept("slack") == []


def test_who_deletes_their_data_while_a_review_is_made_is_counted_no_more() -> None:
    desk = new_desk()
    take(desk)
    identify = desk._coach._identify

    def meanwhile(text: str, otherwise: str) -> str:
        desk.delete(ANNA)
        return identify(text, otherwise)

    desk._coach._identify = meanwhile
    with pytest.raises(Erased):
        desk.first("j1")
    assert desk.export(ANNA)["reviews"] == []


class Eased:
    """Somebody who is shown one suggestion at most, until they choose for themselves."""

    def __init__(self) -> None:
        self.most: int | None = 1

    def suggestions(self, person: Person) -> int | None:
        return self.most

    def decided(self, person: Person) -> None:
        self.most = None


STIFF = (
    "Hi Tom, your request has been duly noted and processed. Please be advised that the RMA is with our back office."
)


def test_who_is_coached_less_by_now_sees_fewer_suggestions_until_they_choose_for_themselves() -> None:
    now = At()
    desk = Desk(coach(), SHELF, MemoryJobs(now), MemoryPeople(), easing=Eased(), now=now)
    take(desk, STIFF)
    assert [finding.severity for finding in desk.first("j1").findings] == ["may"]
    take(desk, BLAME, id="j2")
    assert "must" in {finding.severity for finding in desk.first("j2").findings}
    desk.prefer(ANNA, language="nl")
    assert len(desk.review("j1").findings) == 1
    desk.prefer(ANNA, quiet=False)
    assert len(desk.review("j1").findings) > 1


def test_a_reply_for_practice_is_coached_in_full_and_counts_in_no_week() -> None:
    now = At()
    desk = Desk(coach(), SHELF, MemoryJobs(now), MemoryPeople(), easing=Eased(), now=now)
    desk.take(Job(id="j1", person=ANNA, draft=Draft(text=STIFF), practice=True))
    assert len(desk.first("j1").findings) > 1
    assert desk.week(ANNA).reviews == 0
    take(desk, STIFF, id="j2")
    desk.first("j2")
    assert desk.week(ANNA).reviews == 1
