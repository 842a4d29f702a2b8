"""Text on its way in and out of Slack, which writes ``& < >`` and links in a way of its own."""

from __future__ import annotations

import re

_REFERENCE = re.compile(r"<((?:https?://|mailto:|tel:|[@#!])[^<>|]+)(?:\|([^<>]*))?>")


def escape(text: str) -> str:
    """What a person wrote, so that Slack shows it as it is: no mention, link or ``<!channel>`` comes to life."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(text: str) -> str:
    """The text of a message as its author sees it: links by their words, mentions by name where Slack gives it."""
    shown = _REFERENCE.sub(_shown, text)
    return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _shown(match: re.Match[str]) -> str:
    target, label = match.group(1), match.group(2)
    if label:
        return label
    return target.removeprefix("mailto:").removeprefix("tel:").removeprefix("!")


def without_mention(text: str, user: str) -> str:
    """The text without the mention of this user."""
    return re.sub(rf"<@{re.escape(user)}(?:\|[^>]*)?>[:,]?\s*", "", text)


def shortened(text: str, longest: int) -> str:
    """At most this many characters, with an ellipsis where some were left out."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
