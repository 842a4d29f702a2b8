"""A chat model of any provider that LangChain knows; OpenAI and servers of its kind by default."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple

from pydantic import ValidationError

from bot.coaching.errors import ModelUnavailable
from bot.coaching.ports import Form, Message
from bot.models.breaker import Breaker
from bot.observing.meters import called_model, stage, used_tokens

log = logging.getLogger(__name__)
RETRIES = 1
NOT_ITS_FAULT = (400, 413, 422)
"""Statuses with which a service that is well declines one request."""


class Price(NamedTuple):
    """Dollars for a million tokens read and written."""

    read: float = 0.0
    written: float = 0.0


UNPRICED = Price()


class ChatModel:
    """One structured answer by JSON schema (small servers cannot do tool calls), within a total time limit.

    ``name`` is a model of OpenAI's kind, or ``provider:model`` for another provider whose LangChain package is
    installed. ``seconds`` bounds the whole call, retries included: a socket time-out alone does not stop a model
    that trickles. A model that is down is left alone for a while, so that nobody waits for it in vain.
    """

    def __init__(self, name: str, *, api_key: str, base_url: str, seconds: float, price: Price = UNPRICED) -> None:
        self.name = name
        self._api_key = api_key
        self._base_url = base_url
        self._seconds = seconds
        self._price = price
        self.breaker = Breaker()
        self._chat: Any = None
        self._of_openai = name.startswith("openai:") or ":" not in name
        self._forms: dict[tuple[type, bool], Any] = {}
        self._lock = threading.Lock()

    def ask(self, messages: Sequence[Message], form: type[Form], growing: Callable[[Form], None] | None = None) -> Form:
        """The model's answer as a ``form``. Raises ModelUnavailable, whose message never holds what was sent.

        With ``growing`` it is streamed, and given what came so far: of lists the items that are finished.
        """
        try:
            tried = self.breaker.enter()
        except ModelUnavailable:
            called_model("turned away")
            raise
        try:
            with stage("model"):
                answer = self._within_limit(messages, form, growing)
        except Exception as error:
            called_model(type(error).__name__)
            if _is_down(error):
                self.breaker.failed(tried=tried)
            else:
                self.breaker.succeeded()
            if isinstance(error, TimeoutError):
                wrong = f"gave no answer within {self._seconds:.0f} seconds"
            else:
                wrong = f"failed ({type(error).__name__})"
            # The kind of error only: its text may hold the draft.
            log.warning("model=%s %s", self.name, wrong)
            raise ModelUnavailable(f"The model {self.name} {wrong}.") from None
        called_model("answered")
        self.breaker.succeeded()
        return answer

    def load(self) -> None:
        """Make the client now: the packages take seconds to load, which the first to ask would wait for."""
        self._client()

    def _within_limit(
        self, messages: Sequence[Message], form: type[Form], growing: Callable[[Form], None] | None
    ) -> Form:
        """The answer. Raises TimeoutError, and whatever a provider's package raises."""
        answers: SimpleQueue[Form | Exception] = SimpleQueue()

        def work() -> None:
            try:
                answers.put(self._asked(messages, form, growing))
            except Exception as error:  # it is raised where it is waited for
                answers.put(error)

        # A daemon thread, so that a model which never ends its answer cannot keep the process alive.
        threading.Thread(target=work, name="model", daemon=True).start()
        try:
            answer = answers.get(timeout=self._seconds)
        except Empty:
            raise TimeoutError from None
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _asked(self, messages: Sequence[Message], form: type[Form], growing: Callable[[Form], None] | None) -> Form:
        from langchain_core.callbacks import UsageMetadataCallbackHandler
        from langsmith import tracing_context

        structured = self._structured(form, streamed=growing is not None)
        usage = UsageMetadataCallbackHandler()
        sent = [(m.role, m.text) for m in messages]
        # LangChain would send every call to LangSmith where a variable of the environment asks for it.
        with tracing_context(enabled=False):
            try:
                if growing:
                    answer = _grown(structured.stream(sent, config={"callbacks": [usage]}), form, growing)
                else:
                    answer = structured.invoke(sent, config={"callbacks": [usage]})
                    if self._of_openai:
                        answer = form.model_validate_json(answer.text)
            finally:
                for used in usage.usage_metadata.values():
                    read, written = used["input_tokens"], used["output_tokens"]
                    used_tokens(read, written, (read * self._price.read + written * self._price.written) / 1_000_000)
        if not isinstance(answer, form):
            raise ModelUnavailable("no answer in the form asked for")
        return answer

    def _structured(self, form: type[Form], *, streamed: bool) -> Any:
        """The client that answers in this form, made once: to describe the form takes longer than all else here.

        It gives the form itself, of OpenAI's kind a message with its JSON or, ``streamed``, JSON that grows.
        """
        client = self._client()
        with self._lock:
            if (form, streamed) not in self._forms:
                if self._of_openai and not streamed:
                    # Not in the body, the form would be described, or looked through, anew in every call.
                    self._forms[form, streamed] = client.bind(extra_body={"response_format": _described(form)})
                else:
                    asked = form.model_json_schema() if streamed else form
                    structured = client.with_structured_output(asked, method="json_schema", strict=True)
                    self._forms[form, streamed] = structured
            return self._forms[form, streamed]

    def _client(self) -> Any:
        with self._lock:
            if self._chat is None:
                from langchain.chat_models import init_chat_model

                own: dict[str, Any] = {}
                name = self.name if ":" in self.name else f"openai:{self.name}"
                if self._of_openai:
                    # Local servers take any key, but the client insists on one.
                    own = {"api_key": self._api_key or "none", "base_url": self._base_url or None}
                self._chat = init_chat_model(name, timeout=self._seconds, max_retries=RETRIES, **own)
            return self._chat


def _described(form: type[Form]) -> dict[str, Any]:
    """The form as OpenAI is told of it."""
    from openai import pydantic_function_tool

    schema = pydantic_function_tool(form)["function"]["parameters"]
    return {"type": "json_schema", "json_schema": {"name": form.__name__, "schema": schema, "strict": True}}


def _grown(parts: Iterable[Any], form: type[Form], growing: Callable[[Form], None]) -> Form | None:
    """The last of these parts, once all came; None where it has not the form."""
    part: Any = None
    for part in parts:
        # The last item of a list may still grow.
        finished = {name: value[:-1] if isinstance(value, list) else value for name, value in part.items()}
        with suppress(ValidationError):
            growing(form.model_validate(finished))
    with suppress(ValidationError):
        return form.model_validate(part)
    return None


def _is_down(error: Exception) -> bool:
    """Whether the next call would fail in the same way; what a model does wrong with one draft is no such sign."""
    status = getattr(error, "status_code", None)
    if status is not None:
        return status not in NOT_ITS_FAULT
    # Providers' packages share no class for it, but the name.
    names = {kind.__name__ for kind in type(error).__mro__}
    return isinstance(error, OSError) or bool(names & {"APIConnectionError", "TransportError"})
