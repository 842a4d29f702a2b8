"""``heartware check``: every data file read, every cross-reference followed, every rule tried on its examples."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from bot.coaching.errors import BadKnowledge
from bot.coaching.model import LANGUAGES, Language
from bot.coaching.path import STEPS_A_WEEK
from bot.coaching.rules import Example, Rule, find
from bot.coaching.situation import Sign
from bot.coaching.strengths import Praise
from bot.coaching.text import Reading
from bot.content.documents.ingest import read_ingest
from bot.content.knowledge import Knowledge
from bot.content.prompts import read_prompt
from bot.content.wording import read_wording
from bot.content.yaml_files import as_model, read_entries

# A repeated group that itself repeats, such as (a+)+, can take exponential time.
_NESTED = re.compile(r"\((?:[^()\\]|\\.)*[+*](?:[^()\\]|\\.)*\)[+*]")

E = TypeVar("E", Rule, Sign, Praise)

_PLACE = re.compile(r"\{\w+\}")

_BASES = {"prompts-of-the-day": "prompts"}
"""Base files that are called otherwise than their folder."""


def check(knowledge: Path, prompts: Path, wording: Path) -> list[str]:
    """Every problem found in the three folders, one sentence each, beginning with file and line. Empty: all is well."""
    problems = [*_cards(knowledge), *_ingest(knowledge), *_prompts(prompts), *_wording(wording)]
    for language in LANGUAGES:
        problems.extend(check_rules(knowledge, language))
        problems.extend(_signs_and_praise(knowledge, language))
    return list(dict.fromkeys(problems))


def stale(root: Path, today: date) -> list[str]:
    """The principles, touches and facts whose review date has passed, one line each. Raises BadKnowledge."""
    cards = Knowledge(root).care.values()
    return [f"'{card.card}' was to be reviewed by {card.review_by}." for card in cards if card.stale(today)]


def _cards(root: Path) -> Iterator[str]:
    for folder, base in (
        ("principles", "principles"),
        ("touches", "touches"),
        ("onboarding", "facts"),
        ("advice", "advice"),
        ("prompts-of-the-day", "prompts"),
        ("gifts", "gifts"),
        ("path", "path"),
        ("value-cards", "value-cards"),
        ("everyday", "everyday"),
    ):
        yield from _languages(root / folder, base)
    knowledge = Knowledge(root)
    for language in LANGUAGES:
        for part in (
            knowledge.principles,
            knowledge.touches,
            knowledge.facts,
            knowledge.lexicon,
            knowledge.questions,
            knowledge.advice,
            knowledge.daily_prompts,
            knowledge.gifts,
            knowledge.steps,
            knowledge.value_cards,
        ):
            try:
                part(language)
            except BadKnowledge as problem:
                yield str(problem)
    yield from _named_principles(knowledge)
    yield from _named_cards(knowledge)
    yield from _path(knowledge)


def _ingest(root: Path) -> Iterator[str]:
    try:
        read_ingest(root / "ingest")
    except BadKnowledge as problem:
        yield str(problem)


def _prompts(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*.md")):
        try:
            read_prompt(path)
        except BadKnowledge as problem:
            yield str(problem)


def _wording(folder: Path) -> Iterator[str]:
    names: dict[str, set[str]] = {}
    for language in LANGUAGES:
        path = folder / f"{language}.toml"
        try:
            sentences = read_wording(path).sentences
        except BadKnowledge as problem:
            yield str(problem)
            continue
        places = {f"{name} {sorted(_PLACE.findall(text))}" for name, text in sentences.items()}
        names[str(path)] = places
        for name in sorted(set.union(*names.values()) ^ places):
            yield f"{path}:1: '{name.split()[0]}' is missing, or has other {{places}} than in the other languages."


def _signs_and_praise(root: Path, language: Language) -> Iterator[str]:
    knowledge = Knowledge(root)
    try:
        principles, cues = knowledge.principles(language), _cues(knowledge)
        signs, praise = knowledge.signs(language), knowledge.praise(language)
    except BadKnowledge as problem:
        yield str(problem)
        return
    path = root / "situations" / f"{language}.yaml"
    for sign in signs:
        place = f"{path}:1: sign '{sign.id}'"
        if sign.kind == "cue" and sign.name not in cues:
            yield f"{place} names the cue '{sign.name}', which no touch has."
        if sign.kind == "bar" and not sign.because:
            yield f"{place} bars a touch and must say why in 'because'."
        yield from _tried(place, sign, _shows)
        yield from _slow(place, sign.find, sign.unless)
    path = root / "strengths" / f"{language}.yaml"
    for entry in praise:
        place = f"{path}:1: strength '{entry.id}'"
        if entry.principle not in principles:
            yield f"{place} names the principle '{entry.principle}', which does not exist."
        yield from _tried(place, entry, _praises)
        yield from _slow(place, entry.find, entry.unless)


def _cues(knowledge: Knowledge) -> set[str]:
    return {cue for touch in knowledge.touches("en").values() for cue in touch.cues}


def _tried(place: str, entry: E, fires: Callable[[E, Example], bool]) -> Iterator[str]:
    for example in entry.fires:
        if not fires(entry, example):
            yield f"{place} must fire on this example and does not: {example.draft or example.customer}"
    for example in entry.quiet:
        if fires(entry, example):
            yield f"{place} must stay quiet on this example and fires: {example.draft or example.customer}"


def _fires(rule: Rule, example: Example) -> bool:
    return bool(find([rule], Reading(example.draft), customer=Reading(example.customer)))


def _shows(sign: Sign, example: Example) -> bool:
    return sign.shows(Reading(example.draft), Reading(example.customer))


def _praises(praise: Praise, example: Example) -> bool:
    return praise.quote(Reading(example.draft)) is not None


def _slow(place: str, *groups: Iterable[str]) -> Iterator[str]:
    for pattern in chain(*groups):
        if _NESTED.search(pattern):
            yield f"{place} has a pattern with a repeat inside a repeat, which can be slow: {pattern}"


def check_rules(root: Path, language: Language) -> Iterator[str]:
    """Problems of one language's rules: fields, patterns, principles, and examples that behave otherwise."""
    knowledge = Knowledge(root)
    try:
        principles = set(knowledge.principles(language))
    except BadKnowledge:
        principles = set()
    seen: dict[str, str] = {}
    for path in sorted((root / "rules" / language).glob("*.yaml")):
        try:
            entries = read_entries(path)
        except BadKnowledge as problem:
            yield str(problem)
            continue
        for line, values in entries:
            try:
                rule = as_model(Rule, values | {"language": language}, path=path, line=line)
            except BadKnowledge as problem:
                yield str(problem)
                continue
            place = f"{path}:{line}: rule '{rule.id}'"
            if rule.id in seen:
                yield f"{place} has the same id as {seen[rule.id]}."
            seen[rule.id] = f"{path}:{line}"
            if principles and rule.principle not in principles:
                yield f"{place} names the principle '{rule.principle}', which does not exist."
            yield from _tried(place, rule, _fires)
            situation = (rule.when_customer, rule.unless_customer, rule.when_draft, rule.unless_draft)
            yield from _slow(place, rule.find, rule.unless, rule.needs, *situation)


def _languages(folder: Path, base: str) -> Iterator[str]:
    try:
        ids = _ids(folder / f"{base}.yaml")
        for language in LANGUAGES:
            path = folder / f"{language}.yaml"
            own = _ids(path)
            yield from (f"{path}:1: '{id}' of {base}.yaml has no words here." for id in ids if id not in own)
            yield from (f"{path}:{line}: '{id}' is not in {base}.yaml." for id, line in own.items() if id not in ids)
    except BadKnowledge as problem:
        yield str(problem)


def _ids(path: Path) -> dict[Any, int]:
    ids: dict[Any, int] = {}
    for line, values in read_entries(path):
        if values.get("id") in ids:
            raise BadKnowledge(f"{path}:{line}: the id '{values.get('id')}' is used twice.")
        ids[values.get("id")] = line
    return ids


def _path(knowledge: Knowledge) -> Iterator[str]:
    """What the steps of the path must have between them: whole weeks in order, and each value card once."""
    base = knowledge.root / "path" / "path.yaml"
    try:
        steps, cards = knowledge.steps("en"), knowledge.value_cards("en")
        lines = {values.get("id"): line for line, values in read_entries(base)}
    except BadKnowledge:
        return  # said already
    given: set[str] = set()
    for number, step in enumerate(steps):
        place = f"{base}:{lines[step.id]}: step '{step.id}'"
        week = number // STEPS_A_WEEK + 1
        if step.week != week:
            yield f"{place} stands in week {week} and says {step.week}: each week has {STEPS_A_WEEK} steps, in order."
        if step.card and step.card not in cards:
            yield f"{place} names the value card '{step.card}', which does not exist."
        if step.card in given:
            yield f"{place} gives the value card '{step.card}' a second time."
        given |= {step.card} - {""}
    if len(steps) % STEPS_A_WEEK:
        yield f"{base}:1: the last week has {len(steps) % STEPS_A_WEEK} steps, and a week has {STEPS_A_WEEK}."
    for card in cards.keys() - given:
        yield f"{base}:1: no step gives the value card '{card}'."


def _named_cards(knowledge: Knowledge) -> Iterator[str]:
    """What the moments of the day name that does not exist."""
    try:
        known, moments = knowledge.care, knowledge.questions("en").everyday
    except BadKnowledge:
        return  # said already
    path = knowledge.root / "everyday" / "everyday.yaml"
    for moment in moments:
        for card in moment.cards:
            if card not in known:
                yield f"{path}:1: '{moment.id}' names the card '{card}', which does not exist."


def _named_principles(knowledge: Knowledge) -> Iterator[str]:
    try:
        principles = knowledge.principles("en")
        named = {
            "touches": {touch.id: touch.principle for touch in knowledge.touches("en").values()},
            "advice": {criterion: one.principle for criterion, one in knowledge.advice("en").items()},
            "prompts-of-the-day": {prompt.id: prompt.value for prompt in knowledge.daily_prompts("en").values()},
            "value-cards": {card: card for card in knowledge.value_cards("en")},
        }
    except BadKnowledge:
        return  # said already
    for folder, entries in named.items():
        path = knowledge.root / folder / f"{_BASES.get(folder, folder)}.yaml"
        for id, principle in entries.items():
            if principle not in principles:
                yield f"{path}:1: '{id}' names the principle '{principle}', which does not exist."
