"""Answers in Slack: shown where the agent asked, and in their direct messages where that place is gone.

An address says where: ``at`` is ``response`` (the ``response_url`` of a command), ``thread`` (a mention), ``view`` (a
modal) or ``dm``. Messages that vanish cannot be changed by their app, so there the deeper review is a second message,
which says that it is one; a modal and a direct message change in place.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Mapping
from typing import Any, NamedTuple

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.coaching.model import Review
from bot.coaching.ports import Shelf
from bot.coaching.wording import Wording
from bot.desk.desk import Desk
from bot.desk.model import Job
from bot.desk.work import Work
from bot.slack.blocks.form import notice, review_modal
from bot.slack.blocks.limits import Block, section
from bot.slack.blocks.review import Place, review_blocks, review_markdown, review_text
from bot.slack.clients import Clients, hasty
from bot.slack.languages import Languages
from bot.slack.text import escape

log = logging.getLogger(__name__)

PATIENCE = 120
"""Seconds that an answer may take, with the waits that Slack's rate limits ask for."""
GONE = frozenset(
    {
        "message_not_found", "thread_not_found", "cant_update_message", "edit_window_closed", "not_found",
        "channel_not_found", "not_in_channel", "user_not_in_channel", "is_archived", "restricted_action",
        "messages_tab_disabled", "view_expired",
    }
)  # fmt: skip
"""What Slack says of a place where nothing can be shown any more."""
UNUSABLE = (403, 404, 410)
"""What a ``response_url`` answers that is too old or was used too often."""


FLEETING = ("response", "thread")
PLACES: Mapping[str, Place] = {"response": "ephemeral", "thread": "ephemeral", "view": "modal", "dm": "dm"}


class Gone(Exception):
    """The place to answer at is no more."""


class Message(NamedTuple):
    """What is shown: blocks, the line for a notification, and the whole as a modal."""

    text: str
    blocks: list[Block]
    modal: Block


class SlackDelivery:
    """The Delivery port. Called in worker threads; Slack is spoken to in the event loop ``loop``."""

    def __init__(
        self,
        desk: Desk,
        shelf: Shelf,
        clients: Clients,
        languages: Languages,
        work: Work,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self._desk = desk
        self._shelf = shelf
        self._clients = clients
        self._languages = languages
        self._work = work
        self._loop = loop

    def first(self, job: Job, review: Review, *, last: bool) -> None:
        """Show the local review."""
        self._run(self._first(job, review, last=last))

    def deeper(self, job: Job, review: Review) -> None:
        """Show the deeper review in the place of the first; nothing where that is gone, since its reader went on."""
        self._run(self._deeper(job, review))

    def failed(self, job: Job) -> None:
        """Say that this review could not be made."""
        self._run(self._failed(job))

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    async def _first(self, job: Job, review: Review, *, last: bool) -> None:
        wording = self._shelf.wording(review.language)
        more = not last and _at(job) in ("dm", "view")
        if not last and _at(job) in FLEETING:
            # Nothing takes such a message back. After a crash it is not shown again, for the deeper review will come.
            if "begun" in job.address:
                return
            await self._work.call(self._desk.answer_at, job.id, {**job.address, "begun": "yes"})
        if more and _at(job) == "dm" and "ts" not in job.address and await self._streamed(job, review, wording):
            return
        await self._shown(job, self._message(job, review, wording, "chat.deepening" if more else ""))

    async def _deeper(self, job: Job, review: Review) -> None:
        wording = self._shelf.wording(review.language)
        above = "chat.deeper" if _at(job) in FLEETING else ""
        try:
            await self._show(job, self._message(job, review, wording, above))
        except Gone:
            log.info("deeper review not shown: its place is gone")

    async def _failed(self, job: Job) -> None:
        wording = await self._languages.of(job.person, await self._clients.of(job.person))
        sentence = wording.say("chat.failed")
        await self._shown(job, Message(sentence, [section(escape(sentence))], notice(sentence, wording)))

    def _message(self, job: Job, review: Review, wording: Wording, above: str) -> Message:
        place: Place = PLACES[_at(job)]
        line = wording.say(above) if above else ""
        blocks = review_blocks(review, job.draft.text, wording, job=job.id, place=place, above=line)
        return Message(review_text(review), blocks, review_modal(blocks, wording))

    async def _shown(self, job: Job, message: Message) -> None:
        """Show it, if need be in the direct messages, and remember where a deeper review is to follow."""
        try:
            address = await self._show(job, message)
        except Gone:
            address = await self._show(job.model_copy(update={"address": {"at": "dm"}}), message)
        if address != job.address:
            await self._work.call(self._desk.answer_at, job.id, address)

    async def _show(self, job: Job, message: Message) -> Mapping[str, str]:
        """Show it at the job's address; the address from now on. Raises Gone."""
        address = job.address
        if _at(job) == "response":
            await self._respond(address["url"], message)
            return address
        client = await self._clients.of(job.person)
        try:
            if _at(job) == "view":
                await client.views_update(view_id=address["view"], view=message.modal)
            elif _at(job) == "thread":
                await client.chat_postEphemeral(
                    channel=address["channel"],
                    user=job.person.id,
                    text=message.text,
                    blocks=message.blocks,
                    thread_ts=address["thread"] or None,
                )
            else:
                return await self._in_messages(client, job, message)
        except SlackApiError as error:
            raise _gone(error) from None
        return address

    async def _respond(self, url: str, message: Message) -> None:
        answer = await self._clients.hook(url).send(
            text=message.text, blocks=message.blocks, response_type="ephemeral", replace_original=True
        )
        if answer.status_code in UNUSABLE:
            raise Gone
        if answer.status_code != 200:
            raise ConnectionError(f"response_url answered {answer.status_code}")

    async def _in_messages(self, client: AsyncWebClient, job: Job, message: Message) -> Mapping[str, str]:
        address = job.address
        if "ts" in address:
            if "streaming" in address:
                await _stop(client, address)
            await client.chat_update(
                channel=address["channel"], ts=address["ts"], text=message.text, blocks=message.blocks
            )
            return address
        posted = await client.chat_postMessage(
            channel=address.get("channel", job.person.id),
            text=message.text,
            blocks=message.blocks,
            thread_ts=address.get("thread"),
        )
        return {**address, "channel": posted["channel"], "ts": posted["ts"]}

    async def _streamed(self, job: Job, review: Review, wording: Wording) -> bool:
        """Begin a stream with the local review, so that Slack shows that more is coming; whether that could be done."""
        if "thread" not in job.address:
            return False
        client = await self._clients.of(job.person)
        looking = {
            "type": "task_update",
            "id": "deeper",
            "title": wording.say("chat.deepening"),
            "status": "in_progress",
        }
        try:
            # Slack limits streams to a few a minute: beyond that a message, which serves as well, and no wait.
            begun = await hasty(client).chat_startStream(
                channel=job.address["channel"],
                thread_ts=job.address["thread"],
                chunks=[{"type": "markdown_text", "text": review_markdown(review, wording)}, looking],
            )
        except SlackApiError as error:
            log.info("no stream error=%s", error.response["error"])
            return False
        address = {**job.address, "ts": begun["ts"], "streaming": "yes"}
        await self._work.call(self._desk.answer_at, job.id, address)
        return True


def _at(job: Job) -> str:
    return job.address.get("at", "dm")


async def _stop(client: AsyncWebClient, address: Mapping[str, str]) -> None:
    """End the stream; Slack ends one by itself after some minutes, or may have ended it before."""
    try:
        await client.chat_stopStream(channel=address["channel"], ts=address["ts"])
    except SlackApiError as error:
        if error.response["error"] != "message_not_in_streaming_state":
            raise


def _gone(error: SlackApiError) -> Exception:
    return Gone() if error.response.get("error") in GONE else error
