"""E-mail and network addresses."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from bot.coaching.ports import Span
from bot.privacy.context import before

_EMAIL = re.compile(
    r"(?:mailto:)?[^\W_](?:[\w.+%'-]{0,63})@(?:[^\W_][\w-]{0,62}\.){1,5}[^\W\d_]{2,24}"
    r"|(?<!\w)[\w.+-]{1,64} ?[(\[](?:at|ät|apenstaartje|miukumauku)[)\]] ?[\w-]{1,63}(?:"
    r" ?[(\[](?:dot|punt|piste)[)\]] ?|\.)"
    r"[\w.-]{2,24}(?!\w)",
    re.IGNORECASE,
)
_IPV4 = re.compile(r"(?<![\w.,-])\d{1,3}(?:\.\d{1,3}){3}(?![\w-]|\.\d)")
_IPV6 = re.compile(r"(?<![\w:.])[0-9A-Fa-f:]{4,39}(?![\w:])")
_HARDWARE = re.compile(r"(?<![\w:-])[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}(?![\w:-])")
_VERSION = re.compile(
    r"(?:\bv\.? ?$|(?:version\w*|versie\w*|versio\w*|firmware\w*|build|release"
    r"|driver|updat\w*|upgrad\w*|client|asiakas|sovellu\w*|app|päivity\w*|ohjelmisto\w*|ajuri\w*)"
    r"[^\d\n]{0,16}$)",
    re.IGNORECASE,
)

_NETWORK = re.compile(
    r"\b(?:ips?|ip-?\w*|address\w*|adres\w*|osoit\w*|servers?|palvelin\w*|palvelime\w*|hosts?|routers?|reititin\w*|dns"
    r"|ping\w*"
    r"|vpn|gateway|subnet|netwerk\w*|network|verkko\w*|verko\w*|from|vanaf|log ?in|logged in)\b",
    re.IGNORECASE,
)
MANY = 32
"""A number this large, or a word for a network before it, makes an address of what else is a version: "went back to
4.11.2.1"."""


def find(text: str, language: str) -> Iterator[Span]:
    """Addresses on the net."""
    for match in _EMAIL.finditer(text):
        yield Span(*match.span(), "EMAIL")
    yield from _networks(text)


def _networks(text: str) -> Iterator[Span]:
    for match in _IPV4.finditer(text):
        # "2.0.1.15" is a version as well as an address: the words decide.
        named = _NETWORK.search(before(text, match.start()))
        small = max(map(int, match.group().split("."))) < MANY
        version = _VERSION.search(before(text, match.start(), 32)) or (small and not named)
        if _is_address(match.group()) and not version:
            yield Span(*match.span(), "IP")
    for match in _IPV6.finditer(text):
        if match.group().count(":") >= 2 and len(match.group()) >= 6 and _is_address(match.group().rstrip(":")):
            yield Span(*match.span(), "IP")
    for match in _HARDWARE.finditer(text):
        yield Span(*match.span(), "IP")


def _is_address(text: str) -> bool:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return not (address.is_loopback or address.is_unspecified)
