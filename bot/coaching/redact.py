"""Reversible masking: personal data out before a model sees a text, and back in what the agent sees.

The first, careful few kinds: e-mail addresses, phone numbers, IBAN and card numbers, and other long runs of digits.
"""

from __future__ import annotations

import re
from functools import partial

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("EMAIL", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("IBAN", re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")),
    ("IDENTITY", re.compile(r"\b\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]\b")),
    ("CARD", re.compile(r"\b\d{4}(?:[ -]?\d{4}){3}\b")),
    (
        "PHONE",
        re.compile(
            r"(?<![\w.,€$£])(?:\+|00)\d{1,3}(?:[ ()/-]{0,2}\d){6,12}\b"
            r"|(?<![\w.,€$£#-])0\d{1,3}[ -]?\d{3,4}[ -]?\d{2,4}\b"
        ),
    ),
    ("NUMBER", re.compile(r"(?<![\w#-])\d{8,}\b")),
)


class Mask:
    """Hides personal data in any number of texts behind stable placeholders, and shows it again."""

    def __init__(self) -> None:
        self._shown: dict[str, str] = {}
        self._hidden: dict[str, str] = {}

    def hide(self, text: str) -> str:
        """The text with ``[EMAIL_1]`` and the like in place of personal data; the same datum, the same placeholder."""
        for kind, pattern in _KINDS:
            text = pattern.sub(partial(self._replaced, kind), text)
        return text

    def show(self, text: str) -> str:
        """The text with the data back in place of the placeholders."""
        for placeholder, datum in self._shown.items():
            text = text.replace(placeholder, datum)
        return text

    def _replaced(self, kind: str, match: re.Match[str]) -> str:
        datum = match.group()
        if datum not in self._hidden:
            number = sum(1 for name in self._shown if name.startswith(f"[{kind}_")) + 1
            self._hidden[datum] = f"[{kind}_{number}]"
            self._shown[self._hidden[datum]] = datum
        return self._hidden[datum]
