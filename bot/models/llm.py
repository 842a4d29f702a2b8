"""A chat model of any provider that LangChain knows; OpenAI and servers of its kind by default."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from queue import Empty, SimpleQueue
from typing import Any

from bot.coaching.errors import ModelUnavailable
from bot.coaching.ports import Form, Message

log = logging.getLogger(__name__)
RETRIES = 1


class ChatModel:
    """One structured answer by JSON schema (small servers cannot do tool calls), within a total time limit.

    ``name`` is a model of OpenAI's kind, or ``provider:model`` for another provider whose LangChain package is
    installed. ``seconds`` bounds the whole call, retries included: a socket time-out alone does not stop a model
    that trickles.
    """

    def __init__(self, name: str, *, api_key: str, base_url: str, seconds: float) -> None:
        self.name = name
        self._api_key = api_key
        self._base_url = base_url
        self._seconds = seconds
        self._chat: Any = None
        self._lock = threading.Lock()

    def ask(self, messages: Sequence[Message], form: type[Form]) -> Form:
        """The model's answer as a ``form``. Raises ModelUnavailable, whose message never holds what was sent."""
        answers: SimpleQueue[Form | Exception] = SimpleQueue()

        def work() -> None:
            try:
                answers.put(self._asked(messages, form))
            except Exception as error:  # whatever a provider's package raises, the local review stands
                answers.put(error)

        # A daemon thread, so that a model which never ends its answer cannot keep the process alive.
        threading.Thread(target=work, name="model", daemon=True).start()
        try:
            answer = answers.get(timeout=self._seconds)
        except Empty:
            log.warning("model=%s gave no answer within %.0f s", self.name, self._seconds)
            raise ModelUnavailable(
                f"The model {self.name} gave no answer within {self._seconds:.0f} seconds."
            ) from None
        if isinstance(answer, Exception):
            # The kind of error only: its text may hold the draft.
            log.warning("model=%s failed error=%s", self.name, type(answer).__name__)
            raise ModelUnavailable(f"The model {self.name} failed ({type(answer).__name__}).") from None
        return answer

    def _asked(self, messages: Sequence[Message], form: type[Form]) -> Form:
        structured = self._client().with_structured_output(form, method="json_schema", strict=True)
        answer = structured.invoke([(message.role, message.text) for message in messages])
        if not isinstance(answer, form):
            raise ModelUnavailable("no answer in the form asked for")
        return answer

    def _client(self) -> Any:
        with self._lock:
            if self._chat is None:
                from langchain.chat_models import init_chat_model

                own: dict[str, Any] = {}
                name = self.name if ":" in self.name else f"openai:{self.name}"
                if name.startswith("openai:"):
                    # Local servers take any key, but the client insists on one.
                    own = {"api_key": self._api_key or "none", "base_url": self._base_url or None}
                self._chat = init_chat_model(name, timeout=self._seconds, max_retries=RETRIES, **own)
            return self._chat
