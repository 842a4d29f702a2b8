"""Sealing what is kept for a while: who has the database, or a copy of it, but not the key, reads no draft."""

from __future__ import annotations

import os
from base64 import urlsafe_b64encode
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp

from cryptography.fernet import Fernet, InvalidToken

from bot.coaching.errors import BadSetting
from bot.desk.errors import Erased


class Seal:
    """Seals texts with one key. ``secret`` is any long text; every process that shares a database needs the same."""

    def __init__(self, secret: str) -> None:
        self._fernet = Fernet(urlsafe_b64encode(sha256(secret.encode()).digest()))

    def close(self, text: str) -> bytes:
        """The text, sealed."""
        return self._fernet.encrypt(text.encode())

    def open(self, sealed: bytes) -> str:
        """The text again. Raises Erased where it was sealed with another key: nobody can read it any more."""
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken:
            raise Erased("This was sealed with a key that is no longer there.") from None

    def open_or(self, sealed: bytes, otherwise: str) -> str:
        """The text again, or something else where nobody can read it any more."""
        try:
            return self.open(sealed)
        except Erased:
            return otherwise


def secret_of(folder: Path) -> str:
    """The secret kept in ``secret.key`` of the data folder, made at first use for its owner's eyes alone."""
    path = folder / "secret.key"
    try:
        if not path.exists():
            _make(path)
        secret = path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or "it is no text"
        raise BadSetting(
            f"HEARTWARE_DATA: the key {path} cannot be written or read ({why}): make room, or give a folder that can."
        ) from None
    if not secret:
        raise BadSetting(f"HEARTWARE_DATA: the key {path} is empty: bring it back from a backup, or remove it.")
    return secret


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written whole under another name and then linked: nobody reads half a key, and of two processes the first wins.
    file, draft = mkstemp(dir=path.parent, prefix=path.name)  # readable by its owner alone
    try:
        with os.fdopen(file, "wb") as writing:
            writing.write(Fernet.generate_key())
            writing.flush()
            os.fsync(file)
        with suppress(FileExistsError):
            path.hardlink_to(draft)
    finally:
        Path(draft).unlink()
