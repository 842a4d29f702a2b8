"""Adaptive Cards as Teams takes them, and as a person reads them. Strict: what is not known here is a fault."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from microsoft_teams.cards import AdaptiveCard

Json = dict[str, Any]
LARGEST = 28 * 1024
ELEMENTS = {
    "RichTextBlock": {"inlines", "spacing", "separator"},
    "Container": {"items", "style", "bleed", "separator", "spacing"},
    "ActionSet": {"actions"},
    "Input.Text": {"id", "label", "isMultiline", "value", "maxLength", "isRequired", "errorMessage"},
    "Input.ChoiceSet": {"id", "label", "style", "choices", "choices.data", "value", "isMultiSelect"},
    "Input.Time": {"id", "label", "value"},
    "Input.Date": {"id", "label", "value"},
    "Input.Toggle": {"id", "title", "valueOn", "valueOff", "value"},
}
RUN = {"type", "text", "weight", "isSubtle", "size", "strikethrough", "italic", "color", "fontType"}
ACTIONS = {
    "Action.Execute": {"title", "verb", "data", "associatedInputs"},
    "Action.Submit": {"title", "data", "associatedInputs"},
    "Action.ShowCard": {"title", "card"},
}


def faults_of_card(card: Json, *, dialog: bool = False) -> list[str]:
    """What Teams would refuse or show wrongly."""
    AdaptiveCard.model_validate(card)
    faults = [] if len(json.dumps(card)) < LARGEST else [f"{len(json.dumps(card))} bytes"]
    if card.get("version") != "1.5" or not card.get("body"):
        faults.append("no body or another version")
    ids = [element["id"] for element in elements(card) if "id" in element]
    if len(ids) != len(set(ids)):
        faults.append(f"ids twice: {ids}")
    for element in elements(card):
        faults += _of_element(element)
    for actions in action_sets(card):
        if not 0 < len(actions) <= 6:
            faults.append(f"{len(actions)} actions")
        for action in actions:
            faults += _of_action(action, dialog=dialog)
    return faults


def _of_element(element: Json) -> list[str]:
    kind = element["type"]
    unknown = set(element) - ELEMENTS.get(kind, set()) - {"type"}
    faults = [f"{kind} has {unknown}"] if unknown else []
    if kind == "RichTextBlock":
        for run in element["inlines"]:
            if run.get("type") != "TextRun" or set(run) - RUN or not run.get("text"):
                faults.append(f"bad run {run}")
    if kind.startswith("Input.") and not (element.get("label") or element.get("title")):
        faults.append(f"{kind} without a label")
    return faults


def _of_action(action: Json, *, dialog: bool) -> list[str]:
    kind = action["type"]
    unknown = set(action) - ACTIONS.get(kind, set()) - {"type"}
    faults = [f"{kind} has {unknown}"] if unknown or not action.get("title") else []
    if kind == "Action.Execute" and (dialog or action["verb"] != action["data"]["action"]):
        faults.append("a verb that is not routed")
    opens = action.get("data", {}).get("msteams") == {"type": "task/fetch"}
    if kind == "Action.Submit" and opens is dialog:
        faults.append("Action.Submit in a chat")
    return faults


def elements(card: Json) -> Iterator[Json]:
    """Every element, also of what is folded away."""
    waiting = list(card.get("body", []))
    for actions in action_sets(card):
        for action in actions:
            waiting += action["card"]["body"] if action["type"] == "Action.ShowCard" else []
    while waiting:
        element = waiting.pop(0)
        yield element
        waiting += element.get("items", [])


def action_sets(card: Json) -> Iterator[list[Json]]:
    """Every row of buttons, also of what is folded away."""
    rows = [card["actions"]] if "actions" in card else []
    waiting = list(card.get("body", []))
    while waiting:
        element = waiting.pop(0)
        waiting += element.get("items", [])
        rows += [element["actions"]] if element["type"] == "ActionSet" else []
    for row in rows:
        yield row
        for action in row:
            if action["type"] == "Action.ShowCard":
                yield from action_sets(action["card"])


def button(card: Json, name: str) -> Json:
    """A button by what it does."""
    for row in action_sets(card):
        for action in row:
            if action.get("data", {}).get("action") == name:
                return action
    raise AssertionError(f"there is no {name}")


def rendered(card: Json) -> str:
    """The card as a person reads it."""
    lines = [line for element in card.get("body", []) for line in _lines(element)]
    lines += [line for action in card.get("actions", []) for line in _action(action)]
    return "\n".join(lines)


def _lines(element: Json) -> Iterator[str]:
    kind = element["type"]
    if kind == "RichTextBlock":
        yield "".join(_run(run) for run in element["inlines"])
    elif kind == "Container":
        yield f"--- {element.get('style', '')}".rstrip()
        for item in element["items"]:
            yield from _lines(item)
    elif kind == "Input.Text":
        yield f"<{element['label']}>"
        yield from (f"| {line}" for line in element.get("value", "").split("\n"))
    elif kind == "Input.ChoiceSet":
        yield f"<{element['label']}> " + " ".join(f"({one['title']})" for one in element["choices"])
    elif kind in ("Input.Time", "Input.Date"):
        yield f"<{element['label']}> {element.get('value', '')}".rstrip()
    elif kind == "Input.Toggle":
        yield f"[ ] {element['title']}"
    else:
        for action in element["actions"]:
            yield from _action(action)


def _run(run: Json) -> str:
    sign = "~" if run.get("strikethrough") else "*" if run.get("weight") else "‹" if run.get("isSubtle") else ""
    return f"{sign}{run['text']}{'›' if sign == '‹' else sign}"


def _action(action: Json) -> Iterator[str]:
    yield f"[{action['title']}]"
    if action["type"] == "Action.ShowCard":
        yield from (f"    {line}" for line in rendered(action["card"]).split("\n"))
