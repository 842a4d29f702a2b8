"""A language model on loopback that deepens a review of ``BLAME``, and rewords it."""

from __future__ import annotations

import json
import time
from http.server import BaseHTTPRequestHandler

from tests.local_models import ScriptedServer, says, sends

DEEPER = "Before the question the customer needs one warm line."
OPINION = {
    "findings": [
        {
            "criterion": "interrogation",
            "severity": "must",
            "principle": "warm-opening",
            "quote": "What's your order number?",
            "why": DEEPER,
            "suggestion": "Thank them first.",
            "replacement": "",
        }
    ],
    "strengths": [],
    "touch": "",
    "no_touch_because": "It is not solved yet.",
    "tone": 0.3,
    "empathy": 0.3,
}
WARMER = "Hello! Something in the password was not right. Which order number may I look at for you?"


class Model(ScriptedServer):
    """A model that takes a while, and knows a review from a rewording by its prompt."""

    seconds = 0.5
    works = True
    opinion = OPINION

    def __init__(self) -> None:
        super().__init__()
        self.reply = self._reply

    def _reply(self, request: BaseHTTPRequestHandler) -> None:
        time.sleep(self.seconds)
        rewording = "reword a draft" in json.dumps(self.asked[-1])
        answer = {"text": WARMER} if rewording else self.opinion
        (says(json.dumps(answer)) if self.works else sends(500, "{}"))(request)
