"""The rules of a team as a lead sees them: what was chosen, what waits, what is its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.coaching.wording import Wording
from bot.packs.asked import Overview
from bot.packs.model import OwnRule, Proposal
from bot.packs.packs import Line
from bot.packs.saying import say_choice, say_day, say_lines, say_own
from bot.slack.blocks.form import TITLE, field, modal
from bot.slack.blocks.limits import Block, actions, button, context, divider, label, section
from bot.slack.text import escape

MOST_LISTED = 12
"""Of a team's own in one message: Slack takes 50 blocks."""
LONGEST_REASON = 300
_WHO = "\ue000"


def rules_blocks(seen: Overview, wording: Wording) -> list[Block]:
    """What a lead sees first."""
    chosen = [*say_lines(seen.whole, wording, here=False), *say_lines(seen.here, wording, here=True)]
    blocks = [section(f"*{_say(wording, 'title')}*"), *_chosen(chosen, wording), divider()]
    waiting = seen.waiting[:MOST_LISTED]
    blocks += [section(f"*{_say(wording, 'waiting')}*")] if waiting else [section(_escaped(wording, "waiting-none"))]
    for one in waiting:
        blocks += [_own(one, wording), actions(*_deciding(one, wording))]
    if seen.due or seen.rest:
        blocks += [divider(), section(f"*{_say(wording, 'own')}*")]
    for one in [*seen.due, *seen.rest][: MOST_LISTED - len(waiting)]:
        buttons = [*_keeping(one, wording, due=one in seen.due), *_trying(one, wording)]
        blocks += [_own(one, wording), context(_care(one, wording, seen.today)), actions(*buttons)]
    return [*blocks, context(_escaped(wording, "how"))]


def all_blocks(lines: Sequence[Line], wording: Wording) -> list[Block]:
    """Every rule, with what it finds and how it was shipped."""
    said = [
        f"• `{line.known.criterion}`: {escape(wording.say(f'criterion.{line.known.criterion}'))} "
        f"({escape(say_choice(line.choice or line.known.level, wording))})"
        for line in lines
    ]
    half = (len(said) + 1) // 2
    return [section("\n".join(part)) for part in (said[:half], said[half:]) if part]


def reminder_blocks(proposal: Proposal, text: str, wording: Wording) -> list[Block]:
    """Asks an owner whether something of the team's own still holds."""
    return [section(text), _own(proposal, wording), actions(*_keeping(proposal, wording, due=True))]


def lines_blocks(lines: Sequence[str]) -> list[Block]:
    """Some lines, the first in bold."""
    return [section("\n".join([f"*{escape(lines[0])}*", *(escape(line) for line in lines[1:])]))]


def decline_form(id: str, url: str, wording: Wording) -> Block:
    """Asks a lead why not. ``url`` is where they are answered."""
    why = {"type": "plain_text_input", "multiline": True, "max_length": LONGEST_REASON}
    return modal(
        _say(wording, "title"),
        wording,
        [field("reason", _say(wording, "decline-why"), why, optional=True)],
        callback_id="rules_decline",
        private_metadata=f"{id}|{url}",
        submit=label(_say(wording, "decline"), TITLE),
    )


def _chosen(lines: Sequence[str], wording: Wording) -> list[Block]:
    if not lines:
        return [section(_escaped(wording, "as-shipped"))]
    return [section("\n".join([f"*{_say(wording, 'changed')}*", *(f"• {escape(line)}" for line in lines)]))]


def _own(proposal: Proposal, wording: Wording) -> Block:
    first, *rest = say_own(proposal, wording)
    return section("\n".join([f"*{escape(first)}*", *(escape(line) for line in rest)]))


def _deciding(proposal: Proposal, wording: Wording) -> list[Block]:
    if isinstance(proposal.content, OwnRule):
        levels = ("may", "must")
        approving = [button(_say(wording, f"approve-{as_}"), f"rules_approve_{as_}", proposal.id) for as_ in levels]
    else:
        approving = [button(_say(wording, "approve"), "rules_approve_may", proposal.id)]
    return [*_trying(proposal, wording), *approving, button(_say(wording, "decline"), "rules_decline", proposal.id)]


def _trying(proposal: Proposal, wording: Wording) -> list[Block]:
    return [button(_say(wording, "try"), "rules_try", proposal.id)] if isinstance(proposal.content, OwnRule) else []


def _keeping(proposal: Proposal, wording: Wording, *, due: bool) -> list[Block]:
    keep = [button(_say(wording, "keep"), "rules_keep", proposal.id)] if due else []
    return [*keep, button(_say(wording, "remove"), "rules_remove", proposal.id)]


def _care(proposal: Proposal, wording: Wording, today: date) -> str:
    assert proposal.review_by
    day = say_day(proposal.review_by, wording)
    sentence = "packs.care-due" if proposal.review_by <= today else "packs.care"
    if not proposal.owner:
        return escape(wording.say(sentence, owner=_say(wording, "nobody"), day=day))
    return escape(wording.say(sentence, owner=_WHO, day=day)).replace(_WHO, f"<@{proposal.owner}>")


def _say(wording: Wording, name: str) -> str:
    return wording.say(f"packs.{name}")


def _escaped(wording: Wording, name: str) -> str:
    return escape(_say(wording, name))
