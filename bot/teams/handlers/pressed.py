"""The buttons under a review, in a chat or in a dialog: each gives the card that takes the place of the one pressed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from bot.coaching.model import Review
from bot.coaching.wording import Wording
from bot.desk.errors import Erased
from bot.desk.following import NOTHING
from bot.desk.model import Job, Wish
from bot.teams.cards.form import reading
from bot.teams.cards.parts import Card, Place, notice
from bot.teams.cards.review import review_card
from bot.teams.connector import Gone
from bot.teams.edge import Edge
from bot.teams.handlers.copying import Copying
from bot.teams.messages import card_message
from bot.teams.turn import Turn

SOON = 1.4
"""Seconds that a button is waited for; what takes longer is shown when it is there."""


class Pressed(Copying):
    """One press of a button that carries ``data``."""

    def __init__(self, edge: Edge, turn: Turn, data: dict[str, Any], place: Place) -> None:
        super().__init__(edge, turn, data, place)
        self._buttons: dict[str, Callable[[], Awaitable[Card]]] = {
            "warmer": lambda: self._again("warmer"),
            "shorter": lambda: self._again("shorter"),
            "touch": lambda: self._again("touch"),
            "not_here": self._silence,
            "undo": self._unsilence,
            "feedback": self._feedback,
            "erase": self._erase,
            "show": self._show,
            "parts": self.copy_part,
            "choose": self.choose,
            "use_touch": self.use_touch,
        }

    async def answer(self) -> Card:
        """The card to show now."""
        button = self._buttons.get(self._text("action"))
        if button is None:
            return await self._notice("teams.old-button")
        try:
            return await button()
        except Erased:
            return await self._notice("chat.erased")

    async def _again(self, kind: Any) -> Card:
        """Another wording or touch: now, where it is made at once, else in the place of this card when it is."""
        of = await self._job()
        wish = Job(
            id=self._turn.job_id,
            person=self._turn.person,
            draft=NOTHING,
            wish=Wish(kind=kind),
            follows=of.id,
            address=self._address(),
        )
        with self._edge.delivery.waiting.for_job(wish.id) as waiting:
            await self._call(self._edge.take, wish)
            try:
                review = await asyncio.wait_for(waiting, SOON)
            except TimeoutError:
                busy = self._edge.words.of(of.review.language if of.review else "en").say("chat.working")
                return self._card(of, await self._call(self._desk.review, of.id), busy=busy)
        if review is None:
            return await self._notice("chat.failed")
        return self._card(of, review)

    def _address(self) -> dict[str, str]:
        """Where what is made later is shown: in the place of this card."""
        if self._place == "dialog":
            return {"at": "dialog", "locale": self._turn.locale}
        activity = {"activity": self._turn.reply_to} if self._turn.reply_to else {}
        return {**self._turn.address, **activity}

    async def _silence(self) -> Card:
        """Never this finding again, for this person; with a way back."""
        job = await self._job()
        rule = self._text("rule")
        review = await self._call(self._desk.review, job.id)
        criterion = next((finding.criterion for finding in review.findings if finding.rule == rule), "")
        if not criterion:
            return self._card(job, review)
        kept = await self._call(self._desk.keeps, job.id, rule)
        wording = self._edge.words.of(review.language)
        about = wording.say(f"criterion.{criterion}")
        if kept:
            return self._card(job, review, above=wording.say("chat.kept-by-team", about=about))
        await self._call(self._desk.silence, self._turn.person, rule)
        return await self._changed(job, above=wording.say("chat.silenced", about=about), undo=rule)

    async def _unsilence(self) -> Card:
        job = await self._job()
        await self._call(self._desk.unsilence, self._turn.person, self._text("rule"))
        return await self._changed(job)

    async def _feedback(self) -> Card:
        """Useful or not, and why."""
        job = await self._job()
        useful = self._text("useful") == "useful"
        await self._call(self._desk.useful, self._turn.person, job.id, useful, self._text("why"))
        review = await self._call(self._desk.review, job.id)
        return self._card(job, review, above=self._edge.words.of(review.language).say("chat.thanks"))

    async def _erase(self) -> Card:
        job = await self._job()
        await self._call(self._desk.erase, job.id)
        card = await self._notice("chat.erased-now")
        self._later(card, (await self._wording()).say("chat.erased-now"))
        return card

    async def _show(self) -> Card:
        """What was made meanwhile, as far as it is."""
        job = await self._job()
        if job.review is None:
            return await self._notice("chat.reading", again=True)
        return self._card(job, await self._call(self._desk.review, job.id))

    async def _changed(self, job: Job, **how: str) -> Card:
        """The review as it is now, here and for whoever looks at the message later."""
        review = await self._call(self._desk.review, job.id)
        card = self._card(job, review, **how)
        self._later(card, review.headline)
        return card

    def _card(self, job: Job, review: Review, *, above: str = "", busy: str = "", undo: str = "") -> Card:
        wording = self._edge.words.of(review.language)
        return review_card(
            review,
            job.draft.text,
            wording,
            job=job.id,
            place=self._place,
            above=above,
            pending=self._place == "dialog" and self._desk.deepens and not job.deepened,
            busy=busy,
            undo=undo,
        )

    def _later(self, card: Card, summary: str) -> None:
        """Teams shows the answer to a button to who pressed it; that it stays, the message itself is changed too."""
        self._edge.in_background(self._turn, self._put(card, summary))

    async def _put(self, card: Card, summary: str) -> None:
        if self._place == "dialog" or not self._turn.reply_to:
            return
        try:
            await self._edge.connector.show(self._address(), card_message(card, summary))
        except Gone:
            return

    async def _notice(self, sentence: str, *, again: bool = False) -> Card:
        wording = await self._wording()
        return reading(wording, self._id) if again else notice(wording.say(sentence))

    async def _wording(self) -> Wording:
        return await self._edge.wording(self._turn)
