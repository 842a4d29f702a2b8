"""Imported once, by the process that ``forked`` ones come from: each finds loaded what it needs."""

from __future__ import annotations

import threading

import chromadb  # noqa: F401
import langchain_chroma  # noqa: F401

import bot.serving
import bot.slack.app
import bot.teams.app  # noqa: F401
import tests.durable_process  # noqa: F401
from bot.coaching.model import LANGUAGES, Draft
from tests.test_coach import coach

for language in LANGUAGES:
    coach().review_local(Draft(text="User error. Thank you.", language=language))

assert threading.active_count() == 1, "what has threads cannot be forked"
