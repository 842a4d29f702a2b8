"""The shipped knowledge: sources, principles, touches, facts and rules, read from ``knowledge/``.

What is the same in every language stands once in a base file (``principles.yaml``); the words stand beside it, one
file a language. Each part is read when it is first asked for, since a review needs only one language of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, Field

from bot.coaching.asking import Everyday, Questions, names_in
from bot.coaching.errors import BadKnowledge
from bot.coaching.gifts import GiftAdvice
from bot.coaching.lexicon import Lexicon
from bot.coaching.model import (
    LANGUAGES,
    Care,
    CatalogueTouch,
    Fact,
    Language,
    Passage,
    Principle,
    Source,
    Value,
    passage_id,
)
from bot.coaching.path import Step, ValueCard
from bot.coaching.rituals import DailyPrompt
from bot.coaching.rules import Advice, Rule
from bot.coaching.situation import Sign
from bot.coaching.strengths import Praise
from bot.content.yaml_files import as_model, read_entries

M = TypeVar("M", bound=BaseModel)


class SourceEntry(Value):
    """A source document as ``sources.yaml`` lists it."""

    id: str
    file: str
    title: str
    author: str
    language: str
    caveat: Mapping[Language, str] = Field(default_factory=dict)


class _Entry(NamedTuple):
    path: Path
    line: int
    values: dict[str, Any]


class Knowledge:
    """The data files below one folder, as typed values. Any of the methods raises BadKnowledge with file and line."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.principles = cache(self._principles)
        self.touches = cache(self._touches)
        self.facts = cache(self._facts)
        self.rules = cache(self._rules)
        self.advice = cache(self._advice)
        self.praise = cache(self._praise)
        self.signs = cache(self._signs)
        self.lexicon = cache(self._lexicon)
        self.questions = cache(self._questions)
        self.names = cache(self._names)
        self.daily_prompts = cache(self._daily_prompts)
        self.gifts = cache(self._gifts)
        self.steps = cache(self._steps)
        self.value_cards = cache(self._value_cards)

    @cached_property
    def sources(self) -> dict[str, SourceEntry]:
        """The source documents by id."""
        path = self.root / "sources.yaml"
        entries = (as_model(SourceEntry, values, path=path, line=line) for line, values in read_entries(path))
        return {entry.id: entry for entry in entries}

    @cached_property
    def care(self) -> dict[str, Care]:
        """Who keeps each principle, touch and fact true, by the card that its passages name."""
        owned = [
            *(("principle", p.id, p.owner, p.review_by) for p in self.principles("en").values()),
            *(("touch", t.id, "", t.review_by) for t in self.touches("en").values()),
            *(("fact", f.id, f.owner, f.review_by) for f in self.facts("en").values()),
        ]
        return {
            f"{kind}/{id}": Care(card=f"{kind}/{id}", owner=owner, review_by=until) for kind, id, owner, until in owned
        }

    def _principles(self, language: Language) -> dict[str, Principle]:
        return {p.id: p for p in self._worded(Principle, "principles", language)}

    def _touches(self, language: Language) -> dict[str, CatalogueTouch]:
        return {t.id: t for t in self._worded(CatalogueTouch, "touches", language)}

    def _facts(self, language: Language) -> dict[str, Fact]:
        return {f.id: f for f in self._worded(Fact, "onboarding", language, base="facts")}

    def _rules(self, language: Language) -> tuple[Rule, ...]:
        paths = sorted((self.root / "rules" / language).glob("*.yaml"))
        return tuple(rule for path in paths for rule in _entries(Rule, path, language))

    def _advice(self, language: Language) -> dict[str, Advice]:
        """What is said of each criterion that the judge knows, in the order of ``advice.yaml``."""
        found: dict[str, Advice] = {}
        for base, words in self._paired("advice", language):
            criterion = str(base.values["id"])
            values = base.values | words.values | {"id": f"learned-{criterion}", "criterion": criterion}
            found[criterion] = as_model(Advice, values, path=words.path, line=words.line)
        return found

    def _everyday(self, language: Language) -> tuple[Everyday, ...]:
        return tuple(
            as_model(Everyday, base.values | words.values | {"language": language}, path=words.path, line=words.line)
            for base, words in self._paired("everyday", language)
        )

    def _praise(self, language: Language) -> tuple[Praise, ...]:
        return tuple(_entries(Praise, self.root / "strengths" / f"{language}.yaml", language))

    def _signs(self, language: Language) -> tuple[Sign, ...]:
        return tuple(_entries(Sign, self.root / "situations" / f"{language}.yaml", language))

    def _lexicon(self, language: Language) -> Lexicon:
        path = self.root / "lexicon" / f"{language}.yaml"
        line, values = read_entries(path)[0]
        return as_model(Lexicon, values, path=path, line=line)

    def _questions(self, language: Language) -> Questions:
        path = self.root / "questions" / f"{language}.yaml"
        line, values = read_entries(path)[0]
        return as_model(Questions, values | {"everyday": self._everyday(language)}, path=path, line=line)

    def _names(self, language: Language) -> frozenset[str]:
        told = [text for fact in self.facts(language).values() for text in (fact.topic, fact.claim)]
        return names_in([*told, *(f"{source.title} {source.author}" for source in self.sources.values())])

    def _daily_prompts(self, language: Language) -> dict[str, DailyPrompt]:
        return {p.id: p for p in self._worded(DailyPrompt, "prompts-of-the-day", language, base="prompts")}

    def _gifts(self, language: Language) -> tuple[GiftAdvice, ...]:
        return tuple(self._worded(GiftAdvice, "gifts", language))

    def _steps(self, language: Language) -> tuple[Step, ...]:
        return tuple(self._worded(Step, "path", language))

    def _value_cards(self, language: Language) -> dict[str, ValueCard]:
        return {card.id: card for card in self._worded(ValueCard, "value-cards", language)}

    def _worded(self, model: type[M], folder: str, language: Language, *, base: str = "") -> Iterator[M]:
        """The base file joined with one language's words. The line named in a complaint is that of the words."""
        for shared, words in self._paired(folder, language, base):
            values = self._with_source(shared, language) | self._flat(words.values)
            yield as_model(model, values | {"language": language}, path=words.path, line=words.line)

    def _paired(self, folder: str, language: Language, base: str = "") -> Iterator[tuple[_Entry, _Entry]]:
        """Each entry of the base file with its words in one language."""
        base_path = self.root / folder / f"{base or folder}.yaml"
        path = self.root / folder / f"{language}.yaml"
        words = {values.get("id"): _Entry(path, line, values) for line, values in read_entries(path)}
        for line, values in read_entries(base_path):
            if values.get("id") not in words:
                raise BadKnowledge(f"{base_path}:{line}: '{values.get('id')}' has no words in {path.name}.")
            yield _Entry(base_path, line, values), words[values["id"]]

    def _with_source(self, shared: _Entry, language: Language) -> dict[str, Any]:
        values = shared.values
        entry = self.sources.get(values.get("source", ""))
        if entry is None:
            place = f"{shared.path}:{shared.line}"
            raise BadKnowledge(f"{place}: the source '{values.get('source')}' is not in sources.yaml.")
        rest = {key: value for key, value in values.items() if key not in ("source", "where")}
        source = Source(
            **entry.model_dump(exclude={"caveat"}),
            where=values.get("where", ""),
            caveat=entry.caveat.get(language, ""),
        )
        return rest | {"source": source}

    @staticmethod
    def _flat(own: dict[str, Any]) -> dict[str, Any]:
        example = own.get("example")
        if not isinstance(example, dict):
            return own
        rest = {key: value for key, value in own.items() if key != "example"}
        return rest | {f"example_{side}": text for side, text in example.items()}

    def files(self) -> list[Path]:
        """The files that ``passages`` is made from, in a fixed order."""
        folders = ("principles", "touches", "onboarding")
        return [
            self.root / "sources.yaml",
            *(p for folder in folders for p in sorted((self.root / folder).glob("*.yaml"))),
        ]

    def passages(self) -> list[Passage]:
        """Every principle, touch and fact in every language, as passages that can be found and cited."""
        found: list[Passage] = []
        for language in LANGUAGES:
            found.extend(_of_principle(p) for p in self.principles(language).values())
            found.extend(passage_of_touch(t) for t in self.touches(language).values())
            found.extend(_of_fact(f) for f in self.facts(language).values())
        return found


def _entries(model: type[M], path: Path, language: Language) -> Iterator[M]:
    for line, values in read_entries(path):
        yield as_model(model, values | {"language": language}, path=path, line=line)


def _of_principle(p: Principle) -> Passage:
    text = f"{p.title}. {p.asks} {p.breaks}"
    return _passage("principle", p.id, p.language, p.title, text, p.source)


def passage_of_touch(t: CatalogueTouch) -> Passage:
    """The touch as it is indexed."""
    return _passage("touch", t.id, t.language, t.idea, f"{t.idea} {t.fits} {t.why}", t.source)


def _of_fact(f: Fact) -> Passage:
    topic = f.topic if f.topic.endswith("?") else f"{f.topic}."
    text = " ".join(part for part in (topic, f.claim, f.conflict) if part)
    return _passage("fact", f.id, f.language, f.topic, text, f.source, f.conflict)


def _passage(
    kind: Any, card: str, language: Language, heading: str, text: str, source: Source, conflict: str = ""
) -> Passage:
    return Passage(
        id=passage_id(f"{kind}/{card}", language),
        text=text,
        source=source,
        language=language,
        kind=kind,
        card=f"{kind}/{card}",
        heading=heading,
        paraphrase=True,
        conflict=conflict,
    )
