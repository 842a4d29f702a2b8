"""Numbers with a checksum: bank accounts, cards, and the numbers that a state gives a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from stdnum import iban, luhn, numdb
from stdnum.be import nn
from stdnum.fi import hetu
from stdnum.ie import pps
from stdnum.nl import bsn

from bot.coaching.ports import Span
from bot.privacy.context import before, is_money, is_order

_IBAN_START = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}")
_IBAN = re.compile(r"[A-Za-z]{2}\d{2}(?:[ .-]?[A-Za-z0-9]){11,30}(?![A-Za-z0-9])")
_IBAN_WORDS = re.compile(
    r"\b(?:iban|account|bank|rekening\w*|tilinumero\w*|pankkitili\w*|tili\w*)\b[^\d\n]{0,24}$", re.IGNORECASE
)
_CARD = re.compile(r"(?<![\w.,-])\d(?:[ -]?\d){12,18}(?![\w]|[.,-]\d)")
_CARD_WORDS = re.compile(
    r"(?:card|visa|master ?card|maestro|amex|american express|kaart\w*|creditcard\w*|kortti\w*|korti\w*)"
    r"[^\d\n]{0,24}$",
    re.IGNORECASE,
)
# Who issues cards of which length: ISO/IEC 7812 prefixes as the networks publish them.
_ISSUERS = re.compile(
    r"(?:4\d{15}|4\d{18}|5[1-5]\d{14}|2(?:2[2-9]|[3-6]\d|7[01])\d{13}|2720\d{12}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}"
    r"|35\d{14}|6(?:011|4[4-9]\d|5\d\d)\d{12}|62\d{14,17}|(?:50|5[6-9]|6\d)\d{14,17})"
)
_NINE = re.compile(r"(?<![\w.,:/-])(?:\d{9}|\d{3}[ .]\d{3}[ .]\d{3}|\d{4}[ .]\d{2}[ .]\d{3}|\d{8})(?![\w/]|[.,:-]\d)")
_BSN_WORDS = re.compile(
    r"\b(?:bsn|bsn-?nummer|burgerservicenummer|sofi-?nummer|citizen service number)\b[^\d\n]{0,24}$", re.IGNORECASE
)
# Since 2023 eleven signs for the century: https://dvv.fi/en/reform-of-personal-identity-code
_HETU = re.compile(r"(?<![\w-])\d{6}[-+–A-FU-Ya-fu-y]\d{3}[0-9A-Ya-y](?![\w-])")
_DAY_AND_MONTH = re.compile(r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y]")
_HETU_WORDS = re.compile(
    r"\b(?:hetu\w*|henkilötunnu\w*|henkilötunnis\w*|sotu\w*|identity code|personal" r" id\w*)\b[^\d\n]{0,24}$",
    re.IGNORECASE,
)
_DUTCH_TAX = re.compile(r"\bNL ?(\d{9}) ?B ?\d{2}\b")
_BELGIAN = re.compile(r"(?<![\w.-])\d{2}[.]\d{2}[.]\d{2}[ -]\d{3}[.]\d{2}(?![\w-])")
# QQ is what the forms show as an example, so that people write it.
_BRITISH = re.compile(
    r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)(?:QQ|[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]) ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b"
)
_BRITISH_WORDS = re.compile(r"\b(?:national insurance|nino|ni number)\b[^\d\n]{0,24}$", re.IGNORECASE)
_BRITISH_NAMED = re.compile(r"(?<![\w-])[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![\w-])", re.IGNORECASE)
_IRISH = re.compile(r"(?<![\w-])\d{7}[A-W][A-IW]?(?![\w-])", re.IGNORECASE)
_IRISH_WORDS = re.compile(r"\bpps\b[^\d\n]{0,24}$", re.IGNORECASE)
_AMERICAN = re.compile(r"(?<![\w-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])")
_SOCIAL_WORDS = re.compile(r"\b(?:ssn|social security)\b[^\d\n]{0,24}$", re.IGNORECASE)
_AMERICAN_PLAIN = re.compile(r"(?<![\w-])\d{9}(?![\w-])")


def find(text: str, language: str) -> Iterator[Span]:
    """Bank accounts, cards, BSN, henkilötunnus and the like.

    Where the words say what a number is, it is believed even if a digit was mistyped; else its checksum must be right.
    """
    yield from _accounts(text)
    yield from _cards(text)
    yield from _dutch(text, language)
    yield from _finnish(text, language)
    for pattern in (_BRITISH, _AMERICAN):
        for match in pattern.finditer(text):
            if not is_order(text, match.start()):
                yield Span(*match.span(), "ID")
    for pattern, words in ((_BRITISH_NAMED, _BRITISH_WORDS), (_AMERICAN_PLAIN, _SOCIAL_WORDS)):
        for match in pattern.finditer(text):
            if words.search(before(text, match.start())):
                yield Span(*match.span(), "ID")
    for match in _IRISH.finditer(text):
        sure = pps.is_valid(match.group()) and not is_order(text, match.start())
        if sure or _IRISH_WORDS.search(before(text, match.start())):
            yield Span(*match.span(), "ID")
    for match in _BELGIAN.finditer(text):
        if nn.is_valid(match.group()):
            yield Span(*match.span(), "ID")


def _accounts(text: str) -> Iterator[Span]:
    for start in _IBAN_START.finditer(text):
        match, length = _IBAN.match(text, start.start()), _length(start.group()[:2].upper())
        end = _end(match, length) if match and length else None
        if match is None or end is None:
            continue
        datum = match.group()[: end - match.start()]
        grouped = " " in datum and datum.isupper()
        if iban.is_valid(datum, check_country=False) or grouped or _IBAN_WORDS.search(before(text, match.start())):
            yield Span(match.start(), end, "IBAN")


@cache
def _length(country: str) -> int:
    """Signs that an IBAN of the country has; 0 for a country that has none."""
    found = numdb.get("iban").info(country)[0][1]
    return 4 + sum(int(part) for part in re.findall(r"(\d+)!", found["bban"])) if found else 0


def _end(match: re.Match[str], length: int) -> int | None:
    """Where the IBAN ends: the pattern may have run on into the next word, but never ends within one."""
    seen = 0
    for at, char in enumerate(match.group()):
        seen += char.isalnum()
        if seen == length:
            after = match.group()[at + 1 : at + 2]
            return None if after.isalnum() else match.start() + at + 1
    return None


def _cards(text: str) -> Iterator[Span]:
    for match in _CARD.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        named = bool(_CARD_WORDS.search(before(text, match.start())))
        issued = bool(_ISSUERS.fullmatch(digits)) and luhn.is_valid(digits)
        if named or (issued and not is_order(text, match.start())):
            yield Span(*match.span(), "CARD")


def _dutch(text: str, language: str) -> Iterator[Span]:
    for match in _NINE.finditer(text):
        start, end = match.span()
        if _BSN_WORDS.search(before(text, start)):
            yield Span(start, end, "BSN")
        elif len(re.sub(r"\D", "", match.group())) == 9 and language in ("nl", "") and bsn.is_valid(match.group()):
            # One number of nine digits in eleven passes: in other languages, or after "order", the words decide.
            doubtful = is_order(text, start) or is_money(text, start, end)
            yield from () if doubtful else (Span(start, end, "BSN"),)
    for match in _DUTCH_TAX.finditer(text):
        # Until 2020 the tax number of a person in business held the BSN.
        if bsn.is_valid(match[1]):
            yield Span(*match.span(), "BSN")


def _finnish(text: str, language: str) -> Iterator[Span]:
    for match in _HETU.finditer(text):
        code = match.group().upper().replace("–", "-")
        sure = hetu.is_valid(code, allow_temporary=True) or _HETU_WORDS.search(before(text, match.start()))
        # In Finnish text a mistyped one is believed, too: a day and a month with such a sign are hardly anything else.
        mistyped = language == "fi" and _DAY_AND_MONTH.match(code) and not is_order(text, match.start())
        if sure or mistyped:
            yield Span(*match.span(), "HETU")
