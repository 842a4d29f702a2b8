"""Logs hold ids and kinds, and no word of anybody's text, whatever other packages and environments do."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from bot.observing.logs import set_up_logs, speaking_of

CANARY = "quokka-8812"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    handlers, level, hook = logging.root.handlers, logging.root.level, threading.excepthook
    own = logging.getLogger("bot").level
    yield io.StringIO()
    logging.root.handlers = handlers
    logging.root.setLevel(level)
    logging.getLogger("bot").setLevel(own)
    threading.excepthook = hook


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_is_json_with_time_level_logger_message_and_job(stream: io.StringIO) -> None:
    set_up_logs("info", lines=True, stream=stream)
    with speaking_of("job-1"):
        logging.getLogger("bot.durable").info("took over workflows=%d", 3)
    logging.getLogger("bot.durable").debug("too fine")
    [line] = lines(stream)
    assert line.pop("time").endswith("+00:00")
    assert line == {"level": "info", "logger": "bot.durable", "message": "took over workflows=3", "job": "job-1"}


def test_of_an_exception_the_kind_and_place_are_kept_and_never_its_words(stream: io.StringIO) -> None:
    set_up_logs("info", lines=True, stream=stream)
    try:
        raise ValueError(f"cannot read {CANARY}")
    except ValueError:
        logging.getLogger("bot.x").exception("went wrong")
    [line] = lines(stream)
    assert line["error"] == "ValueError"
    assert line["at"].startswith("test_logs.py:")
    assert CANARY not in stream.getvalue()


@pytest.mark.parametrize(
    "name", ["openai._base_client", "httpx", "slack_sdk.web", "sqlalchemy.engine", "chromadb", "dbos"]
)
def test_other_packages_are_not_quoted_even_where_they_were_told_to_say_everything(
    name: str, stream: io.StringIO
) -> None:
    set_up_logs("debug", lines=True, stream=stream)
    logging.getLogger(name).setLevel(logging.DEBUG)
    logging.getLogger(name).debug("sending %s", CANARY)
    logging.getLogger(name).info("sent %s", CANARY)
    logging.getLogger(name).error("cannot send %s", CANARY)
    assert CANARY not in stream.getvalue()
    assert [line["logger"] for line in lines(stream)] == [name]
    logging.getLogger(name).setLevel(logging.NOTSET)


def test_a_package_that_brings_a_handler_of_its_own_writes_nothing_past_ours(
    stream: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    dbos = logging.getLogger("dbos")
    dbos.handlers, dbos.propagate = [logging.StreamHandler()], False
    set_up_logs("info", lines=True, stream=stream)
    dbos.error("cannot keep %s", CANARY)
    assert [line["message"] for line in lines(stream)] == ["error of dbos"]
    assert CANARY not in capsys.readouterr().err


def test_a_thread_that_fails_says_where_and_nothing_else(stream: io.StringIO) -> None:
    set_up_logs("info", lines=True, stream=stream)

    def failing() -> None:
        raise RuntimeError(CANARY)

    thread = threading.Thread(target=failing)
    thread.start()
    thread.join()
    assert "RuntimeError" in stream.getvalue()
    assert CANARY not in stream.getvalue()


def test_a_warning_of_a_package_is_not_quoted() -> None:
    warned = "import warnings; from bot.observing.logs import set_up_logs; set_up_logs('debug', lines=True); "
    warned += f"warnings.warn('Expected none, got {CANARY}'); print('went on')"
    done = subprocess.run([sys.executable, "-c", warned], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("went on\n", "")


def test_an_error_that_cannot_be_raised_says_where_and_nothing_else(
    stream: io.StringIO, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing:
        def __del__(self) -> None:
            raise RuntimeError(CANARY)

    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    set_up_logs("info", lines=True, stream=stream)
    del (failing := [Failing()])[0]
    assert failing == []
    assert "RuntimeError" in stream.getvalue()
    assert CANARY not in stream.getvalue() + capsys.readouterr().err


def test_at_a_terminal_a_warning_is_a_sentence(stream: io.StringIO) -> None:
    set_up_logs("warning", lines=False, stream=stream)
    logging.getLogger("bot.models.llm").warning("model=%s failed", "small")
    assert stream.getvalue() == "heartware: model=small failed\n"
