"""A review as a busy agent reads it: the verdict, what to change and why, the touch, the rewrite, the buttons."""

from __future__ import annotations

from typing import Any, Literal

from bot.coaching.model import Edit, Finding, Review, Rewrite, Touch
from bot.coaching.wording import Wording
from bot.desk.changes import changes
from bot.slack.blocks.limits import RICH_TEXT, Block, actions, button, context, divider, option, section
from bot.slack.text import escape, shortened

Place = Literal["ephemeral", "dm", "modal"]
"""Where the review is shown: vanishing in a channel, in the direct messages, or in a modal."""

LIGHTS = {"send": ":large_green_circle:", "revise": ":large_yellow_circle:", "hold": ":red_circle:"}
MARKS: dict[str, Block] = {"stays": {}, "goes": {"style": {"strike": True}}, "comes": {"style": {"bold": True}}}


def review_blocks(
    review: Review, draft: str, wording: Wording, *, job: str, place: Place, above: str = "", busy: str = ""
) -> list[Block]:
    """The blocks of a review of ``draft``.

    ``above`` is a line before everything. ``busy`` takes the place of the buttons while something is being made.
    """
    blocks = [context(above)] if above else []
    blocks.append(section(f"{LIGHTS[review.verdict]} *{escape(review.headline)}*"))
    for number, finding in enumerate(review.findings, 1):
        blocks += _finding(number, finding, wording, job)
    if review.strengths:
        good = "  ".join(escape(strength.said) for strength in review.strengths)
        blocks.append(context(f":seedling: *{wording.say('review.good')}:* {good}"))
    if review.rewrite:
        blocks += _rewrite(review, review.rewrite, draft, wording)
    blocks += _touch(review.touch, review.no_touch_because, wording, job, busy=bool(busy))
    blocks += [context(f":information_source: {escape(note)}") for note in review.notes]
    return [*blocks, context(busy)] if busy else [*blocks, *_buttons(review, wording, job, place)]


def review_text(review: Review) -> str:
    """The one line that a notification shows."""
    return escape(review.headline)


def review_markdown(review: Review, wording: Wording) -> str:
    """The review in short, as text for a stream that cannot hold blocks yet."""
    lines = [f"{LIGHTS[review.verdict]} *{escape(review.headline)}*"]
    for finding in review.findings:
        lines.append(f"• {_quoted(finding, wording)} {escape(finding.told)} {_fix(finding, wording)}")
    return "\n\n".join(lines) + "\n\n"


def _finding(number: int, finding: Finding, wording: Wording, job: str) -> list[Block]:
    name = wording.say(f"criterion.{finding.criterion}")
    level = wording.say(f"review.{finding.severity}")
    on = " " if finding.told != finding.why else "\n"
    text = f"*{number}.* {_quoted(finding, wording)}{on}{escape(finding.told)}\n{_fix(finding, wording)}"
    silence = button(wording.say("chat.not-here"), "not_here", f"{job}|{finding.rule}|{finding.criterion}")
    grounds = f"{level} · {name} · {finding.principle.title} · {finding.principle.source.short}"
    return [section(text, accessory=silence), context(escape(grounds))]


def _quoted(finding: Finding, wording: Wording) -> str:
    if finding.quote:
        return f"*“{_inline(finding.quote)}”*"
    return f"*{wording.say('review.missing')}: {escape(wording.say(f'criterion.{finding.criterion}'))}*"


def _fix(finding: Finding, wording: Wording) -> str:
    return f"*{wording.say('review.fix')}:* {escape(finding.suggestion)}"


def _inline(text: str) -> str:
    """Words of the draft between signs of mrkdwn, which they must not break."""
    return escape(shortened(" ".join(text.split()), 500).replace("*", "∗").replace("`", "ˋ"))


def _rewrite(review: Review, rewrite: Rewrite, draft: str, wording: Wording) -> list[Block]:
    title = wording.say("review.rewrite" if review.mends_all else "review.rewrite-part")
    return [divider(), section(f"*{title}*"), diff(draft, rewrite.edits)]


def diff(draft: str, edits: tuple[Edit, ...]) -> Block:
    """The draft with what goes struck out and what comes in bold; of a long one the surroundings of each change.

    Rich text, which shows every sign as it is: words of a draft cannot format anything.
    """
    pieces = changes(draft, edits, longest=RICH_TEXT)
    elements = [{"type": "text", "text": piece.text, **MARKS[piece.kind]} for piece in pieces]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}


def _touch(touch: Touch | None, because: str | None, wording: Wording, job: str, *, busy: bool) -> list[Block]:
    if touch is None:
        return [context(f"{wording.say('review.no-touch')}: {escape(because)}")] if because else []
    title = f"{wording.say(f'review.touch-{touch.kind}')} · {wording.say(f'review.cost-{touch.cost}')}"
    text = f":sparkles: *{title}*\n*{escape(touch.idea)}*\n“{escape(touch.line)}”\n{escape(touch.why)}"
    use, another = wording.say("chat.use-touch"), wording.say("chat.another-touch")
    buttons = [] if busy else [actions(button(use, "use_touch", job), button(another, "touch", job))]
    return [
        divider(),
        section(text),
        context(escape(f"{touch.principle.title} · {touch.source.short}")),
        *buttons,
    ]


def _buttons(review: Review, wording: Wording, job: str, place: Place) -> list[Block]:
    row = [button(wording.say("slack.copy"), "copy", job, style="primary")] if review.rewrite else []
    row.append(button(wording.say("chat.warmer"), "warmer", job))
    row.append(button(wording.say("chat.shorter"), "shorter", job))
    more = [] if place == "dm" else [option(wording.say("slack.to-dm"), f"dm|{job}")]
    more.append(option(wording.say("chat.erase"), f"erase|{job}"))
    overflow: dict[str, Any] = {"type": "overflow", "action_id": "more", "options": more}
    return [divider(), actions(*row, overflow), feedback(wording, job, place)]


def feedback(wording: Wording, job: str, place: Place) -> Block:
    """Useful or not: Slack's own pair in a message; modals do not take it."""
    yes, no = wording.say("chat.useful"), wording.say("chat.not-useful")
    if place == "modal":
        return actions(button(yes, "useful", job), button(no, "not_useful", job))
    pair = {
        "type": "feedback_buttons",
        "action_id": "feedback",
        "positive_button": {"text": {"type": "plain_text", "text": yes}, "value": f"useful|{job}"},
        "negative_button": {"text": {"type": "plain_text", "text": no}, "value": f"not_useful|{job}"},
    }
    return {"type": "context_actions", "elements": [pair]}
