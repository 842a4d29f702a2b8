"""Dates of birth, passports and other papers, number plates, and order numbers where they count as personal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.coaching.ports import Span
from bot.privacy.context import before

_MONTHS = (
    r"(?:jan(?:uary|uari)?|feb(?:ruary|ruari)?|mar(?:ch)?|maart|mrt|apr(?:il)?"
    r"|may|mei|june?|juni|july?|juli|aug(?:ust|ustus)?"
    r"|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|dec(?:ember)?"
    r"|(?:tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)kuu(?:ta|n)?)"
)
_DATE = re.compile(
    rf"(?<![\w.,/-])(?:\d{{1,2}} ?[./-] ?\d{{1,2}} ?[./-] ?(?:19|20)?\d\d|(?:19|20)\d\d[./-]\d{{1,2}}[./-]\d{{1,2}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th|\.|e)?(?: of)? {_MONTHS}\.?(?:,? (?:19|20)\d\d)?"
    rf"|{_MONTHS}\.? \d{{1,2}}(?:st|nd|rd|th)?(?:,? (?:19|20)\d\d)?"
    r"|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d)(?![\w]|[/-]\d|\.\d)",
    re.IGNORECASE,
)
# A whole date of so long ago is hardly anything else.
_LONG_AGO = re.compile(r"(?<!\d)19[2-8]\d(?!\d)")
_BIRTH_BEFORE = re.compile(
    r"(?:\bborn\b|\bbirth ?(?:date|day)\b|\bdate of birth\b|\bd\.?o\.?b\b|\bgeboren\b"
    r"|\bgeboorte\w*|\bgeb\.|\bgebdatum\b"
    r"|\bverjaar(?:dag|t)?\b|\bjarig\b|\bsynty\w*|\bsynt\.|\bsyntymä\w*|\bs\.(?= ?$))[^\n!?]{0,36}$",
    re.IGNORECASE,
)
_BIRTH_AFTER = re.compile(
    r"[^\n.!?]{0,16}\b(?:(?:is|was|as|on|oli|ja|and|en|\() ?)?(?:my |his |her |their |the |mijn |zijn |haar |m'n )?"
    r"(?:birthday|birth ?date|date of birth|d\.?o\.?b\b|geboortedatum|verjaardag|geboren|jarig|syntymä(?:aika|päivä)\w*"
    r"|syntynyt|syntyn\w*)",
    re.IGNORECASE,
)

_PAPER = re.compile(
    r"\b(?:passport|paspoort\w*|passi(?:n|ni|nro|numero|nume\w*)?|passinumero\w*|id[ -]?(?:card|kaart|kortti\w*|kortin)"
    r"|identity card|identiteitskaart\w*|identiteitsbewijs|henkilökort\w*|driv(?:ing|er'?s?) licen[cs]e|rijbewijs\w*"
    r"|ajokort\w*|document ?(?:number|nummer)|travel document|reisdocument\w*|residence permit|verblijfs\w*"
    r"|oleskelulu\w*)(?P<between>(?:[^\n.!?]|(?<=[Nn]o)\.|(?<=[Nn]r)\.){0,40}?)(?<![\w-])"
    r"(?P<value>(?=(?:[A-Z0-9-]{0,8}\d){3})[A-Z0-9]{6,20}"
    r"|(?=[A-Z0-9-]{0,10}\d)[A-Z0-9]{1,6}[ -][A-Z0-9]{0,8}\d[A-Z0-9]{0,8})(?![\w-])",
    re.IGNORECASE,
)

# The forms of Dutch, Finnish and Belgian passports: further from the word, and over the end of a sentence.
_PASSPORT = re.compile(
    r"\b(?:passport|paspoort|passi(?:ni|nne|n)?)\b[^\n]{0,80}?(?<![\w-])"
    r"(?P<value>[A-NP-Z]{2}(?=[A-NP-Z0-9]*\d[A-NP-Z0-9]*\d)[A-NP-Z0-9]{6}\d|[A-Z]{2}\d{6,7})(?![\w-])",
    re.IGNORECASE,
)

MOST_LETTERS = 3
"""Small letters that the number of a paper has: words have more."""

# The forms ("sidecodes") that the Dutch vehicle authority RDW has given out: https://www.rdw.nl
_DUTCH_PLATE = re.compile(
    r"(?<![\w-])(?:[A-Z]{2}-\d{2}-\d{2}|\d{2}-\d{2}-[A-Z]{2}|\d{2}-[A-Z]{2}-\d{2}|[A-Z]{2}-\d{2}-[A-Z]{2}"
    r"|[A-Z]{2}-[A-Z]{2}-\d{2}|\d{2}-[A-Z]{2}-[A-Z]{2}|\d{2}-[A-Z]{3}-\d|\d-[A-Z]{3}-\d{2}|[A-Z]{2}-\d{3}-[A-Z]"
    r"|[A-Z]-\d{3}-[A-Z]{2}|[A-Z]{3}-\d{2}-[A-Z]|[A-Z]-\d{2}-[A-Z]{3}|\d-[A-Z]{2}-\d{3}|\d{3}-[A-Z]{2}-\d"
    r"|[1-9]-[A-Z]{3}-\d{3})(?![\w-])"
)
_BRITISH_PLATE = re.compile(
    r"(?<![\w-])[A-HJ-PR-Y][A-HJ-PR-Y]\d{2} (?!USB|LED|UHD|PRO|MAX|GPS|HDR|SSD" r"|RAM|RGB)[A-Z]{3}(?![\w-])"
)
_ANY_PLATE = re.compile(
    r"(?<![\w-])(?=[A-Z0-9 -]{0,8}\d)(?=[A-Z0-9 -]{0,8}[A-Z])[A-Z0-9]{1,4}(?:[ -]?[A-Z0-9]{1,4}){1,2}(?![\w-])"
)
_VEHICLE = re.compile(
    r"(?:\b(?:number ?plates?|licen[cs]e plates?|plates?|registration|reg(?:istration)?(?: (?:number|no))?|vrm"
    r"|kenteken\w*"
    r"|nummerplaat|kentekenplaat|plaat|omistajanvaihdo\w*|rekisterinumero\w*|rekisteritunnu\w*|rekisterikilp\w*"
    r"|rekisterikilv\w*|rekkari\w*|rekkar\w*"
    r"|kilvet|kilvis\w*|kilpi\w*|kilven|auto(?:n|ni|mme|ssa|ssani|lla|llani|lle|on)?|pakettiauto\w*|henkilöauto\w*"
    r"|car|van|vehicle|truck|lorry|motorbike|auto|bus|wagen|busje|motor|scooter"
    r"|moottoripyörä\w*|traileri\w*|peräkärry\w*|mopo\w*|perävaunu\w*|ajoneuvo\w*)\b[^\n.!?]{0,28})$",
    re.IGNORECASE,
)
_SURE_VEHICLE = re.compile(
    r"plate|registration|\breg\b|vrm|kenteken|plaat|rekister|rekkar|kilve|kilvi|kilpi", re.IGNORECASE
)
_IRISH_PLATE = re.compile(r"(?<![\w-])\d{2,3}-[A-Z]{1,2}-\d{1,6}(?![\w-])")
_FINNISH_PLATE = re.compile(r"(?<![\w-])[A-ZÅÄÖ]{2,3}-\d{1,3}(?![\w-])")
_VEHICLE_AFTER = re.compile(
    r"[^\n.!?]{0,12}\b(?:number ?plate|license plate|is (?:the|my) (?:plate|reg)"
    r"|kenteken|nummerplaat|rekisterinumero\w*"
    r"|rekisteritunnu\w*|rekisterikil\w*)",
    re.IGNORECASE,
)

_ORDER = re.compile(
    r"\b(?:orders?|order ?number|order ?no|bestelling|bestelnummer|bestelnr|ordernummer|tilau\w+|tilausnumero\w*)\b"
    r"[^\w\n]{0,4}(?:(?:number|nummer|numero|no|nr|is|on|with|met)\b[^\w\n]{0,4}){0,2}"
    r"(?P<value>(?=[\w-]{0,24}\d)[A-Za-z0-9][\w-]{2,24})"
    r"|(?<!\w)#(?P<other>(?=[\w-]{0,24}\d)[A-Za-z0-9][\w-]{3,24})",
    re.IGNORECASE,
)


def find(text: str, language: str) -> Iterator[Span]:
    """Dates of birth, numbers of papers, and number plates."""
    for match in _DATE.finditer(text):
        born = _BIRTH_BEFORE.search(before(text, match.start()))
        if born or _LONG_AGO.search(match.group()) or _BIRTH_AFTER.match(text, match.end()):
            yield Span(*match.span(), "BIRTHDATE")
    for match in _PAPER.finditer(text):
        letters = sum(char.isalpha() for char in match["value"])
        if letters <= MOST_LETTERS or match["value"].isupper():
            yield Span(*match.span("value"), "PASSPORT")
    for match in _PASSPORT.finditer(text):
        yield Span(*match.span("value"), "PASSPORT")
    yield from _plates(text, language)


def find_orders(text: str) -> Iterator[Span]:
    """Order numbers, named as such."""
    for match in _ORDER.finditer(text):
        yield Span(*match.span("value" if match["value"] else "other"), "ORDER")


def _plates(text: str, language: str) -> Iterator[Span]:
    for pattern in (_DUTCH_PLATE, _BRITISH_PLATE):
        for match in pattern.finditer(text):
            yield Span(*match.span(), "PLATE")
    for match in _FINNISH_PLATE.finditer(text) if language in ("fi", "") else ():
        if _VEHICLE.search(before(text, match.start())) or _VEHICLE_AFTER.match(text, match.end()):
            yield Span(*match.span(), "PLATE")
    for match in _IRISH_PLATE.finditer(text):
        if _VEHICLE.search(before(text, match.start())):
            yield Span(*match.span(), "PLATE")
    for match in _ANY_PLATE.finditer(text):
        said = _VEHICLE.search(before(text, match.start()))
        if 4 <= len(match.group()) <= 9 and (
            (said and _SURE_VEHICLE.search(said.group())) or _VEHICLE_AFTER.match(text, match.end())
        ):
            yield Span(*match.span(), "PLATE")
