"""YAML that people edit: read into typed values, with file and line in every complaint.

All scalars are read as text and typed by the model, so that ``no`` and ``3.10`` mean what they look like.
"""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from bot.coaching.errors import BadKnowledge

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a PyYAML built without libyaml reads the same, only slower
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

M = TypeVar("M", bound=BaseModel)


def read_entries(path: Path) -> list[tuple[int, dict[str, Any]]]:
    """The entries of a file that holds a list of mappings, each with the line it begins on.

    Raises BadKnowledge, beginning with file and line, where the file is not that.
    """
    root = _compose(path)
    if root is None:
        return []
    if not isinstance(root, yaml.SequenceNode):
        raise BadKnowledge(f"{path}:{_line(root)}: this file must be a list, each entry beginning with '- id:'.")
    entries: list[tuple[int, dict[str, Any]]] = []
    for node in root.value:
        if not isinstance(node, yaml.MappingNode):
            raise BadKnowledge(f"{path}:{_line(node)}: this entry must have names and values, such as 'id: …'.")
        entries.append((_line(node), _plain(node, path)))
    return entries


def as_model(model: type[M], values: dict[str, Any], *, path: Path, line: int) -> M:
    """One entry as a typed value. Raises BadKnowledge with the line of the field at fault."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        # A misspelt name makes two complaints; the one about the name itself is the one that helps.
        first = min(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
        field = ".".join(str(part) for part in first["loc"])
        at = _field_line(path, line, first["loc"]) or line
        if first["type"] == "extra_forbidden":
            meant = get_close_matches(field, model.model_fields, n=1)
            hint = f"; did you mean '{meant[0]}'?" if meant else "."
            raise BadKnowledge(f"{path}:{at}: '{field}' is not a name that is known here{hint}") from None
        raise BadKnowledge(f"{path}:{at}: {field or 'entry'}: {first['msg']}.") from None


def _compose(path: Path) -> yaml.Node | None:
    try:
        return yaml.compose(path.read_text("utf-8"), Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadKnowledge(f"{path}:{line}: this is not valid YAML ({error.problem}).") from None
    except UnicodeDecodeError:
        raise BadKnowledge(f"{path}:1: this file is not UTF-8 text; save it as UTF-8.") from None
    except OSError as error:
        raise BadKnowledge(f"{path}:1: this file cannot be read ({error.strerror}).") from None


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _plain(node: yaml.Node, path: Path) -> Any:
    if isinstance(node, yaml.MappingNode):
        plain: dict[str, Any] = {}
        for key, value in node.value:
            if key.value in plain:
                raise BadKnowledge(f"{path}:{_line(key)}: '{key.value}' is given twice in one entry.")
            plain[key.value] = _plain(value, path)
        return plain
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, path) for item in node.value]
    assert isinstance(node, yaml.ScalarNode)
    return node.value


def _field_line(path: Path, line: int, location: tuple[int | str, ...]) -> int | None:
    root = _compose(path)
    node: yaml.Node | None = next((n for n in getattr(root, "value", []) if _line(n) == line), None)
    found: int | None = None
    for part in location:
        if isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == part), None)
            if pair is None:
                return found
            found, node = _line(pair[0]), pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            node = node.value[part]
            found = _line(node)
        else:
            return found
    return found
