"""Messages: in the chat with the bot, and where it is mentioned among others."""

from __future__ import annotations

from bot.coaching.model import Draft
from bot.desk.commands import Ask, Help, OpenForm, read_command
from bot.desk.following import as_question, follow_up
from bot.desk.model import Job
from bot.packs.commands import read_propose
from bot.rituals.path.commands import read as read_path
from bot.teams.edge import Edge
from bot.teams.handlers import path, rules, settings, wow
from bot.teams.messages import welcome_message
from bot.teams.text import without_mentions
from bot.teams.turn import Turn


async def handle(edge: Edge, turn: Turn) -> None:
    """Keep a draft, a question or a wish as a job; answer everything else in the background, once."""
    if turn.user.startswith("28:"):
        return  # another bot
    edge.work.spawn(edge.remember(turn), otherwise=_nothing)
    text = without_mentions(turn.text)
    every = edge.words.every()
    job = Job(
        id=turn.job_id,
        person=turn.person,
        draft=Draft(text=text),
        address=turn.address,
        thread=turn.conversation,
        asked_in="" if turn.scope == "personal" else turn.kept.id,
    )
    asked, of_team = read_command(text, every), wow.read(text, every)
    if in_rules := rules.read(text, every):
        await edge.once(turn, lambda: rules.answer(edge, turn, in_rules))
    elif what := read_propose(text, every):
        await edge.once(turn, lambda: rules.propose(edge, turn, what))
    elif of_team:
        await edge.once(turn, lambda: wow.answer(edge, turn, of_team.command))
    elif steps := read_path(text, every):
        await edge.once(turn, lambda: path.answer(edge, turn, steps))
    elif settings.asks(text, every):
        await edge.once(turn, lambda: settings.answer(edge, turn))
    elif isinstance(asked, Help) or (isinstance(asked, OpenForm) and turn.scope != "personal"):
        await edge.once(turn, lambda: say_help(edge, turn))
    elif isinstance(asked, Ask):
        await _question(edge, turn, as_question(job, asked.question))
    elif following := follow_up(job, await _before(edge, turn), every):
        await _question(edge, turn, following)
    elif refusal := edge.desk.refusal(job.draft):
        sentence = "chat.no-text" if refusal == "no-draft" else f"desk.refused.{refusal}"
        await edge.once(turn, lambda: edge.tell(turn, sentence))
    else:
        await edge.work.call(edge.take, job)


async def say_help(edge: Edge, turn: Turn) -> None:
    """What can be asked."""
    wording = await edge.wording(turn)
    await edge.say(turn, welcome_message(wording.say("teams.help"), wording, turn.user))


async def _before(edge: Edge, turn: Turn) -> list[Job]:
    """What a message may go on with, oldest first; in the chat with the bot also what was asked in dialogs."""
    if turn.scope != "personal":
        return await edge.work.call(edge.desk.in_thread, turn.person, turn.conversation)
    return [job for job in await edge.work.call(edge.desk.jobs, turn.person) if job.wish is None]


async def _question(edge: Edge, turn: Turn, job: Job) -> None:
    """Keep a question or a wish; that a question is looked up is shown at once, where that can be."""
    new = await edge.work.call(edge.take, job)
    if new and job.question and turn.scope == "personal":
        edge.delivery.begin(job.id, turn.address, (await edge.wording(turn)).say("teams.looking"))


async def _nothing() -> None:
    """Who wrote has their answer; where to write to them is told again with their next message."""
