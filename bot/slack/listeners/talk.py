"""What somebody wrote to the bot, in a direct message or by a mention: what it asks for, answered once."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.coaching.model import Draft
from bot.desk.commands import Ask, Help, read_command
from bot.desk.model import Job
from bot.slack.blocks.help import answer_blocks, help_blocks
from bot.slack.blocks.limits import Block, section
from bot.slack.edge import Edge, is_outsider, person_of
from bot.slack.text import escape


class Talk:
    """One message. A draft becomes a job under ``id``, which is the same for every delivery of the message."""

    def __init__(
        self,
        edge: Edge,
        context: AsyncBoltContext,
        client: AsyncWebClient,
        *,
        id: str,
        text: str,
        address: Mapping[str, str],
    ) -> None:
        self.edge = edge
        self.client = client
        self.job = Job(id=id, person=person_of(context), draft=Draft(text=text), address=address)
        self._outsider = is_outsider(context)

    async def handle(self) -> None:
        """Keep a draft as a job; answer everything else."""
        answer = self._answer()
        if answer is None:
            await self.edge.work.call(self.take)
        elif await self.edge.work.call(self._first_time):
            self.edge.work.spawn(answer, otherwise=lambda: self.tell("chat.failed"))
        else:
            answer.close()

    def take(self) -> bool:
        """Keep the draft; False for a duplicate."""
        return self.edge.take(self.job)

    def wished(self) -> Coroutine[Any, Any, None] | None:
        """The answer to a follow-up, where this is one."""
        return None

    async def say(self, text: str, blocks: list[Block]) -> None:
        """Show an answer where the message was written, to its author alone."""
        raise NotImplementedError

    async def tell(self, sentence: str) -> None:
        """Answer with a sentence of the wording."""
        wording = await self.edge.languages.of(self.job.person, self.client)
        text = escape(wording.say(sentence))
        await self.say(text, [section(text)])

    def _answer(self) -> Coroutine[Any, Any, None] | None:
        """The answer to what is no draft to review."""
        if self._outsider:
            return self.tell("slack.outsider")
        asked = read_command(self.job.draft.text, self.edge.languages.every())
        if isinstance(asked, Help):
            return self._help()
        if isinstance(asked, Ask):
            return self._question(asked.question)
        refusal = self.edge.desk.refusal(self.job.draft)
        if refusal:
            return self.tell("chat.no-text" if refusal == "no-draft" else f"desk.refused.{refusal}")
        return self.wished()

    def _first_time(self) -> bool:
        """Whether this was not delivered before: its id is kept where every replica sees it, its text is not."""
        new = self.edge.desk.take(self.job.model_copy(update={"draft": Draft(text="")}))
        self.edge.desk.erase(self.job.id)
        return new

    async def _help(self) -> None:
        wording = await self.edge.languages.of(self.job.person, self.client)
        await self.say(wording.say("slack.help"), help_blocks(wording))

    async def _question(self, question: str) -> None:
        answer = await self.edge.work.call(self.edge.coach.answer, question)
        await self.say(escape(answer.text), answer_blocks(answer, self.edge.shelf.wording(answer.language)))
