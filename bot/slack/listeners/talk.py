"""What somebody wrote to the bot, in a direct message or by a mention: what it asks for, answered once."""

from __future__ import annotations

import functools
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.coaching.model import Draft
from bot.desk.commands import Ask, Help, read_command
from bot.desk.following import NOTHING, as_question, follow_up
from bot.desk.model import Job
from bot.desk.work import nothing
from bot.rituals.path.commands import Command
from bot.rituals.path.commands import read as read_path
from bot.slack.blocks.help import help_blocks
from bot.slack.blocks.limits import Block, section
from bot.slack.edge import Edge, is_outsider, person_of
from bot.slack.in_time import SOON
from bot.slack.listeners import path
from bot.slack.text import escape


class Talk:
    """One message. It becomes a job under ``id``, which is the same for every delivery of the message."""

    def __init__(
        self,
        edge: Edge,
        context: AsyncBoltContext,
        client: AsyncWebClient,
        *,
        id: str,
        text: str,
        address: Mapping[str, str],
        thread: str,
    ) -> None:
        self.edge = edge
        self.client = client
        self.job = Job(id=id, person=person_of(context), draft=Draft(text=text), address=address, thread=thread)
        self._outsider = is_outsider(context)

    async def handle(self) -> None:
        """Keep a draft, a question or a wish as a job; answer everything else. Where that takes long, say so."""
        handling = await self.edge.work.soon(self._handled(), SOON)
        if not handling.done():
            self.edge.work.spawn(self.tell("chat.late"), otherwise=nothing)
        await handling

    async def _handled(self) -> None:
        every = self.edge.languages.every()
        asked = read_command(self.job.draft.text, every)
        if self._outsider:
            await self._once(lambda: self.tell("slack.outsider"))
        elif isinstance(asked, Help):
            await self._once(self._help)
        elif on_path := read_path(self.job.draft.text, every):
            await self._once(lambda: self._path(on_path))
        elif isinstance(asked, Ask):
            await self._take(as_question(self.job, asked.question))
        elif following := follow_up(self.job, await self.before(), every):
            await self._take(following)
        elif refusal := self.edge.desk.refusal(self.job.draft):
            sentence = "chat.no-text" if refusal == "no-draft" else f"desk.refused.{refusal}"
            await self._once(lambda: self.tell(sentence))
        else:
            await self._take(self.job)

    async def before(self) -> list[Job]:
        """What the message may go on with, oldest first."""
        kept = await self.edge.work.call(self.edge.desk.in_thread, self.job.person, self.job.thread)
        return [job for job in kept if job.draft.text]

    async def say(self, text: str, blocks: list[Block]) -> None:
        """Show an answer where the message was written, to its author alone."""
        raise NotImplementedError

    async def tell(self, sentence: str) -> None:
        """Answer with a sentence of the wording."""
        wording = await self.edge.languages.of(self.job.person, self.client)
        text = escape(wording.say(sentence))
        await self.say(text, [section(text)])

    async def _take(self, job: Job) -> None:
        await self.edge.work.call(self.edge.take, job)

    async def _once(self, answer: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Answer what was not delivered before: its id is kept where every replica sees it, its text is not."""
        if await self.edge.work.call(self._first_time):
            failed, late = (functools.partial(self.tell, f"chat.{what}") for what in ("failed", "late"))
            self.edge.work.spawn(answer(), otherwise=failed, late=late)

    def _first_time(self) -> bool:
        new = self.edge.desk.take(self.job.model_copy(update={"draft": NOTHING}))
        self.edge.desk.erase(self.job.id)
        return new

    async def _help(self) -> None:
        wording = await self.edge.languages.of(self.job.person, self.client)
        await self.say(wording.say("slack.help"), help_blocks(wording))

    async def _path(self, asked: Command) -> None:
        await self.say(*await path.answered(self.edge, self.job.person, asked, self.job.draft.text, self.client))
