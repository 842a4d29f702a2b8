"""Prompts in a model's words: written before their time, once, and only where code finds nothing invented in them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import Engine

from bot.coaching.daily_text import fits
from bot.coaching.model import Language
from bot.coaching.rituals import Plan
from bot.content.documents import language_of
from bot.content.places import PROMPTS
from bot.content.prompts import read_prompt
from bot.rituals.daily.planning import Planner
from bot.rituals.daily.prompting import Prompter
from bot.rituals.daily.topics import Topics
from bot.rituals.daily.writing import Writer
from bot.rituals.model import EVERYBODY, Key, Schedule, Story, Team
from bot.store.prompt_texts import SqlPromptTexts
from bot.store.schedules import SqlSchedules
from bot.store.seal import Seal
from bot.store.stories import SqlStories
from tests.fakes import HashEmbedder, ScriptedModel
from tests.test_coach import SHELF

TEAM = Team(platform="slack", workspace="T1")
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MONDAY = date(2026, 11, 23)
GOOD = "Pick one reply before you send it and picture the person who opens it. Then change one sentence for them."


def schedule(channel: str = "C1", language: Language = "en", *, each: bool = False) -> Schedule:
    plan = Plan(at=time(9))
    return Schedule(
        team=TEAM, channel=channel, lead="U1", language=language, zone="Europe/Helsinki", each=each, plan=plan
    )


class Parts:
    """What a process is made of."""

    def __init__(self, engine: Engine, answer: object) -> None:
        self.model = ScriptedModel(answer)
        self.schedules, self.texts = SqlSchedules(engine), SqlPromptTexts(engine)
        self.stories = SqlStories(engine, Seal("a secret of the tests"))
        topics = Topics(self.stories, HashEmbedder(), now=lambda: NOW)
        catalogue = SHELF.knowledge.daily_prompts
        self.prompter = Prompter(
            self.schedules, catalogue, SHELF, {}, texts=self.texts, near=topics.near, now=lambda: NOW
        )
        self.planner = Planner(self.schedules, self.prompter, now=lambda: NOW)
        self.writer = Writer(
            self.schedules,
            self.texts,
            self.prompter,
            SHELF,
            self.model,
            read_prompt(PROMPTS / "daily.md"),
            topics.of,
            identify=lambda text: language_of(text, otherwise=""),
            now=lambda: NOW,
        )

    def shown(self, one: Schedule) -> str:
        prompt = self.prompter.prompt(one, MONDAY)
        return self.prompter.told(one, Key(one.id, EVERYBODY, MONDAY), prompt).prompt.text


def test_a_text_that_fits_takes_the_place_of_the_catalogues_with_its_source(engine: Engine) -> None:
    parts = Parts(engine, {"text": GOOD})
    parts.planner.save(schedule())
    before = parts.planner.next(schedule())
    parts.writer.tick()
    after = parts.planner.next(schedule())
    assert before
    assert after
    assert after.told.prompt.text == GOOD
    assert before.told.prompt.text != GOOD
    assert after.told.prompt.source == before.told.prompt.source
    assert after.told.value == before.told.value


def test_the_model_is_asked_once_for_a_schedule_and_day_by_whichever_process(engine: Engine) -> None:
    one, other = Parts(engine, {"text": GOOD}), Parts(engine, {"text": GOOD})
    for number in range(3):
        one.planner.save(schedule(f"C{number}"))
    for _ in range(3):
        one.writer.tick()
        other.writer.tick()
    assert len(one.model.asked) + len(other.model.asked) == 3


@pytest.mark.parametrize("answer", [None, {"text": ""}, {"text": "As Ron Kaufman says, give them more value today."}])
def test_where_the_model_fails_or_invents_the_catalogue_stands(engine: Engine, answer: object) -> None:
    parts = Parts(engine, answer)
    parts.planner.save(schedule())
    before = parts.shown(schedule())
    parts.writer.tick()
    parts.writer.tick()
    assert parts.shown(schedule()) == before
    assert len(parts.model.asked) == 1


def test_a_text_in_another_language_than_the_schedule_has_by_now_is_not_shown(engine: Engine) -> None:
    parts = Parts(engine, {"text": GOOD})
    parts.planner.save(schedule())
    parts.writer.tick()
    parts.planner.save(schedule(language="fi"))
    assert language_of(parts.shown(schedule(language="fi"))) == "fi"


def test_only_what_was_told_for_it_is_drawn_on(engine: Engine) -> None:
    parts = Parts(engine, {"text": GOOD})
    for number, (inspires, team) in enumerate(
        [(True, TEAM), (False, TEAM), (True, Team(platform="slack", workspace="T2"))]
    ):
        told = Story(
            id=str(number), day=NOW.date(), language="en", whom="customer", value="value-wow",
            text=f"Story {number} about a bakery", in_book=not inspires, inspires=inspires,
        )  # fmt: skip
        parts.stories.add(team, told, "by")
    parts.planner.save(schedule())
    parts.writer.tick()
    [(_, asked)] = parts.model.asked
    assert "Story 0 about a bakery" in asked.text
    assert "Story 1" not in asked.text
    assert "Story 2" not in asked.text


def test_without_a_model_a_story_draws_the_catalogues_nearest_prompt_of_the_value(engine: Engine) -> None:
    parts = Parts(engine, None)
    day = date(2026, 9, 7)
    before = parts.prompter.prompt(schedule(), day)
    prompts = SHELF.knowledge.daily_prompts("en").values()
    other = next(p for p in prompts if p.value == before.value and p.id != before.id and p.months == before.months)
    told = Story(
        id="1", day=NOW.date(), language="en", whom="customer", value=other.value, text=other.text, inspires=True
    )
    parts.stories.add(TEAM, told, "by")
    assert parts.prompter.prompt(schedule(), day).id == other.id


def test_a_removed_schedule_leaves_no_text(engine: Engine) -> None:
    parts = Parts(engine, {"text": GOOD})
    parts.planner.save(schedule())
    parts.writer.tick()
    parts.planner.remove(schedule())
    assert parts.texts.of(schedule(), MONDAY) is None


@pytest.mark.parametrize(("text", "taken"), [
    (GOOD, True),
    ("Kies één antwoord en stel je de lezer voor. Verander daarna één zin voor die persoon.", False),
    ("Look at https://example.com and give one customer more than they asked for today.", False),
    ("Give 3 customers a small surprise today, whoever they are and whatever they ask.", False),
    ("Give Anna Virtanen from Nokia a small surprise today, for she has waited.", False),
    ("Dear [name], give one customer a small surprise today, whoever they are.", False),
    ("The book “Delivering Happiness” says it: give one customer a small surprise.", False),
    ("*Give* one customer a small surprise today, whoever they are and whatever they ask.", False),
    ("One thing. And another one. And a third one for you. And a fourth one to go with it.", False),
    ("word " * 80, False),
    ("Do it.", False),
])  # fmt: skip
def test_what_is_believed_of_a_model(text: str, taken: bool) -> None:
    prompt = SHELF.knowledge.daily_prompts("en")["picture-the-reader"]
    assert fits(text, prompt, SHELF.reader("en").lexicon, lambda text: language_of(text, otherwise="")) is taken


@pytest.mark.parametrize("language", ["en", "nl", "fi"])
def test_the_catalogues_own_words_would_be_believed(language: Language) -> None:
    lexicon = SHELF.reader(language).lexicon
    prompts = SHELF.knowledge.daily_prompts(language).values()
    refused = [p.id for p in prompts if not fits(p.text, p, lexicon, lambda text: language_of(text, otherwise=""))]
    assert refused == []
