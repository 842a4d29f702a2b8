"""Short codes that only the words around them give away: of doors, safes and alarms, PINs, and of wireless networks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.coaching.ports import Span
from bot.privacy.context import DEVICE, before

FAR = 60
"""Characters between a code and the word that says what it is."""
_CODE = re.compile(
    r"(?<![\w,.:/€$£#-])[*#]?(?=[A-Z]{0,3}\d)(?:[A-Z\d]{4,8}[*#]?|\d{2,3}(?: \d{2,3}){1,2})"
    r"(?![\w/€$£%-]|[.,:]\d| ?(?:€|eur|km|kg|ml|m2|kr))"
)
_TYPED = re.compile(r"(?<![\w*#])(?:\*\d{4,8}#?|\d{4,8}[#*])(?![\w*#])")
_NO_CODE = re.compile(r"(?:19|20)\d\d|[A-Z]{3,8}\d")
"""A year, or what hardly is more than a name."""
_DOOR = re.compile(
    r"\b(?:door|gate|lobby|entry|entrance|alarm|(?:key|lock)[ -]?(?:safe|box)|safe|padlock|keypad|garage|shed"
    r"|lockers?|voordeur\w*|portiek\w*|\w{0,12}deur\w*|poort\w*|(?:sleutel)?kluis\w*|sleutelkast\w*|hangslot|alarm\w*"
    r"|garage\w*|berging|schuur"
    r"|ovi(?:koodi)?\w*|ove[nl]\w*|portti\w*|porti[nl]\w*|avainlaati\w*|avainboks\w*|avainsäily\w*|hälyt\w*|lukko\w*"
    r"|luko[nl]\w*|luukku\w*|luuku[nl]\w*|lokero\w*|\w*automaati\w*|\w*automaatti\w*|rapun|alaove\w*|ulko-ov\w*|tallin"
    r"|varasto\w*)\b",
    re.IGNORECASE,
)
_CODE_WORD = re.compile(
    r"\b(?:(?P<own>door|gate|lobby|entry|entrance|alarm|deur|portiek|poort|kluis|toegangs|toestel|scherm|suoja|nood"
    r"|installateurs|ovi|portti|hälyt\w{0,12})"
    r"[ -]?)?"
    r"(?:codes?|code's|koodi\w{0,4})\b|\b(?:opens? with|turns off with|opent met|open met|uit met|aukeaa|avautuu|typed"
    r"|toetste|ingetoetst|näppäil\w*)\b",
    re.IGNORECASE,
)
_OTHER_CODE = re.compile(
    r"(?:promo|discount|voucher|gift|coupon|error|fault|post|zip|area|country|product|item|article|tracking|qr|bar"
    r"|colour"
    r"|color|dress|dial\w*|korting\w*|actie|cadeau\w*|fout|artikel|kleur|land|alennus\w*|lahja\w*|virhe|posti|tuote"
    r"|etu|tarjous\w*|seuranta)[ -]?$",
    re.IGNORECASE,
)
_SAFE = re.compile(
    r"\b(?:key ?safe|lock ?box|avainkaap\w*|avainlokero\w*|avainboks\w*|sleutelkluis\w*|sleutelkast\w*) ?:? ?"
    r"(?P<value>\d{4,6})(?![\w]|[.,:]\d)",
    re.IGNORECASE,
)
_OF_GOODS = re.compile(
    r"\b(?:article|product|item|order|error|discount|artikel\w*|product\w*|bestel\w*|fout|tuott\w*|tuote\w*|tilau\w*"
    r"|virhe\w*)\b",
    re.IGNORECASE,
)
_PIN = re.compile(
    r"\b(?:pins?|pin-?codes?|pin ?codes?|pin-?koodi\w*|pin(?:in|iä|illä|ini|-?tunnu\w*)|passcodes?"
    r"|tunnusluvu\w*|tunnusluku\w*|puk(?:-?(?:code|koodi)\w*)?)\b",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"(?<![\w,.:/€$£+-])\d{4,8}(?![\w/€$£%-]|[.,:]\d| ?(?:€|eur|km|kg))")
_OF_A_CARD = re.compile(
    r"(?:ending|ends|eindig\w*|päätty\w*|loppu\w*|digits|cijfers|numero\w*)(?: (?:in|with|op|met))? ?$", re.IGNORECASE
)
_NETWORK = re.compile(
    r"\b(?:\w{0,12}wi-?fi\w{0,12}(?: ?(?:password|code|key))?|wlan\w*|wifi-?\w{0,12})\b", re.IGNORECASE
)
_LETTERS_AND_FIGURES = re.compile(
    r"(?<![\w@./-])(?=[\w-]*[a-zäö]{3})(?=[\w-]*\d)[A-Za-zÄÖäö][\w-]{6,40}(?![\w@/-]|\.\w)"
)
_WORD_OF_CODE = re.compile(
    r"\b(?:code ?words?|security words?|safe ?words?|codewoord\w*|veiligheidswoord|tunnussana\w*|turvasana\w*)"
    r"(?: (?:is|was|oli|now|nu|nyt)| on(?= (?-i:[A-ZÅÄÖ]))| ?:|(?= (?-i:[A-ZÅÄÖ][a-zåäö])))+ ?"
    r"[\"'“”‘’]?(?P<value>(?-i:[A-ZÅÄÖ])[^\W\d_]{3,40}|[^\W\d_]{4,40}(?=[.,;!\n\"'”’]|$))",
    re.IGNORECASE,
)
_UNTIL_THE_LINE_ENDS = re.compile(
    r"\b(?:password|wachtwoord|salasana)\b[^\n:.!?]{1,40}: ?(?P<value>[^\s:]{3,63}[^\s:.,!?])[.,!?]*[ ]*$",
    re.IGNORECASE | re.MULTILINE,
)


def find(text: str, language: str) -> Iterator[Span]:
    """Codes of doors and the like, PINs, passwords of networks, words that a person is known by."""
    for start, end in {*_of_doors(text), *_typed(text), *_pins(text), *_of_networks(text)}:
        yield Span(start, end, "SECRET")
    for pattern in (_SAFE, _WORD_OF_CODE, _UNTIL_THE_LINE_ENDS):
        for match in pattern.finditer(text):
            yield Span(*match.span("value"), "SECRET")


def _of_doors(text: str) -> Iterator[tuple[int, int]]:
    """The first code behind a word for one, where something with a lock is spoken of nearby."""
    for said in _CODE_WORD.finditer(text):
        of_a_door = said["own"] or _DOOR.search(text, max(0, said.start() - FAR), said.end() + FAR)
        if not of_a_door or _OTHER_CODE.search(before(text, said.start(), 16)):
            continue
        for code in _CODE.finditer(text, said.end(), said.end() + FAR):
            if not _NO_CODE.fullmatch(code.group()) and not _OF_GOODS.search(text, said.end(), code.start()):
                yield code.span()
                break


def _typed(text: str) -> Iterator[tuple[int, int]]:
    """What has a star or a hash as on a keypad; something with a lock may be spoken of farther off."""
    for code in _TYPED.finditer(text):
        if _DOOR.search(text, max(0, code.start() - 2 * FAR), code.end() + 2 * FAR):
            yield code.span()


def _pins(text: str) -> Iterator[tuple[int, int]]:
    """The figures on both sides of the word; not the last ones of a card, nor a year."""
    for said in _PIN.finditer(text):
        line = text.rfind("\n", 0, said.start()) + 1
        for figures in _FIGURES.finditer(text, max(line, said.start() - FAR // 2), said.end() + FAR):
            of_a_card = _OF_A_CARD.search(before(text, figures.start(), 24))
            if not of_a_card and not _NO_CODE.fullmatch(figures.group()):
                yield figures.span()


def _of_networks(text: str) -> Iterator[tuple[int, int]]:
    for said in _NETWORK.finditer(text):
        for word in _LETTERS_AND_FIGURES.finditer(text, said.end(), said.end() + FAR):
            if not DEVICE.match(word.group()):
                yield word.span()
                break
