"""``prompts/*.md`` → prompt templates: front matter with name and version, then a part for each role."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from string import Template

import yaml
from pydantic import ValidationError

from bot.coaching.errors import BadKnowledge
from bot.coaching.model import Value
from bot.coaching.ports import Message

_FILE = re.compile(r"\A---\n(?P<head>.*?)\n---\n# system\n(?P<system>.*?)\n# user\n(?P<user>.*)\Z", re.DOTALL)


class Prompt(Value):
    """One job's prompt. ``${name}`` marks a place; all else, braces too, is text."""

    name: str
    version: int
    system: str
    user: str

    @property
    def id(self) -> str:
        """Name and version, as a review tells them."""
        return f"{self.name}@{self.version}"

    def places(self) -> set[str]:
        """The names that ``filled`` must be given."""
        return {*Template(self.system).get_identifiers(), *Template(self.user).get_identifiers()}

    def filled(self, values: Mapping[str, str]) -> tuple[Message, Message]:
        """The messages to send. A value is put in as it is: a ``${…}`` within it stays text."""
        return (
            Message(role="system", text=Template(self.system).substitute(values)),
            Message(role="user", text=Template(self.user).substitute(values)),
        )


def read_prompt(path: Path) -> Prompt:
    """A prompt file. Raises BadKnowledge with file and line where it is not one."""
    match = _FILE.match(path.read_text("utf-8"))
    if not match:
        raise BadKnowledge(f"{path}:1: a prompt needs front matter (name, version), then '# system' and '# user'.")
    try:
        prompt = Prompt(**yaml.safe_load(match["head"]), system=match["system"].strip(), user=match["user"].strip())
        prompt.places()
    except (ValidationError, yaml.YAMLError, ValueError, TypeError):
        raise BadKnowledge(
            f"{path}:1: the front matter must give a name and a version, such as 'version: 2'."
        ) from None
    return prompt
