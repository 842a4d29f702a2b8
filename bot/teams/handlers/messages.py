"""Messages: in the chat with the bot, and where it is mentioned among others."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from bot.coaching.model import Answer, Draft
from bot.desk.commands import Ask, Help, OpenForm, read_command
from bot.desk.errors import Erased
from bot.desk.model import Job, Wish
from bot.desk.wishes import read_wish
from bot.teams.cards.review import review_card
from bot.teams.edge import Edge
from bot.teams.messages import answer_message, card_message, welcome_message
from bot.teams.text import without_mentions
from bot.teams.turn import Turn


async def handle(edge: Edge, turn: Turn) -> None:
    """Keep a draft as a job; answer everything else in the background, once."""
    if turn.user.startswith("28:"):
        return  # another bot
    text = without_mentions(turn.text)
    answer = _answer(edge, turn, text)
    if answer is None:
        job = Job(id=turn.job_id, person=turn.person, draft=Draft(text=text), address=turn.address)
        await edge.work.call(edge.take, job)
    elif await edge.first_time(turn):
        edge.in_background(turn, answer)
    else:
        answer.close()
    edge.work.spawn(edge.remember(turn), otherwise=_nothing)


def _answer(edge: Edge, turn: Turn, text: str) -> Coroutine[Any, Any, None] | None:
    """The answer to what is no draft to review."""
    asked = read_command(text, edge.every())
    if isinstance(asked, Help) or (isinstance(asked, OpenForm) and turn.scope != "personal"):
        return say_help(edge, turn)
    if isinstance(asked, Ask):
        return _question(edge, turn, asked.question)
    refusal = edge.desk.refusal(Draft(text=text))
    if refusal:
        return edge.tell(turn, "chat.no-text" if refusal == "no-draft" else f"desk.refused.{refusal}")
    wish = read_wish(text, edge.every())
    return _again(edge, turn, wish) if wish else None


async def say_help(edge: Edge, turn: Turn) -> None:
    """What can be asked."""
    wording = await edge.wording(turn)
    await edge.say(turn, welcome_message(wording.say("teams.help"), wording, turn.user))


async def _question(edge: Edge, turn: Turn, question: str) -> None:
    if turn.scope == "personal":
        stream = edge.connector.stream(turn.address)
        stream.update((await edge.wording(turn)).say("teams.looking"))
        stream.emit(answer_message(await _asked(edge, question)))
        if await stream.close() is None:
            raise ConnectionError("the stream was not ended")
    else:
        await edge.say(turn, answer_message(await _asked(edge, question)))


async def _asked(edge: Edge, question: str) -> Answer:
    return await edge.work.call(edge.coach.answer, question)


async def _again(edge: Edge, turn: Turn, wish: Wish) -> None:
    """What the person's latest draft becomes by a wish, such as "shorter"."""
    jobs = await edge.work.call(edge.desk.jobs, turn.person)
    reviewed = [job for job in jobs if job.review]
    if not reviewed:
        await edge.tell(turn, "chat.erased")
        return
    job = reviewed[-1]
    try:
        review = await edge.work.call(edge.desk.again, job.id, wish)
    except Erased:
        await edge.tell(turn, "chat.erased")
        return
    wording = edge.shelf.wording(review.language)
    card = review_card(review, job.draft.text, wording, job=job.id, place="chat")
    await edge.say(turn, card_message(card, review.headline))


async def _nothing() -> None:
    """Who wrote has their answer; where to write to them is told again with their next message."""
