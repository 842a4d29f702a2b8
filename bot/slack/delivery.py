"""Answers in Slack: shown where the agent asked, and in their direct messages where that place is gone.

An address says where: ``at`` is ``response`` (the ``response_url`` of a command), ``thread`` (a mention), ``view`` (a
modal) or ``dm``; ``pressed``, that a button of the review there was. Messages that vanish cannot be changed by their
app, so there the deeper review is a second message, which says that it is one; a modal and a direct message change in
place.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import NamedTuple

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.coaching.model import Answer, Review
from bot.coaching.ports import Shelf
from bot.coaching.wording import Wording
from bot.desk.deepening import Deepened, deepened
from bot.desk.delivering import LoopDelivery
from bot.desk.desk import Desk
from bot.desk.errors import Erased
from bot.desk.model import Job
from bot.desk.work import Work
from bot.slack.blocks.answer import answer_blocks
from bot.slack.blocks.form import notice, review_modal
from bot.slack.blocks.limits import Block, context, section
from bot.slack.blocks.review import Place, review_blocks, review_markdown, review_text
from bot.slack.clients import Clients, hasty
from bot.slack.languages import Languages
from bot.slack.text import escape

log = logging.getLogger(__name__)

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


class SlackDelivery(LoopDelivery):
    """The Delivery port in Slack."""

    def __init__(
        self,
        desk: Desk,
        shelf: Shelf,
        clients: Clients,
        languages: Languages,
        work: Work,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        super().__init__(loop)
        self._desk = desk
        self._shelf = shelf
        self._clients = clients
        self._languages = languages
        self._work = work

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
        await self._shown(job, self._message(job, review, wording, wording.say("chat.deepening") if more else ""))

    async def _deeper(self, job: Job, review: Review) -> None:
        wording = self._shelf.wording(review.language)
        fleeting = _at(job) in FLEETING
        try:
            await self._show(
                job, self._second(job, review, wording) if fleeting else self._message(job, review, wording)
            )
        except Gone:
            log.info("deeper review not shown: its place is gone")

    async def _working(self, wish: Job, of: Job, review: Review) -> None:
        wording = self._shelf.wording(review.language)
        if _at(wish) == "dm" and "ts" not in wish.address:
            await self._status(wish, wording.say("chat.working"))
            return
        try:
            await self._show(wish, self._message(wish, review, wording, of=of, busy=wording.say("chat.working")))
        except Gone:
            log.info("its place is gone")

    async def _again(self, wish: Job, of: Job, review: Review) -> None:
        await self._shown(wish, self._message(wish, review, self._shelf.wording(review.language), of=of))

    async def _growing(self, job: Job, text: str) -> None:
        # Elsewhere an answer cannot be changed once it stands.
        if _at(job) == "dm":
            blocks = [section(escape(text))]
            await self._shown(job, Message(escape(text), blocks, blocks[0]))

    async def _answered(self, job: Job, answer: Answer) -> None:
        wording = self._shelf.wording(answer.language)
        blocks = answer_blocks(answer, wording)
        await self._shown(job, Message(escape(answer.text), blocks, review_modal(blocks, wording)))

    async def _failed(self, job: Job, sentence: str) -> None:
        wording = await self._languages.of(job.person, await self._clients.of(job.person))
        said = wording.say(sentence)
        if "pressed" in job.address:
            try:
                of = await self._work.call(self._desk.job, job.follows)
                review = await self._work.call(self._desk.review, of.id)
            except Erased:
                log.info("erased meanwhile")
            else:
                # The review that stands there is not taken away.
                its = self._shelf.wording(review.language)
                await self._shown(job, self._message(job, review, its, escape(said), of=of))
                return
        await self._shown(job, Message(escape(said), [section(escape(said))], notice(said, wording)))

    def _message(
        self, job: Job, review: Review, wording: Wording, above: str = "", *, of: Job | None = None, busy: str = ""
    ) -> Message:
        """The review of a draft, ``of`` where the job is a wish for it, as it looks at the job's address."""
        draft = of or job
        place = PLACES[_at(job)]
        blocks = review_blocks(review, draft.draft.text, wording, job=draft.id, place=place, above=above, busy=busy)
        return Message(review_text(review), blocks, review_modal(blocks, wording))

    def _second(self, job: Job, review: Review, wording: Wording) -> Message:
        """The deeper review below the first one, which says what is other; one line where nothing is."""
        changed = deepened(job.first, job.review) if job.first and job.review else Deepened((), ())
        if changed is None:
            line = escape(" ".join(note for note in review.notes if note not in _notes(job.first)))
            line = line or escape(wording.say("chat.deeper-same"))
            return Message(line, [context(line)], review_modal([context(line)], wording))
        said = [wording.say("chat.deeper-instead")]
        found = {finding.criterion for finding in review.findings}
        for sentence, criteria in (("new", [one for one in changed.new if one in found]), ("gone", changed.gone)):
            if criteria:
                about = wording.listed([wording.say(f"criterion.{one}") for one in criteria])
                said.append(wording.say(f"chat.deeper-{sentence}", about=about))
        return self._message(job, review, wording, escape(" ".join(said)))

    async def _status(self, job: Job, text: str) -> None:
        """Show in the thread that something is being made; it goes when the answer comes, and nothing hangs on it."""
        client = await self._clients.of(job.person)
        try:
            await hasty(client).assistant_threads_setStatus(
                channel_id=job.address["channel"], thread_ts=job.address["thread"], status=text
            )
        except SlackApiError as error:
            log.info("no status error=%s", error.response["error"])

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


def _notes(review: Review | None) -> tuple[str, ...]:
    return review.notes if review else ()


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
