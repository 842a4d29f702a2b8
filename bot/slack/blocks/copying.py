"""The modal to copy a rewrite from: whole, or with the changes that the agent picks. Slack has no clipboard."""

from __future__ import annotations

import json

from bot.coaching.mend import apply
from bot.coaching.model import Edit, Rewrite
from bot.coaching.wording import Wording
from bot.slack.blocks.form import TITLE, modal
from bot.slack.blocks.limits import INPUT, Block, label, option, pieces

MOST_CHANGES = 10
"""Slack takes ten checkboxes."""


def copy_modal(
    rewrite: Rewrite, draft: str, wording: Wording, *, job: str, share: str = "", picked: tuple[int, ...] | None = None
) -> Block:
    """The text to select and copy.

    ``picked`` are the numbers of the edits to take, None all. ``share`` is a response_url through which the agent may
    show the text in the channel, by a second click.
    """
    edits = rewrite.edits
    taken = tuple(range(len(edits))) if picked is None else picked
    text = rewrite.text if len(taken) == len(edits) else apply(draft, [edits[number] for number in taken])
    blocks = [_changes(edits, draft, taken, wording)] if 1 < len(edits) <= MOST_CHANGES else []
    parts = list(pieces(text, INPUT))
    # Slack keeps what stands in a field by the field's name, so another choice needs another name.
    chosen = "-".join(map(str, taken)) or "none"
    blocks += [_text(part, f"text-{number}-{chosen}", number, len(parts), wording) for number, part in enumerate(parts)]
    kept = json.dumps({"job": job, "share": share})
    shared = {"submit": label(wording.say("slack.copy-out.share"), TITLE)} if share else {}
    return modal(
        wording.say("slack.copy-out.title"), wording, blocks, callback_id="copy_out", private_metadata=kept, **shared
    )


def line_modal(line: str, wording: Wording) -> Block:
    """A touch's line to select and copy."""
    return modal(wording.say("slack.copy-out.touch"), wording, [_text(line, "line", 0, 1, wording)])


def shared_text(state: Block) -> str:
    """The text as it stands in the modal, maybe changed by the agent."""
    parts = [(name, next(iter(block.values()))) for name, block in state["values"].items() if name.startswith("text-")]
    return "".join(
        element.get("value") or "" for _, element in sorted(parts, key=lambda part: int(part[0].split("-")[1]))
    )


def _changes(edits: tuple[Edit, ...], draft: str, taken: tuple[int, ...], wording: Wording) -> Block:
    options = [
        option(" ".join(draft[edit.start : edit.end].split()) or "…", str(number), " ".join(edit.text.split()) or "–")
        for number, edit in enumerate(edits)
    ]
    chosen = [options[number] for number in taken]
    initial = {"initial_options": chosen} if chosen else {}
    boxes = {"type": "checkboxes", "action_id": "changes", "options": options, **initial}
    return {
        "type": "input",
        "block_id": "changes",
        "label": label(wording.say("chat.changes")),
        "element": boxes,
        "dispatch_action": True,
        "optional": True,
    }


def _text(part: str, block_id: str, number: int, of: int, wording: Wording) -> Block:
    name = wording.say("slack.copy-out.text") if of == 1 else wording.say("slack.copy-out.part", number=number + 1)
    element = {"type": "plain_text_input", "action_id": "text", "multiline": True, "initial_value": part}
    return {"type": "input", "block_id": block_id, "label": label(name), "element": element, "optional": True}
