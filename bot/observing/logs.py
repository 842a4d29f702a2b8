"""Logs: one JSON object a line. What Heartware says of itself stands there whole, for it never says a text.

Of other packages only those are quoted that speak of themselves alone: an error or a debug line of a client may hold
what was sent. Of an exception the kind and the place are kept, never its words.
"""

from __future__ import annotations

import json
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TextIO

from opentelemetry import trace

OWN = "bot"
QUOTED = ("uvicorn", "alembic")
"""Other packages whose words are kept: they speak of ports and versions."""
ITS_OWN_WAY = ("dbos",)
"""Packages that would write to standard error by themselves, errors' words and all."""
_job: ContextVar[str] = ContextVar("job", default="")


@contextmanager
def speaking_of(job: str) -> Iterator[None]:
    """Lines that are logged within name this job."""
    token = _job.set(job)
    try:
        yield
    finally:
        _job.reset(token)


def set_up_logs(level: str, *, lines: bool, stream: TextIO | None = None) -> None:
    """Log to ``stream``, standard error by default.

    ``level`` is that of Heartware's own lines; of other packages only warnings or errors are kept, whatever their
    own settings ask for. ``lines``: as JSON, for a process that serves; else plainly, for somebody at a terminal.
    """
    handler = Lines(stream)
    handler.setFormatter(JsonLines() if lines else Plain())
    handler.addFilter(_kept)
    logging.root.handlers = [other for other in logging.root.handlers if not isinstance(other, Lines)] + [handler]
    logging.root.setLevel(logging.WARNING)
    logging.getLogger(OWN).setLevel(level.upper())
    for name in ITS_OWN_WAY:
        logger = logging.getLogger(name)
        # With a handler there already, they add none of their own.
        logger.handlers, logger.propagate = [logging.NullHandler()], True
    # A package's warning may quote a value, such as an answer of a model that has another shape than it should.
    logging.captureWarnings(True)
    if lines:
        threading.excepthook = partial(_failed, "a thread failed")
        sys.unraisablehook = partial(_failed, "an error could not be raised")


class Lines(logging.StreamHandler[TextIO]):
    """To one stream, or to what is standard error at the time."""

    def __init__(self, stream: TextIO | None) -> None:
        super().__init__(stream)
        self._given = stream

    def emit(self, record: logging.LogRecord) -> None:
        """Write the line."""
        self.stream = self._given or sys.stderr
        super().emit(record)


def _kept(record: logging.LogRecord) -> bool:
    return _of(record, OWN) or record.levelno >= (logging.WARNING if _of(record, *QUOTED) else logging.ERROR)


def _of(record: logging.LogRecord, *packages: str) -> bool:
    return record.name.partition(".")[0] in packages


def _said(record: logging.LogRecord) -> str:
    """The record's words, where they can be trusted to hold no text of anybody."""
    return record.getMessage() if _of(record, OWN, *QUOTED) else f"{record.levelname.lower()} of {record.name}"


def place_of(traceback: TracebackType | None) -> str:
    """The innermost file and line of a traceback."""
    while traceback and traceback.tb_next:
        traceback = traceback.tb_next
    return f"{Path(traceback.tb_frame.f_code.co_filename).name}:{traceback.tb_lineno}" if traceback else "?"


class JsonLines(logging.Formatter):
    """A record as one JSON object: time, level, logger, message, and where they are known job, trace and error."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _said(record),
        }
        if _job.get():
            line["job"] = _job.get()
        span = trace.get_current_span().get_span_context()
        if span.is_valid:
            line["trace_id"] = trace.format_trace_id(span.trace_id)
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["at"] = place_of(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)


class Plain(logging.Formatter):
    """A record as a sentence for somebody at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return f"heartware: {_said(record)}"


def _failed(what: str, failed: threading.ExceptHookArgs | sys.UnraisableHookArgs) -> None:
    """Python would print the error's words."""
    error, where = failed.exc_type.__name__, place_of(failed.exc_traceback)
    logging.getLogger(__name__).error("%s error=%s at=%s", what, error, where)
