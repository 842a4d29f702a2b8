"""Hand-written stand-ins for what lies beyond the core; each records what it was asked."""

from __future__ import annotations

import hashlib
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

from bot.coaching.errors import LibraryUnavailable, ModelUnavailable
from bot.coaching.model import Found, Language, Passage, Review
from bot.coaching.ports import Form, Message, Vector
from bot.coaching.text import words
from bot.desk.errors import Erased
from bot.desk.model import Job, Person, Preferences, Week


class Clock:
    """A clock that a test sets, in UTC."""

    def __init__(self, at: str = "2026-11-22T12:00") -> None:
        self.to(at)

    def __call__(self) -> datetime:
        return self.at

    def to(self, at: str) -> None:
        """It is then."""
        self.at = datetime.fromisoformat(at).replace(tzinfo=UTC)

    def wait(self, **time: float) -> None:
        """So much later, in timedelta's words."""
        self.at += timedelta(**time)


class HashEmbedder:
    """Vectors of length one made from a text's words: the same words, the same vector. Records what it embeds."""

    id = "hash-8"

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        self.embedded.extend(texts)
        return [_vector(text) for text in texts]

    queries = passages


def _vector(text: str) -> Vector:
    sums = [0.001] * 8
    for word in words(text):
        digest = hashlib.sha256(word.encode("utf-8", "replace")).digest()
        sums = [total + byte - 127.5 for total, byte in zip(sums, digest[:8], strict=True)]
    length = sum(x * x for x in sums) ** 0.5
    return [x / length for x in sums]


class MemoryLibrary:
    """A library in memory that finds passages by shared words. ``broken`` makes every call fail."""

    def __init__(self, *, broken: bool = False) -> None:
        self.kept: dict[str, Passage] = {}
        self.puts: list[str] = []
        self.drops: list[str] = []
        self.broken = broken

    def _working(self) -> None:
        if self.broken:
            raise LibraryUnavailable("The index cannot be read.")

    def put(self, passages: Sequence[Passage]) -> None:
        self._working()
        self.puts.extend(p.id for p in passages)
        self.kept.update({p.id: p for p in passages})

    def drop(self, ids: Sequence[str]) -> None:
        self._working()
        self.drops.extend(ids)
        for id in ids:
            self.kept.pop(id, None)

    def ids(self) -> set[str]:
        self._working()
        return set(self.kept)

    def get(self, ids: Sequence[str]) -> list[Passage]:
        self._working()
        return [self.kept[id] for id in dict.fromkeys(ids) if id in self.kept]

    def search(self, query: str, *, k: int = 5, language: str = "") -> list[Found]:
        self._working()
        asked = set(words(query))
        scored = [(len(asked & set(words(p.text))) / (len(asked) or 1), p) for p in self.kept.values()]
        best = sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])[:k]
        return [Found(passage=passage, score=score) for score, passage in best]


class ScriptedModel:
    """A language model that gives the answer it was made with, or fails where that is None. Records the messages."""

    name = "scripted"

    def __init__(self, answer: object) -> None:
        self.answer = answer
        self.asked: list[Sequence[Message]] = []

    def ask(self, messages: Sequence[Message], form: type[Form], growing: Callable[[Form], None] | None = None) -> Form:
        self.asked.append(messages)
        if self.answer is None:
            raise ModelUnavailable("The model scripted failed.")
        return form.model_validate(self.answer)


class MemoryJobs:
    """Jobs in memory, as JSON, so that what a store would lose is lost here too. ``now`` is its clock."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.rows: dict[str, str] = {}
        self.used: dict[str, datetime] = {}
        self.now = now
        self._lock = threading.RLock()

    def put(self, job: Job) -> bool:
        with self._lock:
            if job.id in self.used:
                return False
            self._keep(job)
            return True

    def _keep(self, job: Job) -> None:
        self.rows[job.id] = job.model_dump_json()
        self.used[job.id] = self.now()

    def get(self, id: str) -> Job:
        with self._lock:
            if id not in self.rows:
                raise Erased("This draft is no longer kept.")
            self.used[id] = self.now()
            return Job.model_validate_json(self.rows[id])

    def change(self, id: str, how: Callable[[Job], Job]) -> Job:
        with self._lock:
            job = how(self.get(id))
            self._keep(job)
            return job

    def of(self, person: Person) -> list[Job]:
        jobs = (Job.model_validate_json(kept) for kept in self.rows.values())
        return [job for job in jobs if job.person == person]

    def kept(self, platform: str) -> list[str]:
        return [id for id in self.rows if self.get(id).person.platform == platform]

    def erase(self, id: str) -> None:
        self.rows.pop(id, None)

    def erase_older(self, than: datetime) -> int:
        old = [id for id in self.rows if self.used[id] < than]
        for id in old:
            self.erase(id)
        return len(old)

    def erase_of(self, person: Person) -> None:
        for job in self.of(person):
            self.erase(job.id)

    def erase_workspace(self, platform: str, workspace: str) -> None:
        for kept in list(self.rows.values()):
            job = Job.model_validate_json(kept)
            if (job.person.platform, job.person.workspace) == (platform, workspace):
                self.erase(job.id)


class MemoryPeople:
    """People in memory."""

    def __init__(self) -> None:
        self.chosen: dict[Person, Preferences] = {}
        self.reviews: dict[str, tuple[Person, date, str, tuple[str, ...]]] = {}
        self.feedback: dict[str, tuple[Person, date, bool, str]] = {}

    def preferences(self, person: Person) -> Preferences:
        return self.chosen.get(person, Preferences())

    def prefer(
        self, person: Person, *, language: Language | Literal[""] | None = None, quiet: bool | None = None
    ) -> None:
        chosen = {"language": language, "quiet": quiet}
        self._choose(person, **{name: value for name, value in chosen.items() if value is not None})

    def _choose(self, person: Person, **update: object) -> None:
        self.chosen[person] = self.preferences(person).model_copy(update=update)

    def silence(self, person: Person, rule: str) -> None:
        self._choose(person, silenced=tuple(sorted({*self.preferences(person).silenced, rule})))

    def unsilence(self, person: Person, rule: str) -> None:
        self._choose(person, silenced=tuple(kept for kept in self.preferences(person).silenced if kept != rule))

    def reviewed(self, person: Person, job: str, day: date, review: Review) -> None:
        criteria = tuple(dict.fromkeys(finding.criterion for finding in review.findings))
        self.reviews[job] = (person, day, review.verdict, criteria)

    def useful(self, person: Person, job: str, day: date, useful: bool, why: str) -> None:
        self.feedback[job] = (person, day, useful, why)

    def week(self, person: Person, until: date) -> Week:
        days = {until - timedelta(days=back) for back in range(7)}
        mine = [row for row in self.reviews.values() if row[0] == person and row[1] in days]
        said = [row[2] for row in self.feedback.values() if row[0] == person and row[1] in days]
        counted = Counter(criterion for row in mine for criterion in row[3])
        return Week(
            reviews=len(mine),
            sent=sum(row[2] == "send" for row in mine),
            useful=said.count(True),
            not_useful=said.count(False),
            criteria=tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))),
        )

    def export(self, person: Person) -> dict[str, Any]:
        reviews = {job: row for job, row in self.reviews.items() if row[0] == person}
        feedback = {job: row for job, row in self.feedback.items() if row[0] == person}
        return {
            "preferences": self.preferences(person).model_dump(mode="json"),
            "reviews": [
                {"id": job, "day": day.isoformat(), "verdict": verdict, "criteria": list(criteria)}
                for job, (_, day, verdict, criteria) in reviews.items()
            ],
            "feedback": [
                {"id": job, "day": day.isoformat(), "useful": useful, "why": why}
                for job, (_, day, useful, why) in feedback.items()
            ],
        }

    def delete(self, person: Person) -> None:
        self.chosen.pop(person, None)
        self.reviews = {job: row for job, row in self.reviews.items() if row[0] != person}
        self.feedback = {job: row for job, row in self.feedback.items() if row[0] != person}

    def delete_workspace(self, platform: str, workspace: str) -> None:
        known = {*self.chosen, *(row[0] for row in self.reviews.values()), *(row[0] for row in self.feedback.values())}
        for person in known:
            if (person.platform, person.workspace) == (platform, workspace):
                self.delete(person)
