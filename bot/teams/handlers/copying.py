"""What is copied from a review: the reply whole, in parts or with only some changes, and the line of a touch."""

from __future__ import annotations

from typing import Any

from bot.coaching.model import Review, Rewrite
from bot.desk.errors import Erased
from bot.desk.model import Job
from bot.rituals.model import Team, Use
from bot.teams.cards.copying import choosing_card, chosen, line_card, numbers, part_card
from bot.teams.cards.parts import Card, Place
from bot.teams.edge import Edge
from bot.teams.turn import Turn


class Copying:
    """A press of a button under a review, which carries ``data``."""

    def __init__(self, edge: Edge, turn: Turn, data: dict[str, Any], place: Place) -> None:
        self._edge = edge
        self._desk = edge.desk
        self._call = edge.work.call
        self._turn = turn
        self._data = data
        self._place: Place = place
        self._id = self._text("job")

    async def reply(self) -> str:
        """The improved reply, as it stands in the field, maybe changed by the agent. Raises Erased."""
        review = await self._call(self._desk.review, (await self._job()).id)
        return self._text("reply") or (review.rewrite.text if review.rewrite else "")

    async def used(self, kind: Use) -> None:
        """Count that something of the review was put to use, for the figures of the team."""
        team = Team(platform="teams", workspace=self._turn.person.workspace)
        await self._call(self._edge.rituals.reporter.used, team, self._id, kind)

    async def use_touch(self) -> Card:
        """The touch's line in a field to copy it from."""
        review = await self._call(self._desk.review, (await self._job()).id)
        if review.touch is None:
            raise Erased("The touch is no more.")
        await self.used("touch")
        return line_card(review.touch, self._edge.words.of(review.language), job=self._id, place=self._place)

    async def copy_part(self) -> Card:
        """A part of a reply that is too long to copy from one card."""
        return await self.part(self._text("part"))

    async def part(self, number: str = "0") -> Card:
        """A part of the improved reply, by its number. Raises Erased."""
        job, review, rewrite = await self._rewritten()
        picked = self._text("picked")
        reply = chosen(rewrite, job.draft.text, numbers(picked, rewrite)) if picked else rewrite.text
        wording = self._edge.words.of(review.language)
        which = int(number) if number.isdecimal() and len(number) < 4 else 0
        return part_card(reply, which, wording, job=self._id, place=self._place, picked=picked)

    async def choose(self) -> Card:
        """Only some of the changes; all of them where nobody chose yet."""
        job, review, rewrite = await self._rewritten()
        listed = self._data.get("changes")
        taken = numbers(listed, rewrite) if isinstance(listed, str) else range(len(rewrite.edits))
        wording = self._edge.words.of(review.language)
        return choosing_card(rewrite, job.draft.text, taken, wording, job=self._id, place=self._place)

    async def _rewritten(self) -> tuple[Job, Review, Rewrite]:
        """The job with its improved reply. Raises Erased where there is none any more."""
        job = await self._job()
        review = await self._call(self._desk.review, job.id)
        if review.rewrite is None:
            raise Erased("There is no improved reply any more.")
        return job, review, review.rewrite

    async def _job(self) -> Job:
        """The job of the button; somebody else's counts as erased."""
        job = await self._call(self._desk.job, self._id)
        if job.person != self._turn.person:
            raise Erased("This is somebody else's.")
        return job

    def _text(self, name: str) -> str:
        value = self._data.get(name)
        return value if isinstance(value, str) else ""
