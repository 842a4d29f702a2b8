"""A rulebook in memory, as JSON, so that what a store would lose is lost here too; and a herald that remembers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from bot.packs.model import Choice, Place, Proposal


class MemoryRulebook:
    def __init__(self) -> None:
        self.choices: dict[tuple[Place, str], Choice] = {}
        self.rows: dict[str, str] = {}
        self.reminded: set[str] = set()

    def chosen(self, place: Place) -> Mapping[str, Choice]:
        return {rule: choice for (where, rule), choice in self.choices.items() if where == place}

    def choose(self, place: Place, rule: str, choice: Choice | None) -> None:
        if choice:
            self.choices[place, rule] = choice
        else:
            self.choices.pop((place, rule), None)

    def add(self, proposal: Proposal) -> None:
        self.rows[proposal.id] = proposal.model_dump_json()

    def own(self, place: Place) -> list[Proposal]:
        all_ = (Proposal.model_validate_json(row) for row in self.rows.values())
        return [one for one in all_ if one.place.whole == place.whole]

    def approve(self, proposal: Proposal) -> bool:
        waits = any(one.id == proposal.id and not one.approved for one in self.own(proposal.place))
        if waits:
            self.add(proposal)
        return waits

    def keep(self, place: Place, id: str, owner: str, review_by: date) -> bool:
        found = next((one for one in self.own(place) if one.id == id and one.approved), None)
        if found:
            self.add(found.model_copy(update={"owner": owner, "review_by": review_by}))
            self.reminded.discard(id)
        return found is not None

    def remove(self, place: Place, id: str) -> Proposal | None:
        found = next((one for one in self.own(place) if one.id == id), None)
        if found:
            del self.rows[id]
        return found

    def due(self, today: date, platforms: Collection[str]) -> list[Proposal]:
        all_ = [Proposal.model_validate_json(row) for row in self.rows.values()]
        found = [
            one
            for one in all_
            if one.approved and one.review_by and one.review_by <= today
            if one.place.platform in platforms and one.id not in self.reminded
        ]
        self.reminded |= {one.id for one in found}
        return found

    def forget(self, place: Place) -> None:
        for one in self.own(place):
            del self.rows[one.id]
        self.choices = {key: choice for key, choice in self.choices.items() if key[0].whole != place.whole}

    def forget_person(self, place: Place, person: str) -> None:
        for one in self.own(place):
            if one.by == person and not one.approved:
                del self.rows[one.id]
            else:
                by, owner = ("" if name == person else name for name in (one.by, one.owner))
                self.add(one.model_copy(update={"by": by, "owner": owner}))


class RecordingHerald:
    def __init__(self) -> None:
        self.told: list[tuple[str, str, dict[str, object]]] = []
        self.asked: list[tuple[str, str]] = []

    def tell(self, place: Place, person: str, sentence: str, **values: object) -> None:
        self.told.append((person, sentence, values))

    def remind(self, place: Place, proposal: Proposal) -> None:
        self.asked.append((proposal.owner, proposal.id))
