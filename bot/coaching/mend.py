"""The rewrite: the findings' own edits, as many as together keep every fact of the draft and add none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from bot.coaching.facts import compare, kept
from bot.coaching.lexicon import Lexicon
from bot.coaching.model import Edit, Rewrite


def rewrite(
    draft: str,
    edits: Iterable[Edit],
    lexicon: Lexicon | None,
    *,
    still_bad: Callable[[str], bool] = lambda text: False,
) -> Rewrite | None:
    """The draft with the edits that may be made, or None where none may or nothing would be left.

    An edit is dropped where the text with it states something else than the text without it, or where
    ``still_bad`` says that the text with it is no better.
    """
    made: list[Edit] = []
    text = draft
    for edit in sorted(edits, key=lambda edit: edit.start):
        edit = _whole(draft, edit)
        if made and edit.start < made[-1].end:
            continue
        tried = apply(draft, [*made, edit])
        if compare(text, tried, lexicon) or not tried.strip() or still_bad(tried):
            continue
        made.append(edit)
        text = tried
    if not made or text == draft:
        return None
    return Rewrite(text=text, edits=tuple(made), kept=kept(draft, text, lexicon))


def apply(draft: str, edits: Sequence[Edit]) -> str:
    """The draft with edits that are in order and do not overlap."""
    parts: list[str] = []
    at = 0
    for edit in edits:
        parts += (draft[at : edit.start], edit.text)
        at = edit.end
    return "".join([*parts, draft[at:]])


def _whole(draft: str, edit: Edit) -> Edit:
    """An edit that takes words away also takes the space they leave, and begins the rest with a capital letter."""
    if edit.text:
        return edit
    start, end, text = edit.start, edit.end, ""
    opens = not draft[:start].strip() or draft[:start].rstrip()[-1] in ".!?…\n:" or draft[:start].endswith("\n")
    while end < len(draft) and draft[end] in " \t,;":
        end += 1
    if end < len(draft) and draft[end] in ".!?" and opens:
        end += 1
        while end < len(draft) and draft[end] in " \t":
            end += 1
    if opens and end < len(draft) and draft[end].islower():
        text, end = draft[end].upper(), end + 1
    elif (end == len(draft) or draft[end] in "\n.!?") and start and draft[start - 1] in " \t":
        start -= 1
    return edit.model_copy(update={"start": start, "end": end, "text": text})
