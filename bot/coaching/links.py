"""Links, however they are disguised: no text of ours leads anywhere that neither the draft nor the knowledge names."""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_LINK = re.compile(
    r"(?<![\w.-])(?:https?|hxxps?|ftps?|sftp|wss?|file|data|javascript|vbscript|mailto|tel|sms|slack|msteams)\s?:\s?\S+"
    r"|(?<![:\w/])//\w\S*"
    r"|\\\\\w\S*"
    r"|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,200}"
    r"|(?<![\w-])(?<![\w-][.@])(?:[\w-]{1,63}\.){1,10}[^\W\d_]{2,24}(?![\w-])(?:[/?#:]\S*)?",
    re.IGNORECASE,
)
_SIGNS = frozenset("<>{}[]|`\\*_~=") | {chr(code) for code in (*range(9), *range(11, 32), 127)}
_MENTION = re.compile(r"@\w+")
_EDGES = ".,;:!?()[]{}<>|'\"*_~`“”‘’/"


def links(text: str) -> set[str]:
    """Everything in a text that a client may make a link of, or a person may take for one, in one plain spelling."""
    return {match.group().strip(_EDGES) for match in _LINK.finditer(_plain(text))} - {""}


def brings_links(known: str, *texts: str) -> bool:
    """Whether these texts have a link that does not stand in the ``known`` one."""
    return any(_new_links(known, text) for text in texts)


def brings_markup(known: str, text: str) -> bool:
    """Whether a text has signs or mentions, of whatever platform, that the ``known`` one has not."""
    return bool(_new_markup(known, text))


def brought(known: str, text: str) -> list[str]:
    """The links, mentions and signs of markup in a text that the ``known`` one has not."""
    return [*_new_links(known, text), *_new_markup(known, text)]


def _new_links(known: str, text: str) -> list[str]:
    before = links(known)
    return sorted(link for link in links(text) if not any(_leads_to(link, other) for other in before))


def _new_markup(known: str, text: str) -> list[str]:
    mentions = [at for at in _MENTION.findall(text) if at not in known]
    return [*mentions, *sorted(set(text) & _SIGNS - set(known))]


def _leads_to(link: str, other: str) -> bool:
    """Whether a link is another one, or its host."""
    return bool(re.search(rf"(?:^|[/@:]){re.escape(link)}(?:$|[/:?#])", other))


def _plain(text: str) -> str:
    """The same letters in their plainest form: full-width ones, look-alike dots and unseen ones are all tricks."""
    folded = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).casefold()
    return folded.replace("\u3002", ".").replace("\u2024", ".").replace("[.]", ".").replace("(.)", ".")
