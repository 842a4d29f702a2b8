"""Phone numbers: those that a country gives out, by ``phonenumbers``; those meant as one, by the words before them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from phonenumbers import Leniency, PhoneNumberMatcher

from bot.coaching.ports import Span
from bot.privacy.context import before, is_money, is_order

REGIONS: Mapping[str, tuple[str, ...]] = {
    "en": ("GB", "US", "IE", "AU"),
    "nl": ("NL", "BE"),
    "fi": ("FI",),
    "": ("NL", "BE", "FI", "GB", "US"),
}
_INTERNATIONAL = re.compile(r"(?<![\w+])(?:\+ ?|00(?=[1-9]))\d(?:[ ().\u00a0/-]{0,2}\d){6,14}(?![\w])")
# The trunk prefix and separators in the way that people write a number which need not be one that is given out.
_NATIONAL = re.compile(
    r"(?<![\w.,:/+#-])(?:\(0\d{1,4}\) ?|0[1-9]\d{0,3}[ -]|0[67]\d{3} ?)\d(?:[ -]?\d){4,8}(?![\w]|[.,:/-]\d)"
    r"|(?<![\w.,:/+#-])(?:\(\d{3}\) ?|\d{3}[ .-])?\d{3}[.-]\d{4}(?![\w]|[.,:/-]\d)"
)
_CALLED = re.compile(
    r"(?:\b(?:phone|telephone|tel|mobile|cell|fax|whats ?app|call(?:ed)?|ring|text|sms|reach(?:ed)?|dial"
    r"|telefoon\w*|tel\.?nr|telnr|mobiel\w*|gsm\w*|bel(?:len|t)?|bereik\w*|app(?:en)?|nummer"
    r"|puh|puhelin\w*|puhelimi\w*|puhelime\w*|kännyk\w*|gsm|soit\w*|tekstiviesti\w*|numero(?:ni|on|sta|ssa|ni on)?)\b"
    r"\.?[^\d\n.!?]{0,28})$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<![\w.,:/#-])\(?\d(?:[ ().-]{0,2}\d){5,14}(?![\w%]|[.,:/-]\d)")
_CODE_BEFORE = re.compile(r"(?<!\w)(?=[A-Z]{0,8}\d)(?=\d{0,8}[A-Z])[A-Z\d]{4,10} $")
_CODE_AFTER = re.compile(r"-[A-Z](?!\w)")
SHORTEST = 7
"""Digits of a number that is meant as a phone number by its words alone, where it begins with no 0."""
# A version, a case of some year, a date.
_NO_PHONE = re.compile(
    r"[1-9]\d?(?:\.\d{1,5}){2,4}(?!\d)"
    r"|(?:19|20)\d\d(?:\d{4})?-\d{4,6}(?!\d)|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}"
)


def find(text: str, language: str) -> Iterator[Span]:
    """Phone numbers as they are written in the countries of the language, and of any country where it is named."""
    for match in _INTERNATIONAL.finditer(text):
        if not _of_a_code(text, *match.span()):
            yield Span(*match.span(), "PHONE")
    for region in REGIONS.get(language, REGIONS[""]):
        for found in PhoneNumberMatcher(text, region, leniency=Leniency.VALID):
            if _apart(text, found.start, found.end):
                yield Span(found.start, found.end, "PHONE")
    for match in _NATIONAL.finditer(text):
        if _apart(text, *match.span()) and not _NO_PHONE.match(match.group()):
            yield Span(*match.span(), "PHONE")
    for match in _DIGITS.finditer(text):
        start, end = match.span()
        digits = re.sub(r"\D", "", match.group())
        if len(digits) < SHORTEST and digits[0] != "0":
            continue
        if _CALLED.search(before(text, start)) and _apart(text, start, end) and not _NO_PHONE.match(match.group()):
            yield Span(start, end, "PHONE")


def _apart(text: str, start: int, end: int) -> bool:
    order = is_order(text, start) and not _CALLED.search(before(text, start))
    return not (order or is_money(text, start, end) or _of_a_code(text, start, end))


def _of_a_code(text: str, start: int, end: int) -> bool:
    """Whether letters belong to it: "3SKABA 0047 7713 92", "040-4817-X"."""
    beside = text[start - 1 : start] in ("#", "-", "_") or _CODE_AFTER.match(text, end)
    return bool(beside or _CODE_BEFORE.search(before(text, start, 12)))
