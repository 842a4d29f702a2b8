"""Pseudonyms: the same for the same id, and of no use to anybody who has the database but not the key."""

from __future__ import annotations

import hmac
from hashlib import sha256


class Pseudonyms:
    """HMAC-SHA256 with a key of its own, made from the secret that also seals."""

    def __init__(self, secret: str) -> None:
        self._key = sha256(f"pseudonyms/{secret}".encode()).digest()

    def of(self, *parts: str) -> str:
        """The pseudonym of an id within a kind and a workspace: 64 hexadecimal digits."""
        return hmac.new(self._key, "\0".join(parts).encode(), sha256).hexdigest()
