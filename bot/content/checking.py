"""``heartware check``: every data file read, every cross-reference followed, every rule tried on its examples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.coaching.errors import BadKnowledge
from bot.coaching.model import LANGUAGES, Language
from bot.coaching.rules import Example, Rule, find
from bot.coaching.text import Reading
from bot.content.knowledge import Knowledge
from bot.content.yaml_files import as_model, read_entries

# A repeated group that itself repeats, such as (a+)+, can take exponential time.
_NESTED = re.compile(r"\((?:[^()\\]|\\.)*[+*](?:[^()\\]|\\.)*\)[+*]")


def check(root: Path) -> list[str]:
    """Every problem found below ``root``, one sentence each, beginning with file and line. Empty: all is well."""
    knowledge = Knowledge(root)
    problems: list[str] = []
    for folder, base in (("principles", "principles"), ("touches", "touches"), ("onboarding", "facts")):
        problems.extend(_languages(root / folder, base))
    for language in LANGUAGES:
        for part in (knowledge.principles, knowledge.touches, knowledge.facts):
            try:
                part(language)
            except BadKnowledge as problem:
                problems.append(str(problem))
        problems.extend(check_rules(root, language))
    problems.extend(_touch_principles(knowledge))
    return list(dict.fromkeys(problems))


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
            yield from (f"{place} {problem}" for problem in _behaviour(rule))


def _behaviour(rule: Rule) -> Iterator[str]:
    for pattern in (*rule.find, *rule.unless, *rule.needs, *rule.when_customer, *rule.when_draft):
        if _NESTED.search(pattern):
            yield f"has a pattern with a repeat inside a repeat, which can be slow: {pattern}"
    for example in rule.fires:
        if not _fires(rule, example):
            yield f"must fire on this example and does not: {example.draft}"
    for example in rule.quiet:
        if _fires(rule, example):
            yield f"must stay quiet on this example and fires: {example.draft}"


def _fires(rule: Rule, example: Example) -> bool:
    return bool(find([rule], Reading(example.draft), customer=example.customer))


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


def _touch_principles(knowledge: Knowledge) -> Iterator[str]:
    try:
        principles = knowledge.principles("en")
        for touch in knowledge.touches("en").values():
            if touch.principle not in principles:
                path = knowledge.root / "touches" / "touches.yaml"
                yield f"{path}:1: touch '{touch.id}' names the principle '{touch.principle}', which does not exist."
    except BadKnowledge:
        return  # said already
