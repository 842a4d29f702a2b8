"""Block Kit as Slack accepts it: what is wrong with a message, a view or a text, and what a person would read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block as SlackBlock

Json = dict[str, Any]
Surface = Literal["message", "modal", "home"]

_ANYWHERE = {"section", "context", "divider", "actions", "header", "image", "rich_text", "input"}
_ALLOWED: dict[Surface, set[str]] = {
    "message": _ANYWHERE | {"markdown", "context_actions", "card", "carousel", "table", "task_card", "plan", "video"},
    "modal": _ANYWHERE | {"alert", "video"},
    "home": _ANYWHERE | {"video"},
}
_MOST: dict[Surface, int] = {"message": 50, "modal": 100, "home": 100}
_LOOSE = re.compile(r"&(?!amp;|lt;|gt;)|<(?!https?://|mailto:|[@#][A-Z0-9]+[>|])|(?<![<\w/|=&?.:-])>(?!\s|$)")


def faults_of_text(text: str) -> list[str]:
    """What of a mrkdwn text was not escaped."""
    without_links = re.sub(r"<(?:https?://|mailto:|[@#][A-Z0-9])[^>]*>", "", text)
    return [f"not escaped: {text[max(0, m.start() - 20) : m.end() + 20]!r}" for m in _LOOSE.finditer(without_links)]


def faults(blocks: list[Json], surface: Surface) -> list[str]:
    """Everything that Slack would refuse, or that reads as a control sequence, in these blocks."""
    found = [f"{len(blocks)} blocks in a {surface}"] if len(blocks) > _MOST[surface] else []
    for block_id, count in Counter(block["block_id"] for block in blocks if "block_id" in block).items():
        if count > 1:
            found.append(f"block_id {block_id} {count} times")
    markdown = sum(len(block.get("text", "")) for block in blocks if block.get("type") == "markdown")
    if markdown > 12_000:
        found.append(f"{markdown} characters of markdown")
    for block in blocks:
        found += _block(block, surface)
    return found


def _block(block: Json, surface: Surface) -> Iterator[str]:
    kind = block.get("type", "")
    if kind not in _ALLOWED[surface]:
        yield f"a {kind} block in a {surface}"
        return
    try:
        parsed = SlackBlock.parse(block)
        assert parsed
        parsed.validate_json()
    except (SlackObjectFormationError, TypeError) as error:
        yield f"{kind}: {error}"
    for text in _texts(block):
        if not text["text"]:
            yield f"{kind}: an empty text"
        if len(text["text"]) > 3000:
            yield f"{kind}: a text of {len(text['text'])} characters"
        if text["type"] == "mrkdwn":
            yield from faults_of_text(text["text"])
    if kind == "section" and "text" not in block and "fields" not in block:
        yield "a section without text"
    if kind == "actions" and not 0 < len(block["elements"]) <= 25:
        yield f"{len(block['elements'])} elements in actions"
    elements = [*block.get("elements", [])] if kind in ("actions", "context_actions") else []
    elements += [block[name] for name in ("accessory", "element") if name in block]
    for action, count in Counter(e.get("action_id") for e in elements).items():
        if count > 1 or not action:
            yield f"{kind}: action_id {action} {count} times"
    for element in elements:
        yield from _element(element)


def _texts(node: Any) -> Iterator[Json]:
    """The text objects; what rich text holds is shown as it is."""
    if isinstance(node, dict):
        if node.get("type") in ("mrkdwn", "plain_text") and isinstance(node.get("text"), str):
            yield node
        elif node.get("type") != "rich_text":
            for value in node.values():
                yield from _texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value)


def _element(element: Json) -> Iterator[str]:
    kind = element.get("type")
    label = element.get("text", {}).get("text", "")
    if kind == "button" and not 0 < len(label) <= 75:
        yield f"a button label of {len(label)} characters"
    if len(element.get("value", "")) > 2000:
        yield "a button value over 2000"
    if kind == "plain_text_input" and len(element.get("initial_value", "")) > 3000:
        yield "an initial_value over 3000"
    if kind == "plain_text_input" and element.get("max_length", 1) > 3000:
        yield "a max_length over 3000"
    options = element.get("options", [])
    most = {"overflow": 5, "checkboxes": 10, "radio_buttons": 10}.get(str(kind), 100)
    if kind in ("overflow", "checkboxes", "radio_buttons", "static_select") and not 0 < len(options) <= most:
        yield f"{len(options)} options in {kind}"
    for option in options:
        if len(option["text"]["text"]) > 75 or len(option.get("value", "")) > 150:
            yield f"an option of {kind} that is too long"
        if len(option.get("description", {}).get("text", "")) > 75:
            yield f"a description of {kind} that is too long"
    initial = element.get("initial_options", []) + [element[n] for n in ("initial_option",) if n in element]
    if any(option not in options for option in initial):
        yield f"an initial option of {kind} that is none of its options"
    if "confirm" in element:
        confirm = element["confirm"]
        for name, longest in {"title": 100, "text": 300, "confirm": 30, "deny": 30}.items():
            if not 0 < len(confirm[name]["text"]) <= longest:
                yield f"confirm.{name} of {len(confirm[name]['text'])} characters"


def faults_of_view(view: Json) -> list[str]:
    """Everything that Slack would refuse in a view."""
    surface: Surface = "home" if view.get("type") == "home" else "modal"
    found = faults(view.get("blocks", []), surface)
    for name in ("title", "submit", "close"):
        text = view.get(name, {}).get("text", "")
        if len(text) > 24 or (surface == "modal" and name == "title" and not text):
            found.append(f"{name} {text!r}")
    if len(view.get("private_metadata", "")) > 3000:
        found.append("private_metadata over 3000")
    if surface == "modal" and any(block["type"] == "input" for block in view["blocks"]) and "submit" not in view:
        inputs = [block for block in view["blocks"] if block["type"] == "input"]
        if not all(block.get("dispatch_action") or block.get("optional") for block in inputs):
            found.append("inputs without a submit button")
    return found


def read(blocks: list[Json]) -> str:
    """The blocks as a person would read them, a line or more each."""
    return "\n".join(filter(None, (_read(block) for block in blocks)))


def _read(block: Json) -> str:
    kind = block["type"]
    if kind == "divider":
        return "─" * 40
    if kind == "rich_text":
        return "".join(_rich(element) for element in block["elements"])
    if kind == "context":
        return "  ‹" + " ".join(_plain(element) for element in block["elements"]) + "›"
    if kind in ("actions", "context_actions"):
        return " ".join(_control(element) for element in block["elements"])
    if kind == "input":
        return f"{_plain(block['label'])}: {_control(block['element'])}"
    if kind == "markdown":
        return str(block["text"])
    lines = [_plain(block["text"])] if "text" in block else []
    lines += [_plain(field) for field in block.get("fields", [])]
    if "accessory" in block:
        lines[-1] += "   " + _control(block["accessory"])
    return "\n".join(lines)


def _plain(text: Json) -> str:
    return str(text.get("text", "")).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _rich(element: Json) -> str:
    if "elements" in element:
        return "".join(_rich(inner) for inner in element["elements"])
    style = element.get("style", {})
    sign = "~" if style.get("strike") else "*" if style.get("bold") else ""
    return f"{sign}{element.get('text', '')}{sign}"


def _control(element: Json) -> str:
    if element["type"] in ("timepicker", "datepicker", "conversations_select", "users_select"):
        return f"[{next((str(v) for name, v in element.items() if name.startswith('initial_')), '')}]"
    if element["type"] == "plain_text_input":
        return f"[_{element.get('initial_value', '')}_]"
    if element["type"] == "feedback_buttons":
        return " ".join(f"[{_plain(element[name]['text'])}]" for name in ("positive_button", "negative_button"))
    if "options" in element:
        return "(" + " / ".join(_plain(option["text"]) for option in element["options"]) + ")"
    return f"[{_plain(element['text'])}]"
